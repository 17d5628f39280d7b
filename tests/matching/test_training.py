"""From a corpus to a model."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching import Corpus, Kind, Matcher, Model, train
from bot.matching.confidence import PRIOR, Signals
from bot.matching.training import _folds, _predictions
from tests.matching.conftest import BREAD, CARS, HELLO, LIBRARY, TEA, category, learn

CORPUS = Corpus(LIBRARY)


def vectors(dimensions: int, seed: int = 0) -> NDArray[np.float32]:
    """Some vector for each text of the corpus."""
    return np.random.default_rng(seed).normal(size=(len(CORPUS.texts), dimensions)).astype(np.float32)


@pytest.mark.parametrize("dimensions", [0, 8])
def test_a_model_has_the_shapes_that_it_names(dimensions: int) -> None:
    model = train(CORPUS, vectors(dimensions) if dimensions else None)
    assert Model.shapes(CORPUS, dimensions) == {"weights": model.weights.shape, "confidence": model.confidence.shape}
    assert model.weights.shape[1] == len(LIBRARY)
    assert model.weights.dtype == np.float32
    assert model.confidence.dtype == np.float64


@pytest.mark.parametrize("given", [None, vectors(8)], ids=["words", "meanings"])
def test_the_same_corpus_gives_the_same_model(given: NDArray[np.float32] | None) -> None:
    one, other = train(CORPUS, given), train(Corpus(LIBRARY), given)
    np.testing.assert_array_equal(one.weights, other.weights)
    np.testing.assert_array_equal(one.confidence, other.confidence)


def test_vectors_are_learnt_from() -> None:
    assert not np.array_equal(train(CORPUS, vectors(8)).weights, train(CORPUS, vectors(8, seed=1)).weights)


def test_ranking_follows_the_model() -> None:
    """With such weights every class is as likely as the others."""
    model = Model(np.zeros(Model.shapes(CORPUS)["weights"], np.float32), PRIOR)
    assert Matcher(CORPUS, model).rank("a cup of tea").probability == pytest.approx(1 / len(LIBRARY))


def test_a_library_with_nothing_to_hold_out_keeps_the_prior() -> None:
    np.testing.assert_array_equal(train(Corpus([category("bread", "a loaf of bread")])).confidence, PRIOR)


def test_a_library_that_can_hold_out_learns_what_its_confidence_is_worth() -> None:
    assert not np.allclose(train(CORPUS).confidence, PRIOR, atol=0.01)


def test_an_answer_that_serves_both_askers_is_trusted_more() -> None:
    """With one broad topic that serves the narrow one, confusing the two is no mistake."""
    tea, *rest = LIBRARY
    strict, broad = (
        {match.topic: match.confidence for match in learn([drinks, tea, *rest]).rank("a cup of tea").topics}
        for drinks in (category("drinks", TEA), category("drinks", TEA, serves=["tea"]))
    )
    assert broad["drinks"] > strict["drinks"] + 0.1


# What is held out for the calibration


def test_each_fold_holds_out_a_third_of_the_texts_and_some_classes_whole() -> None:
    topics = [category(f"topic {number}", TEA) for number in range(27)]
    outside = [category(f"group {number}", CARS, Kind.OUTSIDE) for number in range(3)]
    corpus = Corpus([*topics, *outside, category("hello", HELLO, Kind.SMALLTALK)])
    test, hidden = map(np.array, zip(*_folds(corpus), strict=True))
    assert test.any(axis=0).all(), "every text is held out at least once"
    assert test[hidden[:, corpus.labels]].all(), "nothing is learnt of a hidden class"
    assert test[:, -6:].sum(axis=1).tolist() == [2, 2, 2]
    hidden_topics, hidden_outside, hidden_smalltalk = np.split(hidden, [27, 30], axis=1)
    assert (hidden_topics.sum(axis=1) > 0).all()
    assert hidden_topics.mean() < 0.2
    assert (hidden_outside.sum(axis=0) == 1).all()
    assert not hidden_smalltalk.any()


def predict(texts: str, hidden: str = "") -> tuple[Signals, NDArray[np.bool_]]:
    """The predictions for these texts, or for those of a whole hidden class, learnt from all others."""
    corpus = Corpus(
        [category("tea", TEA), category("bread", BREAD, serves=["tea"]), category("cars", CARS, Kind.OUTSIDE)]
    )
    is_hidden = np.array([entry.id == hidden for entry in corpus.categories])
    test = np.isin(corpus.texts, texts.split("|")) | is_hidden[corpus.labels]
    return _predictions(corpus, corpus.tfidf.transform(corpus.words), (test, is_hidden))[:2]


def test_a_prediction_is_right_if_the_answer_serves_whoever_asked() -> None:
    assert predict("a cup of tea|bread crust|car repair")[1].tolist() == [True, True, False]


def test_a_hidden_topic_has_no_right_answer() -> None:
    """Even if another topic would serve: calibration is to learn from it what an unknown question looks like."""
    assert not predict("", hidden="tea")[1].any()


def test_a_question_outside_is_answered_with_the_likeliest_topic() -> None:
    assert (predict("car repair")[0].covered > 0).all()


def test_a_hidden_class_has_no_probability_and_its_own_words_are_unknown() -> None:
    signals, _ = predict("", hidden="cars")
    np.testing.assert_allclose(signals.outside, 0, atol=1e-6)
    assert (signals.known < 1).all()
