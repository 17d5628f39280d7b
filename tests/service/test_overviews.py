"""What a library contains, in pages: everything is on one of them, and none is too long to read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.knowledge import KnowledgeBase, load_library
from bot.service import Outcome, Page, Quotation, Refusal, Sides, aspects, leaf, wording

Library = Callable[..., Path]

FILE = "topics/kitchen.yaml"
NAMES = ("Leadership", "Management")


def topic(number: int, **keys: str) -> str:
    """A topic as YAML."""
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    return (
        f"- {{id: t{number}, title: Title {number}, claims: [boiling-water], answer: T."
        f", questions: [question number {number}]{more}}}\n"
    )


def sides(number: int, **keys: str) -> str:
    """A topic with two sides as YAML."""
    return topic(number, leadership=f"l{number}", management=f"m{number}", **keys)


@pytest.fixture
def known(library: Library) -> Callable[..., KnowledgeBase]:
    """Loads the small library with other topics, and perhaps other files."""
    return lambda topics, **files: load_library(library({FILE: topics, "outside.yaml": None, **files}))


def pages(knowledge: KnowledgeBase, overview: str, topic: str = "") -> list[Page]:
    """All pages of an overview."""
    count = leaf(knowledge, overview, topic).count
    return [leaf(knowledge, overview, topic, number).page for number in range(count)]


# Comparisons


def test_five_comparisons_fit_a_page_and_the_same_one_is_shown_once(known: Callable[..., KnowledgeBase]) -> None:
    twice = sides(6, aspect="a").replace("l6", "l0").replace("m6", "m0")
    knowledge = known("".join(sides(number, aspect="a") for number in range(6)) + twice + topic(7))
    first, second = pages(knowledge, "compare")
    assert first.sides == tuple(Sides("a", NAMES, (f"l{n}", f"m{n}")) for n in range(5))
    assert second.sides == (Sides("a", NAMES, ("l5", "m5")),)
    assert [choice.topic for choice in first.choices] == [f"t{number}" for number in range(5)]


def test_aspects_are_those_of_topics_with_two_sides(known: Callable[..., KnowledgeBase]) -> None:
    knowledge = known(
        sides(0, aspect="time") + sides(1, label="Short") + sides(2) + sides(3, aspect="time") + topic(4, aspect="none")
    )
    assert aspects(knowledge) == {"time": "t0", "Short": "t1", "Title 2": "t2"}


def test_comparison_in_one_aspect_has_every_topic_of_it_and_nothing_twice(
    known: Callable[..., KnowledgeBase],
) -> None:
    knowledge = known(sides(0, aspect="time") + sides(1) + sides(2, aspect="time"))
    [page] = pages(knowledge, "compare", "t2")
    assert [both.texts for both in page.sides] == [("l0", "m0"), ("l2", "m2")]
    assert (len(page.quotations), len(page.sources)) == (1, 1)
    [alone] = pages(knowledge, "compare", "t1")
    assert alone.sides == (Sides("", NAMES, ("l1", "m1")),)


# Topics


def test_theme_has_the_title_that_the_library_gives_to_its_file(known: Callable[..., KnowledgeBase]) -> None:
    more = {"topics/more_on-this.yaml": topic(1), "library.yaml": "themes: {kitchen: At the stove}"}
    assert [page.title for page in pages(known(topic(0), **more), "topics")] == ["At the stove", "More on this"]


# Articles


def test_what_is_not_covered_comes_last_as_far_as_it_is_named(library: Library) -> None:
    outside = "- {id: a, subject: roasting coffee, reply: No., questions: [a]}\n- {id: b, reply: No., questions: [b]}\n"
    *_, last = pages(load_library(library({"outside.yaml": outside, FILE: topic(0)})), "sources")
    assert (last.title, last.items) == (wording.NOT_HELD, ("roasting coffee",))


# Passages


def test_passages_are_word_for_word_where_there_is_a_quotation(library: Library) -> None:
    [page] = pages(load_library(library()), "claims", "salting")
    assert page.quotations == (
        Quotation("A spoon of salt makes the crust better.", "Tom Miller, according to Ada Baker", is_verbatim=False),
    )
    [page] = pages(load_library(library()), "claims", "rising")
    assert page.quotations == (Quotation("Good bread takes its time.", "Tom Miller, according to Ada Baker"),)


# Leaves


def test_leaf_knows_its_place_and_past_the_end_there_is_the_last(library: Library) -> None:
    knowledge = load_library(library())
    first, last = leaf(knowledge, "sources"), leaf(knowledge, "sources", number=98)
    assert (first.number, first.count, first.page.notes) == (0, 2, ("Page 1 of 2",))
    assert (last.number, last.page.notes) == (1, ("Page 2 of 2",))
    assert leaf(knowledge, "topics").page.notes == (), "one page alone has no number"


@pytest.mark.parametrize(
    ("overview", "about", "says"),
    [
        ("claims", "gone", wording.TOPIC_GONE),
        ("claims", "", wording.NOTHING_TO_SHOW),
        ("compare", "", wording.NOTHING_TO_SHOW),
        ("quiz", "", wording.COMPONENT_GONE),
    ],
)
def test_what_there_is_not_is_refused(library: Library, overview: str, about: str, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        leaf(load_library(library()), overview, about)


def test_everything_in_the_shipped_library_is_on_one_page(assistant: Assistant) -> None:
    knowledge = assistant.knowledge
    topics, articles = pages(knowledge, "topics"), pages(knowledge, "sources")
    assert [item for page in topics for item in page.items] == [topic.title for topic in knowledge.topics.values()]
    assert sum(len(page.items) for page in articles if page.title != wording.NOT_HELD) == len(knowledge.claims)
    compared = [both for page in pages(knowledge, "compare") for both in page.sides]
    assert {both.texts for both in compared} == {t.sides for t in knowledge.topics.values() if t.sides}
    assert len(set(compared)) == len(compared)
    for topic_id, topic in knowledge.topics.items():
        shown = pages(knowledge, "claims", topic_id)
        assert sum(len(page.quotations) for page in shown) == len(topic.claims)
        assert all(page.outcome is Outcome.OVERVIEW for page in shown)
