"""Text that YAML would cut or take for something else is an error; comments that are meant as such are not."""

from __future__ import annotations

import pytest

from bot.knowledge.parsing import Parser
from bot.knowledge.source import Document
from tests.knowledge.conftest import Library, errors_in

CUT = "YAML takes what follows ` #` for a comment; put it in quotes"
TAG = "YAML takes the word that starts with `!` for a tag, not for text; put it in quotes"
SWALLOWED = "the next line is read as part of this text; indent its `- ` like the others of the list"


def errors(text: str) -> list[str]:
    document = Document("some.yaml")
    document.parse(text)
    return list(dict.fromkeys(f"{fault.line}: {fault.reason}" for fault in document.faults))


@pytest.mark.parametrize(
    "text",
    [
        "questions:\n  - how do i become #1 boss\n",
        "questions:\n  - is C # good\n",
        "questions:\n  - #metoo at work\n",
        "questions: [what is\n  it #1\n  ]\n",
        "questions: [what is it, #1 rule\n  why]\n",
        'questions: ["what is it", #1 rule\n  why]\n',
        "questions: [ #1 rule\n  , why]\n",
        "answer: ask in #general\n",
        "answer: ask in # general\n",
        "answer: one\n  two #three\n  four\n",
        "reply: ask  # general\n",
        "says: the # sign\n",
        "quote: we are #1\n",
        "quote: #1 we are\n",
        "title: We are #1\n",
        "title: Rule # 1\n",
        "title: #1 rule\n",
        "label: Note #7\n",
        "author: Team #3\n",
        "speaker: #7\n",
        "leadership: is #1\n",
    ],
)
def test_text_that_a_comment_would_cut(text: str) -> None:
    assert any(error.endswith(f": {CUT}") for error in errors(text))


def test_line_of_a_cut_is_where_it_is_cut() -> None:
    assert errors("title: T\nquestions:\n  - a\n  - what\n    is #1\n    worth\n") == [
        f"5: {CUT}",
        "6: each item of a list must start with `- `, all indented alike",
    ]


# The examples of the format, and what curators write.
COMMENTED = """\
# topics/<theme>.yaml: a list
- id: right-things  # unique
  title: Doing things right (but you need both)   # may be absent
  claims: [drucker-right-things]    # 1 to 4, the evidence; the first is the main one
  author: Ross                # each may be absent
  published: 2009-12-01       # a day
  speaker: Peter Drucker #
  role: quoted #author | quoted
  url: http://example.org/#part # where
  answer: >-                        # our own words, 1 to 5 sentences #1
    A text with #tags and # signs.
  quote: "verbatim #words, short"  # absent where there is nothing worth quoting
  says: 'a #text' #really
  leadership: does the right things # optional pair
  label:   # none
  related: [why-both,  # optional
    why-not]
  overview: true #yes
  questions: # 20 or more
    # the plainest first
    - C#, a language
    - "#1 rule"  # a comment
    - what is it
    # the end
"""


def test_comments_are_comments() -> None:
    assert errors(COMMENTED) == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("!important question", f"1: {TAG}"),
        ("! really", f"1: {TAG}"),
        ("!!! wow", f"1: {TAG}"),
        ("!!binary aGk=", f"1: {TAG}"),
        ("&co are right", "1: YAML takes `&co` for an anchor, not for text; put it in quotes"),
        (
            "*really*",
            "1: a text can't start with * in YAML; put it in quotes",
        ),
        ("*x", "1: `*x` is an alias to YAML; write the text out, and if it starts with `*`, put it in quotes"),
        ("why?\n    - why not?", f"1: {SWALLOWED}"),
        ("why?\n    -", f"1: {SWALLOWED}"),
        ('"why?\n - why not?"', "1: the quote that opens here is not closed before line 2; close it"),
    ],
)
def test_text_that_is_something_else_to_yaml(text: str, error: str) -> None:
    assert errors(f"- {text}\n") == [error]


@pytest.mark.parametrize("text", ["!x {a: b}", "&x {a: b}", "!x [a]", "&x a: b"])
def test_tags_and_anchors_have_no_use_elsewhere_either(text: str) -> None:
    (error,) = errors(f"{text}\n")
    assert error.startswith("1: YAML takes ")


def test_text_that_starts_with_a_dash_in_a_block_is_text() -> None:
    assert errors("answer: |\n  Two things:\n  - one\n  - two #1\n") == []


def test_misread_text_is_reported_beside_other_errors(library: Library) -> None:
    topic = "- id: x\n  title: !T X\n  claims: [slow-dough]\n  answer: see #x\n  question: [a]\n"
    assert errors_in(library({"topics/x.yaml": topic})) == [
        "topics/x.yaml:1: `questions` is missing",
        f"topics/x.yaml:2: {TAG}",
        f"topics/x.yaml:4: {CUT}",
        "topics/x.yaml:5: unknown key `question`",
    ]


def test_parser_remembers_lines() -> None:
    parser = Parser("a:\n  - b\n", lambda line, reason: None)
    assert parser.parse() == {"a": ["b"]}
    assert parser.lines == {(): 1, ("a",): 1, ("a", 0): 2}
