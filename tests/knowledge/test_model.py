"""What an entry may contain, and what each mistake is called."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from bot.knowledge import Claim, Topic, load_library
from bot.knowledge.texts import MoveId
from tests.knowledge.conftest import Check, Library

ARTICLE = """\
id: new
title: ""  #! `title` is empty
label: <151>  #! `label` is too long (at most 150 characters)
author: [A. Writer]  #! `author` must be text; put it in quotes
publisher: <201>  #! `publisher` is too long (at most 200 characters)
writer: A. Writer  #! unknown key `writer`
publishers:  #! unknown key `publishers`
url: https://example.org/<493>  #! `url` is too long (at most 512 characters)
id: twice  #! `id` appears twice
claims:
  - id: first  #! `says` is missing
    roll: quoted  #! unknown key `roll`
    quote: <501>  #! `quote` is too long (at most 500 characters)
    date: soon  #! `date` DATE
  - says: <501>  #! `id` is missing & `says` is too long (at most 500 characters)
    role: boss  #! `role` must be 'author', 'quoted' or 'commenter'
  - leaders look far ahead  #! an item of `claims` must have keys and values, such as `id: ...`
  -  #! an item of `claims` is empty
"""
TOPICS = """\
- id: empty  #! `answer` is missing & `claims` is missing & `questions` is missing & `title` is missing
  aspects: purpose  #! unknown key `aspects`
  2: purpose  #! unknown key `2`
  related: rising  #! `related` must be a list, with each item on its own line after `- `
  overview: maybe  #! `overview` must be true or false
  label: <39>  #! `label` is too long (at most 38 characters)
  because: <501>  #! `because` is too long (at most 500 characters)
  who: [nobody]  #! `who` must be text; put it in quotes
  depends: ""  #! `depends` is empty
  affirm: it is  #! `affirm` must be a list, with each item on its own line after `- `
  deny: []  #! `deny` is empty
  undecided:
    - <301>  #! an item of `undecided` is too long (at most 300 characters)
    - is: it  #! an item of `undecided` must be text; put it in quotes
- title: <151>  #! `id` is missing & `title` is too long (at most 150 characters)
  claims: slow-dough  #! `claims` must be a list, with each item on its own line after `- `
  answer:  #! `answer` must be text; put it in quotes
    - A list.
  overview: [true]  #! `overview` must be true or false
  questions: just one  #! `questions` must be a list, with each item on its own line after `- `
- id: [nothing]  #! `id` must be text; put it in quotes
  title:  #! `title` is empty
  claims: []  #! `claims` is empty
  answer: <2001>  #! `answer` is too long (at most 2000 characters)
  leadership: <201>  #! `leadership` is too long (at most 200 characters)
  management: <201>  #! `management` is too long (at most 200 characters)
  questions:
    - how do they differ?
    - how: do they differ?  #! an item of `questions` must be text; put it in quotes
    - "   "  #! an item of `questions` is empty
    - <301>  #! an item of `questions` is too long (at most 300 characters)
- {id: x, title: X, claims: [slow-dough], answer: X., questions: [~]}  #! an item of `questions` is empty
- {id: longest, title: <150>, claims: [FOUR], answer: <2000>, leadership: <200>, management: <200>, questions: [<300>],
   label: <38>, because: <500>, who: <500>, depends: <500>, affirm: [a <298>], deny: [b <298>], undecided: [c <298>]}
- {id: half, title: H, claims: [slow-dough], answer: H., leadership: leads, questions: [what is half]}  #! PAIR
- {id: other, title: O, claims: [slow-dough], answer: O., management: manages, questions: [what is other]}  #! PAIR
- {id: five, title: F, claims: [FIVE], answer: F., questions: [q1]}  #! 5 claims: ONLY
- {id: false, title: F, claims: [FIVE], answer: F., questions: [q2], overview: false}  #! 5 claims: ONLY
- {id: no, title: F, claims: [FIVE], answer: F., questions: [q3], overview: no}  #! 5 claims: ONLY
- {id: true, title: F, claims: [FIVE], answer: F., questions: [q4], overview: true}
- {id: yes, title: F, claims: [FIVE], answer: F., questions: [q5], overview: yes}
- just text  #! this entry must have keys and values, such as `id: ...`
-  #! this entry is empty
"""
FOUR = "boiling-water, slow-dough, salt-in-dough, dark-cheese"
FIVE = f"{FOUR}, five"
PAIR = "`leadership` and `management` go together: give both or neither"
ONLY = "only a topic with `overview: true` may have more than 4"
KNOWN = " or ".join(", ".join(map(repr, get_args(MoveId))).rsplit(", ", 1))
OTHERS = {
    "articles/five.yaml": "{id: five, label: Five, claims: [{id: five, says: This.}]}\n",
    "topics/new.yaml": TOPICS.replace("FIVE", FIVE).replace("FOUR", FOUR).replace("PAIR", PAIR).replace("ONLY", ONLY),
    "outside.yaml": """\
- id: pay  #! `reply` is missing
  related: [rising]  #! unknown key `related`
  questions: []  #! `questions` is empty
