"""Which sentence of an answer is the one that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np

from bot.matching.encoder import Encoder, EncoderError, meaning
from bot.matching.features import Vector
from bot.text import normalise

_NEARER = 0.1
"""By how much a sentence must be nearer to a question than the first one."""

_REMEMBERED = 1024


class Sentences:
    """Compares sentences with questions. Immutable; may be used from any thread.

    Args:
        encoder: says what they mean; None: the first is always the nearest.
    """

    def __init__(self, encoder: Encoder | None) -> None:
        self._meant = lru_cache(_REMEMBERED)(partial(_meant, encoder)) if encoder else None

    def nearest(self, question: str, sentences: Sequence[str]) -> int:
        """Which of some sentences is clearly nearest in meaning to a normalised question; the first (0) if none is."""
        if self._meant is None:
            return 0
        try:
            asked = self._meant(question)
            alike = [float(self._meant(normalise(sentence)) @ asked) for sentence in sentences]
        except EncoderError:
            return 0
        best = int(np.argmax(alike))
        return best if alike[best] - alike[0] >= _NEARER else 0


def _meant(encoder: Encoder, text: str) -> Vector:
    return meaning(encoder, text).sentence
