"""Typo repair against the words that the library knows."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, lru_cache, partial
from itertools import islice
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.text import replace_words, words

_EVERYDAY = Path(__file__).parent / "words.txt"
_SHORTEST, _LONG = 4, 8
_MOST_REPAIRS = 12
"""Words of one text that are looked up; beyond that we give up, because each takes time."""

_REMEMBERED = 4096

log = logging.getLogger(__name__)


@cache
def everyday_words() -> frozenset[str]:
    """English words that are spelled right even if the library never uses them (see ``minilm/README.md``)."""
    try:
        return frozenset(_EVERYDAY.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        log.warning("The list of everyday words cannot be read (%s): some may be mistaken for typos", error)
        return frozenset()


def slips_in(word: str) -> int:
    """The most slips to expect in a word of this length; a short one has too many neighbours to allow any."""
    return (len(word) >= _SHORTEST) + (len(word) >= _LONG)


class Speller:
    """Replaces misspelt words by the library's nearest word.

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
        self._nearest = lru_cache(_REMEMBERED)(partial(_nearest, candidates))

    def repair(self, text: str) -> dict[str, str]:
        """The misspelt words of a normalised text, each with the word that was meant."""
        unknown = islice(filter(self._is_unknown, dict.fromkeys(words(text))), _MOST_REPAIRS)
        fixes = {word: self._nearest(word) for word in unknown}
        return {word: fix for word, fix in fixes.items() if fix is not None}

    def __call__(self, text: str) -> str:
        """A normalised text with its misspelt words repaired."""
        return replace_words(text, self.repair(text))

    def _is_unknown(self, word: str) -> bool:
        return slips_in(word) > 0 and word.isalpha() and word not in self._count and word not in self._everyday


def _nearest(candidates: Sequence[str], word: str) -> str | None:
    # Optimal string alignment counts two swapped letters as one slip, as fingers do.
    found = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=slips_in(word))
    return found[0] if found else None