- {id: long, reply: <2001>, questions: [some]}  #! `reply` is too long (at most 2000 characters)
- {id: longest, reply: <2000>, questions: [more]}
""",
    "smalltalk.yaml": """\
- id: greeting  #! `questions` is missing
  reply: ""  #! `reply` is empty
  closest: []  #! unknown key `closest`
- {id: long, reply: <2001>, questions: [bye]}  #! `reply` is too long (at most 2000 characters)
- {id: longest, reply: <2000>, questions: [good night]}
""",
    "moves.yaml": f"""\
- id: shorter  #! `questions` is missing
  reply: Yes.  #! unknown key `reply`
- {{id: sideways, questions: [sideways]}}  #! `id` must be {KNOWN}
- {{id: longer, questions: []}}  #! `questions` is empty
- {{id: why, questions: [<301>]}}  #! an item of `questions` is too long (at most 300 characters)
- {{id: who, questions: [<299>]}}
- just text  #! this entry must have keys and values, such as `id: ...`
""",
}
BAD_ID = "must start with a letter (a-z) or digit and contain only these and `.`, `_`, `-`"
BAD_DATE = "must be a day such as 2009-12-01, a month such as 2009-12 or a year such as 2009"
BAD_URL = "must be a web address such as https://example.org/page"
ARTICLE = ARTICLE.replace("DATE", BAD_DATE)
IDS = ("two words", "../note", "-dash", ".dot", "naïve", "a/b", '"note\\n"', "''")
DATES = (
    "2009-13-01",
    "2009-02-30",
    "2009-12-1",
    "December 2009",
    "2009-13",
    "2009-",
    "0000",
    "09",
    "-2009",
    "20091201",
    "[2009]",
)
URLS = ("example.org/a", "ftp://example.org", "https://", "https:///x", "javascript:alert(1)", "http://a b")
ARTICLES = [
    ARTICLE,
    "url: https://example.org/  #! `id` is missing\n",
    "id: new  #! an article needs a `title`, or a `label` that describes it\n",
    "id: <65>  #! `id` is too long (at most 64 characters)\nlabel: New\n",
    "id: <64>\nlabel: <150>\nurl: https://example.org/<492>\n"
    "claims: [{id: x, speaker: <200>, role: quoted, says: <500>, quote: <500>}]",
    *(f"label: New\nid: {good}\n" for good in ("Note", "2009", "a.b_c-d", "n")),
    *(f"label: New\nid: {bad}  #! `id` {BAD_ID}\n" for bad in IDS),
    *(f"label: New\nid: new\npublished: {bad}  #! `published` {BAD_DATE}\n" for bad in DATES),
    *(f"label: New\nid: new\nurl: {bad}  #! `url` {BAD_URL}\n" for bad in URLS),
]


@pytest.mark.parametrize("article", ARTICLES)
def test_each_mistake_is_one_error(check: Check, article: str) -> None:
    check({"articles/new.yaml": article, **OTHERS})


def test_article_without_all_its_data(library: Library) -> None:
    articles = load_library(library({"articles/new.yaml": "id: new\ntitle: T\nlabel: L\nauthor:\n"})).articles
    assert (articles["new"].author, articles["new"].published, articles["new"].claims) == (None, None, ())
    assert (articles["new"].name, articles["cellar"].name) == ("T", "A note on cellars")


def topic(answer: str = "One.") -> Topic:
    return Topic(id="x", title="X", claims=("x",), answer=answer, questions=("a", "b"), affirm=("c",), undecided=("d",))


@pytest.mark.parametrize(
    ("answer", "short"),
    [
        ("One.", "One."),
        ("One thing. Another. A third.", "One thing."),
        ("Is it one? *No*, two.", "Is it one?"),
        ("Mind the gap!\nIt is wide.", "Mind the gap!"),
        ("It is 2.5 m. (Or so.)", "It is 2.5 m."),
        ("It is tea, e.g. black tea. “Yes,” he says.", "It is tea, e.g. black tea."),
        ("No end", "No end"),
    ],
)
def test_the_short_answer_is_the_first_sentence(answer: str, short: str) -> None:
    assert topic(answer).short == short


def test_a_claim_may_be_older_than_its_article() -> None:
    claims = [Claim(id="x", says="This."), Claim.model_validate({"id": "x", "says": "This.", "date": 1999})]
    assert [claim.date for claim in claims] == [None, "1999"]


@pytest.mark.parametrize("kind", ["articles", "topics", "outside", "smalltalk", "moves", "claims", "sources"])
def test_everything_is_immutable(library: Library, kind: str) -> None:
    knowledge: Any = load_library(library())
    entries: dict[str, BaseModel] = getattr(knowledge, kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(knowledge, kind, {})
    with pytest.raises(TypeError):
        entries["new"] = next(iter(entries.values()))
    for entry in entries.values():
        for name, value in entry:
            assert not isinstance(value, list | dict | set)
            with pytest.raises(ValidationError, match="frozen"):
                setattr(entry, name, value)
