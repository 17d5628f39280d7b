"""Whatever Discord and the network do, each answer arrives, once, and the log stays readable."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from tests.loopback import LoopbackDiscord, Message
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
CALLBACK, POST = "POST /interactions/*", "POST /channels/*/messages"

Trouble = Callable[[LoopbackDiscord], Awaitable[None]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("outages"), LOG_LEVEL="DEBUG", QUESTIONS_PER_MINUTE="1000") as stage:
        yield stage


def failing(status: int, *, times: int = 1, after: bool = False) -> Trouble:
    async def order(server: LoopbackDiscord) -> None:
        server.faults.fail(CALLBACK, status, times=times, after=after)
        server.faults.fail(POST, status, times=times, after=after)

    return order


def cut(*, after: bool = False) -> Trouble:
    async def order(server: LoopbackDiscord) -> None:
        server.faults.cut(CALLBACK, after=after)
        server.faults.cut(POST, after=after)

    return order


def limited(scope: str) -> Trouble:
    async def order(server: LoopbackDiscord) -> None:
        server.faults.rate_limit(CALLBACK, 0.1, scope=scope)
        server.faults.rate_limit(POST, 0.1, scope=scope)

    return order


TROUBLES: dict[str, Trouble] = {
    "503": failing(503),
    "503 twice": failing(503, times=2),
    "500": failing(500),
    "502": failing(502),
    "504": failing(504),
    "503 after all": failing(503, after=True),
    "502 after all": failing(502, after=True),
    "connection cut": cut(),
    "connection cut after all": cut(after=True),
    "429": limited("user"),
    "429 for everything": limited("global"),
    "gateway cut": lambda server: server.gateway.drop(),
    "gateway closed": lambda server: server.gateway.drop(code=4000),
    "gateway wants a reconnect": lambda server: server.gateway.ask_to_reconnect(),
}


async def private(stage: Stage) -> list[Message]:
    alice = stage.person()
    asked = await alice.slash("ask", {"question": ASK_BOTH, "private": True}, channel=stage.hall)
    return [await asked.answer(timeout=15)]


async def command(stage: Stage) -> list[Message]:
    alice, hall = stage.person(), stage.server.text_channel(stage.guild, "a hall")
    asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=hall)
    await asked.answer(timeout=15)
    return list(hall.messages.values())


async def mention(stage: Stage) -> list[Message]:
    hall = stage.server.text_channel(stage.guild, "a hall")
    said = await stage.person().say(hall, ASK_BOTH, mention_bot=True)
    await said.replies(timeout=15)
    return [message for message in hall.messages.values() if message.author is stage.server.bot]


async def direct(stage: Stage) -> list[Message]:
    alice = stage.person()
    await (await alice.say(alice.dm, ASK_BOTH)).replies(timeout=15)
    return [message for message in alice.dm.messages.values() if message.author is stage.server.bot]


SURFACES = (private, command, mention, direct)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)
@pytest.mark.parametrize("trouble", TROUBLES)
async def test_each_answer_arrives_once(
    stage: Stage, trouble: str, surface: Callable[[Stage], Awaitable[list[Message]]]
) -> None:
    await TROUBLES[trouble](stage.server)
    try:
        answers = await surface(stage)
        assert [BOTH in answer.text for answer in answers] == [True]
        codes = {request.refusal["code"] for request in stage.server.refused if request.refusal}
        assert codes <= {40060}, "only to say that a lost answer had arrived"
    finally:
        stage.server.faults.clear()
        stage.server.refused.clear()


async def test_log_has_no_traceback_and_no_question(stage: Stage) -> None:
    """The last of the tests above: whatever they did to the bot, nothing went wrong in it."""
    await stage.bot.wrote("DEBUG")
    assert await stage.bot.end() == 0
    assert "Traceback" not in stage.bot.output
    assert ASK_BOTH not in stage.bot.output
    assert stage.server.token not in stage.bot.output
