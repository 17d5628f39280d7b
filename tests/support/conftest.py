"""Fixtures of the loopback's own tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
import pytest_asyncio
import yarl

from .discord_server import LoopbackDiscord
from .people import Person
from .places import Channel
from .tiny_bot import TinyBot, running


def point_at(server: LoopbackDiscord, setting: pytest.MonkeyPatch) -> None:
    """Give discord.py the addresses to use, for the length of a test."""
    setting.setattr(discord.http.Route, "BASE", server.api_url)
    gateway = yarl.URL(server.gateway.url)
    setting.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)


@pytest_asyncio.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """A Discord without anything in it."""
    async with LoopbackDiscord() as server:
        point_at(server, monkeypatch)
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
    async with running(bot, server):
        yield bot
