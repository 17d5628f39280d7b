"""The bot as a process: how it starts, how it ends, and what it makes of trouble."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.loopback import LoopbackDiscord, intents
from tests.small_library import replace, shared_cache, write_small_library
from tests.stage import Stage, staged, started

pytestmark = pytest.mark.asyncio

BROKEN, UNAVAILABLE, CONFIGURATION = 1, 69, 78
AT_MOST = 3.0
ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
CALLBACK, POST = "POST /interactions/*", "POST /channels/*/messages"


def settings(folder: Path, **more: str) -> dict[str, str]:
    """The settings of a bot that gets nowhere."""
    library = write_small_library(folder / "library")
    return {"KNOWLEDGE_DIR": str(library), "CACHE_DIR": str(shared_cache(folder)), "ENCODER": "off", **more}


def sentences(lines: list[str]) -> list[str]:
    """The last words: all lines that tell of what is critical, or that are no line of a log at all."""
    return [line for line in lines if line and (" CRITICAL " in line or not line[:4].isdecimal())]


# Starts that fail


async def test_wrong_token_is_one_sentence(tmp_path: Path) -> None:
    token = "not-the.token"
    async with (
        LoopbackDiscord() as server,
        started(tmp_path, settings(tmp_path, DISCORD_TOKEN=token, DISCORD_API_URL=server.api_url)) as bot,
    ):
        assert await bot.ended() == CONFIGURATION
        [sentence] = sentences(bot.lines)
        assert "DISCORD_TOKEN" in sentence
        assert "Traceback" not in bot.output
        assert token not in bot.output


async def test_refused_intents_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # None that the bot asks for is privileged; so make one of them, on the loopback's side.
    monkeypatch.setattr(intents, "PRIVILEGED", intents.GUILD_MESSAGES)
    async with (
        LoopbackDiscord() as server,
        started(tmp_path, settings(tmp_path, DISCORD_TOKEN=server.token, DISCORD_API_URL=server.api_url)) as bot,
    ):
        assert await bot.ended() == CONFIGURATION
        [sentence] = sentences(bot.lines)
        assert "Privileged Gateway Intents" in sentence
        assert "Traceback" not in bot.output
        assert server.token not in bot.output


async def test_no_network_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/api/v10"
        async with started(tmp_path, settings(tmp_path, DISCORD_TOKEN="a.b.c", DISCORD_API_URL=url)) as bot:
            assert await bot.ended() == UNAVAILABLE
            [sentence] = sentences(bot.lines)
            assert "Discord cannot be reached" in sentence
            assert "Traceback" not in bot.output


async def test_broken_library_tells_its_faults(tmp_path: Path) -> None:
    values = settings(tmp_path, DISCORD_TOKEN="a.b.c", DISCORD_API_URL="http://127.0.0.1:1")
    replace(tmp_path / "library/topics/difference.yaml", "aspect: risk", "aspects: risk")
    async with started(tmp_path, values) as bot:
        assert await bot.ended() == BROKEN
        assert "topics/difference.yaml:24: unknown key `aspects`" in bot.lines
        assert "Traceback" not in bot.output


async def test_wrong_setting_is_told(tmp_path: Path) -> None:
    values = settings(tmp_path, DISCORD_TOKEN="se.cr.et", QUESTIONS_PER_MINUTE="none")
    async with started(tmp_path, values) as bot:
        assert await bot.ended() == BROKEN
        assert "QUESTIONS_PER_MINUTE" in bot.output
        assert "Traceback" not in bot.output
        assert "se.cr.et" not in bot.output


# Ends


async def ended_in_time(stage: Stage, number: signal.Signals) -> int:
    """Send a signal; gives the exit code, and allows no more than three seconds."""
    stage.bot.process.send_signal(number)
    try:
        return await asyncio.wait_for(stage.bot.process.wait(), AT_MOST)
    except TimeoutError:
        raise AssertionError(f"did not end within {AT_MOST} s, but wrote:\n{stage.bot.output}") from None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
async def test_signal_ends_it_with_its_answers_delivered(tmp_path: Path, number: signal.Signals) -> None:
    async with staged(tmp_path) as stage:
        alice = stage.person()
        stage.server.faults.rate_limit(CALLBACK, 0.5)
        stage.server.faults.rate_limit(POST, 0.5)
        asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        said = await alice.say(alice.dm, ASK_BOTH)
        await stage.server.requested(lambda request: request.status == 429, count=2)
        assert await ended_in_time(stage, number) == 0
        assert BOTH in (await asked.answer(timeout=0.1)).text
        assert [BOTH in reply.text for reply in await said.replies(timeout=0.1)] == [True]
        assert stage.server.refused == []
        await stage.bot.wrote("Stopped.")
        assert "Traceback" not in stage.bot.output


async def test_answer_that_takes_too_long_does_not_hold_up_the_end(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.server.faults.rate_limit(CALLBACK, 30.0)
        await stage.person().slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        await stage.server.requested(lambda request: request.status == 429)
        assert await ended_in_time(stage, signal.SIGTERM) == 0
        await stage.bot.wrote("Stopped.")
        assert "Traceback" not in stage.bot.output


@pytest.mark.parametrize("request_", ["GET /users/@me", "GET /gateway/bot"])
async def test_signal_ends_a_start_that_is_under_way(tmp_path: Path, request_: str) -> None:
    """As where Discord is out of order, and discord.py waits to try again."""
    async with LoopbackDiscord() as server:
        server.faults.rate_limit(request_, 30.0)
        stage = Stage(server, tmp_path, {})
        async with started(tmp_path, stage.settings()) as bot:
            await server.requested(lambda request: request.status == 429)
            assert await bot.end(timeout=AT_MOST) == 0
            assert "Traceback" not in bot.output


async def test_signal_ends_a_bot_that_has_lost_discord(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.server.__aexit__(None, None, None)
        await stage.bot.wrote("reconnect")
        assert await ended_in_time(stage, signal.SIGTERM) == 0
        await stage.bot.wrote("Stopped.")


@asynccontextmanager
async def reloading(stage: Stage) -> AsyncIterator[None]:
    """In the block, a reload is under way that is not done before its end: it reads a file that does not end."""
    endless = stage.library / "topics/endless.yaml"
    os.mkfifo(endless)
    asked = await stage.server.owner.slash("admin reload", channel=stage.hall)
    await asked.response()
    # Whoever opens such a file waits for the one at its other end.
    async with asyncio.timeout(10):
        writing = await asyncio.to_thread(os.open, endless, os.O_WRONLY)
    try:
        yield
    finally:
        os.close(writing)


async def test_signal_ends_a_reload_that_is_under_way(tmp_path: Path) -> None:
    """As one of a large library, which takes many seconds."""
    async with staged(tmp_path) as stage, reloading(stage):
        assert await ended_in_time(stage, signal.SIGTERM) == 0
        await stage.bot.wrote("Stopped.")
        assert "Traceback" not in stage.bot.output


async def test_ctrl_c_during_a_reload_is_a_quiet_end(tmp_path: Path) -> None:
    """A terminal tells the whole group of processes of it."""
    async with staged(tmp_path) as stage, reloading(stage):
        os.killpg(stage.bot.process.pid, signal.SIGINT)
        assert await asyncio.wait_for(stage.bot.process.wait(), 2 * AT_MOST) == 0
        await stage.bot.wrote("Stopped.")
        assert "Traceback" not in stage.bot.output


# Trouble on the way


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("process"), LOG_LEVEL="DEBUG") as stage:
        yield stage


Trouble = Callable[[Stage], Awaitable[None]]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "trouble",
    [
        lambda stage: stage.server.gateway.drop(),
        lambda stage: stage.server.gateway.drop(code=4000),
        lambda stage: stage.server.gateway.ask_to_reconnect(),
    ],
    ids=["cut", "closed", "told to reconnect"],
)
async def test_dropped_gateway_loses_and_doubles_nothing(stage: Stage, trouble: Trouble) -> None:
    alice, before = stage.person(), sum(session.resumes for session in stage.server.gateway.sessions.values())
    said = [await alice.say(alice.dm, ASK_BOTH)]
    await trouble(stage)
    said.append(await alice.say(alice.dm, ASK_BOTH))
    asked = [await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall) for _ in range(5)]
    said.append(await alice.say(alice.dm, ASK_BOTH))
    await stage.server.gateway.resumed(before + 1)
    for one in asked:
        assert BOTH in (await one.answer()).text
    await said[0].replies(3)
    await (await alice.say(alice.dm, ASK_BOTH)).replies(1)
    bots = [message for message in alice.dm.messages.values() if message.author is stage.server.bot]
    assert len(bots) == 4
    assert stage.server.refused == []


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("status", [429, 500])
async def test_failing_requests_lose_and_double_nothing(stage: Stage, status: int) -> None:
    alice, faults = stage.person(), stage.server.faults
    for pattern in (CALLBACK, POST):
        if status == 429:
            faults.rate_limit(pattern, 0.1, times=3)
        else:
            faults.fail(pattern, status, times=2)
    before = len(stage.hall.messages)
    asked = [await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall) for _ in range(5)]
    said = [await alice.say(stage.hall, ASK_BOTH, mention_bot=True) for _ in range(5)]
    for one in asked:
        assert BOTH in (await one.answer()).text
    for message in said:
        assert len(await message.replies()) == 1
    assert len(stage.hall.messages) - before == 15, "five answers, and five questions with a reply each"
    assert stage.server.refused == []


@pytest.mark.asyncio(loop_scope="module")
async def test_answer_whose_receipt_is_lost_is_not_given_twice(stage: Stage) -> None:
    alice, faults = stage.person(), stage.server.faults
    before, begin = len(stage.hall.messages), time.monotonic()
    faults.fail(CALLBACK, 502, after=True)
    faults.fail(POST, 502, after=True)
    asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
    said = await alice.say(stage.hall, ASK_BOTH, mention_bot=True)
    assert BOTH in (await asked.answer()).text
    await said.replies()
    # The bot tries both again. Of the one it is told that it was answered already, the other is known by its nonce.
    await stage.server.requested(lambda request: request.refusal is not None)
    await stage.server.requested(lambda request: request.time > begin and request.path.endswith("/messages"), count=2)
    assert [request.refusal and request.refusal["code"] for request in stage.server.refused] == [40060]
    stage.server.refused.clear()
    assert len(stage.hall.messages) - before == 3
    await stage.bot.wrote("answered already")


@pytest.mark.asyncio(loop_scope="module")
async def test_answer_that_comes_too_late_is_one_line_in_the_log(stage: Stage) -> None:
    interactions = stage.server.interactions
    interactions.deadline, usual = -1.0, interactions.deadline
    try:
        await stage.person().slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        await stage.server.requested(lambda request: request.status == 404)
    finally:
        interactions.deadline = usual
    assert [request.refusal and request.refusal["code"] for request in stage.server.refused] == [10062]
    stage.server.refused.clear()
    await stage.bot.wrote("/ask: the interaction has expired")


@pytest.mark.asyncio(loop_scope="module")
async def test_even_a_talkative_log_has_no_traceback_and_no_token(stage: Stage) -> None:
    """The last of the tests above: whatever they did to the bot, nothing went wrong in it."""
    await stage.bot.wrote("DEBUG")
    assert await stage.bot.end() == 0
    assert len(stage.bot.lines) > 50
    assert "Traceback" not in stage.bot.output
    assert stage.server.token not in stage.bot.output
