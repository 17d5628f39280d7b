"""Typo repair against the words that the library knows."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, lru_cache, partial
from itertools import islice
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.text import bases, replace_words, words

_EVERYDAY = Path(__file__).parent / "words.txt"
_SHORTEST, _LONG = 4, 8
_MOST_REPAIRS = 12
"""Words of one text that are looked up; beyond that we give up, because each takes time."""

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


def slips_in(word: str) -> int:
    """The most slips to expect in a word of this length; a short one has too many neighbours to allow any."""
    return (len(word) >= _SHORTEST) + (len(word) >= _LONG)


class Speller:
    """Replaces misspelt words by the library's nearest word, and two words without a space by both.

    A word regularly derived from one that is spelled right is spelled right too ("baked" from "bake").

    Args:
        count: how often the library uses each of its words.
        everyday: other words that are spelled right.
    """

    def __init__(self, count: Counter[str], everyday: Collection[str] = ()) -> None:
        self._count = count
        self._everyday = frozenset(everyday)
        # The most frequent first: among equally near words rapidfuzz keeps the order.
        candidates = [word for word, _ in count.most_common() if slips_in(word)]
        # Not a method: a reference cycle would keep a replaced library in memory.
        self._meant = lru_cache(_REMEMBERED)(partial(_meant, count, candidates))

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
        return _is_common_slip(word, fix) or not any(map(self._is_known, bases(word)))


def _meant(count: Counter[str], candidates: Sequence[str], word: str) -> str | None:
    nearest = _nearest(candidates, word)
    if nearest and _is_common_slip(word, nearest):
        return nearest
    return _split(count, word) or nearest


def _split(count: Counter[str], word: str) -> str | None:
    """A word as two of the library's words, the more frequent the better; neither may be short."""
    pairs = [(word[:end], word[end:]) for end in range(_SHORTEST, len(word) - _SHORTEST + 1)]
    known = [(first, second) for first, second in pairs if first in count and second in count]
    return " ".join(max(known, key=lambda pair: min(count[half] for half in pair))) if known else None


def _nearest(candidates: Sequence[str], word: str) -> str | None:
    # Optimal string alignment counts two swapped letters as one slip, as fingers do.
    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=slips_in(word), limit=None)
    return min(found, key=lambda match: _distance(word, match[0], match[1]))[0] if found else None


def _distance(typed: str, meant: str, slips: int) -> tuple[int, bool, bool, bool]:
    """How unlikely it is that one word was typed for the other; the least is the likeliest.

    Among words as many slips away, swapped and doubled letters come first. Otherwise the first letter is seldom wrong,
    and a letter is left out more often than it is replaced or added: Pollock and Zamora 1984,
    https://doi.org/10.1145/358027.358048.
    """
    return slips, not _is_common_slip(typed, meant), typed[0] != meant[0], len(typed) >= len(meant)


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
