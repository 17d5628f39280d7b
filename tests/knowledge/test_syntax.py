"""What is wrong with a file that is not YAML, said to a curator, at the line to mend."""

from __future__ import annotations

import pytest

from tests.knowledge.test_parsing import errors


@pytest.mark.parametrize("character", "@`*&%|>],")
def test_special_character_at_the_start_is_named(character: str) -> None:
    for text in (f"- good\n- {character} and more\n", f"a: good\nb: {character} and more\n"):
        assert errors(text) == [f"2: a text can't start with {character} in YAML; put it in quotes"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("- a\n- what: is: it\n", "2: a text can't contain `: ` in YAML; put it in quotes"),
        ("a: b\nc: what: it\n", "2: a text can't contain `: ` in YAML; put it in quotes"),
        ('- a\n- "x" and y\n', "2: more follows after a closing quote; put it in quotes, all of it"),
        ("- a\n- 'it''s' fine\n", "2: more follows after a closing quote; put it in quotes, all of it"),
        ('a: "x" and y\n', "1: more follows after a closing quote; put it in quotes, all of it"),
        ('- a\n- "x\n- b\n\n', "2: the quote that opens here is never closed"),
        ('- a\n- "x \\d"\n', "2: in double quotes, `\\` needs another one before it, or use single quotes"),
        (
            "a: [what #1, why]\nb: 1\n",
            "1: the `[` is not closed, because what follows ` #` is a comment; put it in quotes",
        ),
        ("a: [b\nc: 1\n", "2: the `[` of line 1 is not closed before here; close it, or put it in quotes"),
        ("a: {b: c\nd: 1\n", "2: the `{` of line 1 is not closed before here; close it, or put it in quotes"),
        ("a: [b, , c]\n", "1: there is nothing between two commas or brackets"),
        ("{", "1: there is nothing between two commas or brackets"),
        ("a: b\njust words\nc: d\n", "2: a line must be `key: value`, or start with `- ` in a list"),
        ("- a\nb\n", "2: a line must be `key: value`, or start with `- ` in a list"),
        ("- a\nb: c\n", "2: each item of a list must start with `- `, all indented alike"),
        ("a: [b] c\n", "1: a text can't start with [ in YAML; put it in quotes"),
        ("a: {b} c\n", "1: a text can't start with { in YAML; put it in quotes"),
        ("a: - b\n", "1: a text can't start with - in YAML; put it in quotes"),
        ("a: ? b\n", "1: a text can't start with ? in YAML; put it in quotes"),
        ("- !<b\n", "1: a text can't start with ! in YAML; put it in quotes"),
        ("a:\n  - b\n - c\n", "3: this line is not indented like those around it, or lacks its `key:`"),
        ("\ta: b\n", "1: a tab indents this line; use spaces"),
        ("- a\n...\n- b\n", "3: nothing can follow a line with `...`"),
        ("%x\n- a\n", "1: a text can't start with % in YAML; put it in quotes"),
    ],
)
def test_error_is_at_the_line_to_mend(text: str, error: str) -> None:
    assert errors(text) == [error]


def test_quote_that_closes_in_another_line_is_reported_where_it_opens() -> None:
    closed = "the quote that opens here is not closed before line 3; close it"
    assert errors("- a\n- 'tis so\n- i don't know\n") == [f"2: {closed}"]


def test_fault_at_the_end_is_at_the_last_line_with_something_in_it() -> None:
    assert errors("a: [b\n\n\n") == ["1: the `[` of line 1 is not closed before here; close it, or put it in quotes"]
