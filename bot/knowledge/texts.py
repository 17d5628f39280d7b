"""The kinds of text that a library consists of, and what makes each of them valid."""

from __future__ import annotations

import contextlib
import datetime
import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from bot.text import LONGEST, normalise

_ID, _URL, _WORD = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", r"^https?://[^\s/]+\S*$", r"^[^\W_]+$"
PATTERNS = {
    _ID: "must start with a letter (a-z) or digit and contain only these and `.`, `_`, `-`",
    _URL: "must be a web address such as https://example.org/page",
    _WORD: "must be a single word",
}
"""What each pattern requires, in a curator's words."""

_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
# Letters, marks and a symbol that take no room, or look like a space.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_JOINERS, _EMOJI = "\u200c\u200d", "\ufe0f"
_JOINED = {"So", "Sk", "Lo", "Mn", "Mc"}


def _is_unseen(text: str, index: int) -> bool:
    """Whether a character can't be seen: a control, a change of direction, something of zero width."""
    character, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if character in "\n\r\t":
        return False
    if character == _EMOJI:
        return before == "" or before.isalpha() or before.isspace()
    if character in _JOINERS:
        # They shape emoji and some scripts; elsewhere they only hide.
        return not (before and after and {unicodedata.category(before), unicodedata.category(after)} <= _JOINED)
    return unicodedata.category(character) in _UNSEEN or _BLANK.match(character) is not None


def _seen(text: str) -> str:
    if not text.isprintable() or _BLANK.search(text):
        for index, character in enumerate(text):
            if _is_unseen(text, index):
                raise ValueError(f"contains U+{ord(character):04X}, a character that can't be seen; delete it")
    return text


def _on_one_line(text: str) -> str:
    return re.sub(r"\s*[\t\r\n]\s*", " ", text)


def _worded(text: str) -> str:
    if not any(map(str.isalnum, normalise(text))):
        raise ValueError("contains no words")
    return text


def _date(value: object) -> str:
    # Other readers of YAML turn these into dates and numbers.
    text = str(value) if isinstance(value, str | datetime.date) or type(value) is int else ""
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        with contextlib.suppress(ValueError):
            datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
            return text
    raise ValueError("must be a day such as 2009-12-01, a month such as 2009-12 or a year such as 2009")


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError('must be a list in brackets, such as ["the-answer"]')
    return value


def _text(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


_LINE = (AfterValidator(_seen), AfterValidator(_on_one_line))

# A button carries a topic's id in its custom_id, which Discord limits to 100 characters.
Id = Annotated[str, StringConstraints(pattern=_ID, max_length=64)]
ListedIds = Annotated[tuple[Id, ...], BeforeValidator(_listed)]
Prose = Annotated[str, _text(2000), AfterValidator(_seen)]
Sentence = Annotated[str, _text(500), *_LINE]
Title = Annotated[str, _text(150), *_LINE]
Cell = Annotated[str, _text(200), *_LINE]
LONGEST_LABEL = 38
"""Characters; Discord asks for no more on a button."""

Label = Annotated[str, _text(LONGEST_LABEL), *_LINE]
"""The text on a button."""
Phrasing = Annotated[str, _text(300), *_LINE, AfterValidator(_worded)]
Question = Annotated[str, _text(LONGEST), AfterValidator(_seen), AfterValidator(_worded)]
"""Any question that members may ask, even one that is longer than a phrasing."""
Phrasings = Annotated[tuple[Phrasing, ...], Field(min_length=1)]
Url = Annotated[str, StringConstraints(pattern=_URL, max_length=512), AfterValidator(_seen)]
_DATES = [{"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}, {"type": "integer"}]
Date = Annotated[str, BeforeValidator(_date), WithJsonSchema({"anyOf": _DATES})]
"""A day, a month or a year, in ISO 8601: 2009-12-01, 2009-12 or 2009."""
Role = Literal["author", "quoted", "commenter"]
MoveId = Literal[
    "shorter", "longer", "plainer", "one-line", "quote", "why", "source", "who", "when", "is-author", "example",
    "number", "another", "more-by-speaker", "other-side", "reverse", "disagree", "opinion", "restate", "first",
    "repeat", "verdict", "wrong", "pick-first", "pick-second", "pick-third", "pick-yes", "pick-none",
]  # fmt: skip
Word = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=_WORD, max_length=50)]
