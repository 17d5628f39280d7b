"""Rules that span a library: unique ids, references to entries that exist, one owner for each phrasing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.knowledge.conftest import Check, Library, errors_in

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
    "moves.yaml": """\
- {id: why, questions: [why]}
- {id: why, questions: [how so]}  #! the move `why` is already defined at moves.yaml:1
""",
}
UNKNOWN = {
    "topics/unknown.yaml": """\
- id: unknown
  title: Unknown
  claims: [nobody, slow-dough, nothing]  #! `claims`: there is no claim `nobody` & `claims`: there is no claim `nothing`
  related: [rising, pay, pay]  #! `related`: `pay` appears twice & `related`: there is no topic `pay`
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
    - "  What  is\\tIT "  #! "What  is IT" ALSO
    - >-  #! "what is it" ALSO
      what
      is it
    - what is it not
""",
    "topics/second.yaml": OWNER.replace("ID", "other") + '  #! "WHAT is it" ALSO & "what is it" ALSO\n',
    "outside.yaml": '- {id: outside, reply: This., questions: [what is it]}  #! "what is it" ALSO\n',
    "smalltalk.yaml": '- {id: smalltalk, reply: This., questions: [What is it]}  #! "What is it" ALSO\n',
    "moves.yaml": '- {id: why, questions: [why, What is it]}  #! "What is it" ALSO\n',
}
STATEMENTS = {
    "topics/new.yaml": """\
- id: owner
  title: Owner
  claims: [slow-dough]
  answer: This.
  questions: [is it so]
  affirm:
    - it is so
    - IT is so!
    - is it SO?  #! "is it SO?" OWNED:5
  deny: [it is so]  #! "it is so" OWNED:7
  undecided:
    - it is not so
- id: other
  title: Other
  claims: [slow-dough]
  answer: This.
  questions: [it is not so]  #! "it is not so" OWNED:12
  affirm: [is it so, so it is]  #! "is it so" OWNED:5
  undecided: [so it is not]
""",
    "outside.yaml": '- {id: outside, reply: This., questions: [it is so]}  #! "it is so" OWNED:7\n',
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
    (f"{CLAIM}- id  #! this line is not indented like those around it, or lacks its `key:`\n", TOPIC),
    (CLAIM, "- {id: near, title: Near, claims: [far], answer: This.}  #! `questions` is missing\n"),
    (CLAIM, TOPIC.replace("near", "[near]").replace("\n", "  #! `id` must be text; put it in quotes\n")),
    (CLAIM, TOPIC.replace("id: near, ", "").replace("\n", "  #! `id` is missing\n")),
    (CLAIM, "- just text  #! this entry must have keys and values, such as `id: ...`\n"),
    (CLAIM, f"{TOPIC}near:  #! each item of a list must start with `- `, all indented alike\n"),
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


def test_a_statement_is_true_or_false_or_open_and_no_question(check: Check) -> None:
    owned = "also appears under `owner`, at topics/new.yaml:"
    check({file: text.replace("OWNED:", owned) for file, text in STATEMENTS.items()})


def test_a_library_may_use_the_words_of_the_bots_moves(library: Library) -> None:
    topic = "- {id: x, title: X, claims: [slow-dough], answer: X., questions: [shorter], affirm: [tell me more]}\n"
    files = {"topics/x.yaml": topic}
    assert errors_in(library(files)) == []
    own = {**files, "moves.yaml": "- {id: shorter, questions: [Shorter!]}\n"}
    assert errors_in(library(own)) == ['moves.yaml:1: "Shorter!" also appears under `x`, at topics/x.yaml:1']


REPEATED = {
    "topics/new.yaml": """\
- id: new
  title: New
  claims: [slow-dough, dark-cheese, slow-dough]  #! `claims`: `slow-dough` appears twice
  related: [rising,
    new,  #! `related`: a topic can't be related to itself
    rising]  #! `related`: `rising` appears twice
  answer: This.
  questions: [what is new]
""",
    "outside.yaml": """\
- {id: pay, reply: No., questions: [pay], closest: [rising, new, rising]}  #! `closest`: `rising` appears twice
""",
}
FOLDED = {
    "topics/new.yaml": """\
