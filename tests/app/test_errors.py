"""The error policy, row by row: who is told what, and what stands in the log."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiohttp
import discord
import pytest
import pytest_asyncio
import yarl
from discord import app_commands
from pydantic import SecretStr

from bot.app import LiveLibrary, Refusal, RightThings
from bot.app.errors import handle, handled
from bot.assistant import Assistant
from bot.matching import Cache
from bot.settings import Settings
from tests.loopback import LoopbackDiscord
from tests.small_library import shared_cache, write_small_library

pytestmark = pytest.mark.asyncio


@dataclass
class Response:
    """As much of an HTTP response as discord.py's errors read."""

    status: int
    reason: str = "for a reason"


def refused(kind: type[discord.HTTPException], status: int, code: int = 0) -> discord.HTTPException:
    return kind(cast(aiohttp.ClientResponse, Response(status)), {"code": code, "message": "no"})


class Told:
    """What a person was told; ``failure`` is raised instead of telling it."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.sentences: list[str] = []
        self._failure = failure

    async def __call__(self, sentence: str) -> None:
        if self._failure is not None:
            raise self._failure
        self.sentences.append(sentence)


@app_commands.command(description="Fails")
async def failing(interaction: discord.Interaction) -> None:
    """A command that fails."""


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "bot")
    return caplog


NOBODY_IS_TOLD = [
    (discord.InteractionResponded(cast(Any, None)), logging.INFO),
    (refused(discord.NotFound, 404, 10062), logging.INFO),
    (refused(discord.HTTPException, 400, 40060), logging.INFO),
    (refused(discord.Forbidden, 403, 50013), logging.INFO),
    (refused(discord.Forbidden, 403, 50001), logging.INFO),
    (refused(discord.DiscordServerError, 500), logging.WARNING),
    (refused(discord.DiscordServerError, 503), logging.WARNING),
    (aiohttp.ServerDisconnectedError(), logging.WARNING),
    (aiohttp.ClientPayloadError(), logging.WARNING),
    (TimeoutError(), logging.WARNING),
    (ConnectionResetError(), logging.WARNING),
]
UNEXPECTED = [
    ValueError("a bug"),
    KeyError("a bug"),
    refused(discord.HTTPException, 400, 50035),
    refused(discord.NotFound, 404, 10003),
    app_commands.CommandNotFound("ask", []),
    OSError(28, "No space left on device"),
]
FAILURES = [
    *(error for error, _ in NOBODY_IS_TOLD),
    refused(discord.HTTPException, 400, 50035),
    RuntimeError("Session is closed"),  # aiohttp's, where the bot is just ending
]


async def test_refusal_is_told_and_not_logged(log: pytest.LogCaptureFixture) -> None:
    told = Told()
    await handle(Refusal("Not now."), told, "/ask")
    assert told.sentences == ["Not now."]
    assert log.records == []


@pytest.mark.parametrize(("error", "level"), NOBODY_IS_TOLD, ids=repr)
async def test_what_cannot_be_told_is_one_line_in_the_log(
    error: Exception, level: int, log: pytest.LogCaptureFixture
) -> None:
    told = Told()
    await handle(error, told, "/ask")
    assert told.sentences == []
    [record] = log.records
    assert record.levelno == level
    assert record.getMessage().startswith("/ask: ")
    assert "\n" not in record.getMessage()
    assert not record.exc_info


@pytest.mark.parametrize("error", UNEXPECTED, ids=repr)
async def test_unexpected_is_an_apology_with_the_reference_of_its_traceback(
    error: Exception, log: pytest.LogCaptureFixture
) -> None:
    told = Told()
    async with handled(told, "/ask"):
        raise error
    [sentence], [record] = told.sentences, log.records
    found = re.search(r"`([0-9a-f]{8})`", sentence)
    assert found is not None
    assert f"reference {found[1]}" in record.getMessage()
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert record.exc_info[1] is error
    assert type(error).__name__ not in sentence
    assert "bug" not in sentence


async def test_every_apology_has_a_reference_of_its_own() -> None:
    told = Told()
    for _ in range(20):
        await handle(ValueError("a bug"), told, "/ask")
    assert len(set(told.sentences)) == 20


@pytest.mark.parametrize(("error", "sentences"), [(Refusal("Not now."), ["Not now."]), (TimeoutError(), [])])
async def test_what_a_command_raised_is_what_counts(error: Exception, sentences: list[str]) -> None:
    told = Told()
    await handle(app_commands.CommandInvokeError(failing, error), told, "/failing")
    assert told.sentences == sentences


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
async def test_person_who_cannot_be_told_does_no_harm(failure: Exception, log: pytest.LogCaptureFixture) -> None:
    await handle(Refusal("Not now."), Told(failure), "/ask")
    [record] = log.records
    assert record.levelno == logging.INFO
    assert record.getMessage().startswith("/ask: ")
    await handle(ValueError("a bug"), Told(failure), "/ask")


async def test_block_without_an_error_says_nothing(log: pytest.LogCaptureFixture) -> None:
    told = Told()
    async with handled(told, "/ask"):
        pass
    assert told.sentences == []
    assert log.records == []


@pytest.mark.parametrize("end", [asyncio.CancelledError, KeyboardInterrupt, SystemExit])
async def test_what_ends_the_program_is_no_error(end: type[BaseException]) -> None:
    told = Told()
    with pytest.raises(end):
        async with handled(told, "/ask"):
            raise end
    assert told.sentences == []


# On Discord, with a library that cannot answer


@pytest_asyncio.fixture
async def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """A Discord with a bot that fails at every question."""
    async with LoopbackDiscord() as server:
        monkeypatch.setattr(discord.http.Route, "BASE", server.api_url)
        gateway = discord.gateway.DiscordWebSocket
        monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", yarl.URL(server.gateway.url))
        folder = write_small_library(tmp_path / "library")
        library = LiveLibrary(partial(Assistant.open, folder, None, Cache(shared_cache(tmp_path))), lambda: None)
        library.assistant = cast(Assistant, object())
        settings = Settings(
            discord_api_url=server.api_url, cache_dir=tmp_path / "cache", discord_token=SecretStr(server.token)
        )
        async with RightThings(settings, library) as client:
            running = asyncio.create_task(client.start(server.token))
            try:
                await server.gateway.ready()
                yield server
            finally:
                await client.close()
                await running


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
    assert not [record for record in log.records if server.token in formatter.format(record)]
    assert not [record for record in log.records if server.token in repr(record.args)]
