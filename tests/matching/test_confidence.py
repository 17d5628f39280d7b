"""The calibrated probability of being right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.matching.comparison import SIGNALS
from bot.matching.confidence import (
    _PRIOR_WEIGHT,
    PRIOR,
    WORDS_PRIOR,
    Numbers,
    confidence,
    contributions,
    fit_confidence,
    fit_weights,
)

NUMBER = st.floats(-3, 3)
SEEN = st.lists(st.tuples(NUMBER, NUMBER, st.booleans(), st.floats(0, 4)), max_size=30)


def signals(**values: float) -> Numbers:
    """One candidate; signals that are not given are not a number."""
    assert values.keys() <= {*SIGNALS}
    return np.array([[values.get(name, np.nan) for name in SIGNALS]])


CLEAR = signals(
    covered=3.0, shared=1.0, aligned=0.95, least=0.9, second_least=0.9, closer_outside=-0.4, aligned_outside=-0.3,
    novel=0.0, other_person=0.0, other_name=0.0, length=2.0,
)  # fmt: skip
POOR = signals(
    covered=-4.0, shared=0.1, aligned=0.4, least=0.1, second_least=0.3, closer_outside=0.3, aligned_outside=0.2,
    novel=5.0, other_person=1.0, other_name=1.0, length=2.0,
)  # fmt: skip


def logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def candidates(count: int, seed: int) -> tuple[Numbers, NDArray[np.bool_]]:
    """Candidates that are right as often as a logistic law of two signals says."""
    random = np.random.default_rng(seed)
    rows = np.repeat(signals(length=2.0), count, axis=0)
    rows[:, 0], rows[:, 2] = random.uniform(-5, 5, count), random.uniform(0, 1, count)
    odds = np.exp(rows[:, 0] + 4 * rows[:, 2] - 2)
    return rows, random.uniform(size=count) < odds / (1 + odds)


def fitted(rows: Numbers, right: NDArray[np.bool_]) -> Numbers:
    """What is learnt if every candidate counts once."""
    return fit_confidence(rows, right, np.ones(len(rows)), np.ones(len(rows)))


# What a signal is worth


def test_clear_signals_are_worth_more_than_poor_ones() -> None:
    assert confidence(CLEAR, PRIOR)[0] > 0.8 > 0.2 > confidence(POOR, PRIOR)[0]


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        *(("covered", 2, -2), ("aligned", 0.9, 0.3), ("least", 0.8, 0.1)),
        *(("closer_outside", -0.3, 0.3), ("novel", 0.0, 6.0), ("other_person", 0.0, 1.0), ("other_name", 0.0, 1.0)),
    ],
)
def test_signals_speak_for_or_against(name: str, better: float, worse: float) -> None:
    rows = np.vstack([signals(**{name: better}), signals(**{name: worse})])
    first, second = confidence(rows, PRIOR)
    assert first > second
    [[for_it], [against]] = contributions(rows, PRIOR)[:, [SIGNALS.index(name)]]
    assert for_it > against


def test_by_words_alone_shared_words_speak_for_a_topic_and_the_encoders_signals_not_at_all() -> None:
    more, fewer = signals(covered=2.0, shared=0.9, length=2.0), signals(covered=2.0, shared=0.1, length=2.0)
    assert confidence(more, WORDS_PRIOR)[0] > confidence(fewer, WORDS_PRIOR)[0] + 0.1
    assert contributions(CLEAR, WORDS_PRIOR)[0, 2:8].tolist() == [0] * 6


def test_what_was_learnt_starts_from_the_prior_that_is_given() -> None:
    none = np.empty(0)
    for prior in (PRIOR, WORDS_PRIOR):
        learnt = fit_confidence(np.empty((0, len(SIGNALS))), none.astype(bool), none, none, prior)
        np.testing.assert_array_equal(learnt, prior)


@pytest.mark.parametrize("row", [CLEAR, POOR, signals(covered=1.0, novel=0.0), signals()])
def test_contributions_and_the_intercept_add_up_to_the_confidence(row: Numbers) -> None:
    parts = contributions(row, PRIOR)
    assert parts.shape == row.shape
    assert parts.sum() + PRIOR[0] == pytest.approx(logit(confidence(row, PRIOR)[0]))


@pytest.mark.parametrize("name", SIGNALS)
def test_what_is_not_a_number_counts_neither_for_nor_against(name: str) -> None:
    place = SIGNALS.index(name)
    without = CLEAR.copy()
    without[0, place] = np.nan
    parts, expected = contributions(without, PRIOR)[0], contributions(CLEAR, PRIOR)[0]
    expected[place] = 0
    np.testing.assert_array_equal(parts, expected)
    assert confidence(without, PRIOR)[0] == pytest.approx(1 / (1 + np.exp(-PRIOR[0] - expected.sum())))


def test_a_signal_that_nobody_has_keeps_its_weight() -> None:
    """As those of the encoder do if a library is learnt from words alone, up to the correction of all weights."""
    rows, right = candidates(500, seed=1)
    learnt = fitted(rows, ~right)
    absent = [1 + place for place, name in enumerate(SIGNALS) if np.isnan(rows[0, place])]
    assert len(absent) == len(SIGNALS) - 3
    slopes = learnt[absent] / PRIOR[absent]
    np.testing.assert_allclose(slopes, slopes[0])
    aligned = 1 + SIGNALS.index("aligned")
    assert learnt[aligned] / PRIOR[aligned] != pytest.approx(slopes[0], rel=0.2)


# What is learnt


def test_what_was_learnt_applies_to_what_was_not_seen() -> None:
    before = PRIOR.copy()
    learnt = fitted(*candidates(2000, seed=1))
    np.testing.assert_array_equal(PRIOR, before)
    unseen, outcome = candidates(2000, seed=2)
    predicted = confidence(unseen, learnt)
    for low, high in ((0.0, 0.3), (0.3, 0.7), (0.7, 1.0)):
        chosen = (predicted >= low) & (predicted < high)
        assert chosen.sum() > 100
        assert predicted[chosen].mean() == pytest.approx(outcome[chosen].mean(), abs=0.06)


def test_the_second_fit_corrects_how_often_people_ask_what_has_no_answer() -> None:
    """The drill has ten wrong ones for each right one; people ask one wrong one for four right ones."""
    random = np.random.default_rng(3)
    right = np.repeat([True, False], 1000)
    rows = np.repeat(signals(), 2000, axis=0)
    rows[:, 0] = np.where(right, random.normal(1, 2, 2000), random.normal(-1, 2, 2000))
    drill, usual = np.where(right, 1.0, 10.0), np.where(right, 1.0, 0.25)
    predicted = confidence(rows, fit_confidence(rows, right, drill, usual))
    assert np.average(predicted, weights=usual) == pytest.approx(0.8, abs=0.01)
    uncorrected = confidence(rows, fit_confidence(rows, right, drill, drill))
    assert np.average(uncorrected, weights=drill) == pytest.approx(1 / 11, abs=0.01)
    np.testing.assert_array_equal(np.argsort(predicted), np.argsort(uncorrected))


def test_the_drill_alone_says_what_tells_right_from_wrong() -> None:
    rows, right = candidates(500, seed=6)
    drill, usual = np.ones(500), np.where(right, 1.0, 0.01)
    weights, by_drill = (fit_confidence(rows, right, drill, counts)[1:] for counts in (usual, drill))
    np.testing.assert_allclose(weights / weights[0], by_drill / by_drill[0])


def test_what_counts_nothing_teaches_nothing() -> None:
    rows, right = candidates(40, seed=1)
    nothing = np.zeros(40)
    np.testing.assert_allclose(fit_confidence(rows, right, nothing, nothing), PRIOR)
    np.testing.assert_array_equal(fit_confidence(rows[:0], right[:0], nothing[:0], nothing[:0]), PRIOR)
    counts = np.where(np.arange(40) < 20, 1.0, 0.0)
    np.testing.assert_allclose(
        fit_confidence(rows, right, counts, counts), fitted(rows[:20], right[:20]), rtol=1e-6, atol=1e-9
    )


def test_an_example_that_counts_twice_is_two_examples() -> None:
    rows, right = candidates(30, seed=4)
    twice = np.full(30, 2.0)
    doubled = fitted(np.vstack([rows, rows]), np.concatenate([right, right]))
    np.testing.assert_allclose(fit_confidence(rows, right, twice, twice), doubled, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("examples", [1, 4, 12, 100])
@pytest.mark.parametrize("right", [True, False])
def test_a_tiny_library_is_not_talked_into_certainty(examples: int, right: bool) -> None:
    """However clear a few examples are, they say little of others that look quite different."""
    learnt = fitted(np.repeat(CLEAR, examples, axis=0), np.full(examples, right))
    assert np.abs(learnt).max() < 10
    assert confidence(POOR, learnt)[0] < 0.5


def test_one_surprise_is_not_proof() -> None:
    assert confidence(CLEAR, fitted(CLEAR, np.array([False])))[0] > 0.1
    assert confidence(POOR, fitted(POOR, np.array([True])))[0] < 0.8


def design(seen: Sequence[tuple[float, float, bool, float]]) -> tuple[Numbers, NDArray[np.bool_], Numbers]:
    """Examples of an intercept and two numbers, which of them are right, and how much each counts."""
    rows = np.array([(1.0, first, second) for first, second, _, _ in seen]).reshape(-1, 3)
    return rows, np.array([case[2] for case in seen], np.bool_), np.array([case[3] for case in seen], np.float64)


@example([])
@example([(3, 3, False, 4), (3, 3, True, 4)] * 10)
@example([(3, 3, True, 4), (-3, -3, False, 4)] * 10)  # told apart without fail
@given(SEEN)
def test_whatever_was_seen_the_weights_are_the_best_ones(seen: list[tuple[float, float, bool, float]]) -> None:
    """At the optimum the pull of the examples and that of the prior cancel out."""
    rows, right, counts = design(seen)
    prior = np.array([-1.0, 2.0, 0.5])
    learnt = fit_weights(rows, right, counts, prior)
    predicted = 1 / (1 + np.exp(-(rows @ learnt)))
    pull = rows.T @ (counts * (predicted - right)) + _PRIOR_WEIGHT * (learnt - prior)
    np.testing.assert_allclose(pull, 0, atol=1e-3)


def test_a_start_far_from_the_optimum_does_not_lead_astray() -> None:
    """There a full step of Newton's method overshoots."""
    rows, right, counts = design([(3, -3, False, 100.0), (-3, 2, True, 1.0), (0, 3, False, 50.0)])
    prior = np.array([30.0, 20.0, -20.0])
    learnt = fit_weights(rows, right, counts, prior)
    predicted = 1 / (1 + np.exp(-(rows @ learnt)))
    pull = rows.T @ (counts * (predicted - right)) + _PRIOR_WEIGHT * (learnt - prior)
    np.testing.assert_allclose(pull, 0, atol=1e-3)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_any_signals_give_a_probability(scale: float) -> None:
    rows = scale * np.random.default_rng(5).normal(size=(50, len(SIGNALS)))
    probabilities = confidence(rows, PRIOR)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
