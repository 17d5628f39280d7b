"""What a method's predictions are worth: counts, a curve, and the Matthews correlation."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.product import Question
from benchmarks.ranking import Prediction

_POINTS = 100
"""The most points of a curve."""


@dataclass(frozen=True)
class Asked:
    """A question and what a method predicted."""

    question: Question
    prediction: Prediction

    @property
    def is_right(self) -> bool:
        """Whether the predicted topic answers the question, however low the confidence."""
        return self.prediction.topic in self.question.right

    def answered(self, threshold: float) -> bool:
        """Whether the method answers at this threshold; at confidence 0 it never does."""
        return self.prediction.confidence > 0 and self.prediction.confidence >= threshold


@dataclass(frozen=True)
class Counts:
    """How many questions of one kind were answered right, answered wrong, and refused.

    If a question has no right answer, answering is wrong and refusing is what one wants.

    likeliest: how many would be right if nothing were refused.
    """

    in_scope: bool
    right: int
    wrong: int
    refused: int
    likeliest: int

    @property
    def asked(self) -> int:
        """The number of questions."""
        return self.right + self.wrong + self.refused


def counts(asked: Sequence[Asked], threshold: float) -> dict[str, Counts]:
    """The counts of each kind of question, in the order in which the kinds first appear."""
    kinds: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        kinds[one.question.kind].append(one)
    return {kind: _counts(of_kind, threshold) for kind, of_kind in kinds.items()}


def _counts(asked: Sequence[Asked], threshold: float) -> Counts:
    answered = [one for one in asked if one.answered(threshold)]
    right = sum(one.is_right for one in answered)
    return Counts(
        in_scope=any(one.question.right for one in asked),
        right=right,
        wrong=len(answered) - right,
        refused=len(asked) - len(answered),
        likeliest=sum(one.is_right for one in asked),
    )


def thresholds(asked: Sequence[Asked]) -> list[float]:
    """Thresholds from which the answers differ, the highest first, evenly spread over the answers."""
    confidences = sorted({one.prediction.confidence for one in asked} - {0.0}, reverse=True)
    step = max(1.0, len(confidences) / _POINTS)
    return [confidences[int(number * step)] for number in range(math.ceil(len(confidences) / step))]


def curve(asked: Sequence[Asked]) -> list[tuple[float, float]]:
    """For each threshold, wrong answers as a share of all questions, and right ones of those that have an answer."""
    in_scope = sum(bool(one.question.right) for one in asked)
    points = []
    for threshold in thresholds(asked):
        right = sum(one.is_right for one in asked if one.answered(threshold))
        wrong = sum(not one.is_right for one in asked if one.answered(threshold))
        points.append((round(wrong / len(asked), 4), round(right / max(1, in_scope), 4)))
    return points


def correlation(asked: Sequence[Asked], threshold: float) -> float | None:
    """The Matthews correlation of predicted and true topics, refusal being a class of its own.

    As in the paper on HINT3 (Arora et al. 2020). None if a question has several right answers.
    """
    if any(len(one.question.right) > 1 for one in asked):
        return None
    truth = [next(iter(one.question.right), None) for one in asked]
    predicted = [one.prediction.topic if one.answered(threshold) else None for one in asked]
    return matthews(truth, predicted)


def matthews(truth: Sequence[str | None], predicted: Sequence[str | None]) -> float:
    """The Matthews correlation for many classes (Gorodkin 2004, https://doi.org/10.1016/j.compbiolchem.2004.09.006).

    -1 to 1, rounded to 4 digits; 0 if either names only one class.
    """
    total = len(truth)
    true, named = Counter(truth), Counter(predicted)
    agreed = sum(one == other for one, other in zip(truth, predicted, strict=True))
    covariance = agreed * total - sum(true[label] * named[label] for label in true)
    spread = [total**2 - sum(count**2 for count in counted.values()) for counted in (true, named)]
    return round(covariance / math.sqrt(spread[0] * spread[1]), 4) if all(spread) else 0.0
