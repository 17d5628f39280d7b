"""Who does something: a question about customers is not answered by what is said of bakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

_PEOPLE = Path(__file__).parent / "people.txt"
_PLURALS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"))
_BELONGS = frozenset("my our your his her their its".split())


def doer(words: Sequence[str]) -> str | None:
    """The kind of person who does something in a sentence, in the singular: in English whoever acts comes first.

    Somebody's somebody ("my sister asks whether bakers ...") is passed over if others are named.
    """
    named = [(person(word), before) for before, word in zip(["", *words], words, strict=False)]
    people_named = [somebody for somebody, _ in named if somebody]
    acting = [somebody for somebody, before in named if somebody and before not in _BELONGS]
    return next(iter([*acting, *people_named]), None)


@lru_cache(1 << 14)  # people may ask with any words
def person(word: str) -> str | None:
    """The kind of person that a word names, in the singular, or None if it names none."""
    singular = [word.removesuffix(plural) + ending for plural, ending in _PLURALS if word.endswith(plural)]
    return next((name for name in singular if name in people()), None)


@cache
def people() -> Mapping[str, None]:
    """English nouns for people by what they do, what they are to others, or how old they are."""
    return dict.fromkeys(_PEOPLE.read_text(encoding="utf-8").split())
