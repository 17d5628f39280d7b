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


def vectors(seed: int) -> NDArray[np.float32]:
    """Some vector for each text of the corpus."""
    return np.random.default_rng(seed).normal(size=(len(CORPUS.texts), 8)).astype(np.float32)


@pytest.mark.parametrize("given", [None, vectors(0)], ids=["words", "meanings"])
def test_the_same_corpus_gives_the_same_model_of_the_shapes_that_it_names(given: NDArray[np.float32] | None) -> None:
    model, again = train(CORPUS, given), train(Corpus(LIBRARY), given)
    shapes = {"weights": model.weights.shape, "confidence": model.confidence.shape}
    assert Model.shapes(CORPUS, 0 if given is None else 8) == shapes
    assert model.weights.shape[1] == len(LIBRARY)
    assert model.weights.dtype == np.float32
    assert model.confidence.dtype == np.float64
    np.testing.assert_array_equal(model.weights, again.weights)
    np.testing.assert_array_equal(model.confidence, again.confidence)


def test_vectors_are_learnt_from() -> None:
    assert not np.array_equal(train(CORPUS, vectors(0)).weights, train(CORPUS, vectors(1)).weights)


def test_ranking_follows_the_model() -> None:
    """With such weights every class is as likely as the others."""
    model = Model(np.zeros(Model.shapes(CORPUS)["weights"], np.float32), PRIOR)
    assert Matcher(CORPUS, model).rank("a cup of tea").probability == pytest.approx(1 / len(LIBRARY))


def test_a_library_that_can_hold_out_nothing_keeps_the_prior_and_others_do_not() -> None:
    np.testing.assert_array_equal(train(Corpus([category("bread", "a loaf of bread")])).confidence, PRIOR)
    assert not np.allclose(train(CORPUS).confidence, PRIOR, atol=0.01)


def test_an_answer_that_serves_both_askers_is_trusted_more() -> None:
    """With one broad topic that serves the narrow one, confusing the two is no mistake."""
    tea, *rest = LIBRARY
    strict, broad = (
        {match.topic: match.confidence for match in learn([drinks, tea, *rest]).rank("a cup of tea").topics}
        for drinks in (category("drinks", TEA), category("drinks", TEA, serves=["tea"]))
    )
    assert broad["drinks"] > strict["drinks"] + 0.1


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


def predict(texts: str, hidden: str = "") -> tuple[Signals, list[bool]]:
    """The predictions for these texts, or for those of a whole hidden class, learnt from all others."""
    cars = category("cars", CARS, Kind.OUTSIDE)
    corpus = Corpus([category("tea", TEA), category("bread", BREAD, serves=["tea"]), cars])
    is_hidden = np.array([entry.id == hidden for entry in corpus.categories])
    test = np.isin(corpus.texts, texts.split("|")) | is_hidden[corpus.labels]
    signals, right, _ = _predictions(corpus, corpus.tfidf.transform(corpus.words), (test, is_hidden))
    return signals, right.tolist()


def test_a_prediction_is_right_if_the_answer_serves_whoever_asked() -> None:
    signals, right = predict("a cup of tea|bread crust|car repair")
    assert right == [True, True, False]
    assert (signals.covered > 0).all(), "a question outside is answered with the likeliest topic"


def test_a_hidden_topic_has_no_right_answer() -> None:
    """Even if another topic would serve: calibration is to learn from it what an unknown question looks like."""
    assert not any(predict("", hidden="tea")[1])


def test_a_hidden_class_has_no_probability_and_its_own_words_are_unknown() -> None:
    signals, _ = predict("", hidden="cars")
    np.testing.assert_allclose(signals.outside, 0, atol=1e-6)
    assert (signals.known < 1).all()
