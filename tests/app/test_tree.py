"""Commands are synced when Discord has others, and only then."""

from __future__ import annotations

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
    async def log_in() -> AsyncIterator[RightThings]:
        async with RightThings(settings_for(server, tmp_path / "cache"), desk) as client:
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


async def test_every_change_is_synced_once(server: LoopbackDiscord, start: Start) -> None:
    async with start() as client:

        async def sync() -> None:
            for _ in range(2):
                await sync_commands(client.tree)

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


async def test_commands_that_vanished_at_discord_come_back(server: LoopbackDiscord, start: Start) -> None:
    """Another program of the same application may have replaced them."""
    async with start():
        pass
    server.commands.clear()
    for _ in range(2):
        async with start():
            assert syncs(server) == 2
    assert synced(server).keys() >= {"ask", "admin"}


async def test_refused_commands_are_synced_again_at_the_next_start(server: LoopbackDiscord, start: Start) -> None:
    server.faults.fail("PUT /applications/*/commands", 400)
    with pytest.raises(discord.HTTPException):
        async with start():
            pass
    assert syncs(server) == 0
    async with start():
        assert syncs(server) == 1
