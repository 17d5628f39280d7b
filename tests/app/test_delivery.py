"""Answers that take long are announced, those that nobody can see any more are dropped, and a reply may be refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
import pytest_asyncio

from bot.app import labels
from bot.assistant import Abstain, Answer, Reply
from bot.knowledge import OutsideGroup
from bot.service import Desk, Place, Refusal
from tests.app.conftest import running
from tests.loopback import Answer as Response
from tests.loopback import Channel, LoopbackDiscord, Person, permissions
from tests.small_library import small_desk

pytestmark = pytest.mark.asyncio

T = TypeVar("T")

ASK_BOTH, BOTH = "why are both needed", "### Why a firm needs both"
HELP, REFUSED = "please help me", "not today"
CRISIS = OutsideGroup(id="crisis", reply="Please call somebody.", questions=(HELP,))


class Thinking(Desk):
    """A desk that answers when it is told to."""

    def __init__(self, desk: Desk) -> None:
        vars(self).update(vars(desk))
        self.go_on = asyncio.Event()
        self.dropped = asyncio.Event()

    async def ask(self, question: str, place: Place, **context: Any) -> Reply:  # noqa: ANN401  # passed on
        reply = await self._in_time(super().ask(question, place, **context))
        if question == REFUSED:
            raise Refusal(REFUSED)
        return Abstain(question=HELP, group=CRISIS) if question == HELP else reply

    async def topic(self, topic_id: str, place: Place) -> Answer:
        return await self._in_time(super().topic(topic_id, place))

    async def _in_time(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            work.close()
            self.dropped.set()
            raise
        return await work


@pytest_asyncio.fixture
async def desk(server: LoopbackDiscord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Thinking]:
    """The desk of a running bot that counts as slow at once."""
    monkeypatch.setattr("bot.app.delivery._DEFER_AFTER", 0.05)
    desk = Thinking(small_desk(tmp_path))
    async with running(server, tmp_path / "cache", desk):
        yield desk


@pytest.mark.parametrize("instead", [True, False])
async def test_care_that_takes_long_is_for_nobody_else_to_see(
    desk: Thinking, alice: Person, hall: Channel, instead: bool
) -> None:
    desk.go_on.set()
    message = await (await alice.slash("ask", {"question": ASK_BOTH}, channel=hall)).answer()
    desk.go_on.clear()
    if instead:
        asked = await alice.submit(await alice.click(message, labels.NOT_MEANT), {"question": HELP})
    else:
        asked = await alice.slash("ask", {"question": HELP}, channel=hall)
    await asked.response()
    desk.go_on.set()
    await hall.changed.until(lambda: asked.followups, 5, "care")
    [care] = asked.followups
    assert (care.text, care.ephemeral) == (CRISIS.reply, True)
    assert [shown for shown in hall.messages.values() if not shown.ephemeral] == [message]
    assert BOTH in message.text


async def test_refusal_that_takes_long_is_for_nobody_else_to_see(desk: Thinking, alice: Person, hall: Channel) -> None:
    asked = await alice.slash("ask", {"question": REFUSED}, channel=hall)
    await asked.response()
    desk.go_on.set()
    await hall.changed.until(lambda: asked.followups, 5, "a refusal")
    assert [(told.text, told.ephemeral) for told in asked.followups] == [(REFUSED, True)]
    assert [shown for shown in hall.messages.values() if not shown.ephemeral] == []


@pytest.mark.parametrize("private", [True, False])
async def test_answer_that_takes_long_is_announced(desk: Thinking, alice: Person, hall: Channel, private: bool) -> None:
    asked = await alice.slash("ask", {"question": ASK_BOTH, "private": private}, channel=hall)
    assert (await asked.response()).type is Response.DEFERRED_MESSAGE
    desk.go_on.set()
    assert BOTH in (await asked.answer()).text
    assert asked.ephemeral is private


async def test_announcement_whose_receipt_is_lost_keeps_no_answer_away(
    server: LoopbackDiscord, desk: Thinking, alice: Person, hall: Channel
) -> None:
    server.faults.cut("POST /interactions/*", after=True)
    asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=hall)
    await server.requested(lambda request: request.refusal is not None)
    desk.go_on.set()
    assert BOTH in (await asked.answer()).text
    assert [request.refusal and request.refusal["code"] for request in server.repeated] == [40060]
    assert server.refused == []


async def test_button_that_takes_long_keeps_its_message(desk: Thinking, alice: Person, hall: Channel) -> None:
    desk.go_on.set()
    asked = await alice.slash("ask", {"question": "what salary does a manager earn"}, channel=hall)
    message = await asked.answer()
    desk.go_on.clear()
    pressed = await alice.click(message, message.buttons[0].label)
    assert (await pressed.response()).type is Response.DEFERRED_UPDATE
    desk.go_on.set()
    assert await pressed.answer() is message
    assert "\n### " in message.text, "the answer, below the question"


async def test_answer_that_nobody_can_see_any_more_is_dropped(
    server: LoopbackDiscord, desk: Thinking, alice: Person, hall: Channel
) -> None:
    server.interactions.deadline = -1.0
    await alice.slash("ask", {"question": ASK_BOTH}, channel=hall)
    await asyncio.wait_for(desk.dropped.wait(), 5)
    assert {request.refusal and request.refusal["code"] for request in server.refused} == {10062}


@pytest.mark.parametrize(("text", "begins"), [(ASK_BOTH, BOTH), ("", "I answer questions")])
async def test_answer_where_the_history_cannot_be_read_is_no_reply(
    server: LoopbackDiscord, desk: Thinking, alice: Person, text: str, begins: str
) -> None:
    desk.go_on.set()
    rights = permissions.MEMBER & ~permissions.READ_MESSAGE_HISTORY
    hall = server.text_channel(server.guild("Keep", [alice]), "hall", bot_permissions=rights)
    await alice.say(hall, text, mention_bot=True)
    answer = await hall.message(lambda message: message.text.startswith(begins))
    assert answer.reply_to is None
    assert [request.refusal and request.refusal["code"] for request in server.refused] == [160002]
