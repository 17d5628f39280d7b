"""Why a question was ranked as it was."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from bot.matching import Corpus, EncoderError, Matcher
from bot.matching.comparison import SIGNALS
from tests.conftest import ANY_TEXT
from tests.encoders import FailingEncoder
from tests.learning import learn, learnt_matcher
from tests.matching.conftest import LIBRARY

CORPUS = Corpus(LIBRARY)


@pytest.mark.parametrize("question", ["a cup of tea", "rye bread with cheese", "repair my car", "zzz", ""])
def test_candidates_are_those_of_the_ranking_with_the_same_confidences(question: str, matcher: Matcher) -> None:
    candidates = matcher.explain(question).candidates
    ranked = [(match.topic, match.confidence) for match in matcher.rank(question).topics]
    assert [(candidate.topic, candidate.confidence) for candidate in candidates] == ranked


def test_the_question_is_as_it_was_understood(matcher: Matcher) -> None:
    why = matcher.explain("**A laof** of BRAED, hot!")
    assert why.text == "a loaf of bread, hot"
    assert dict(why.repaired) == {"laof": "loaf", "braed": "bread"}
    assert not matcher.explain("a loaf of bread").repaired


def test_each_candidate_has_its_closest_phrasing_and_the_words_that_count(matcher: Matcher) -> None:
    bread, *others = matcher.explain("is a loaf of bread for zebras").candidates
    assert (bread.topic, bread.phrasing) == ("bread", "a loaf of bread")
    assert (bread.used, bread.unused) == (("loaf", "bread"), ("zebras",))
    for other in others:
        assert (other.used, other.unused) == ((), ("loaf", "bread", "zebras"))
        [texts] = [entry.texts for entry in LIBRARY if entry.id == other.topic]
        assert other.phrasing in texts


def test_the_votes_and_one_number_for_all_candidates_make_the_confidence() -> None:
    matcher, intercept = learnt_matcher(CORPUS), learn(CORPUS).confidence[0]
    for candidate in matcher.explain("hot tea with cheese").candidates:
        assert [*candidate.votes] == [*SIGNALS]
        odds = math.log(candidate.confidence / (1 - candidate.confidence))
        assert sum(candidate.votes.values()) + intercept == pytest.approx(odds)


@given(ANY_TEXT)
def test_any_text_has_an_explanation(matcher: Matcher, text: str) -> None:
    assert len(matcher.explain(text).candidates) == 3


def test_words_alone_explain_it_if_the_encoder_fails() -> None:
    encoder = FailingEncoder()
    matcher = learnt_matcher(CORPUS, encoder)
    understood = matcher.explain("a cup of tea")
    assert understood.candidates[0].votes["aligned"]
    encoder.error = EncoderError("out of order")
    [match, *_], why = matcher.rank("a pot of tea").topics, matcher.explain("a pot of tea")
    assert (why.candidates[0].topic, why.candidates[0].confidence) == (match.topic, match.confidence)
    assert why.candidates[0].votes["aligned"] == 0
