"""Golden questions are read line by line, and each mistake is reported at its line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bot.knowledge import GoldenQuestion, load_library
from bot.knowledge.files import LARGEST
from bot.knowledge.golden import MOST
from bot.text import LONGEST
from tests.knowledge.conftest import Check, Library, errors_in

FILE = "golden.jsonl"
TEA = '{"q": "may tea boil?", "claims": ["boiling-water", "slow-dough"]}'
CARS = '{"claims": [], "q": " Which car? "}'
SHAPE = 'an object such as {"q": "the question", "claims": ["the-answer"]}'
IN_BRACKETS = 'must be a list in brackets, such as ["the-answer"]'


def golden(folder: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The golden questions and their claims, by where each is."""
    found = load_library(folder).golden
    return {str(position): (question.question, question.claims) for position, question in found.items()}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "BOM"])
def test_questions_are_read_with_their_lines(library: Library, end: str, bom: str) -> None:
    folder = library()
    (folder / FILE).write_bytes((bom + end.join(["", TEA, "", "  \t", f"  {CARS} "])).encode())
    assert golden(folder) == {
        f"{FILE}:2": ("may tea boil?", ("boiling-water", "slow-dough")),
        f"{FILE}:5": ("Which car?", ()),
    }


@pytest.mark.parametrize("text", [None, "", "\n\n", "\ufeff"], ids=["absent", "empty", "empty lines", "BOM"])
def test_library_needs_no_golden_questions(library: Library, text: str | None) -> None:
    assert golden(library({FILE: text})) == {}


def test_question_may_be_whatever_members_ask(library: Library) -> None:
    questions = ["wie lange?\nUnd warum?", "👩‍💻 tea?", "x" * LONGEST, "how do i brew tea", "\u2028".join("ab")]
    lines = [json.dumps({"q": question, "claims": []}) for question in questions]
    folder = library({FILE: "\n".join(lines[:4])})
    assert [question for question, _ in golden(folder).values()] == questions[:4]
    too_long, unseen = json.dumps({"q": "x" * (LONGEST + 1), "claims": []}), lines[4]
    assert errors_in(library({FILE: f"{too_long}\n{unseen}"})) == [
        f"{FILE}:1: `q` is too long (at most {LONGEST} characters)",
        f"{FILE}:2: `q` contains U+2028, a character that can't be seen; delete it",
    ]


def test_every_wrong_key_and_value_is_reported(check: Check) -> None:
    lines = [
        "{}  #! `claims` is missing & `q` is missing",
        '{"question": "one?", "claims": []}  #! `q` is missing & unknown key `question`',
        '{"q": "two?", "claims": [], "note": "x"}  #! unknown key `note`',
        f'{{"q": "three?", "claims": "slow-dough"}}  #! `claims` {IN_BRACKETS}',
        f'{{"q": "four?", "claims": null}}  #! `claims` {IN_BRACKETS}',
        f'{{"q": "five?", "claims": {{}}}}  #! `claims` {IN_BRACKETS}',
        '{"q": 6, "claims": []}  #! `q` must be text; put it in quotes',
        '{"q": "six?", "claims": [7]}  #! an item of `claims` must be text; put it in quotes',
        '{"q": null, "claims": []}  #! `q` is empty',
        '{"q": "", "claims": []}  #! `q` is empty',
        '{"q": " ", "claims": []}  #! `q` is empty',
        '{"q": "?!", "claims": []}  #! `q` contains no words',
        '{"q": "\\ud800 x", "claims": []}  #! `q` can\'t be used',
        '{"\\ud800": "x"}  #! this entry can\'t be used',
        '{"q": "seven?", "claims": []}',
    ]
    for line in lines:
        check({FILE: line})
    check({FILE: "\n".join(lines)})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("# a comment", f"is not valid JSON (character 1: Expecting value); a line must be {SHAPE}"),
        (f"{TEA},", f"is not valid JSON (character {len(TEA) + 1}: Extra data); a line must be {SHAPE}"),
        (TEA + CARS, f"is not valid JSON (character {len(TEA) + 1}: Extra data); a line must be {SHAPE}"),
        (f"[{TEA}]", f"a line must be {SHAPE}"),
        ('"may tea boil?"', f"a line must be {SHAPE}"),
        ("null", f"a line must be {SHAPE}"),
        ('{"q": "a", "claims": [], "q": "b"}', "`q` appears twice"),
        ('{"q": "a", "claims": [{"x": 1, "x": 2}]}', "`x` appears twice"),
        ("[" * 100_000, f"can't be read; a line must be {SHAPE}"),
        (f'{{"q": {"9" * 5000}}}', f"can't be read; a line must be {SHAPE}"),
    ],
    ids=["comment", "comma", "two", "array", "text", "null", "repeated key", "repeated key inside", "deep", "number"],
)
def test_line_that_is_no_object_is_reported_and_the_others_are_checked(
    library: Library, line: str, reason: str
) -> None:
    folder = library({FILE: f'{TEA}\n{line}\n{{"q": ""}}\n'})
    assert errors_in(folder) == [
        f"{FILE}:2: {reason}",
        f"{FILE}:3: `claims` is missing",
        f"{FILE}:3: `q` is empty",
    ]


