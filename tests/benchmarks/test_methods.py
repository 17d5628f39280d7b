"""Each method learns a tiny library and answers from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benchmarks.methods import METHODS, Method, named
from benchmarks.product import Category, Kind, answer_threshold, with_everyday_questions
from benchmarks.ranking import Ranker
from benchmarks.right_things import RightThings
from bot.assistant import Abstain, Answer, Smalltalk, categories
from bot.knowledge import load_library
from bot.service import Opener
from tests.benchmarks.conftest import TINY
from tests.small_library import shared_cache, write_small_library

NEAREST = ["BM25", "FTS5", "WRatio", "token_set_ratio"]


@cache
def learnt(name: str) -> Ranker:
    """The method of that name, once it has learnt the tiny library."""
    ranker = named(name).build()
    ranker.learn(TINY.categories)
    return ranker


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_a_method_learns_and_answers(method: Method) -> None:
    ranker = learnt(method.name)
    predictions = [ranker.predict(question.text) for question in TINY.questions]
    assert [prediction.topic for prediction in predictions[:2]] == ["tea", "bread"]
    assert all(prediction.confidence > 0 for prediction in predictions[:2])
    assert max(predictions, key=lambda prediction: prediction.confidence) in predictions[:2]


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("name", ["encoder alone", *NEAREST, "no judge"])
def test_it_refuses_if_an_outside_question_is_nearer(name: str) -> None:
    assert learnt(name).predict("change the tyre of my car").confidence == 0


@pytest.mark.parametrize("name", NEAREST)
def test_nothing_in_common_is_no_idea_or_no_confidence(name: str) -> None:
    ranker = learnt(name)
    assert ranker.predict("").confidence == 0
    assert ranker.predict("%%%").confidence == 0


@pytest.mark.parametrize("name", ["BM25", "FTS5"])
def test_a_question_without_known_words_gives_no_idea(name: str) -> None:
    assert learnt(name).predict('"zebra" OR NOT xylophone').topic is None


def test_only_the_shipped_matcher_has_a_threshold_of_its_own() -> None:
    thresholds = {method.name: method.build().answers_from for method in METHODS}
    own = {name for name, threshold in thresholds.items() if threshold is not None}
    parts = {"encoder", "typo repair", "everyday questions", "outside questions", "counterfactuals"}
    assert own == {"Right Things", *(f"no {part}" for part in parts)}
    assert {thresholds[name] for name in own} == {answer_threshold()}


def test_names_are_unique() -> None:
    assert len({method.name for method in METHODS}) == len(METHODS)


# Our own, with and without its parts


@pytest.mark.usefixtures("encoder")
def test_typo_repair_can_be_switched_off() -> None:
    def is_repaired(name: str) -> bool:
        return learnt(name).predict("brewwing black tea") == learnt(name).predict("brewing black tea")

    assert is_repaired("Right Things")
    assert not is_repaired("no typo repair")


@pytest.mark.usefixtures("encoder")
def test_outside_questions_can_be_left_out() -> None:
    confidences = [
        learnt(name).predict("must i change my car tyre").confidence
        for name in ("no everyday questions", "no outside questions")
    ]
    assert confidences[0] < confidences[1]


@pytest.mark.usefixtures("encoder")
def test_the_encoder_can_be_switched_off() -> None:
    """Without it, a question whose words are all unknown is no question."""
    assert learnt("encoder alone").predict("preparing beverages").topic == "tea"
    assert learnt("no encoder").predict("beverages").confidence == 0


def test_everyday_questions_are_those_that_the_product_adds(tmp_path: Path) -> None:
    shipped = categories(load_library(write_small_library(tmp_path / "library")))
    own = [category for category in shipped if category.kind is not Kind.EVERYDAY]
    everyday = [category for category in shipped if category.kind is Kind.EVERYDAY]
    assert everyday
    assert with_everyday_questions(own)[len(own) :] == everyday


def test_it_answers_what_the_bot_answers(tmp_path: Path) -> None:
    folder = write_small_library(tmp_path / "library")
    assistant = Opener(folder, encoder="off", cache=shared_cache(tmp_path)).open().assistant
    ranker = RightThings(encoder=False)
    ranker.learn(categories(assistant.knowledge))
    outcomes = set()
    for question in ASKED:
        prediction, reply = ranker.predict(question), assistant.reply(question)
        answered = prediction.topic if prediction.confidence >= answer_threshold() else None
        assert answered == (reply.topic.id if isinstance(reply, Answer) else None), question
        outcomes.add(type(reply))
    assert outcomes >= {Answer, Abstain, Smalltalk}


ASKED = (
    "how far ahead do leaders look",
    "do leaders like change",
    "must every business have both",
    "raise the alarm",
    "what does a manager earn",
    "how do i cook soup",
    "hello there",
    "thank you",
    "xyzzy qwrt",
    "shorter please",
    "tell me more",
    "was ist ein leader",
)


def test_only_topics_are_predicted_wherever_they_are_in_the_list() -> None:
    ranker = named("BM25").build()
    ranker.learn([Category(Kind.SMALLTALK, "greeting", ("hello",)), Category(Kind.TOPIC, "tea", ("brew tea",))])
    assert ranker.predict("tea").topic == "tea"
