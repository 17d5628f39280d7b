"""What the texts of a library mean, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.matching.encoder import Encoding
from bot.matching.features import Vectors

_SCALE = 127
"""A number of a token's vector is kept as so many times as much, in 8 bits."""


@dataclass(frozen=True, eq=False)
class Encodings:
    """The encodings of many texts, rounded.

    sentences: one row a text (texts x dimensions).
    tokens: of all texts, one after the other (all tokens x token dimensions).
    lengths: how many tokens each text has (texts,).
    """

    sentences: NDArray[np.float16]
    tokens: NDArray[np.int8]
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, encodings: Iterable[Encoding]) -> Encodings:
        """The encodings of one text or more, each rounded as it comes."""
        rounded = [(e.sentence.astype(np.float16), np.rint(_SCALE * e.tokens).astype(np.int8)) for e in encodings]
        sentences, tokens = zip(*rounded, strict=True)
        return cls(np.stack(sentences), np.concatenate(tokens), np.array([len(rows) for rows in tokens], np.int32))

    def __add__(self, other: Encodings) -> Encodings:
        """The encodings of these texts and then of others."""
        return Encodings(
            np.concatenate([self.sentences, other.sentences]),
            np.concatenate([self.tokens, other.tokens]),
            np.concatenate([self.lengths, other.lengths]),
        )

    def __getitem__(self, texts: Sequence[int] | NDArray[np.intp]) -> Encodings:
        """The encodings of some texts, in this order."""
        starts = self.starts
        rows = [np.arange(starts[text], starts[text] + self.lengths[text]) for text in texts]
        return Encodings(self.sentences[texts], self.tokens[np.concatenate(rows)], self.lengths[texts])

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where the tokens of each text begin (texts,)."""
        starts: NDArray[np.intp] = np.cumsum(self.lengths) - self.lengths
        return starts

    def encoding(self, text: int) -> Encoding:
        """The encoding of one text, as it was before rounding, about."""
        tokens = self.unit_tokens(int(self.starts[text]), int(self.lengths[text]))
        return Encoding(self.sentences[text].astype(np.float32), tokens)

    def unit_tokens(self, start: int, length: int) -> Vectors:
        """Token vectors as they were before rounding, about (length x token dimensions)."""
        tokens: Vectors = self.tokens[start : start + length].astype(np.float32) / np.float32(_SCALE)
        return tokens
