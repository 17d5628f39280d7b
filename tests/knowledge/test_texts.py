"""What a text may contain: words that can be seen, on one line where one is shown."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.knowledge import Article
from bot.knowledge.texts import Date, Phrasing, Prose, Title
from tests.knowledge.conftest import Library, errors_in

HIDDEN = r"""
\0 \a \x1b \x7f \x85 \xad \u034f \u061c \u115f \u180e \u200b \u200c \u200d \u200e \u200f \u2028 \u202a \u202e \u2060
\u2066 \u2069 \u206f \u2800 \u3164 \ue000 \ufe00 \ufe0f \ufeff \uffa0 \ufff9 \U000e0041 \U000e0100 \U0010fffd
""".split()
SHOWN = [
    *("café", "“naïve” – yes…", "a\u00a0b", "10\u202f%", "日本語", "שלום", "می\u200cخواهم", "क्\u200dष", "e\u0301"),
    *("👍", "👩\u200d💻", "❤\ufe0f", "1\ufe0f\u20e3", "👩🏽\u200d🚀", "🏳\ufe0f\u200d🌈", "\U0001fae8"),
]
FIELDS = {
    "articles/x.yaml": "{id: x, title: T, label: T, author: T, publisher: T, url: 'http://T',\n"
    "claims: [{id: x, role: quoted, speaker: T, says: T, quote: T}]}\n",
    "topics/x.yaml": "- {id: x, title: T, claims: [slow-dough], answer: T,\n"
    "   leadership: T, management: T, aspect: T, questions: [T], label: T, because: T, who: T, depends: T,\n"
    "   affirm: [T], deny: [T], undecided: [T]}\n",
    "outside.yaml": "- {id: x, reply: T, questions: [T]}\n",
    "smalltalk.yaml": "- {id: x, reply: T, questions: [T]}\n",
    "moves.yaml": "- {id: why, questions: [T]}\n",
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_character_that_cannot_be_seen_is_an_error(library: Library, hidden: str) -> None:
    """In escapes as well as written out."""
    code = int(hidden[2:], 16) if hidden[1] in "xuU" else {"0": 0, "a": 7}[hidden[1]]
    errors = errors_in(library({"outside.yaml": f'- {{id: x, reply: "so{hidden} it is", questions: [x]}}\n'}))
    assert errors == [f"outside.yaml:1: `reply` contains U+{code:04X}, a character that can't be seen; delete it"]


@pytest.mark.parametrize("shown", SHOWN)
def test_other_characters_are_welcome(shown: str) -> None:
    assert TypeAdapter(Prose).validate_python(shown) == shown
    assert TypeAdapter(Phrasing).validate_python(f"a {shown} b") == f"a {shown} b"


@pytest.mark.parametrize("file", FIELDS)
def test_no_text_hides_anything(library: Library, file: str) -> None:
    count = FIELDS[file].count("T")
    for number in range(count):
        pieces = FIELDS[file].split("T")
        texts = [f'"t{index}"' if "http" not in pieces[index] else f"t{index}" for index in range(count)]
        texts[number] = texts[number].replace("t", "t\u202e", 1)
        text = "".join(piece + shown for piece, shown in zip(pieces, [*texts, ""], strict=True))
        (error,) = errors_in(library({file: text}))
        assert error.endswith(" contains U+202E, a character that can't be seen; delete it")


def test_text_for_one_line_is_on_one_line() -> None:
    for written in ("two\nlines", "two \n\n lines", "two\tlines", "two\r\n  lines"):
        assert TypeAdapter(Title).validate_python(written) == "two lines"
        assert TypeAdapter(Prose).validate_python(written) == written
    assert TypeAdapter(Title).validate_python("two  spaces") == "two  spaces"


@pytest.mark.parametrize("phrasing", ["?", "...", "…", "-", "?!", "— –", "“”", "`*_*`"])
def test_phrasing_needs_a_word(phrasing: str) -> None:
    with pytest.raises(ValidationError, match="contains no words"):
        TypeAdapter(Phrasing).validate_python(phrasing)


@pytest.mark.parametrize("phrasing", ["a", "7", "日本", "why?", "-?- so"])
def test_one_word_is_enough(phrasing: str) -> None:
    assert TypeAdapter(Phrasing).validate_python(phrasing) == phrasing


@pytest.mark.parametrize("date", ["2009-12-01", "2009-12", "2009", "2024-02-29"])
def test_date_is_as_exact_as_it_is_known(library: Library, date: str) -> None:
    assert TypeAdapter(Date).validate_python(date) == date
    assert errors_in(library({"articles/x.yaml": f"id: x\nlabel: X\npublished: {date}\n"})) == []


def test_date_may_come_from_another_yaml_library() -> None:
    assert Article.model_validate({"id": "x", "label": "X", "published": 2009}).published == "2009"
