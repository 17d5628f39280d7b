"""The error policy, row by row: who sees what, and what is logged."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest
import pytest_asyncio
from discord import app_commands

from bot.app.errors import handle, handled
from bot.knowledge import KnowledgeBase
from bot.service import Desk, Refusal, TooFast, wording
from tests.app.conftest import running
from tests.loopback import LoopbackDiscord

pytestmark = pytest.mark.asyncio


class Told(list[str]):
    """What a person was told."""

    async def __call__(self, sentence: str) -> None:
        self.append(sentence)


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "bot")
    return caplog


@app_commands.command(description="Fails")
async def failing(interaction: discord.Interaction) -> None: ...


def http(kind: type[discord.HTTPException], status: int, code: int = 0) -> discord.HTTPException:
    response = SimpleNamespace(status=status, reason="for a reason")
    return kind(cast(aiohttp.ClientResponse, response), {"code": code, "message": "no"})


REFUSED = [Refusal("Not now."), app_commands.CheckFailure("Not now.")]
OUTDATED = [app_commands.CommandNotFound("ask", []), app_commands.CommandSignatureMismatch(failing)]
TOO_LATE = [
    discord.InteractionResponded(cast(Any, None)),
    *(http(discord.NotFound, 404, 10062), http(discord.HTTPException, 400, 40060)),
    http(discord.HTTPException, 401, 50027),
]
FORBIDDEN = [
    *(http(discord.Forbidden, 403, 50013), http(discord.Forbidden, 403, 50001)),
    # The channel, the message or the guild is gone; the thread is archived or locked; AutoMod blocks the text.
    *(http(discord.NotFound, 404, code) for code in (10003, 10008, 10004, 10015)),
    *(http(discord.HTTPException, 400, code) for code in (50083, 160005, 200000)),
]
BROKEN = [
    *(http(discord.DiscordServerError, 500), http(discord.DiscordServerError, 503)),
    *(aiohttp.ServerDisconnectedError(), aiohttp.ClientPayloadError(), TimeoutError(), ConnectionResetError()),
    *(http(discord.HTTPException, 408), http(discord.HTTPException, 429), discord.RateLimited(60.0)),
]
UNEXPECTED = [
    *(ValueError("a bug"), KeyError("a bug"), OSError(28, "No space left on device")),
    http(discord.HTTPException, 400, 50035),
]
POLICY: list[tuple[Exception, list[str], list[int]]] = [
    *((error, ["Not now."], []) for error in REFUSED),
    *((error, [wording.COMPONENT_GONE], []) for error in OUTDATED),
    *((error, [], [logging.INFO]) for error in (*TOO_LATE, *FORBIDDEN)),
    *((error, [], [logging.WARNING]) for error in BROKEN),
    # What a command raised is what counts.
    (app_commands.CommandInvokeError(failing, REFUSED[0]), ["Not now."], []),
    (app_commands.CommandInvokeError(failing, TimeoutError()), [], [logging.WARNING]),
]


@pytest.mark.parametrize(("error", "sentences", "levels"), POLICY, ids=repr)
async def test_person_reads_a_refusal_and_the_log_gets_one_line_of_what_cannot_be_told(
    error: Exception, sentences: list[str], levels: list[int], log: pytest.LogCaptureFixture
) -> None:
    told = Told()
    await handle(error, told, "/ask")
    assert told == sentences
    assert [record.levelno for record in log.records] == levels
    for record in log.records:
        assert record.getMessage().startswith("/ask: ")
        assert "\n" not in record.getMessage()
        assert not record.exc_info


async def test_person_who_asks_too_fast_reads_when_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told, now = Told(), datetime(2020, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("bot.app.errors.utcnow", lambda: now)
    await handle(TooFast(30), told, "/ask")
    assert f"<t:{int(now.timestamp()) + 31}:R>" in told[0]


@pytest.mark.parametrize("error", UNEXPECTED, ids=repr)
async def test_unexpected_is_an_apology_with_the_reference_of_its_traceback(
    error: Exception, log: pytest.LogCaptureFixture
) -> None:
    told = Told()
    for _ in range(20):
        async with handled(told, "/ask"):
            raise error
    references = [reference for sentence in told for reference in re.findall(r"`([0-9a-f]{8})`", sentence)]
    assert len(set(references)) == 20
    for sentence, reference, record in zip(told, references, log.records, strict=True):
        assert f"reference {reference}" in record.getMessage()
        assert record.levelno == logging.ERROR
        assert record.exc_info is not None
        assert record.exc_info[1] is error
        assert type(error).__name__ not in sentence
        assert "bug" not in sentence


# The last is aiohttp's, if the bot is just ending.
@pytest.mark.parametrize(
    "failure", [*TOO_LATE, *FORBIDDEN, *BROKEN, UNEXPECTED[3], RuntimeError("Session is closed")], ids=repr
)
async def test_person_who_cannot_be_told_does_no_harm(failure: Exception, log: pytest.LogCaptureFixture) -> None:
    async def fail(sentence: str) -> None:
        raise failure

    await handle(REFUSED[0], fail, "/ask")
    [record] = log.records
    assert record.levelno == logging.INFO
    assert record.getMessage().startswith("/ask: ")
    await handle(ValueError("a bug"), fail, "/ask")


@pytest.mark.parametrize("end", [asyncio.CancelledError, KeyboardInterrupt, SystemExit])
async def test_neither_success_nor_the_end_of_the_program_is_an_error(
    end: type[BaseException], log: pytest.LogCaptureFixture
) -> None:
    told = Told()
    async with handled(told, "/ask"):
        pass
    with pytest.raises(end):
        async with handled(told, "/ask"):
            raise end
    assert (told, log.records) == ([], [])


class Failing:
    """A desk that can say what it knows, which is nothing, and fails at everything else."""

    knowledge = KnowledgeBase({}, {}, {}, {})
    about = knowledge.about


@pytest_asyncio.fixture
async def failing_bot(server: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[None]:
    """A bot that fails at every question."""
    async with running(server, tmp_path / "cache", cast(Desk, Failing())):
        yield


@pytest.mark.usefixtures("failing_bot")
async def test_failing_answers_are_apologised_for_everywhere(
    server: LoopbackDiscord, log: pytest.LogCaptureFixture
) -> None:
    log.set_level(logging.DEBUG)
    alice = server.person("alice")
    hall = server.text_channel(server.guild("Keep", [alice]), "hall")
    asked = await alice.slash("ask", {"question": "why?"}, channel=hall)
    sentences = [(await asked.answer()).text]
    assert asked.ephemeral
    for said in (await alice.say(alice.dm, "why?"), await alice.say(hall, "why?", mention_bot=True)):
        sentences += [message.text for message in await said.replies()]
    typed = await alice.autocomplete("ask", "question", "why", channel=hall)
    assert await typed.suggestions() == []

    told = [re.findall(r"`([0-9a-f]{8})`", sentence) for sentence in sentences]
    logged = [re.findall(r"reference ([0-9a-f]{8})", record.getMessage()) for record in log.records if record.exc_info]
    assert len(told) == 3
    assert told == logged[:3]
    assert server.refused == []

    formatter = logging.Formatter()
    assert len(log.records) > 20
    assert not [r for r in log.records if server.token in formatter.format(r) or server.token in repr(r.args)]
