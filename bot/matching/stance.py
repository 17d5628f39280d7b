"""What the articles say to a question that can be answered with yes or no.

A topic's statements that are true, false or left open vote, each the more the more it is like the question (kernel
ridge regression, Saunders, Gammerman and Vovk 1998). Alike are texts that mean the same, use the same words, say them
in the same order around the library's two sides, and speak of the same side: "bakers teach cooks" is unlike "cooks
teach bakers", though all the words are the same.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.matching.assertions import Asserting, Assertion
from bot.matching.corpus import Corpus, Stance
from bot.matching.features import Vector, Vectors

_SURE = 0.25
"""By how much the best of the three must lead."""

_RIDGE = 0.5
_SAME_TOPIC, _MEANING, _SAME_SIDE = 0.3, 2.0, 0.5


_STANCES = tuple(Stance)


@dataclass(frozen=True, eq=False)
class _Votes:
    """A topic's statements and what each of them is worth (statements x ``Stance``)."""

    assertions: Sequence[Assertion]
    meanings: Vectors | None
    worth: Vectors
    usual: Vector


class Stances:
    """Knows what the articles say to yes/no questions. May be used from any thread.

    Args:
        corpus: the library.
        sentences: what each of its statements means (statements x dimensions); None: words alone.
    """

    def __init__(self, corpus: Corpus, sentences: NDArray[np.float16] | None) -> None:
        self._asserting = Asserting(corpus.opposites, sorted({name for c in corpus.categories for name in c.speakers}))
        self._speakers = {c.id: {self._asserting.name(name) for name in c.speakers} for c in corpus.categories}
        self._statements: dict[str, tuple[Sequence[str], Sequence[Stance], NDArray[np.float16] | None]] = {}
        self._votes: dict[str, _Votes] = {}
        end = 0
        for category in corpus.categories:
            start, end = end, end + len(category.statements)
            stances = [stance for _, stance in category.statements]
            if len({*stances}) > 1:
                meanings = None if sentences is None else sentences[start:end]
                self._statements[category.id] = corpus.statements[start:end], stances, meanings

    def __contains__(self, topic: str) -> bool:
        """Whether the articles may say yes or no to a question about a topic."""
        return topic in self._statements

    def stance(self, text: str, topic: str, meaning: Vector | None) -> Stance | None:
        """What the articles say to a question about a topic; None if that is not sure.

        Args:
            text: of the question, normalised.
            topic: its id.
            meaning: of the text (dimensions,); None: words alone.
        """
        if topic not in self._statements:
            return None
        if (votes := self._votes.get(topic)) is None:
            # When it is first needed: all topics at once would take seconds of every start.
            votes = self._votes[topic] = self._learnt(*self._statements[topic])
        asserted = self._asserting(text)
        if asserted.speaker is not None and asserted.speaker not in self._speakers[topic]:
            return Stance.YES if asserted.is_denied else Stance.NO
        alike = _alike([asserted], votes.assertions, None if meaning is None else meaning[None], votes.meanings)
        score = votes.usual + (alike @ votes.worth)[0]
        best, second = np.argsort(-score)[:2]
        if score[best] - score[second] < _SURE:
            return None
        return _turned(_STANCES[best]) if asserted.is_denied else _STANCES[best]

    def _learnt(self, texts: Sequence[str], stances: Sequence[Stance], sentences: NDArray[np.float16] | None) -> _Votes:
        meanings = None if sentences is None else sentences.astype(np.float32)
        assertions = [self._asserting(text) for text in texts]
        asserted = [
            _turned(stance) if assertion.is_denied else stance
            for stance, assertion in zip(stances, assertions, strict=True)
        ]
        votes = np.array([[float(stance is one) for one in _STANCES] for stance in asserted])
        usual = votes.mean(axis=0)
        alike = _alike(assertions, assertions, meanings, meanings)
        worth = np.linalg.solve(alike + _RIDGE * np.eye(len(texts)), votes - usual)
        return _Votes(assertions, meanings, worth, usual)


def _alike(
    some: Sequence[Assertion], others: Sequence[Assertion], meanings: Vectors | None, other_meanings: Vectors | None
) -> NDArray[np.float64]:
    """How alike assertions are (some x others)."""
    same_side = np.array([[a.side == b.side for b in others] for a in some], float)
    content = _overlaps([a.content for a in some], [b.content for b in others])
    order = _overlaps([a.order for a in some], [b.order for b in others])
    means = 0.0 if meanings is None or other_meanings is None else meanings @ other_meanings.T
    same_topic = _SAME_TOPIC + _MEANING * means + content + order
    alike: NDArray[np.float64] = same_topic + same_side * (_SAME_SIDE + means + content)
    return alike


def _overlaps(some: Sequence[Set[object]], others: Sequence[Set[object]]) -> NDArray[np.float64]:
    """The cosine of each two sets (some x others)."""
    place = {member: number for number, member in enumerate(dict.fromkeys(chain.from_iterable(others)))}

    def rows(sets: Sequence[Set[object]]) -> NDArray[np.float32]:
        found = np.zeros((len(sets), len(place)), np.float32)
        for row, members in zip(found, sets, strict=True):
            row[[place[member] for member in members if member in place]] = 1
        return found

    sizes = np.outer([len(one) for one in some], [len(other) for other in others])
    shared: NDArray[np.float64] = (rows(some) @ rows(others).T) / np.sqrt(np.maximum(1, sizes))
    return shared


def _turned(stance: Stance) -> Stance:
    return {Stance.YES: Stance.NO, Stance.NO: Stance.YES}.get(stance, stance)
