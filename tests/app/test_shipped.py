"""What the shipped library contains can be read on Discord to its last word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app import Surface, browsing, card
from bot.app.limits import quoted
from bot.assistant import Assistant
from bot.knowledge import KnowledgeBase
from bot.service import Page, leaf, quotation_page, quotations, wording
from tests.app.test_cards import assert_discord_takes, text_of

HERE = Surface(2**63 - 1)


def pages(knowledge: KnowledgeBase, overview: str, topic: str = "") -> Iterator[Page]:
    """Every page of an overview, which Discord has to take."""
    for number in range(leaf(knowledge, overview, topic).count):
        shown = leaf(knowledge, overview, topic, number)
        assert_discord_takes(card(shown.page, HERE, rows=browsing(shown, HERE.asker)))
        yield shown.page


def assert_whole(page: Page) -> None:
    """Nothing of a page is cut."""
    text = text_of(card(page, HERE, rows=()))
    sides = [words for both in page.sides for words in both.texts]
    quotations = (wording.quotation(quotation.text)[1:-1] for quotation in page.quotations)
    for words in (*page.items, *sides, *quotations, *page.notes):
        assert quoted(words) in text


@pytest.mark.parametrize("overview", ["compare", "topics", "sources"])
def test_overviews_are_whole(assistant: Assistant, overview: str) -> None:
    for page in pages(assistant.knowledge, overview):
        assert_whole(page)


def test_evidence_is_whole(assistant: Assistant) -> None:
    knowledge = assistant.knowledge
    for name, topic in knowledge.topics.items():
        for overview in ("claims", "compare") if topic.sides else ("claims",):
            for page in pages(knowledge, overview, name):
                assert_whole(page)
    for item in quotations(knowledge):
        assert_whole(quotation_page(knowledge, item))
