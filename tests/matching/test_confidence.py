"""The calibrated probability of being right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from bot.matching import Corpus, Kind
from bot.matching.confidence import _PRIOR_WEIGHT, PRIOR, Signals, confidence, fit_confidence
from tests.matching.conftest import category

SHARE = st.floats(0, 1)
SEEN = st.lists(st.tuples(SHARE, SHARE, SHARE, SHARE, st.booleans()), max_size=30)


def signals(rows: ArrayLike) -> Signals:
    """One prediction a row: covered, rival, outside, known."""
    return Signals(*np.reshape(np.asarray(rows, np.float64), (-1, 4)).T)


CLEAR, POOR = signals([[0.95, 0.01, 0.02, 1.0]]), signals([[0.05, 0.3, 0.9, 0.3]])


def predictions(count: int, seed: int) -> tuple[Signals, NDArray[np.bool_]]:
    """Predictions that are right as often as a logistic law says."""
    random = np.random.default_rng(seed)
    rows = random.uniform(0.01, 0.99, size=(count, 4))
    odds = rows[:, 0] / (1 - rows[:, 0]) * np.exp(-2 * rows[:, 2])
    return signals(rows), random.uniform(size=count) < odds / (1 + odds)


def test_signals_count_what_the_answer_serves_and_what_it_does_not() -> None:
    drinks, tea, bread = category("drinks", "a", serves=["tea"]), category("tea", "b"), category("bread", "c")
    corpus = Corpus([drinks, tea, bread, category("cars", "d", Kind.OUTSIDE)])
    probabilities = np.array([[0.4, 0.3, 0.2, 0.1]] * 2, np.float32)
    found = Signals.of(corpus, probabilities, np.array([0, 1]), np.array([0.5, 0.6]))
    columns = [found.covered, found.rival, found.outside, found.known]
    np.testing.assert_allclose(columns, [[0.7, 0.3], [0.2, 0.4], [0.1, 0.1], [0.5, 0.6]])


def test_parts_follow_one_another() -> None:
    both = Signals.concatenated([CLEAR, POOR])
    np.testing.assert_array_equal(both.matrix(), np.vstack([CLEAR.matrix(), POOR.matrix()]))


def test_clear_signals_are_worth_more_than_poor_ones() -> None:
    assert confidence(CLEAR, PRIOR)[0] > 0.8 > 0.2 > confidence(POOR, PRIOR)[0]


@pytest.mark.parametrize(("field", "better", "worse"), [(0, 0.9, 0.4), (1, 0.1, 0.5), (2, 0.1, 0.8), (3, 1.0, 0.2)])
def test_each_signal_speaks_for_or_against(field: int, better: float, worse: float) -> None:
    rows = np.full((2, 4), 0.5)
    rows[:, field] = better, worse
    first, second = confidence(signals(rows), PRIOR)
    assert first > second


def test_what_was_learnt_applies_to_what_was_not_seen() -> None:
    before = PRIOR.copy()
    learnt = fit_confidence(*predictions(2000, seed=1))
    np.testing.assert_array_equal(PRIOR, before)
    unseen, outcome = predictions(2000, seed=2)
    predicted = confidence(unseen, learnt)
    for low, high in ((0.0, 0.3), (0.3, 0.7), (0.7, 1.0)):
        chosen = (predicted >= low) & (predicted < high)
        assert chosen.sum() > 100
        assert predicted[chosen].mean() == pytest.approx(outcome[chosen].mean(), abs=0.06)


@pytest.mark.parametrize("examples", [1, 4, 12, 100])
@pytest.mark.parametrize("right", [True, False])
def test_a_tiny_library_is_not_talked_into_certainty(examples: int, right: bool) -> None:
    """However clear a few examples are, they say little of others that look quite different."""
    learnt = fit_confidence(Signals.concatenated([CLEAR] * examples), np.full(examples, right))
    assert np.abs(learnt).max() < 10
    assert confidence(POOR, learnt)[0] < 0.5


@example([])
@example([(1, 0, 0, known, right) for known, right in ((0.3, False), (0.1, False), (0.5, True), (0.1, True))] * 2)
@given(SEEN)
def test_whatever_was_seen_the_weights_are_the_best_ones(seen: list[tuple[float, float, float, float, bool]]) -> None:
    """At the optimum the pull of the examples and that of the prior cancel out."""
    rows, right = signals([case[:4] for case in seen]), np.array([case[4] for case in seen], np.bool_)
    learnt = fit_confidence(rows, right)
    probabilities = confidence(rows, learnt)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    pull = rows.matrix().T @ (probabilities - right) + _PRIOR_WEIGHT * (learnt - PRIOR)
    np.testing.assert_allclose(pull, 0, atol=1e-3)
