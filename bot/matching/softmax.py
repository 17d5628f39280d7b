"""Multinomial logistic regression, trained with AdaGrad on mini-batches.

The optimiser is AdaGrad (Duchi, Hazan and Singer 2011, https://jmlr.org/papers/v12/duchi11a.html): its
step for each weight suits features of which some are in every question and most in hardly any. The
weights of the later epochs are averaged (Polyak and Juditsky 1992), which steadies the result. Label
smoothing (Szegedy et al. 2016, https://arxiv.org/abs/1512.00567) keeps phrasings that would fit two
classes from being learnt by heart.

scikit-learn's ``LogisticRegression`` was tried instead and was no gain: worse on near-misses, 44
to 103 s to open our library for the first time instead of 12, and 190 MB of memory.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.matching.examples import Examples
from bot.matching.features import Vectors

_EPOCHS = 6
_STEPS = 360
"""Training passes over a small library more often, until it has taken this many steps."""

_BATCH = 128
_RATE = 0.1
_PENALTY = 1e-4
_SMOOTHING = 0.1
_EPSILON = np.float32(1e-6)
"""Where the sums of squared gradients begin: no step is divided by zero."""

IMPOSSIBLE = -1e9
"""The score of a class that is ruled out: ``softmax`` gives it a probability of 0."""


def softmax(scores: Vectors) -> Vectors:
    """Probabilities of each row of ``scores`` (examples x classes)."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: Vectors = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def fit_softmax(
    examples: Vectors | Examples, labels: NDArray[np.intp], classes: int, rows: NDArray[np.intp] | None = None
) -> Vectors:
    """Weights (features x classes) so that ``softmax(examples @ weights)`` predicts ``labels``.

    Args:
        examples: one row an example (examples x features).
        labels: the class of each example, 0 to ``classes`` - 1.
        classes: the number of classes; one without examples gets small weights.
        rows: the examples to learn from; None: all.
    """
    rows = np.arange(len(labels)) if rows is None else rows
    shape = (examples.shape[1], classes)
    weights, average, squares = np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.full(shape, _EPSILON)
    gradient, scratch = np.empty(shape, np.float32), np.empty(shape, np.float32)  # used again and again
    shuffled = np.random.default_rng(0)  # a fixed seed: the same library always gives the same matcher
    epochs = max(_EPOCHS, _STEPS // -(-len(rows) // _BATCH))
    averaged = range(epochs // 2, epochs)
    for epoch in range(epochs):
        order = rows[shuffled.permutation(len(rows))]
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            features = examples[batch]
            error = softmax(features @ weights)
            error -= _SMOOTHING / classes
            error[np.arange(len(batch)), labels[batch]] -= 1 - _SMOOTHING
            np.matmul(features.T, error, out=gradient)
            gradient /= len(batch)
            gradient += np.multiply(weights, _PENALTY, out=scratch)
            squares += np.multiply(gradient, gradient, out=scratch)
            gradient *= _RATE
            gradient /= np.sqrt(squares, out=scratch)
            weights -= gradient
        if epoch in averaged:
            average += weights / len(averaged)
    return average
