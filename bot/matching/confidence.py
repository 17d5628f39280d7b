"""How sure is sure: the probability that answering with a topic is right.

A classifier's own probability says which of the known classes fits best, not whether any does. So a logistic
regression maps the ``SIGNALS`` of a candidate to the share of such candidates that proved right when the library's own
phrasings were held out, and proved wrong when their subject was swapped. It learns from as many swapped ones as real
ones, to see what tells them apart; a second fit of two numbers (Platt 1999) then corrects it for how often people ask
the one and the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.matching.comparison import SIGNALS

Numbers = NDArray[np.float64]

_TABLE = {
    "covered": (-3.419, 1.594, 1.33, 1.41),
    "shared": (0.100, 0.213, -0.40, 0.66),
    "aligned": (0.425, 0.179, 1.22, 0.00),
    "least": (0.288, 0.178, 0.66, 0.00),
    "second_least": (0.401, 0.215, -0.59, 0.00),
    "closer_outside": (0.134, 0.209, -0.52, 0.00),
    "aligned_outside": (0.191, 0.218, 0.02, 0.00),
    "novel": (3.224, 0.962, -0.50, 0.00),
    "other_person": (0.231, 0.422, -0.56, -0.76),
    "other_name": (0.149, 0.356, -0.52, -0.40),
    "length": (2.137, 0.411, -0.52, -0.37),
}
"""Mean and scale of each signal, and what it is worth to a library too small to learn that itself: with an encoder, and
by words alone. All of it was learnt from small libraries made of public question sets, by ``tools/learn_prior.py``."""

_MEANS, _SCALES, _WORTH, _WORTH_OF_WORDS = np.array([_TABLE[name] for name in SIGNALS]).T
PRIOR = np.array([-7.99, *_WORTH])
"""The intercept, then the weight of each signal."""

WORDS_PRIOR = np.array([-6.19, *_WORTH_OF_WORDS])
"""The same without an encoder: then what a question shares with the phrasings says more."""

_PRIOR_WEIGHT = 3.0
_MOST_STEPS, _SMALLEST_STEP = 50, 1e-9


def confidence(signals: Numbers, weights: Numbers) -> Numbers:
    """The probability, 0 to 1, that answering with each candidate is right.

    Args:
        signals: of each candidate (candidates x ``SIGNALS``); what is not a number counts neither for nor against.
        weights: what ``fit_confidence`` learnt (1 + ``SIGNALS``).
    """
    return _probability(_scaled(signals) @ weights)


def contributions(signals: Numbers, weights: Numbers) -> Numbers:
    """How much each signal speaks for (above 0) or against each candidate, in logits (candidates x ``SIGNALS``)."""
    product: Numbers = (_scaled(signals) * weights)[:, 1:]
    return product


def fit_confidence(
    signals: Numbers, right: NDArray[np.bool_], drill: Numbers, usual: Numbers, prior: Numbers = PRIOR
) -> Numbers:
    """Learn weights (1 + ``SIGNALS``) from candidates that were compared with questions.

    Args:
        signals: of each candidate.
        right: whether answering with it would have been right.
        drill: how many examples each counts as when learning what tells right from wrong.
        usual: how many examples each counts as when learning how often which is right.
        prior: the weights to start from, ``PRIOR`` or ``WORDS_PRIOR``.
    """
    examples = _scaled(signals)
    weights = fit_weights(examples, right, drill, prior)
    margins = np.stack([np.ones(len(examples)), examples @ weights], axis=1)
    shift, slope = fit_weights(margins, right, usual, np.array([0.0, 1.0]))
    corrected: Numbers = slope * weights
    corrected[0] += shift
    return corrected


def fit_weights(examples: Numbers, right: NDArray[np.bool_], counts: Numbers, prior: Numbers) -> Numbers:
    """Logistic regression by Newton's method.

    A ridge pulls the weights towards ``prior``. It counts as much as a few examples, so that a tiny library cannot
    talk itself into certainty.

    Args:
        examples: one row each.
        right: what to predict of each.
        counts: how many examples each counts as.
        prior: one weight a column.
    """

    def loss(weights: Numbers) -> float:
        margins, away = examples @ weights, weights - prior
        misfit = np.logaddexp(0, margins) - margins * right
        return float(counts @ misfit + _PRIOR_WEIGHT / 2 * away @ away)

    weights = prior
    for _ in range(_MOST_STEPS):
        predicted = _probability(examples @ weights)
        gradient = examples.T @ (counts * (predicted - right)) + _PRIOR_WEIGHT * (weights - prior)
        curvature = (examples.T * (counts * predicted * (1 - predicted))) @ examples
        step = np.linalg.solve(curvature + _PRIOR_WEIGHT * np.eye(len(prior)), gradient)
        # Far from the optimum a full step may overshoot.
        while loss(weights - step) > loss(weights) and np.abs(step).max() > _SMALLEST_STEP:
            step /= 2
        weights = weights - step
        if np.abs(step).max() <= _SMALLEST_STEP:
            break
    return weights


def _scaled(signals: Numbers) -> Numbers:
    """Signals on one scale, after a leading 1 for the intercept."""
    ones = np.ones((len(signals), 1))
    return np.hstack([ones, np.nan_to_num((signals - _MEANS) / _SCALES)])


def _probability(margins: Numbers) -> Numbers:
    """The logistic function, without overflow."""
    probability: Numbers = np.exp(-np.logaddexp(0, -margins))
    return probability
