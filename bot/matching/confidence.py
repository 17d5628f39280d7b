"""How sure is sure: the probability that answering with a topic is right.

A classifier's own probability says which of the known classes fits best, not whether any does. So
a small logistic regression (Platt 1999) maps what is seen of a prediction (``Evidence``) to the
share of such predictions that proved right, when the library's own phrasings were held out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

# What our own library teaches, rounded: where a library is too small to learn from, these stand in.
_PRIOR = np.array([-1.8, 1.2, -0.1, -0.4, 1.6])
_PRIOR_WEIGHT = 3.0
_BOUND = 0.01
_MOST_STEPS, _SMALLEST_STEP = 50, 1e-9


@dataclass(frozen=True)
class Evidence:
    """What is seen of each prediction; every field has one number a prediction.

    covered: probability of the topics that the answer also serves, the topic itself among them.
    rival: probability of the likeliest class that the answer does not serve.
    outside: probability of all classes that are no topics.
    known: share of the question's informative words that the library knows.
    """

    covered: Column
    rival: Column
    outside: Column
    known: Column

    @classmethod
    def joined(cls, parts: Sequence[Evidence]) -> Evidence:
        """The predictions of all parts, one after the other."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    def matrix(self) -> NDArray[np.float64]:
        """One row a prediction, a leading one for the intercept."""
        ones = np.ones_like(self.known)
        return np.stack([ones, _logit(self.covered), _logit(self.rival), _logit(self.outside), self.known], axis=1)


def _logit(probability: Column) -> Column:
    # Bounded, so that a probability rounded to 0 or 1 cannot outweigh everything else.
    bounded = np.clip(probability, _BOUND, 1 - _BOUND)
    odds: Column = np.log(bounded / (1 - bounded))
    return odds


class Confidence:
    """The calibrated map from evidence to the probability of being right."""

    def __init__(self, weights: NDArray[np.float64] = _PRIOR) -> None:
        self.weights = weights

    @classmethod
    def fit(cls, evidence: Evidence, right: NDArray[np.bool_]) -> Confidence:
        """Learn from held-out predictions and whether each was right.

        Logistic regression by Newton's method; a ridge pulls the weights to ``_PRIOR`` and counts as
        much as a few examples, so that a tiny library cannot talk itself into certainty.
        """
        examples = evidence.matrix()

        def loss(weights: NDArray[np.float64]) -> float:
            margins, away = examples @ weights, weights - _PRIOR
            return float(np.logaddexp(0, margins).sum() - margins[right].sum() + _PRIOR_WEIGHT / 2 * away @ away)

        weights = _PRIOR
        for _ in range(_MOST_STEPS):
            predicted = _probability(examples @ weights)
            gradient = examples.T @ (predicted - right) + _PRIOR_WEIGHT * (weights - _PRIOR)
            curvature = (examples.T * (predicted * (1 - predicted))) @ examples + _PRIOR_WEIGHT * np.eye(len(weights))
            step = np.linalg.solve(curvature, gradient)
            # Far from the optimum a full step may overshoot.
            while loss(weights - step) > loss(weights) and np.abs(step).max() > _SMALLEST_STEP:
                step /= 2
            weights = weights - step
            if np.abs(step).max() <= _SMALLEST_STEP:
                break
        return cls(weights)

    def __call__(self, evidence: Evidence) -> Column:
        """The probability, 0 to 1, that each prediction is right."""
        return _probability(evidence.matrix() @ self.weights)


def _probability(margins: Column) -> Column:
    """The logistic function, without overflow."""
    probability: Column = np.exp(-np.logaddexp(0, -margins))
    return probability
