"""The features that the classifier learns from are the same, however few of them are dense at a time."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from bot.matching import Corpus
from bot.matching.examples import Examples
from bot.matching.features import DIMENSIONS, with_meanings
from bot.matching.softmax import fit_softmax
from tests.learning import learn
from tests.matching.conftest import LIBRARY, category

CORPUS = Corpus(LIBRARY)


@pytest.mark.parametrize("dimensions", [0, 8])
def test_rows_are_those_of_the_dense_matrix(dimensions: int) -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(len(CORPUS.texts), dimensions)).astype(np.float32) if dimensions else None
    examples = Examples(CORPUS, vectors)
    dense = with_meanings(CORPUS.tfidf.transform(CORPUS.words), vectors)
    assert examples.shape == dense.shape
    rows = random.integers(len(dense), size=40)
    np.testing.assert_array_equal(examples[rows], dense[rows])
    assert examples[rows].dtype == np.float32


def test_learning_from_some_rows_is_learning_from_a_copy_of_them() -> None:
    dense = CORPUS.tfidf.transform(CORPUS.words)
    rows = np.flatnonzero(np.arange(len(dense)) % 3)
    weights = fit_softmax(Examples(CORPUS, None), CORPUS.labels, len(LIBRARY), rows=rows)
    np.testing.assert_array_equal(weights, fit_softmax(dense[rows], CORPUS.labels[rows], len(LIBRARY)))


def test_learning_a_large_library_takes_less_memory_than_its_matrix() -> None:
    subjects = ["tea", "bread", "cheese", "cars", "shoes", "boats"]
    topics = [category(name, "|".join(f"{name} number {n} of many" for n in range(900))) for name in subjects]
    corpus = Corpus(topics)
    tracemalloc.start()
    try:
        learn(corpus)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(corpus.texts) * DIMENSIONS * 4 / 2