def test_claims_must_be_in_the_library_and_named_once(check: Check) -> None:
    none, twice = "`claims`: there is no claim `tea`", "`claims`: `slow-dough` appears twice"
    check(
        {
            FILE: f"""\
{{"q": "one?", "claims": ["slow-dough", "tea"]}}  #! {none}
{{"q": "two?", "claims": ["slow-dough", "slow-dough", "tea"]}}  #! {twice} & {none}
{{"q": "three?", "claims": ["brewing"]}}  #! `claims`: there is no claim `brewing`
"""
        }
    )


def test_claims_of_a_broken_article_are_not_also_unknown(check: Check) -> None:
    article = "id: x\nlabel: X\nclaims: [{id: tea}]  #! `says` is missing\n"
    check({"articles/x.yaml": article, FILE: '{"q": "one?", "claims": ["tea"]}\n'})


def test_same_question_twice_is_an_error(check: Check) -> None:
    """The same as the matcher sees it, whatever the claims: one of the two may be wrong."""
    reason = f"is already asked at {FILE}:2"
    check(
        {
            FILE: f"""\
{{"q": "may coffee boil?", "claims": []}}
{TEA}
{{"q": "May  TEA boil", "claims": []}}  #! "May  TEA boil" {reason}
{TEA}  #! "may tea boil?" {reason}
"""
        }
    )


def test_question_may_also_be_a_phrasing(library: Library) -> None:
    assert errors_in(library({FILE: '{"q": "how do i brew tea", "claims": ["boiling-water"]}'})) == []


def test_too_many_questions(library: Library) -> None:
    lines = [json.dumps({"q": f"question {number}", "claims": []}) for number in range(MOST + 2)]
    assert len(golden(library({FILE: "\n".join(lines[:MOST])}))) == MOST
    assert errors_in(library({FILE: "\n".join(lines)})) == [f"{FILE}:{MOST + 1}: has more than 1,000 questions"]


def test_file_that_is_no_text(library: Library) -> None:
    path = library() / FILE
    path.write_bytes(f"{TEA}\n".encode() + b'{"q": "caf\xe9?", "claims": []}\n')
    assert errors_in(library()) == [f"{FILE}:2: is not UTF-8 text; save it as UTF-8"]
    path.write_bytes(b" " * (LARGEST + 1))
    assert errors_in(library()) == [f"{FILE}:1: is too large (at most 2 MB)"]


def test_many_errors_take_no_time_and_end(library: Library) -> None:
    start = time.process_time()
    errors = errors_in(library({FILE: "[\n" * 900_000}))
    assert len(errors) == 501
    assert time.process_time() - start < 5


def test_questions_are_immutable() -> None:
    question = GoldenQuestion.model_validate(json.loads(TEA))
    with pytest.raises(ValueError, match="frozen"):
        question.claims = ("slow-dough",)  # type: ignore[misc]
