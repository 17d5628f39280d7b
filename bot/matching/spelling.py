"""Typo repair against the words that the library knows."""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import islice
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.function_words import FUNCTION_WORDS
from bot.text import bases, replace_words, words

_EVERYDAY = Path(__file__).parent / "words.txt"
_SHORTEST, _LONG = 4, 6
_MOST_REPAIRS = 12
"""Words of one text that are looked up; beyond that we give up, because each takes time."""

_SLIP, _SLIP_BY_LETTERS = 4.0, 26.0
_COMMON, _LEFT_OUT, _FIRST = 2.5, 0.7, 1.5
_TRUST = 0.5
_USUAL = 20.0
_LEAST_LIKELY = -7.0

_REMEMBERED = 4096
_RUN = re.compile(r"(.)\1+")

log = logging.getLogger(__name__)


@cache
def everyday_words() -> tuple[str, ...]:
    """English words that are spelled right even if the library never uses them (see ``minilm/README.md``).

    The most frequent come first.
    """
    try:
        return tuple(_EVERYDAY.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        log.warning("The list of everyday words cannot be read (%s): some may be mistaken for typos", error)
        return ()


@lru_cache(1 << 14)
def is_strange(word: str) -> bool:
    """Whether a word is probably a name: it is neither an everyday English word nor derived from one."""
    known = is_everyday(word) or word in FUNCTION_WORDS or any(map(is_everyday, bases(word)))
    return len(word) >= _SHORTEST and word.isalpha() and not known


def is_everyday(word: str) -> bool:
    """Whether a word is among the ``everyday_words``."""
    return word in _everyday_set()


@cache
def _everyday_set() -> frozenset[str]:
    return frozenset(everyday_words())


def slips_in(word: str) -> int:
    """The most slips to expect in a word of this length; a short one has too many neighbours to allow any."""
    return (len(word) >= _SHORTEST) + (len(word) >= _LONG)


class Speller:
    """Replaces misspelt words by what was probably meant, and two words without a space by both.

    What was meant is the word that makes the misspelt one likeliest, times how often it is used (the noisy channel:
    Kernighan, Church and Gale 1990, https://aclanthology.org/C90-2036). A word regularly derived from one that is
    spelled right is spelled right too ("baked" from "bake").

    Args:
        count: how often the library uses each of its words.
        everyday: other words that are spelled right, the most frequent first.
    """

    def __init__(self, count: Counter[str], everyday: Sequence[str] = ()) -> None:
        self._count = count
        self._everyday = frozenset(everyday)
        usual = {word: _USUAL / (_USUAL + rank) for rank, word in enumerate(filter(slips_in, everyday))}
        frequency = {word: count[word] + usual.get(word, 0.0) for word in {**usual, **count} if slips_in(word)}
        # Not a method: a reference cycle would keep a replaced library in memory.
        self._meant = lru_cache(_REMEMBERED)(partial(_meant, count, frequency))

    def repair(self, text: str) -> dict[str, str]:
        """The misspelt words of a normalised text, each with the word that was meant."""
        unknown = islice(filter(self._is_unknown, dict.fromkeys(words(text))), _MOST_REPAIRS)
        fixes = {word: self._meant(word) for word in unknown}
        return {word: fix for word, fix in fixes.items() if fix is not None and self._is_likelier(fix, word)}

    def __call__(self, text: str) -> str:
        """A normalised text with its misspelt words repaired."""
        return replace_words(text, self.repair(text))

    def _is_unknown(self, word: str) -> bool:
        return slips_in(word) > 0 and word.isalpha() and not self._is_known(word)

    def _is_known(self, word: str) -> bool:
        return word in self._count or word in self._everyday

    def _is_likelier(self, fix: str, word: str) -> bool:
        """Whether a fix is likelier meant than ``word`` itself, which may be derived from a known word."""
        return (fix in self._count and _is_common_slip(word, fix)) or not any(map(self._is_known, bases(word)))


def _meant(count: Counter[str], frequency: Mapping[str, float], word: str) -> str | None:
    nearest = _nearest(frequency, word)
    if nearest and _is_common_slip(word, nearest):
        return nearest
    return _split(count, word) or nearest


def _split(count: Counter[str], word: str) -> str | None:
    """A word as two of the library's words, the more frequent the better; neither may be short."""
    pairs = [(word[:end], word[end:]) for end in range(_SHORTEST, len(word) - _SHORTEST + 1)]
    known = [(first, second) for first, second in pairs if first in count and second in count]
    return " ".join(max(known, key=lambda pair: min(count[half] for half in pair))) if known else None


def _nearest(frequency: Mapping[str, float], word: str) -> str | None:
    # Optimal string alignment counts two swapped letters as one slip, as fingers do.
    found = process.extract(word, frequency.keys(), scorer=OSA.distance, score_cutoff=slips_in(word), limit=None)
    likelihood = {meant: _TRUST * math.log(frequency[meant]) - _cost(word, meant, slips) for meant, slips, _ in found}
    best = max(likelihood, key=likelihood.__getitem__, default=None)
    return best if best is not None and likelihood[best] >= _LEAST_LIKELY else None


def _cost(typed: str, meant: str, slips: float) -> float:
    """How unlikely it is that one word was typed for the other, in nats.

    Swapped and doubled letters are the commonest slips. The first letter is seldom wrong, and a letter is left out more
    often than it is replaced or added: Pollock and Zamora 1984, https://doi.org/10.1145/358027.358048.
    """
    cost = slips * min(_SLIP, _SLIP_BY_LETTERS / len(typed))
    if _is_common_slip(typed, meant):
        cost -= _COMMON
    elif len(typed) < len(meant):
        cost -= _LEFT_OUT
    return cost + _FIRST * (typed[0] != meant[0])


def _is_common_slip(typed: str, meant: str) -> bool:
    """Whether letters were only swapped, doubled or not doubled."""
    return sorted(typed) == sorted(meant) or _RUN.sub(r"\1", typed) == _RUN.sub(r"\1", meant)


def slipped(text: str, random: np.random.Generator) -> str:
    """A text with one letter of a longer word swapped with the one before, left out, doubled or replaced."""
    spoken = text.split()
    long = [place for place, word in enumerate(spoken) if len(word) > _SHORTEST]
    if not long:
        return text
    place = int(random.choice(long))
    word = spoken[place]
    at = int(random.integers(1, len(word) - 1))
    spoken[place] = [
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + "abcdefghijklmnopqrstuvwxyz"[random.integers(26)] + word[at + 1 :],
    ][random.integers(4)]
    return " ".join(spoken)
