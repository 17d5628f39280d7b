"""What the words of the topics mean, each taken alone, and how close other words come to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Vector, Vectors

_REMEMBERED = 4096
"""So many words are remembered with how close they come: people use the same ones again and again."""

Places = NDArray[np.intp]


@dataclass(frozen=True)
class _Word:
    """A word, which tells it from others, and what it means, taken alone (dimensions,)."""

    text: str
    sense: Vector = field(compare=False)


class Senses:
    """Compares words with those that the texts of each class use. Immutable; may be used from any thread.

    Args:
        meanings: what each word of the vocabulary means, in float32 (words x dimensions).
        places: where each word is among them.
        used: for each class the words of the vocabulary that its texts use.
    """

    def __init__(self, meanings: Vectors, places: Mapping[str, int], used: Sequence[Iterable[str]]) -> None:
        self._meanings, self._places = meanings, places
        self._used = [np.array([places[word] for word in words if word in places], np.intp) for words in used]
        # The last one is everybody's, because a class may use no word of the vocabulary.
        together = np.concatenate([np.append(rows, len(meanings)) for rows in self._used])
        starts = [0, *accumulate(len(rows) + 1 for rows in self._used)][:-1]
        self._remembered = lru_cache(_REMEMBERED)(partial(_closeness, meanings, together, starts))

    def of(self, word: str) -> Vector | None:
        """What a word means, taken alone; None if it is not in the vocabulary."""
        return self._meanings[self._places[word]] if word in self._places else None

    def closeness(self, word: str, sense: Vector) -> Vector:
        """The highest cosine of a word, given what it means, with those of each class, 0 at least (classes,)."""
        return self._remembered(_Word(word, sense))

    def closeness_without(self, words: Sequence[str], label: int, senses: Vectors) -> Vector:
        """The same for many words and one class without some of its words (senses,)."""
        others = np.setdiff1d(self._used[label], [self._places[word] for word in words])
        closest: Vector = (senses @ self._meanings[others].T).max(axis=1, initial=0.0)
        return closest


def _closeness(meanings: Vectors, places: Places, starts: Sequence[int], word: _Word) -> Vector:
    cosines = np.append(meanings @ word.sense, np.float32(0))
    closest: Vector = np.maximum.reduceat(cosines[places], starts)
    return closest
