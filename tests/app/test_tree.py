"""Commands are synced with Discord when they are new, and only then."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.app import RightThings
from bot.app.tree import sync_commands
from tests.app.conftest import settings_for
from tests.loopback import LoopbackDiscord
from tests.small_library import small_desk

pytestmark = pytest.mark.asyncio

Start = Callable[..., Any]


@pytest.fixture
def start(server: LoopbackDiscord, tmp_path: Path) -> Start:
    """Starts the bot as far as it goes without a gateway: it logs in and sets itself up."""
    desk = small_desk(tmp_path)

    @asynccontextmanager
    async def log_in(folder: Path = tmp_path / "cache") -> AsyncIterator[RightThings]:
        async with RightThings(settings_for(server, folder), desk) as client:
            await client.login(server.token)
            yield client

    return log_in


def syncs(server: LoopbackDiscord) -> int:
    """How often commands were synced."""
    return sum(r.method == "PUT" and r.path.endswith("/commands") and r.status == 200 for r in server.requests)


def synced(server: LoopbackDiscord) -> dict[str, str]:
    """The names and descriptions of the commands that Discord has."""
    return {command["name"]: command["description"] for command in server.commands.all()}


@app_commands.command(description="Something new")
async def novelty(interaction: discord.Interaction) -> None: ...


async def test_first_start_alone_syncs_every_command(server: LoopbackDiscord, start: Start) -> None:
    for _ in range(3):
        async with start():
            assert syncs(server) == 1
    assert synced(server).keys() >= {"ask", "admin"}


async def test_every_change_is_synced_once(server: LoopbackDiscord, start: Start, tmp_path: Path) -> None:
    async with start() as client:

        async def sync(application: int = server.application_id) -> None:
            for _ in range(2):
                await sync_commands(client.tree, application, tmp_path / "cache")

        client.tree.add_command(novelty)
        await sync()
        assert syncs(server) == 2
        assert "novelty" in synced(server)
        client.tree.remove_command("novelty")
        await sync()
        assert syncs(server) == 3
        assert "novelty" not in synced(server)
        client.tree.get_command("ask").description = "Ask in other words"
        await sync()
        assert syncs(server) == 4
        assert synced(server)["ask"] == "Ask in other words"
        await sync(application=1)
        assert syncs(server) == 5


async def test_refused_commands_are_synced_again_at_the_next_start(server: LoopbackDiscord, start: Start) -> None:
    server.faults.fail("PUT /applications/*/commands", 400)
    with pytest.raises(discord.HTTPException):
        async with start():
            pass
    assert syncs(server) == 0
    async with start():
        assert syncs(server) == 1


async def test_folder_that_cannot_be_written_costs_a_line_in_the_log(
    server: LoopbackDiscord, start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("where a folder should be", encoding="utf-8")
    caplog.set_level(logging.WARNING)
    for times in (1, 2):
        async with start(tmp_path / "file" / "cache"):
            assert syncs(server) == times
    warnings = [record.getMessage() for record in caplog.records if record.name == "bot.app.tree"]
    assert len(warnings) == 2
    assert str(tmp_path / "file" / "cache") in warnings[0]


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe", b"0" * 64])
async def test_damaged_memory_is_no_memory(server: LoopbackDiscord, start: Start, tmp_path: Path, kept: bytes) -> None:
    async with start():
        [file] = (tmp_path / "cache").glob("commands-*")
    file.write_bytes(kept)
    for _ in range(2):
        async with start():
            assert syncs(server) == 2
