"""TF-IDF of words, word pairs and character trigrams, hashed into a dense vector.

Term weighting after Salton and Buckley 1988 (sublinear tf, smoothed idf); the signed hashing trick
after Weinberger et al. 2009, https://arxiv.org/abs/0902.2206. A dense vector of fixed length keeps
the classifier a plain matrix product, and two thousand dimensions lose nothing measurable here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 2048
_TRIGRAM_WEIGHT = 2.0
MEANING_WEIGHT = 3.0

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]


def hashed(term: str, features: int) -> tuple[int, int]:
    """Where a term is added in a vector of ``features`` numbers, and with which sign (1 or -1).

    These are the low bits and the highest bit of one hash.
    """
    code = crc32(term.encode("utf-8", "surrogatepass"))
    return code % features, 1 if code >> 31 else -1


def with_meanings(vectors: Vectors, meanings: Vectors | None) -> Vectors:
    """The vectors of texts' words, each followed by the encoder's vector of the same text; None: words alone."""
    return (
        vectors if meanings is None else np.hstack([vectors, MEANING_WEIGHT * meanings]).astype(np.float32, copy=False)
    )


class HashedTfidf:
    """Weights learnt from texts; maps any text to ``DIMENSIONS`` numbers. A text is given as its words.

    Args:
        texts: what to learn from.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._total = len(texts)
        self._frequency: Counter[str] = Counter()
        for words in texts:
            self._frequency.update({*_word_terms(words), *_trigram_terms(words)})

    def transform(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """The vectors of texts, ``(len(texts), DIMENSIONS)``; a term never seen counts for nothing."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, words in zip(vectors, texts, strict=True):
            self._add(row, _word_terms(words), 1.0)
            self._add(row, _trigram_terms(words), _TRIGRAM_WEIGHT)
        return vectors

    def known_share(self, words: Iterable[str]) -> float:
        """How much of a text's informative words is known: 0 to 1, weighted by idf. A single letter says nothing."""
        total = known = 0.0
        for word in words:
            weight = self.idf(word) * (len(word) > 1)
            total += weight
            known += weight * (self._frequency[word] > 0)
        return known / total if total else 0.0

    def idf(self, term: str) -> float:
        """How telling a term is: 1 if every text has it, the more the rarer it is."""
        return math.log((1 + self._total) / (1 + self._frequency[term])) + 1

    def _add(self, row: Vector, terms: Iterable[str], weight: float) -> None:
        """Add one family of terms to a vector, scaled to the length ``weight``."""
        counts = Counter(term for term in terms if term in self._frequency)
        weights = {term: (1 + math.log(count)) * self.idf(term) for term, count in counts.items()}
        length = math.sqrt(math.fsum(value * value for value in weights.values()))
        for term, value in weights.items():
            place, sign = hashed(term, DIMENSIONS)
            row[place] += weight / length * value * sign


def _word_terms(words: Sequence[str]) -> Iterable[str]:
    return chain(words, map(" ".join, pairwise(words)))


def _trigram_terms(words: Iterable[str]) -> Iterable[str]:
    return chain.from_iterable(map(_trigrams, words))


@lru_cache(1 << 14)
def _trigrams(word: str) -> tuple[str, ...]:
    """The trigrams of a word, padded so that its beginning and its end are told apart."""
    padded = f"<{word}>"
    return tuple(padded[start : start + 3] for start in range(len(padded) - 2))
