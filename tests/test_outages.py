"""Whatever Discord and the network do, each answer arrives, once, and the log stays readable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from bot.app import labels
from tests.loopback import Channel, LoopbackDiscord, Message
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
CALLBACK, POST = "POST /interactions/*", "POST /channels/*/messages"
PATIENCE = 15.0

Trouble = Callable[[LoopbackDiscord], Awaitable[None]]
Answers = Awaitable[list[Message]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("outages"), LOG_LEVEL="DEBUG", QUESTIONS_PER_MINUTE="1000") as stage:
        yield stage


# How somebody is answered: each prepares what it needs, and gives what will then be answered


async def command(stage: Stage, *, private: bool = False) -> Answers:
    alice, hall = stage.person(), stage.server.text_channel(stage.guild, "a hall")

    async def ask() -> list[Message]:
        asked = await alice.slash("ask", {"question": ASK_BOTH, "private": private}, channel=hall)
        answer = await asked.answer(timeout=PATIENCE)
        return [answer] if private else of_bot(stage, hall)

    return ask()


async def private_command(stage: Stage) -> Answers:
    return await command(stage, private=True)


async def mention(stage: Stage) -> Answers:
    alice, hall = stage.person(), stage.server.text_channel(stage.guild, "a hall")
    return said(stage, alice.say(hall, ASK_BOTH, mention_bot=True), hall)


async def direct_message(stage: Stage) -> Answers:
    alice = stage.person()
    return said(stage, alice.say(alice.dm, ASK_BOTH), alice.dm)


async def said(stage: Stage, saying: Awaitable[object], channel: Channel) -> list[Message]:
    await saying
    await channel.message(lambda message: message.author is stage.server.bot, timeout=PATIENCE)
    return of_bot(stage, channel)


async def topic_button(stage: Stage) -> Answers:
    alice = stage.person()
    asked = await alice.slash("ask", {"question": "who said doing the right things"}, channel=stage.hall)
    shown = await asked.answer()

    async def click() -> list[Message]:
        pressed = await alice.click(shown, "Why a firm needs both")
        return [await pressed.answer(timeout=PATIENCE)]

    return click()


async def field(stage: Stage) -> Answers:
    alice = stage.person()
    shown = await (await alice.slash("ask", {"question": "do leaders like change"}, channel=stage.hall)).answer()
    opened = await alice.click(shown, labels.FOLLOW_UP)
    await opened.response()

    async def submit() -> list[Message]:
        return [await (await alice.submit(opened, {"question": ASK_BOTH})).answer(timeout=PATIENCE)]

    return submit()


async def field_to_open(stage: Stage) -> Answers:
    alice = stage.person()
    shown = await (await alice.slash("ask", {"question": "do leaders like change"}, channel=stage.hall)).answer()

    async def click_and_submit() -> list[Message]:
        opened = await alice.click(shown, labels.FOLLOW_UP)
        await opened.response(timeout=PATIENCE)
        return [await (await alice.submit(opened, {"question": ASK_BOTH})).answer(timeout=PATIENCE)]

    return click_and_submit()


def of_bot(stage: Stage, channel: Channel) -> list[Message]:
    return [message for message in channel.messages.values() if message.author is stage.server.bot]


SURFACES = (command, private_command, topic_button, field, field_to_open, mention, direct_message)
BY_INTERACTION, BY_MESSAGE = 5, 2

# What goes wrong


def failing(status: int, *, times: int = 1, after: bool = False) -> Trouble:
    async def order(server: LoopbackDiscord) -> None:
        server.faults.fail(CALLBACK, status, times=BY_INTERACTION * times, after=after)
        server.faults.fail(POST, status, times=BY_MESSAGE * times, after=after)

    return order


def cut(*, after: bool = False) -> Trouble:
    async def order(server: LoopbackDiscord) -> None:
        server.faults.cut(CALLBACK, times=BY_INTERACTION, after=after)
        server.faults.cut(POST, times=BY_MESSAGE, after=after)

    return order


async def late(server: LoopbackDiscord) -> None:
    server.faults.delay(CALLBACK, 1.0, times=BY_INTERACTION, after=True)
    server.faults.delay(POST, 1.0, times=BY_MESSAGE, after=True)


def limited(scope: str) -> Trouble:
    async def order(server: LoopbackDiscord) -> None:
        server.faults.rate_limit(CALLBACK, 0.1, times=BY_INTERACTION, scope=scope)
        server.faults.rate_limit(POST, 0.1, times=BY_MESSAGE, scope=scope)

    return order


TROUBLES: dict[str, Trouble] = {
    "503": failing(503),
    "503 twice": failing(503, times=2),
    "500": failing(500),
    "502": failing(502),
    "504": failing(504),
    "522, which discord.py does not repeat": failing(522),
    "408": failing(408),
    "503 after all": failing(503, after=True),
    "502 after all": failing(502, after=True),
    "connection cut": cut(),
    "connection cut after all": cut(after=True),
    "receipt late": late,
    "429": limited("user"),
    "429 for everything": limited("global"),
    "gateway cut": lambda server: server.gateway.drop(),
    "gateway closed": lambda server: server.gateway.drop(code=4000),
    "gateway wants a reconnect": lambda server: server.gateway.ask_to_reconnect(),
}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_each_answer_arrives_once_on_every_surface(stage: Stage, trouble: str) -> None:
    prepared = [await surface(stage) for surface in SURFACES]
    await TROUBLES[trouble](stage.server)
    try:
        answers = await asyncio.gather(*prepared)
        shown = {
            surface.__name__: [BOTH in answer.text for answer in given]
            for surface, given in zip(SURFACES, answers, strict=True)
        }
        assert shown == {surface.__name__: [True] for surface in SURFACES}
        assert stage.server.refused == []
    finally:
        stage.server.faults.clear()
        stage.server.refused.clear()


@pytest.mark.parametrize("trouble", ["503", "connection cut", "connection cut after all"])
@pytest.mark.parametrize("request_", [CALLBACK, "PATCH /webhooks/*"])
async def test_reload_is_answered(stage: Stage, trouble: str, request_: str) -> None:
    faults = stage.server.faults
    if trouble == "503":
        faults.fail(request_, 503)
    else:
        faults.cut(request_, after="after all" in trouble)
    assert labels.RELOADED_SAME in await stage.reload()
    assert stage.server.refused == []


async def test_log_has_no_traceback_and_no_question(stage: Stage) -> None:
    """The last of the tests above: whatever they did to the bot, nothing went wrong in it."""
    await stage.bot.wrote("DEBUG")
    assert await stage.bot.end() == 0
    assert "Traceback" not in stage.bot.output
    assert ASK_BOTH not in stage.bot.output
    assert stage.server.token not in stage.bot.output
