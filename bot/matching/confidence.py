"""How sure is sure: the probability that answering with a topic is right.

A classifier's own probability says which of the known classes fits best, not whether any does. So
a small logistic regression (Platt 1999) maps the ``Signals`` of a prediction to the share of such
predictions that proved right when the library's own phrasings were held out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus
from bot.matching.features import Vectors

Column = NDArray[np.float64]

PRIOR = np.array([-1.0, 1.0, -0.2, -0.4, 1.0])
"""Weights that a library too small to learn from uses: as sure as the classifier, if the words are known."""

_PRIOR_WEIGHT = 3.0
_BOUND = 0.01
_MOST_STEPS, _SMALLEST_STEP = 50, 1e-9


@dataclass(frozen=True)
class Signals:
    """What speaks for and against each prediction; every field has one number per prediction.

    covered: probability of the topics that the answer also serves, the topic itself among them.
    rival: probability of the likeliest class that the answer does not serve.
    outside: probability of all classes that are not topics.
    known: share of the question's informative words that the library knows.
    """

    covered: Column
    rival: Column
    outside: Column
    known: Column

    @classmethod
    def of(cls, corpus: Corpus, probabilities: Vectors, answers: NDArray[np.intp], known: Column) -> Signals:
        """The signals for answering with topics.

        Args:
            corpus: what the classes are, and which of them an answer serves.
            probabilities: of each class, one row per prediction (predictions x classes).
            answers: the topic, as its label, that each prediction would answer with.
            known: as in ``Signals``.
        """
        served = corpus.serves[:, answers].T
        return cls(
            covered=(probabilities * served).sum(axis=1).astype(np.float64),
            rival=(probabilities * (1 - served)).max(axis=1).astype(np.float64),
            outside=(probabilities * ~corpus.is_topic).sum(axis=1).astype(np.float64),
            known=known,
        )

    @classmethod
    def concatenated(cls, parts: Sequence[Signals]) -> Signals:
        """The predictions of all parts, one after the other."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    def matrix(self) -> NDArray[np.float64]:
        """One row per prediction, with a leading 1 for the intercept."""
        ones = np.ones_like(self.known)
        return np.stack([ones, _logit(self.covered), _logit(self.rival), _logit(self.outside), self.known], axis=1)


def confidence(signals: Signals, weights: NDArray[np.float64]) -> Column:
    """The probability, 0 to 1, that each prediction is right, by the ``weights`` (5,) that were learnt."""
    return _probability(signals.matrix() @ weights)


def fit_confidence(
    signals: Signals, right: NDArray[np.bool_], importance: NDArray[np.float64] | float = 1.0
) -> NDArray[np.float64]:
    """Learn weights (5,) from held-out predictions and whether each was right.

    Logistic regression by Newton's method; a ridge pulls the weights towards ``PRIOR`` and counts as
    much as a few examples, so that a tiny library cannot talk itself into certainty.

    Args:
        signals: of each prediction.
        right: whether it was right.
        importance: how many examples each prediction counts as.
    """
    examples = signals.matrix()
    counts = np.broadcast_to(np.asarray(importance, np.float64), right.shape)

    def loss(weights: NDArray[np.float64]) -> float:
        margins, away = examples @ weights, weights - PRIOR
        misfit = np.logaddexp(0, margins) - margins * right
        return float(counts @ misfit + _PRIOR_WEIGHT / 2 * away @ away)

    weights = PRIOR
    for _ in range(_MOST_STEPS):
        predicted = _probability(examples @ weights)
        gradient = examples.T @ (counts * (predicted - right)) + _PRIOR_WEIGHT * (weights - PRIOR)
        curvature = (examples.T * (counts * predicted * (1 - predicted))) @ examples
        step = np.linalg.solve(curvature + _PRIOR_WEIGHT * np.eye(len(weights)), gradient)
        # Far from the optimum a full step may overshoot.
        while loss(weights - step) > loss(weights) and np.abs(step).max() > _SMALLEST_STEP:
            step /= 2
        weights = weights - step
        if np.abs(step).max() <= _SMALLEST_STEP:
            break
    return weights


def _logit(probability: Column) -> Column:
    # Bounded, so that a probability rounded to 0 or 1 cannot outweigh everything else.
    bounded = np.clip(probability, _BOUND, 1 - _BOUND)
    odds: Column = np.log(bounded / (1 - bounded))
    return odds


def _probability(margins: Column) -> Column:
    """The logistic function, without overflow."""
    probability: Column = np.exp(-np.logaddexp(0, -margins))
    return probability
