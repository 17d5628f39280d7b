"""Why an answer was given, in words for members."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assistant import Candidate, Explanation
from bot.knowledge import KnowledgeBase, load_library
from bot.service import Outcome, reasons

LIMITS = "At 50 % or more I answer; at 20 % or more I ask what was meant."


@pytest.fixture
def knowledge(library: Callable[..., Path]) -> KnowledgeBase:
    return load_library(library())


def candidate(topic: str, confidence: float, used: str = "", unused: str = "") -> Candidate:
    return Candidate(topic, confidence, f"about {topic}", tuple(used.split()), tuple(unused.split()), {})


def lines(knowledge: KnowledgeBase, *candidates: Candidate, topic: str = "", **changes: str) -> list[str]:
    why = Explanation(changes.pop("text", "tea"), changes, candidates)
    page = reasons(why, knowledge, topic)
    assert (page.outcome, page.title, page.choices) == (Outcome.OVERVIEW, "Why this answer?", ())
    return list(page.items)


def test_all_that_spoke_for_the_nearest_topic_is_said(knowledge: KnowledgeBase) -> None:
    others = [candidate(topic, sure) for topic, sure in (("rising", 0.104), ("salting", 0.02), ("storing", 0.0))]
    shown = lines(knowledge, candidate("brewing", 0.876, "brew tea", "purple"), *others, topic="brewing", tae="tea")
    assert shown == [
        "I understood: tea",
        "I read “tae” as “tea”.",
        "The nearest topic is “Brewing tea”; I am 88 % sure that it is meant.",
        "The nearest question that I know: “about brewing”",
        "Words that spoke for it: brew, tea",
        "Words that I don't know on that topic: purple",
        "Also near: Letting dough rise (10 %); Salt in the dough (2 %); Keeping cheese (0 %)",
        LIMITS,
    ]


def test_answer_that_went_on_from_another_says_so_in_place_of_what_is_near(knowledge: KnowledgeBase) -> None:
    went_on = "I took it as going on from what was said before, and answered with “Salt in the dough”."
    for candidates in ([candidate("brewing", 0.9), candidate("salting", 0.1)], []):
        assert lines(knowledge, *candidates, topic="salting") == ["I understood: tea", went_on, LIMITS]


def test_what_is_no_longer_in_the_library_is_left_out(knowledge: KnowledgeBase) -> None:
    shown = lines(knowledge, candidate("gone", 0.9), candidate("brewing", 0.3), topic="gone")
    assert shown[1] == "The nearest topic is “Brewing tea”; I am 30 % sure that it is meant."
    assert not any("gone" in line for line in shown)


def test_nothing_understood_and_nothing_near_leaves_the_limits(knowledge: KnowledgeBase) -> None:
    assert lines(knowledge, text="") == [LIMITS]
