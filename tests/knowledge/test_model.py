"""What an entry may contain, and what each mistake is called."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from bot.knowledge import load_library
from tests.knowledge.conftest import Check, Library

ARTICLE = """\
id: new
title: ""  #! `title` is empty
author: [A. Writer]  #! `author` must be text; put it in quotes
writer: A. Writer  #! unknown key `writer`
publishers:  #! unknown key `publishers`
id: twice  #! `id` appears twice
claims:
  - id: first  #! `says` is missing
    roll: quoted  #! unknown key `roll`
  - says: Leaders look far ahead.  #! `id` is missing
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
- title: Wrong types  #! `id` is missing
  claims: slow-dough  #! `claims` must be a list, with each item on its own line after `- `
  answer:  #! `answer` must be text; put it in quotes
    - A list.
  overview: [true]  #! `overview` must be true or false
  questions: just one  #! `questions` must be a list, with each item on its own line after `- `
- id: nothing-there
  title:  #! `title` is empty
  claims: []  #! `claims` is empty
  answer: ~  #! `answer` is empty
  questions:
    - how do they differ?
    - how: do they differ?  #! an item of `questions` must be text; put it in quotes
    - "   "  #! an item of `questions` is empty
    - ~  #! an item of `questions` is empty
- {id: [x], title: X, claims: [slow-dough], answer: X., questions: [what is x]}  #! `id` must be text; put it in quotes
- id: only-phrasing
  title: Only phrasing
  claims: [slow-dough]
  answer: Something.
  questions: [~]  #! an item of `questions` is empty
- {id: half, title: H, claims: [slow-dough], answer: H., leadership: leads, questions: [what is half]}  #! PAIR
- {id: other, title: O, claims: [slow-dough], answer: O., management: manages, questions: [what is other]}  #! PAIR
- just text  #! this entry must have keys and values, such as `id: ...`
-  #! this entry is empty
""".replace("PAIR", "`leadership` and `management` go together: give both or neither")
OUTSIDE = """\
- id: pay  #! `reply` is missing
  related: [rising]  #! unknown key `related`
  questions: []  #! `questions` is empty
"""
SMALLTALK = """\
- id: greeting  #! `questions` is missing
  reply: ""  #! `reply` is empty
  closest: []  #! unknown key `closest`
"""
UNNAMED = "id: new  #! an article needs a `title`, or a `label` that describes it\nclaims: []\n"
MISTAKES = {"topics/new.yaml": TOPICS, "outside.yaml": OUTSIDE, "smalltalk.yaml": SMALLTALK}

# <n> is a text of n characters, the most that fits; one more and the line has the error.
LONGEST_ARTICLE = """\
id: <64>  #! `id` is too long (at most 64 characters)
label: <150>  #! `label` is too long (at most 150 characters)
author: <200>  #! `author` is too long (at most 200 characters)
url: https://example.org/<492>  #! `url` is too long (at most 512 characters)
claims:
  - id: new
    says: <500>  #! `says` is too long (at most 500 characters)
    quote: <500>  #! `quote` is too long (at most 500 characters)
"""
LONGEST_TOPIC = """\
- id: new
  title: <150>  #! `title` is too long (at most 150 characters)
  claims: [slow-dough]
  answer: <2000>  #! `answer` is too long (at most 2000 characters)
  leadership: <200>  #! `leadership` is too long (at most 200 characters)
  management: <200>  #! `management` is too long (at most 200 characters)
  questions:
    - <300>  #! an item of `questions` is too long (at most 300 characters)
"""
LONGEST_REPLY = "- id: x\n  questions: [NAME]\n  reply: <2000>  #! `reply` is too long (at most 2000 characters)\n"
LONGEST = {
    "articles/new.yaml": LONGEST_ARTICLE,
    "topics/new.yaml": LONGEST_TOPIC,
    "outside.yaml": LONGEST_REPLY.replace("NAME", "what is outside"),
    "smalltalk.yaml": LONGEST_REPLY.replace("NAME", "good night"),
}

BAD_ID = "must start with a letter (a-z) or digit and contain only these and `.`, `_`, `-`"
BAD_DATE, BAD_URL = "must be a date such as 2009-12-01", "must be a web address such as https://example.org/page"
IDS = ("two words", "../note", "-dash", ".dot", "naïve", "a/b", '"note\\n"', "''")
DATES = ("2009-13-01", "2009-02-30", "2009-12-1", "December 2009", "2009", "20091201", "[2009]")
URLS = ("example.org/a", "ftp://example.org", "https://", "https:///x", "javascript:alert(1)", "http://a b")
BAD = [
    *(f"label: New\nid: {bad}  #! `id` {BAD_ID}\n" for bad in IDS),
    *(f"label: New\nid: new\npublished: {bad}  #! `published` {BAD_DATE}\n" for bad in DATES),
    *(f"label: New\nid: new\nurl: {bad}  #! `url` {BAD_URL}\n" for bad in URLS),
]


@pytest.mark.parametrize("article", [ARTICLE, UNNAMED, *BAD])
def test_each_mistake_is_one_error(check: Check, article: str) -> None:
    check({"articles/new.yaml": article, **MISTAKES})


def test_longest_texts(check: Check) -> None:
    check({file: re.sub(r"<(\d+)>.*", lambda n: "x" * int(n[1]), text) for file, text in LONGEST.items()})
    check({file: re.sub(r"<(\d+)>", lambda n: "x" * (int(n[1]) + 1), text) for file, text in LONGEST.items()})


@pytest.mark.parametrize("good", ["Note", "2009", "a.b_c-d", "n"])
def test_good_id(library: Library, good: str) -> None:
    assert good in load_library(library({"articles/new.yaml": f"id: {good}\nlabel: New\n"})).articles


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("yes", True), ("false", False), ("no", False)])
def test_overview_is_true_or_false(library: Library, written: str, meant: bool) -> None:
    topic = "- {id: t, title: T, claims: [slow-dough], answer: T., questions: [some], overview: OVERVIEW}\n"
    folder = library({"topics/new.yaml": topic.replace("OVERVIEW", written)})
    assert load_library(folder).topics["t"].overview is meant


def test_only_an_overview_may_have_more_than_four_claims(check: Check) -> None:
    article = "id: a\nlabel: A\nclaims:\n" + "".join(f"  - {{id: c{n}, says: This.}}\n" for n in range(1, 6))
    topics = """\
- {id: four, title: T, answer: T., questions: [q4], claims: [c1, c2, c3, c4]}
- {id: overview, title: T, answer: T., questions: [q], claims: [c1, c2, c3, c4, c5], overview: true}
- {id: five, title: T, answer: T., questions: [q5], claims: [c1, c2, c3, c4, c5]}  #! ERROR
""".replace("ERROR", "5 claims: only a topic with `overview: true` may have more than 4")
    check({"articles/new.yaml": article, "topics/new.yaml": topics})


def test_article_without_all_its_data(library: Library) -> None:
    folder = library({"articles/new.yaml": "id: new\ntitle: Title\nlabel: Label\nauthor:\n"})
    articles = load_library(folder).articles
    assert (articles["new"].author, articles["new"].published, articles["new"].claims) == (None, None, ())
    assert (articles["new"].name, articles["cellar"].name) == ("Title", "A note on cellars")


@pytest.mark.parametrize("kind", ["articles", "topics", "outside", "smalltalk", "claims", "sources"])
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
