"""Which quotations there are, and which comes next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeBase, load_library
from bot.service import Choice, Quotation, following, quotation_page, quotations, speaker_of, speakers

MILLER = "slow-dough"


@pytest.fixture
def knowledge(library: Callable[..., Path]) -> KnowledgeBase:
    return load_library(library())


def ids(knowledge: KnowledgeBase, topic: str = "", speaker: str = "") -> list[str]:
    return [item.claim.id for item in quotations(knowledge, knowledge.topics.get(topic), speaker)]


@pytest.mark.parametrize(
    ("topic", "speaker", "found"),
    [
        ("", "", ["dark-cheese", "boiling-water", MILLER]),
        ("", "tom miller", [MILLER]),
        ("", "MILLER!", [MILLER]),
        ("", "Ada", ["boiling-water"]),
        ("", "The unsigned article", ["dark-cheese"]),
        ("", "Mill", []),
        ("", "?", []),
        ("rising", "", [MILLER]),
        ("rising", "Baker", []),
        ("salting", "", []),
    ],
)
def test_quotations_on_a_topic_by_a_speaker(
    knowledge: KnowledgeBase, topic: str, speaker: str, found: list[str]
) -> None:
    assert ids(knowledge, topic, speaker) == found


def test_speakers_are_those_who_are_quoted_each_once(knowledge: KnowledgeBase) -> None:
    named = ["the unsigned article", "Ada Baker", "Tom Miller"]
    assert speakers(knowledge) == named
    assert [speaker_of(knowledge, item.claim.id) for item in quotations(knowledge)] == named
    assert all(quotations(knowledge, speaker=speaker) for speaker in named)


@pytest.mark.parametrize(
    ("last", "start", "comes"),
    [
        ("dark-cheese", 0, "boiling-water"),
        (MILLER, 7, "dark-cheese"),
        (None, 0, "dark-cheese"),
        ("gone", 2**63, MILLER),
        (None, 1, "boiling-water"),
    ],
)
def test_next_one_follows_the_last_or_begins_somewhere(
    knowledge: KnowledgeBase, last: str | None, start: int, comes: str
) -> None:
    item = following(quotations(knowledge), last, start)
    assert item is not None
    assert item.claim.id == comes


def test_the_only_one_does_not_follow_itself(knowledge: KnowledgeBase) -> None:
    only = quotations(knowledge, speaker="Miller")
    assert following(only, MILLER, 0) is None
    assert following(only, None, 0) is only[0]
    assert following([], None, 0) is None


def test_quotation_leads_to_the_topics_that_it_is_the_main_evidence_of(library: Callable[..., Path]) -> None:
    folder = library()
    file = folder / "topics/kitchen.yaml"
    file.write_text(file.read_text().replace("claims: [boiling-water]", f"claims: [boiling-water, {MILLER}]"))
    knowledge = load_library(folder)
    page = quotation_page(knowledge, quotations(knowledge, speaker="Miller")[0])
    assert page.choices == (Choice("rising", "Letting dough rise", "Letting dough rise"),)
    assert page.quotations == (Quotation("Good bread takes its time.", "Tom Miller, according to Ada Baker"),)
    assert len(page.sources) == 1
