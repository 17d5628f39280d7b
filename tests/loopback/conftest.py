"""Fixtures of the loopback's own tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
import pytest_asyncio
import yarl

from . import Channel, LoopbackDiscord, Person
from .tiny_bot import TinyBot, running


@pytest_asyncio.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """A Discord without anything in it, which discord.py uses during the test."""
    async with LoopbackDiscord() as server:
        monkeypatch.setattr(discord.http.Route, "BASE", server.api_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway.url))
        yield server


@pytest.fixture
def alice(server: LoopbackDiscord) -> Person:
    """Someone who has not installed the app."""
    return server.person("alice")


@pytest.fixture
def hall(server: LoopbackDiscord, alice: Person) -> Channel:
    """A text channel of a guild with Alice and the bot."""
    return server.text_channel(server.guild("Keep", [alice]), "hall")


@pytest_asyncio.fixture
async def bot(server: LoopbackDiscord, hall: Channel) -> AsyncIterator[TinyBot]:
    """The bot, ready, in the guild of ``hall``."""
    bot = TinyBot()
    async with running(bot):
        yield bot
