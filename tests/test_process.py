"""The bot as a process: how it starts, how it ends, and what it makes of trouble."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.loopback import LoopbackDiscord, intents
from tests.small_library import replace, shared_cache, write_small_library
from tests.stage import BotProcess, Stage, staged, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

BROKEN, CONFIGURATION = 1, 78
AT_MOST = 3.0
ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
CALLBACK, POST = "POST /interactions/*", "POST /channels/*/messages"


# Starts that fail


async def last_words(folder: Path, code: int, **settings: str) -> list[str]:
    """What a bot tells that gets nowhere and ends by itself with this exit code.

    These are all lines about something critical, and those that are not lines of a log at all.
    """
    library = write_small_library(folder / "library")
    folders = {"CACHE_DIR": str(shared_cache(folder)), "DATA_DIR": str(folder / "data")}
    usual = {"KNOWLEDGE_DIR": str(library), "ENCODER": "off", **folders}
    async with started(folder, {**usual, "DISCORD_API_URL": "http://127.0.0.1:1", **settings}) as bot:
        assert await bot.ended() == code
        assert "Traceback" not in bot.output
        assert settings["DISCORD_TOKEN"] not in bot.output
    return [line for line in bot.lines if line and (" CRITICAL " in line or not line[:4].isdecimal())]


async def test_wrong_token_is_one_sentence(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        url = server.api_url
        [told] = await last_words(tmp_path, CONFIGURATION, DISCORD_TOKEN="not-the.token", DISCORD_API_URL=url)
    assert "DISCORD_TOKEN" in told


async def test_refused_intents_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # None that the bot asks for is privileged; so make one of them, on the loopback's side.
    monkeypatch.setattr(intents, "PRIVILEGED", intents.GUILD_MESSAGES)
    async with LoopbackDiscord() as server:
        url = server.api_url
        [told] = await last_words(tmp_path, CONFIGURATION, DISCORD_TOKEN=server.token, DISCORD_API_URL=url)
    assert "Privileged Gateway Intents" in told


async def test_broken_library_tells_its_faults(tmp_path: Path) -> None:
    broken = write_small_library(tmp_path / "broken")
    replace(broken / "topics/difference.yaml", "aspect: risk", "aspects: risk")
    told = await last_words(tmp_path, BROKEN, DISCORD_TOKEN="a.b.c", KNOWLEDGE_DIR=str(broken))
    assert "topics/difference.yaml:24: unknown key `aspects`" in told


async def test_failed_golden_questions_are_one_warning_and_the_bot_answers(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        stage = Stage(server, tmp_path, {})
        claims = {ASK_BOTH: ["need-both"], "upside and downside": [], "is there an alarm bell": []}
        lines = [json.dumps({"q": question, "claims": names}) for question, names in claims.items()]
        (stage.library / "golden.jsonl").write_text("\n".join(lines), encoding="utf-8")
        try:
            await stage.start()
            asked = await stage.person().slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
            assert BOTH in (await asked.answer()).text
            [told] = [line for line in stage.bot.lines if "Golden" in line]
            assert " WARNING " in told
            assert told.endswith("Golden questions failed: 2 of 3. Run `right-things check` to see which.")
        finally:
            await stage.destroy()


async def test_wrong_setting_is_told(tmp_path: Path) -> None:
    told = await last_words(tmp_path, BROKEN, DISCORD_TOKEN="se.cr.et", QUESTIONS_PER_MINUTE="none")
    assert "QUESTIONS_PER_MINUTE" in "\n".join(told)


# Ends


async def ends(bot: BotProcess, within: float = AT_MOST) -> None:
    """The bot ends by itself, in time and quietly."""
    assert await bot.ended(within) == 0
    assert "Stopped." in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
async def test_signal_ends_it_with_its_answers_delivered(tmp_path: Path, number: signal.Signals) -> None:
    async with staged(tmp_path) as stage:
        alice = stage.person()
        stage.server.faults.rate_limit(CALLBACK, 0.5)
        stage.server.faults.rate_limit(POST, 0.5)
        asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        said = await alice.say(alice.dm, ASK_BOTH)
        await stage.server.requested(lambda request: request.status == 429, count=2)
        stage.bot.process.send_signal(number)
        await ends(stage.bot)
        assert BOTH in (await asked.answer(timeout=0.1)).text
        assert [BOTH in reply.text for reply in await said.replies(timeout=0.1)] == [True]
        assert stage.server.refused == []


async def test_answer_that_takes_too_long_does_not_hold_up_the_end(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.server.faults.rate_limit(CALLBACK, 30.0)
        await stage.person().slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        await stage.server.requested(lambda request: request.status == 429)
        stage.bot.process.terminate()
        await ends(stage.bot)


@pytest.mark.parametrize("request_", ["GET /users/@me", "GET /gateway/bot"])
async def test_signal_ends_a_start_that_is_under_way(tmp_path: Path, request_: str) -> None:
    """As when Discord is out of order, and discord.py waits to try again."""
    async with LoopbackDiscord() as server:
        server.faults.rate_limit(request_, 30.0)
        async with started(tmp_path, Stage(server, tmp_path, {}).settings()) as bot:
            await server.requested(lambda request: request.status == 429)
            bot.process.terminate()
            await ends(bot)


async def test_signal_ends_a_bot_that_has_lost_discord(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.server.__aexit__(None, None, None)
        await stage.bot.wrote("reconnect")
        assert await stage.bot.end(timeout=AT_MOST) == 0
        assert "Stopped." in stage.bot.output


@asynccontextmanager
async def reloading(stage: Stage) -> AsyncIterator[None]:
    """In the block, a reload is under way that takes much longer than the block: of a very large library."""
    topic = "- id: t{0}\n  title: T{0}\n  claims: [need-both]\n  answer: Yes.\n  questions: [{1}]\n"
    phrasings = [", ".join(f"word{number} and {other}{number}" for other in range(60)) for number in range(500)]
    large = "".join(topic.format(number, text) for number, text in enumerate(phrasings))
    (stage.library / "topics/large.yaml").write_text(large, encoding="utf-8")
    asked = await stage.server.owner.slash("admin reload", channel=stage.hall)
    await asked.response()
    yield
    assert asked.message is not None
    assert asked.message.loading


# A terminal tells the whole group of processes of Ctrl-C.
@pytest.mark.parametrize(
    ("send", "number", "within"), [(os.kill, signal.SIGTERM, AT_MOST), (os.killpg, signal.SIGINT, 2 * AT_MOST)]
)
async def test_signal_ends_a_reload_that_is_under_way(
    tmp_path: Path, send: Callable[[int, int], None], number: signal.Signals, within: float
) -> None:
    """As one of a large library, which takes many seconds."""
    async with staged(tmp_path) as stage, reloading(stage):
        send(stage.bot.process.pid, number)
        await ends(stage.bot, within)


# Trouble on the way


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("process"), LOG_LEVEL="DEBUG") as stage:
        yield stage


@pytest.mark.parametrize(
    "trouble",
    [
        lambda stage: stage.server.gateway.drop(),
        lambda stage: stage.server.gateway.drop(code=4000),
        lambda stage: stage.server.gateway.ask_to_reconnect(),
    ],
    ids=["cut", "closed", "told to reconnect"],
)
async def test_dropped_gateway_loses_and_doubles_nothing(
    stage: Stage, trouble: Callable[[Stage], Awaitable[None]]
) -> None:
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


@pytest.mark.parametrize("status", [429, 500])
async def test_failing_requests_lose_and_double_nothing(stage: Stage, status: int) -> None:
    alice, faults, before = stage.person(), stage.server.faults, len(stage.hall.messages)
    for pattern in (CALLBACK, POST):
        if status == 429:
            faults.rate_limit(pattern, 0.1, times=3)
        else:
            faults.fail(pattern, status, times=2)
    asked = [await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall) for _ in range(5)]
    said = [await alice.say(stage.hall, ASK_BOTH, mention_bot=True) for _ in range(5)]
    for one in asked:
        assert BOTH in (await one.answer()).text
    for message in said:
        assert len(await message.replies()) == 1
    assert len(stage.hall.messages) - before == 15, "five answers, and five questions with a reply each"
    assert stage.server.refused == []


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
    assert [request.refusal and request.refusal["code"] for request in stage.server.repeated] == [40060]
    assert stage.server.refused == []
    assert len(stage.hall.messages) - before == 3


async def test_answer_that_comes_too_late_is_one_line_in_the_log(stage: Stage) -> None:
    interactions = stage.server.interactions
    interactions.deadline, usual = -1.0, interactions.deadline
    try:
        await stage.person().slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        await stage.server.requested(lambda request: request.status == 404)
        await stage.person().autocomplete("ask", "question", ASK_BOTH, channel=stage.hall)
        # discord.py tries to send a completion twice.
        await stage.server.requested(lambda request: request.status == 404, count=3)
    finally:
        interactions.deadline = usual
    assert {request.refusal and request.refusal["code"] for request in stage.server.refused} == {10062}
    stage.server.refused.clear()
    for what in ("/ask", "/ask completion"):
        await stage.bot.wrote(f"{what}: the interaction has expired")
    assert not [line for line in stage.bot.lines if "Ignoring" in line]


async def test_even_a_talkative_log_has_no_traceback_and_no_token(stage: Stage) -> None:
    """The last of the tests above: whatever they did to the bot, nothing went wrong in it."""
    await stage.bot.wrote("DEBUG")
    assert await stage.bot.end() == 0
    assert len(stage.bot.lines) > 10
    assert "Traceback" not in stage.bot.output
    assert stage.server.token not in stage.bot.output
