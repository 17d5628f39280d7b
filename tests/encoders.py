"""Encoders for tests: fast, and with vectors that are easy to foresee."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from bot.matching import Encoding, Vector
from bot.text import words


class WordEncoder:
    """Gives each word a random unit vector of its own, and a sentence the direction of all its words.

    Args:
        fingerprint: another one gives other vectors.

    Attributes:
        seen: the texts that it was asked to encode.
    """

    dimensions, token_dimensions = 12, 8

    def __init__(self, fingerprint: str = "f" * 64) -> None:
        self.fingerprint = fingerprint
        self.seen: list[str] = []

    def encode(self, text: str) -> Encoding:
        self.seen.append(text)
        spoken = words(text)
        total = sum((self.vector(word, self.dimensions) for word in spoken), np.zeros(self.dimensions, np.float32))
        tokens = [self.vector(word, self.token_dimensions) for word in spoken]
        return Encoding(_unit(total), np.reshape(tokens, (-1, self.token_dimensions)).astype(np.float32))

    def tokens(self, text: str) -> Sequence[str]:
        return words(text)

    def vector(self, word: str, dimensions: int) -> Vector:
        """The unit vector of a word."""
        seed = crc32((self.fingerprint + word).encode("utf-8", "surrogatepass"))
        return _unit(np.random.default_rng(seed).normal(size=dimensions).astype(np.float32))


class AxisEncoder(WordEncoder):
    """Gives each word of a vocabulary an axis of its own: the cosine of two words is 1 if they are the same, else 0."""

    def __init__(self, vocabulary: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary.split()
        self.dimensions = self.token_dimensions = len(self._vocabulary)

    def vector(self, word: str, dimensions: int) -> Vector:
        axis: Vector = np.eye(dimensions, dtype=np.float32)[self._vocabulary.index(word)]
        return axis


class FailingEncoder(WordEncoder):
    """Fails with ``error`` while it has one."""

    error: BaseException | None = None

    def encode(self, text: str) -> Encoding:
        if self.error:
            raise self.error
        return super().encode(text)


def _unit(vector: Vector) -> Vector:
    unit: Vector = vector / max(1e-6, float(np.linalg.norm(vector)))
    return unit