- id: new
  title: New
  claims: [slow-dough]
  answer: This.
  questions:
    - HOW DO I BREW TEA???  #! "HOW DO I BREW TEA???" ALSO
    - hów dö i brew tea  #! "hów dö i brew tea" ALSO
    - ｈｏｗ do i brew tea!  #! "ｈｏｗ do i brew tea!" ALSO
    - how do i brew tea…  #! "how do i brew tea…" ALSO
    - how do i  brew  tea .  #! "how do i  brew  tea ." ALSO
    - how do i brew teas
""",
}
SPEAKERS = {
    "articles/signed.yaml": """\
id: signed
label: Signed
author: Ada Baker and Tom Miller
claims:
  - {id: c1, says: This.}
  - {id: c2, says: This., role: author}
  - {id: c3, says: This., speaker: Tom Miller}
  - {id: c4, says: This., speaker: "ada  baker", role: author}
  - {id: c5, says: This., speaker: Baker}
  - {id: c6, says: This., speaker: Bake}  #! `speaker` NOT
  - {id: c7, says: This.,
     speaker: Someone Else}  #! `speaker` NOT
  - {id: c8, says: This., role: author, speaker: Someone}  #! `speaker` NOT
  - {id: c9, says: This., role: quoted, speaker: Someone}
  - {id: c10, says: This., role: commenter, speaker: Tom Miller}
  - {id: c11, says: This.,
     role: quoted}  #! `role: quoted` needs a `speaker`
  - {id: c12, says: This., role: commenter}  #! `role: commenter` needs a `speaker`
  - {id: c13, says: This., role: quoted, speaker: Ada Baker and Tom Miller}  #! `speaker` SAME
  - {id: c14, says: This., role: commenter, speaker: ada baker and tom miller}  #! `speaker` SAME
""",
    "articles/unsigned.yaml": """\
id: unsigned
label: Unsigned
claims:
  - {id: u1, says: This.}
  - {id: u2, says: This., speaker: Someone}  #! `speaker` NOT
  - {id: u3, says: This., speaker: Someone, role: quoted}
  - {id: u4, says: This., role: quoted}  #! `role: quoted` needs a `speaker`
""",
}


def test_nothing_is_named_twice_or_by_itself(check: Check) -> None:
    check(REPEATED)


def test_phrasings_that_the_matcher_takes_for_one_are_one(check: Check) -> None:
    owned = "also appears under `brewing`, at topics/kitchen.yaml:6"
    check({file: text.replace("ALSO", owned) for file, text in FOLDED.items()})


def test_speakers_are_what_they_are_presented_as(check: Check) -> None:
    other = "is not the article's `author`; add `role: quoted` or `role: commenter`"
    same = "is the article's `author`; leave out `role`"
    check({file: text.replace("NOT", other).replace("SAME", same) for file, text in SPEAKERS.items()})


def long_library(library: Library, articles: int, answer: int, quote: int) -> Path:
    """The small library with a topic whose claims come from so many articles, all as long as can be."""
    names, long = [f"{number:03}" for number in range(articles)], "l" * 100
    files = {
        f"articles/{name}.yaml": f"id: a{name}\ntitle: {long}\nauthor: {long}\npublisher: {long}\n"
        f"url: http://{long}.org\nclaims: [{{id: c{name}, says: This., quote: {'q' * quote}}}]\n"
        for name in names
    }
    claims = ", ".join(f"c{name}" for name in names)
    topic = f"claims: [{claims}]\n  answer: {'a' * answer}\n  questions: [some]\n  overview: true\n"
    return library({**files, "topics/long.yaml": f"- id: long\n  title: Long\n  {topic}"})


@pytest.mark.parametrize(("articles", "answer", "quote"), [(1, 2000, 500), (4, 500, 30), (2, 1000, 500)])
def test_topic_that_fits_a_message(library: Library, articles: int, answer: int, quote: int) -> None:
    assert errors_in(long_library(library, articles, answer, quote)) == []


@pytest.mark.parametrize(("articles", "answer", "quote"), [(4, 2000, 500), (8, 100, 1), (100, 1, 1), (3, 2000, 300)])
def test_topic_with_too_much_to_show(library: Library, articles: int, answer: int, quote: int) -> None:
    (error,) = errors_in(long_library(library, articles, answer, quote))
    assert re.match(
        r"topics/long.yaml:3: is too long to be shown: .* takes about \d+ characters, and 3500 fit; shorten", error
    )
