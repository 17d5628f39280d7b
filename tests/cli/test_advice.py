"""What a valid library is said to lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cli.advice import advice
from bot.knowledge import KnowledgeBase, load_library
from bot.matching import Kind, Match, Matcher, Ranking
from tests.small_library import replace

Library = Callable[..., Path]

FILE = "topics/kitchen.yaml"


class Scripted(Matcher):
    """Takes every question for one on the topic that the script names; for one on its own topic if it names none.

    asked: the questions so far.
    """

    def __init__(self, knowledge: KnowledgeBase, script: Mapping[str, str | None]) -> None:
        topics = knowledge.topics.values()
        self.first = next(iter(knowledge.topics))
        self.topics = {question: script.get(topic.id, topic.id) for topic in topics for question in topic.questions}
        self.asked: list[str] = []

    def rank(self, question: str, without: str | None = None, *, moves: bool = False) -> Ranking:
        self.asked.append(question)
        topic = self.topics[question]
        match = Match(topic, 0.9) if topic else Match(self.first, 0.01)
        return Ranking((match,), Kind.TOPIC, match.topic, 0.9, 1.0)


def advised(folder: Path, script: Mapping[str, str | None] | None = None) -> list[str]:
    knowledge = load_library(folder)
    return [str(fault) for fault in advice(Assistant(knowledge, Scripted(knowledge, script or {})))]


def large(library: Library, **changes: str | None) -> Path:
    """The small library with enough topics and phrasings."""
    topics = "".join(
        f"- id: t{number}\n  title: T{number}\n  claims: [slow-dough]\n  answer: T.\n  questions:\n"
        + "".join(f"    - question {phrasing} on {number}\n" for phrasing in range(10))
        for number in range(10)
    )
    return library({FILE: topics, "outside.yaml": "- {id: pay, reply: No., questions: [pay]}\n", **changes})


def test_large_library_needs_no_advice(library: Library) -> None:
    assert advised(large(library)) == []


def test_small_library_does(library: Library) -> None:
    few = "the topic `{}`: has only 8 phrasings; 25 or more are good"
    lines = {"brewing": 1, "rising": 9, "salting": 17, "storing": 24}
    assert advised(library()) == [
        "topics:1: has only 4 topics; with ten or more, fewer questions are misread",
        *(f"{FILE}:{line}: {few.format(topic)}" for topic, line in lines.items()),
    ]


def test_one_is_counted_as_one(library: Library) -> None:
    topic = "- {id: brewing, title: T, claims: [slow-dough], answer: T., questions: [brewing black tea]}\n"
    folder = library({FILE: topic, "outside.yaml": None})
    assert [line.partition(": ")[2].partition(";")[0] for line in advised(folder)] == [
        "has only 1 topic",
        "has no groups",
        "the topic `brewing`: has only 1 phrasing",
    ]


@pytest.mark.parametrize("outside", [None, "", "[]\n"])
def test_library_without_outside_groups(library: Library, outside: str | None) -> None:
    reason = "has no groups; questions that the articles do not answer may get an answer"
    folder = large(library)
    (folder / "outside.yaml").unlink() if outside is None else (folder / "outside.yaml").write_text(outside)
    assert advised(folder) == [f"outside.yaml:1: {reason}"]


@pytest.mark.parametrize(("title", "label", "is_cut"), [(38, "", False), (39, "", True), (39, "Short", False)])
def test_title_that_a_button_cuts_needs_a_label(library: Library, title: int, label: str, is_cut: bool) -> None:
    folder = large(library)
    more = f"\n  label: {label}" if label else ""
    replace(folder / FILE, "title: T1", f"title: {'x' * title}{more}")
    reason = "the title is cut on a button, where 38 characters fit; add a `label`"
    assert advised(folder) == ([f"{FILE}:16: the topic `t1`: {reason}"] if is_cut else [])


def test_topic_whose_phrasings_lead_elsewhere(library: Library) -> None:
    assert advised(large(library), {"t1": "t2", "t3": None}) == [
        f"{FILE}:16: the topic `t1`: only 0 of the 10 phrasings tried lead to it; they are too much like those of `t2`",
        f"{FILE}:46: the topic `t3`: only 0 of the 10 phrasings tried lead to it; the bot is too unsure of the rest",
    ]


def test_half_of_the_phrasings_is_enough(library: Library) -> None:
    knowledge = load_library(large(library))
    matcher = Scripted(knowledge, {})
    for count, expected in ((5, []), (6, ["t1"])):
        for question in knowledge.topics["t1"].questions[:count]:
            matcher.topics[question] = "t2"
        assert [name for name in knowledge.topics for fault in advice(Assistant(knowledge, matcher))
                if f"`{name}`:" in fault.reason] == expected  # fmt: skip


def test_only_some_phrasings_of_a_long_topic_are_asked(library: Library) -> None:
    questions = ", ".join(f"question {number}" for number in range(100))
    topic = f"- {{id: long, title: T, claims: [slow-dough], answer: T., questions: [{questions}]}}\n"
    knowledge = load_library(library({FILE: topic, "outside.yaml": None}))
    matcher = Scripted(knowledge, {})
    assert len(list(advice(Assistant(knowledge, matcher)))) == 2
    assert len(matcher.asked) == 12
    assert (matcher.asked[0], matcher.asked[-1]) == ("question 0", "question 99")
