"""Typo repair against the words that the library knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.text import replace_words, words

_SHORTEST = 4
_MOST_REPAIRS = 12
"""Words of one text that are looked up; who mistypes more cannot be helped, and each takes time."""

_REMEMBERED = 4096
_LONG = 8
"""From this length on, two slips are allowed in a word instead of one."""


class Speller:
    """Replaces misspelt words by the library's nearest word.

    Args:
        texts: the library's texts, normalised.
        common: everyday words that are right even if the library never uses them.
    """

    def __init__(self, texts: Iterable[str], common: Collection[str] = ()) -> None:
        self._count = Counter(word for text in texts for word in words(text))
        self._common = frozenset(common)
        # The most frequent first: among equally near words rapidfuzz keeps the order.
        self._candidates = [word for word, _ in self._count.most_common() if len(word) >= _SHORTEST]
        self._nearest = lru_cache(_REMEMBERED)(self._search)

    def repair(self, text: str) -> dict[str, str]:
        """The misspelt words of a normalised text, each with the word that was meant."""
        unknown = islice(filter(self._is_unknown, dict.fromkeys(words(text))), _MOST_REPAIRS)
        fixes = {word: self._nearest(word) for word in unknown}
        return {word: fix for word, fix in fixes.items() if fix is not None}

    def __call__(self, text: str) -> str:
        """A normalised text with its misspelt words repaired."""
        return replace_words(text, self.repair(text))

    def _is_unknown(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word.isalpha() and word not in self._count and word not in self._common

    def _search(self, word: str) -> str | None:
        # Optimal string alignment counts two swapped letters as one slip, as fingers do.
        slips = 2 if len(word) >= _LONG else 1
        found = process.extractOne(word, self._candidates, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else None
