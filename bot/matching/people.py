"""Who does something: a question about customers is not answered by what is said of leaders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

_PEOPLE = Path(__file__).parent / "people.txt"


def doer(words: Iterable[str]) -> str | None:
    """The first of the words that names a kind of person, in the singular: in English whoever acts comes first."""
    return next(filter(None, map(person, words)), None)


@cache
def person(word: str) -> str | None:
    """The kind of person that a word names, in the singular, or None if it names none."""
    singular = [word, word.removesuffix("s"), f"{word.removesuffix('ies')}y"]
    return next((name for name in singular if name in people()), None)


@cache
def people() -> Mapping[str, None]:
    """English nouns for people by what they do, what they are to others, or how old they are."""
    return dict.fromkeys(_PEOPLE.read_text(encoding="utf-8").split())
