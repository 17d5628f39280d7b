"""From a corpus to a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.matching import DIMENSIONS, PRIOR, Corpus, Encodings, Lesson, Matcher, Model, Stance, train, trials
from bot.matching.comparison import Question, sensed
from bot.matching.confidence import WORDS_PRIOR
from bot.matching.stance import learn_verdicts
from tests.encoders import WordEncoder
from tests.learning import learn, learnt_matcher
from tests.matching.conftest import LIBRARY, TEA, category

CORPUS = Corpus(LIBRARY)
ENCODER = WordEncoder()


@pytest.mark.parametrize("encoder", [None, ENCODER], ids=["words", "meanings"])
def test_the_same_corpus_gives_the_same_model(encoder: WordEncoder | None) -> None:
    model, again = learn(CORPUS, encoder), learn(Corpus(LIBRARY), encoder)
    features = DIMENSIONS + (encoder.dimensions if encoder else 0)
    assert model.weights.shape == (features, len(LIBRARY))
    assert model.weights.dtype == np.float32
    assert model.confidence.shape == PRIOR.shape
    assert model.confidence.dtype == np.float64
    np.testing.assert_array_equal(model.weights, again.weights)
    np.testing.assert_array_equal(model.confidence, again.confidence)


def test_it_keeps_what_the_corpus_says_and_not_the_trials() -> None:
    """The texts with all their tokens, and of words and statements only what they mean."""
    told = Corpus([replace(LIBRARY[0], statements=(("Tea is HOT", Stance.YES),)), *LIBRARY[1:]])
    assert (learn(told).encodings, learn(told).meanings) == (None, None)
    model, texts = learn(told, ENCODER), Encodings.of(map(ENCODER.encode, told.texts))
    alone = Encodings.of(map(ENCODER.encode, (*told.vocabulary, "tea is hot")))
    assert model.encodings is not None
    assert model.meanings is not None
    np.testing.assert_array_equal(model.encodings.sentences, texts.sentences)
    np.testing.assert_array_equal(model.encodings.tokens, texts.tokens)
    np.testing.assert_array_equal(model.encodings.lengths, texts.lengths)
    np.testing.assert_array_equal(model.meanings, alone.sentences)


def test_meanings_are_learnt_from() -> None:
    one, other = learn(CORPUS, ENCODER), learn(CORPUS, WordEncoder("e" * 64))
    assert not np.array_equal(one.weights, other.weights)
    assert not np.array_equal(one.confidence, other.confidence)


@pytest.mark.parametrize("encoder", [None, ENCODER], ids=["words", "meanings"])
def test_each_trial_is_put_as_it_would_be_asked_but_for_its_source(
    encoder: WordEncoder | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[Question] = []

    def noting(*arguments: object) -> None:
        question = arguments[4]
        assert callable(question)
        put.extend(map(question, range(len(trials(CORPUS)))))
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.matching.training.put_to_trial", noting)
    with pytest.raises(KeyboardInterrupt):
        learn(CORPUS, encoder)
    tests = trials(CORPUS)
    assert [(question.words, question.source) for question in put] == [
        (ENCODER.tokens(test.text), test.source) for test in tests
    ]
    for question, test in zip(put, tests, strict=True):
        if encoder is None:
            assert (question.encoding, question.tokens, question.senses) == (None, (), None)
        else:
            assert question.encoding is not None
            assert question.tokens == ENCODER.tokens(test.text)
            np.testing.assert_allclose(question.encoding.sentence, encoder.encode(test.text).sentence, atol=1e-3)
            np.testing.assert_allclose(question.encoding.tokens, encoder.encode(test.text).tokens, atol=5e-3)
            assert question.senses is not None
            senses = [encoder.encode(word).sentence for word in sensed(question.words)]
            np.testing.assert_allclose(question.senses, senses, atol=1e-3)


def test_ranking_follows_the_model() -> None:
    """With such weights every class is as likely as the others."""
    model = Model(np.zeros((DIMENSIONS, len(LIBRARY)), np.float32), PRIOR, learn_verdicts(CORPUS, None), None)
    assert Matcher(CORPUS, model).rank("a cup of tea").probability == pytest.approx(1 / len(LIBRARY))


def test_a_library_that_can_hold_out_nothing_keeps_the_prior_and_others_do_not() -> None:
    tiny = Corpus([category("bread", "a loaf of bread")])
    for encoder, prior in ((None, WORDS_PRIOR), (ENCODER, PRIOR)):
        np.testing.assert_array_equal(learn(tiny, encoder).confidence, prior)
        assert not np.allclose(learn(CORPUS, encoder).confidence, prior, atol=0.01)


def test_without_trials_there_is_nothing_to_learn_of_confidence() -> None:
    model = train(Lesson(CORPUS, []), None, str.split)
    np.testing.assert_array_equal(model.confidence, WORDS_PRIOR)
    np.testing.assert_array_equal(model.weights, learn(CORPUS).weights)


def test_an_answer_that_serves_both_askers_is_trusted_more() -> None:
    """With one broad topic that serves the narrow one, confusing the two is no mistake."""
    tea, *rest = LIBRARY

    def confidences(serves: Sequence[str]) -> dict[str, float]:
        matcher = learnt_matcher(Corpus([category("drinks", TEA, serves=serves), tea, *rest]))
        return {match.topic: match.confidence for match in matcher.rank("a cup of tea").topics}

    assert confidences(["tea"])["drinks"] > confidences([])["drinks"] + 0.1
