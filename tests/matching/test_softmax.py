"""Multinomial logistic regression."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.matching.softmax import IMPOSSIBLE, fit_softmax, softmax


@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=2, max_size=6))
def test_probabilities_add_up_to_one_and_the_highest_score_is_the_likeliest(scores: list[float]) -> None:
    probabilities = softmax(np.array([scores], np.float32))[0]
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    assert probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert probabilities[int(np.argmax(scores))] == probabilities.max()


def test_each_row_is_on_its_own_and_an_impossible_class_gets_nothing() -> None:
    scores = np.vstack([np.log([[1, 3, 1], [9, 1, 10]]), [[0, IMPOSSIBLE, 0]]]).astype(np.float32)
    np.testing.assert_allclose(softmax(scores), [[0.2, 0.6, 0.2], [0.45, 0.05, 0.5], [0.5, 0, 0.5]], rtol=1e-5)


def clusters(each: int) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Examples around the three corners of a simplex, and their classes."""
    labels = np.repeat(np.arange(3), each)
    noise = np.random.default_rng(1).normal(scale=0.1, size=(len(labels), 5))
    return (np.eye(3, 5)[labels] + noise).astype(np.float32), labels


@pytest.mark.parametrize("each", [1, 4, 200])  # one batch, and several
def test_separable_classes_are_told_apart_alike_every_time(each: int) -> None:
    examples, labels = clusters(each)
    weights = fit_softmax(examples, labels, 3)
    assert weights.shape == (5, 3)
    assert weights.dtype == np.float32
    np.testing.assert_array_equal((examples @ weights).argmax(axis=1), labels)
    np.testing.assert_array_equal(fit_softmax(examples.copy(), labels.copy(), 3), weights)


def test_frequent_classes_come_first_if_the_example_says_nothing() -> None:
    labels, example = np.array([0] * 3000 + [1] * 1000), np.ones((1, 1), np.float32)
    weights = fit_softmax(np.repeat(example, len(labels), axis=0), labels, 2)
    # A tenth of each is spread over both classes.
    assert softmax(example @ weights)[0, 0] == pytest.approx(0.75 * 0.9 + 0.05, abs=0.03)


def test_no_example_is_learnt_by_heart() -> None:
    examples, labels = np.tile(np.eye(2, dtype=np.float32), (5000, 1)) * 5, np.tile([0, 1], 5000)
    # A tenth is spread over both classes: 0.95 at most, give or take.
    assert softmax(examples[:2] @ fit_softmax(examples, labels, 2)).max() < 0.97


def test_a_class_without_examples_stays_unlikely() -> None:
    examples, labels = clusters(500)
    # Never as likely as a blind guess between the four.
    assert softmax(examples @ fit_softmax(examples, labels, 4))[:, 3].max() < 0.25


def test_one_class_alone_is_certain() -> None:
    example = np.ones((1, 3), np.float32)
    assert softmax(example @ fit_softmax(example, np.array([0]), 1)) == [[1]]
