"""Rules that span a library: unique ids, references to entries that exist, one owner for each phrasing."""

from __future__ import annotations

import pytest

from tests.knowledge.conftest import Check

DUPLICATES = {
    "articles/one.yaml": "label: One\nid: one\nclaims: [{id: first, says: This.},\n  {id: second, says: That.}]\n",
    "articles/two.yaml": """\
label: Two
id: one  #! the article `one` is already defined at articles/one.yaml:2
claims:
  - {id: first, says: This.}  #! the claim `first` is already defined at articles/one.yaml:3
  - says: This.
    id: second  #! the claim `second` is already defined at articles/one.yaml:4
  - {id: third, says: This.}
  - {id: third, says: That.}  #! the claim `third` is already defined at articles/two.yaml:7
""",
    "topics/one.yaml": "- {id: x, title: X, claims: [first], answer: X., questions: [one]}\n",
    "topics/two.yaml": """\
- {title: X, claims: [third], answer: X., questions: [two],
  id: x}  #! the topic `x` is already defined at topics/one.yaml:1
""",
    "outside.yaml": """\
- {id: x, reply: X., questions: [three]}
- {id: x, reply: X., questions: [four]}  #! the group `x` is already defined at outside.yaml:1
""",
    "smalltalk.yaml": """\
- {id: x, reply: X., questions: [five]}
- {id: x, reply: X., questions: [six]}  #! the kind of small talk `x` is already defined at smalltalk.yaml:1
""",
}
UNKNOWN = {
    "topics/unknown.yaml": """\
- id: unknown
  title: Unknown
  claims: [nobody, slow-dough, nothing]  #! `claims`: there is no claim `nobody` & `claims`: there is no claim `nothing`
  related: [rising, pay, pay]  #! `related`: there is no topic `pay`
  answer: This.
  questions: [seven]
""",
    "outside.yaml": """\
- {id: pay, reply: "", questions: [eight]}  #! `reply` is empty
- {id: cars, reply: No cars., questions: [Seven], closest: [rising,  #! "Seven" also appears under `unknown`, at PLACE
    greeting]}  #! `closest`: there is no topic `greeting`
""".replace("PLACE", "topics/unknown.yaml:6"),
}
SHARED_ID = {
    "articles/same.yaml": "id: same\nlabel: Same\nclaims: [{id: same, says: This.}]\n",
    "topics/same.yaml": "- {id: same, title: Same, claims: [same], answer: This., questions: [one]}\n",
    "outside.yaml": "- {id: same, reply: This., questions: [two]}\n",
    "smalltalk.yaml": "- {id: same, reply: This., questions: [three]}\n",
}
OWNER = "- {id: ID, title: T, claims: [slow-dough], answer: T., questions: [what is it, WHAT is it]}"
PHRASINGS = {
    "topics/first.yaml": OWNER.replace("ID", "owner")
    + """
- id: same-file
  title: Same file
  claims: [slow-dough]
  answer: This.
  questions:
    - what is it  #! "what is it" ALSO
    - "  What  is\\tIT "  #! "What  is\tIT" ALSO
    - >-  #! "what is it" ALSO
      what
      is it
    - what is it not
""",
    "topics/second.yaml": OWNER.replace("ID", "other") + '  #! "WHAT is it" ALSO & "what is it" ALSO\n',
    "outside.yaml": '- {id: outside, reply: This., questions: [what is it]}  #! "what is it" ALSO\n',
    "smalltalk.yaml": '- {id: smalltalk, reply: This., questions: [What is it]}  #! "What is it" ALSO\n',
}

# It refers to a claim and a topic that are there, though one of them is broken in each of the examples.
REFERRING = "- {id: referring, title: R, claims: [far], related: [near], answer: This., questions: [some]}\n"
ARTICLE, CLAIM = "id: new\nlabel: New\nclaims:\n", "  - {id: far, says: This.}\n"
TOPIC = "- {id: near, title: Near, claims: [far], answer: This., questions: [other]}\n"
BROKEN = [
    ("  - id: far  #! `says` is missing\n", TOPIC),
    ("  - {id: [far], says: This.}  #! `id` must be text; put it in quotes\n", TOPIC),
    ("  - says: This.  #! `id` is missing\n", TOPIC),
    ("  - just text  #! an item of `claims` must have keys and values, such as `id: ...`\n", TOPIC),
    (f"{CLAIM}- id  #! is not valid YAML: did not find expected key\n", TOPIC),
    (CLAIM, "- {id: near, title: Near, claims: [far], answer: This.}  #! `questions` is missing\n"),
    (CLAIM, TOPIC.replace("near", "[near]").replace("\n", "  #! `id` must be text; put it in quotes\n")),
    (CLAIM, TOPIC.replace("id: near, ", "").replace("\n", "  #! `id` is missing\n")),
    (CLAIM, "- just text  #! this entry must have keys and values, such as `id: ...`\n"),
    (CLAIM, f"{TOPIC}near:  #! is not valid YAML: did not find expected '-' indicator\n"),
]


@pytest.mark.parametrize("files", [DUPLICATES, UNKNOWN, {**DUPLICATES, **UNKNOWN}, SHARED_ID])
def test_ids_are_unique_for_each_kind_and_known(check: Check, files: dict[str, str]) -> None:
    check(files)


@pytest.mark.parametrize(("claim", "topic"), BROKEN)
def test_reference_to_a_broken_entry_is_not_an_error(check: Check, claim: str, topic: str) -> None:
    outside = "- {id: pay, reply: No., closest: [near], questions: [pay]}\n"
    topics = {"topics/near.yaml": topic, "topics/referring.yaml": REFERRING}
    check({"articles/new.yaml": ARTICLE + claim, **topics, "outside.yaml": outside})


def test_each_phrasing_has_one_owner(check: Check) -> None:
    owned = "also appears under `owner`, at topics/first.yaml:1"
    check({file: text.replace("ALSO", owned) for file, text in PHRASINGS.items()})
