"""Whatever the shipped library and the second one can show is inside Discord's limits, and nothing of it is cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from discord import ui

from bot.app import Surface, browsing, button, card, draw, meant_window, row
from bot.app.cards import Card
from bot.assistant import Abstain, Answer, Form, Reason, Smalltalk, Stance, Suggest
from bot.knowledge import KnowledgeBase, Topic, load_library
from bot.service import Outcome, Page, aspects, choices_of, leaf, page, quotation_page, quotations
from bot.service.overviews import evidence_of
from bot.service.wording import ONLY_ENGLISH, introduction
from bot.settings import PROJECT
from tests.loopback import POST_FLAGS, Flags, Upload, check_new_message, walk
from tests.loopback.forms import Form as Body
from tests.loopback.modals import ModalComponents

ASKER = 2**63 - 1
PUBLIC = Surface(ASKER, has_human=True)
SURFACES = (PUBLIC, Surface(ASKER, is_private=True, has_human=True), Surface(ASKER, is_direct=True))
QUESTION = "Why? " * 200
BUTTON, TEXT, GALLERY, PRIMARY = 2, 10, 12, 1


@pytest.fixture(
    scope="module", params=[PROJECT / "knowledge", Path(__file__).parent / "second_library"], ids=["shipped", "second"]
)
def knowledge(request: pytest.FixtureRequest) -> KnowledgeBase:
    return load_library(request.param)


def assert_fits(shown: Card, uploads: dict[int, Upload] | None = None) -> None:
    """Discord takes a message, people can read all of its labels, and one button at most stands out."""
    body: dict[str, Any] = {"flags": int(Flags.IS_COMPONENTS_V2), "components": shown.to_components()}  # type: ignore[no-untyped-call]
    check_new_message(body, POST_FLAGS, uploads=uploads or {})
    parts = list(walk(body["components"]))
    buttons = [part for part in parts if part["type"] == BUTTON]
    assert all(len(one["label"]) <= 38 for one in buttons)
    assert sum(one["style"] == PRIMARY for one in buttons) <= 1
    options = [option for part in parts for option in part.get("options") or ()]
    texts = [part["content"] for part in parts if part["type"] == TEXT]
    assert [one["label"] for one in (*buttons, *options) if "…" in one["label"]] == []
    assert [text for text in texts if text.endswith("…")] == [], "a text is cut where it has no room"


def answers(knowledge: KnowledgeBase, topic: Topic) -> Iterator[Answer]:
    """What a topic may answer: in each form, with each verdict, from each side and with each sentence first."""
    related = tuple(knowledge.topics[name] for name in topic.related)
    evidence = tuple(evidence_of(knowledge, topic.claims))
    ways = product(Form, (None, *Stance), (None, 0, 1), range(len(topic.sentences)))
    for form, stance, side, lead in ways:
        yield Answer(
            question=topic.questions[0],
            understood=topic.questions[-1],
            topic=topic,
            evidence=evidence,
            related=related,
            form=form,
            stance=stance,
            side=side,
            lead=lead,
        )


def test_every_answer_fits_in_every_form(knowledge: KnowledgeBase) -> None:
    for topic in knowledge.topics.values():
        shown = dict.fromkeys(page(answer, knowledge.about) for answer in answers(knowledge, topic))
        assert len(shown) >= 10
        for one in shown:
            assert_fits(card(one, PUBLIC, question=QUESTION))
        for surface in SURFACES:
            assert_fits(card(next(iter(shown)), surface, question=QUESTION))


def test_every_topic_can_be_asked_back_and_meant(knowledge: KnowledgeBase) -> None:
    topics = list(knowledge.topics.values())
    for number, topic in enumerate(topics):
        three = tuple((topics * 2)[number : number + 3])
        for surface in SURFACES:
            assert_fits(card(page(Suggest(question="", topics=three), knowledge.about), surface, question=QUESTION))
        window = meant_window(topic.id, ASKER, choices_of((topics * 2)[number + 1 : number + 12]))
        body = Body(window.to_dict())
        ModalComponents().check_modal(body)
        body.refuse_problems()


def test_every_refusal_fits(knowledge: KnowledgeBase) -> None:
    replies = [
        *(Abstain(question="", reason=reason) for reason in Reason),
        *(Abstain(question="", reason=Reason.NOT_ENGLISH, language=language) for language in ONLY_ENGLISH),
        *(
            Abstain(question="", group=group, closest=tuple(knowledge.topics[name] for name in group.closest))
            for group in knowledge.outside.values()
        ),
        *(Smalltalk(question="", kind=kind) for kind in knowledge.smalltalk.values()),
    ]
    for reply, surface in product(replies, SURFACES):
        assert_fits(card(page(reply, knowledge.about), surface, question=QUESTION))


def leaves(knowledge: KnowledgeBase, overview: str, topic: str = "") -> Iterator[Card]:
    """Every page of an overview."""
    for number in count():
        shown = leaf(knowledge, overview, topic, number)
        if shown.number < number:
            return
        yield card(shown.page, PUBLIC, rows=browsing(shown, ASKER))


def test_every_page_of_every_overview_fits(knowledge: KnowledgeBase) -> None:
    names = [*(("compare", topic) for topic in ("", *aspects(knowledge).values())), ("topics", ""), ("sources", "")]
    names += [("claims", topic) for topic in knowledge.topics]
    for overview, topic in names:
        for shown in leaves(knowledge, overview, topic):
            assert_fits(shown)
    assert sum(1 for _ in leaves(knowledge, "topics")) > 1
    measured = Page(outcome=Outcome.OVERVIEW, text=introduction(knowledge.about), items=knowledge.about.measured)
    assert_fits(card(measured, PUBLIC))


@pytest.mark.asyncio
async def test_every_quotation_fits_as_a_card_and_as_a_picture(knowledge: KnowledgeBase) -> None:
    for item in quotations(knowledge):
        shown = quotation_page(knowledge, item)
        buttons: list[ui.Button[Any]] = [button("topic", choice.label, choice.topic) for choice in shown.choices]
        buttons.insert(0, button("another", "Another one", f"by/{item.claim.id}", ASKER))
        assert_fits(card(shown, PUBLIC, rows=row(buttons)))
        picture = await draw(shown)
        assert picture is not None
        assert len(picture.alt) <= 1024
        assert not picture.alt.endswith("…")
        upload = Upload(picture.file().filename, picture.png, picture.alt)
        assert_fits(card(shown, PUBLIC, rows=row(buttons[1:]), picture=picture), {0: upload})
