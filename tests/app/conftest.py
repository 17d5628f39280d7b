"""What the tests of this room share: a Discord that the bot's client finds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.app import RightThings
from bot.service import Desk
from bot.settings import Settings
from tests.loopback import LoopbackDiscord
from tests.loopback.conftest import alice, hall, server

__all__ = ["alice", "hall", "running", "server", "settings_for"]


@asynccontextmanager
async def running(server: LoopbackDiscord, cache: Path, desk: Desk) -> AsyncIterator[None]:
    """A bot in this process that answers from ``desk``."""
    async with RightThings(settings_for(server, cache), desk) as client:
        task = asyncio.create_task(client.start(server.token))
        try:
            await server.gateway.ready()
            yield
        finally:
            await client.close()
            await task


def settings_for(server: LoopbackDiscord, cache: Path) -> Settings:
    return Settings(discord_api_url=server.api_url, cache_dir=cache, discord_token=SecretStr(server.token))
