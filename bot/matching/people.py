"""Who does something: a question about customers is not answered by what is said of bakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from bot.matching.spelling import is_everyday

_KINDS = Path(__file__).parent / "people.txt"
_NAMES = Path(__file__).parent / "names.txt"
_PLURALS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"))
_BELONGS = frozenset("my our your his her their its".split())


def doer(words: Sequence[str]) -> str | None:
    """Who does something in a sentence, in which whoever acts comes first: a kind of person in the singular, or a name.

    Somebody's somebody ("my sister asks whether bakers ...") is passed over if others are named.
    """
    named = [*map(person, words)]
    acting = [name for name, before in zip(named, ["", *words], strict=False) if before not in _BELONGS]
    return next(filter(None, [*acting, *named]), None)


@lru_cache(1 << 14)  # people may ask with any words
def person(word: str) -> str | None:
    """The kind of person that a word names, in the singular, or the name that it is, or None."""
    singular = (word.removesuffix(plural) + ending for plural, ending in _PLURALS if word.endswith(plural))
    if (kind := next((kind for kind in singular if kind in people()), None)) is not None:
        return kind
    owner = word.removesuffix("s")  # "alices" is how the words of a text spell "alice's"
    return word if is_name(word) else owner if is_name(owner) and not is_everyday(word) else None


def is_name(somebody: str) -> bool:
    """Whether somebody is known by a name."""
    return somebody in given_names() or somebody in surnames()


@cache
def people() -> Mapping[str, None]:
    """English nouns for people by what they do, what they are to others, or how old they are."""
    return dict.fromkeys(_KINDS.read_text(encoding="utf-8").split())


@cache
def given_names() -> Mapping[str, None]:
    """Given names, without those that are common words too."""
    return dict.fromkeys(_NAMES.read_text(encoding="utf-8").split("\n\n")[0].split())


@cache
def surnames() -> Mapping[str, None]:
    """Surnames of all kinds, and of those of whom people ask; without common words."""
    return dict.fromkeys(_NAMES.read_text(encoding="utf-8").split("\n\n")[1].split())
