"""TF-IDF of words, word pairs and character trigrams, hashed into a dense vector.

Term weighting after Salton and Buckley 1988 (sublinear tf, smoothed idf); the signed hashing trick
after Weinberger et al. 2009, https://arxiv.org/abs/0902.2206. A dense vector of fixed length keeps
the classifier a plain matrix product, and two thousand dimensions lose nothing measurable here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.matching.text import words

DIMENSIONS = 2048
_TRIGRAM_WEIGHT = 2.0

Vectors = NDArray[np.float32]


def _word_terms(tokens: Sequence[str]) -> list[str]:
    return [*tokens, *map(" ".join, pairwise(tokens))]


def _trigram_terms(tokens: Sequence[str]) -> list[str]:
    """Trigrams inside each word, padded so that its beginning and end are told apart."""
    return [padded[i : i + 3] for token in tokens for padded in [f"<{token}>"] for i in range(len(padded) - 2)]


class HashedTfidf:
    """Weights learnt from ``texts`` (normalised); maps any text to ``DIMENSIONS`` numbers."""

    def __init__(self, texts: Sequence[str]) -> None:
        frequency: Counter[str] = Counter()
        for text in texts:
            tokens = words(text)
            frequency.update({*_word_terms(tokens), *_trigram_terms(tokens)})
        self._frequency = frequency
        self._unseen_idf = self._inverse(0, len(texts))
        self._idf = {term: self._inverse(count, len(texts)) for term, count in frequency.items()}
        self._place = {term: self._hashed(term) for term in frequency}

    @staticmethod
    def _inverse(count: int, total: int) -> float:
        return math.log((1 + total) / (1 + count)) + 1

    @staticmethod
    def _hashed(term: str) -> tuple[int, int]:
        """Where a term is added, and with which sign: the low bits and the highest bit of one hash."""
        code = crc32(term.encode("utf-8", "surrogatepass"))
        return code % DIMENSIONS, 1 if code >> 31 else -1

    def transform(self, texts: Sequence[str]) -> Vectors:
        """The vectors of normalised texts, ``(len(texts), DIMENSIONS)``; a term never seen counts nothing."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            tokens = words(text)
            self._add(row, _word_terms(tokens), 1.0)
            self._add(row, _trigram_terms(tokens), _TRIGRAM_WEIGHT)
        return vectors

    def _add(self, row: Vectors, terms: list[str], weight: float) -> None:
        """Add one family of terms to a vector, scaled to the length ``weight``."""
        weights = {
            term: (1 + math.log(count)) * self._idf[term] for term, count in Counter(terms).items() if term in self._idf
        }
        if not weights:
            return
        scale = weight / math.sqrt(math.fsum(value * value for value in weights.values()))
        for term, value in weights.items():
            place, sign = self._place[term]
            row[place] += scale * sign * value

    def known_share(self, text: str, hidden: Mapping[str, int] = MappingProxyType({})) -> float:
        """How much of a normalised text's informative words is known: 0 to 1, weighted by idf.

        ``hidden`` gives for a word how many of the texts learnt from are not to count.
        """
        total = known = 0.0
        for word in words(text):
            weight = self._idf.get(word, self._unseen_idf)
            total += weight
            known += weight * (self._frequency[word] > hidden.get(word, 0))
        return known / total if total else 0.0
