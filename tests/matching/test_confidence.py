"""The calibrated probability of being right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.matching.confidence import _PRIOR_WEIGHT, Confidence, Evidence

CLEAR = Evidence(*(np.array([value]) for value in (0.95, 0.01, 0.02, 1.0)))
POOR = Evidence(*(np.array([value]) for value in (0.05, 0.3, 0.9, 0.3)))

SHARE = st.floats(0, 1)
SEEN = st.lists(st.tuples(SHARE, SHARE, SHARE, SHARE, st.booleans()), min_size=1, max_size=30)


def evidence(rows: NDArray[np.float64]) -> Evidence:
    """One prediction a row: covered, rival, outside, known."""
    return Evidence(*rows.T)


def predictions(count: int, seed: int) -> tuple[Evidence, NDArray[np.bool_]]:
    """Predictions that are right as often as a logistic law says."""
    random = np.random.default_rng(seed)
    rows = random.uniform(0.01, 0.99, size=(count, 4))
    odds = rows[:, 0] / (1 - rows[:, 0]) * np.exp(-2 * rows[:, 2])
    return evidence(rows), random.uniform(size=count) < odds / (1 + odds)


def test_clear_evidence_is_worth_more_than_poor() -> None:
    confidence = Confidence()
    assert confidence(CLEAR)[0] > 0.8 > 0.2 > confidence(POOR)[0]


@pytest.mark.parametrize(
    ("field", "better", "worse"), [(0, 0.9, 0.4), (1, 0.1, 0.5), (2, 0.1, 0.8), (3, 1.0, 0.2)], ids=str
)
def test_each_field_speaks_for_or_against(field: int, better: float, worse: float) -> None:
    rows = np.full((2, 4), 0.5)
    rows[:, field] = better, worse
    first, second = Confidence()(evidence(rows))
    assert first > second


def test_what_was_learnt_holds_on_what_was_not_seen() -> None:
    learnt = Confidence.fit(*predictions(2000, seed=1))
    unseen, outcome = predictions(2000, seed=2)
    predicted = learnt(unseen)
    for low, high in ((0.0, 0.3), (0.3, 0.7), (0.7, 1.0)):
        chosen = (predicted >= low) & (predicted < high)
        assert chosen.sum() > 100
        assert predicted[chosen].mean() == pytest.approx(outcome[chosen].mean(), abs=0.06)


def test_without_examples_the_prior_stays() -> None:
    nothing = evidence(np.empty((0, 4)))
    np.testing.assert_allclose(Confidence.fit(nothing, np.empty(0, np.bool_)).weights, Confidence().weights)


def test_fitting_leaves_the_prior_of_others_alone() -> None:
    before = Confidence().weights.copy()
    Confidence.fit(*predictions(50, seed=1))
    np.testing.assert_array_equal(Confidence().weights, before)


@pytest.mark.parametrize("examples", [1, 4, 12, 100])
@pytest.mark.parametrize("right", [True, False])
def test_a_tiny_library_is_not_talked_into_certainty(examples: int, right: bool) -> None:
    """However clear a few examples are, they say little of others that look quite different."""
    learnt = Confidence.fit(Evidence.joined([CLEAR] * examples), np.full(examples, right))
    assert np.abs(learnt.weights).max() < 10
    assert learnt(POOR)[0] < 0.5


@example([(1, 0, 0, known, right) for known, right in ((0.3, False), (0.1, False), (0.5, True), (0.1, True))] * 2)
@given(SEEN)
def test_whatever_was_seen_the_weights_are_the_best_ones(seen: list[tuple[float, float, float, float, bool]]) -> None:
    """At the optimum the pull of the examples and that of the prior cancel out."""
    rows, right = evidence(np.array([case[:4] for case in seen], np.float64)), np.array([case[4] for case in seen])
    learnt = Confidence.fit(rows, right)
    probabilities = learnt(rows)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    pull = rows.matrix().T @ (probabilities - right) + _PRIOR_WEIGHT * (learnt.weights - Confidence().weights)
    np.testing.assert_allclose(pull, 0, atol=1e-3)


def test_parts_join_one_after_the_other() -> None:
    joined = Evidence.joined([CLEAR, POOR])
    np.testing.assert_array_equal(joined.covered, [0.95, 0.05])
    np.testing.assert_array_equal(joined.rival, [0.01, 0.3])
    np.testing.assert_array_equal(joined.outside, [0.02, 0.9])
    np.testing.assert_array_equal(joined.known, [1.0, 0.3])
