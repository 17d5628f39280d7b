"""What every method does: learn a library's phrasings, then say which topic a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.product import Category


@dataclass(frozen=True)
class Prediction:
    """The topic that a question is most likely about, and how sure the method is that its answer is right.

    topic: its id; None if the method has no idea.
    confidence: larger is surer, on the method's own scale; 0 if the method itself refuses to answer.
    """

    topic: str | None
    confidence: float


class Ranker(Protocol):
    """A method; one that has just been made knows nothing."""

    @property
    def answers_from(self) -> float | None:
        """The confidence from which it answers; None: it has no threshold of its own."""

    def learn(self, categories: Sequence[Category]) -> None:
        """Learn to tell these classes apart; called once."""

    def predict(self, question: str) -> Prediction:
        """What a question is about; called after ``learn``."""
