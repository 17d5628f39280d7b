"""The rule that chooses a threshold."""

from __future__ import annotations

import math

import pytest

from benchmarks.figures import Asked
from benchmarks.product import Category, Kind, Question
from benchmarks.ranking import Prediction
from benchmarks.threshold import cheapest, hold_out
from tests.benchmarks.conftest import topic


def held_out(*outcomes: tuple[float, str]) -> list[Asked]:
    """Predictions of "a" at some confidence, with what is true of each question."""
    return [
        Asked(Question("?", "held out", frozenset(set(truth) - {"-"})), Prediction("a", confidence))
        for confidence, truth in outcomes
    ]


@pytest.mark.parametrize(
    ("outcomes", "threshold"),
    [
        ([(0.9, "a"), (0.8, "a"), (0.7, "b"), (0.6, "a")], 0.8),  # at 0.6 one more right answer, for 2 more of cost
        ([(0.9, "a"), (0.7, "b"), (0.6, "a"), (0.5, "a"), (0.4, "a")], 0.4),  # at 0.9: 3 + 1 refused; here: 3 wrong
        (
            [(0.9, "a"), (0.7, "-"), (0.6, "a"), (0.5, "a"), (0.4, "a")],
            0.9,
        ),  # a wrong answer to no question costs 3, too
        ([(0.9, "-"), (0.9, "a"), (0.8, "a")], math.inf),
        ([(0.9, "a"), (0.9, "b"), (0.8, "a"), (0.8, "a")], 0.8),  # of equals, none can be answered alone
        ([(0.0, "a")], math.inf),
        ([], math.inf),
    ],
)
def test_the_threshold_costs_least(outcomes: list[tuple[float, str]], threshold: float) -> None:
    assert cheapest(held_out(*outcomes)) == threshold


def test_every_third_phrasing_and_every_fifth_topic_are_held_out() -> None:
    categories = [topic(f"t{n}", *(f"t{n} {text}" for text in "abcdefg")) for n in range(1, 6)]
    outside = Category(Kind.OUTSIDE, "o", ("o a", "o b", "o c"))
    learnt, questions = hold_out([*categories, outside])
    assert {category.id: len(category.texts) for category in learnt} == {**{f"t{n}": 5 for n in range(1, 5)}, "o": 2}
    assert learnt[0].texts == ("t1 a", "t1 b", "t1 d", "t1 e", "t1 g")
    right = {question.text: set(question.right) for question in questions}
    assert right["t1 c"] == right["t1 f"] == {"t1"}
    assert right["t5 c"] == right["o c"] == set()
    assert len(right) == 11


def test_an_answer_that_serves_a_held_out_topic_is_right() -> None:
    broad = Category(Kind.TOPIC, "broad", ("all of it",), frozenset({"broad", "t5"}))
    _, questions = hold_out([broad, *(topic(f"t{n}", "a", "b", f"t{n} c") for n in (2, 3, 4, 5))])
    assert {question.text: set(question.right) for question in questions}["t5 c"] == {"broad"}


def test_a_class_of_few_phrasings_is_still_learnt() -> None:
    assert [category.texts for category in hold_out([topic("a", "one"), topic("b", "one", "two")])[0]] == [
        ("one",),
        ("one", "two"),
    ]
