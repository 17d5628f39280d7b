"""Trouble that a test orders reaches discord.py, which copes as it does in the wild."""

from __future__ import annotations

import time

import aiohttp
import discord
import pytest

from . import permissions
from .discord_server import LoopbackDiscord
from .limits import Limit
from .people import Person
from .places import Channel
from .tiny_bot import TinyBot

pytestmark = pytest.mark.asyncio
POST = "POST /channels/*/messages"


@pytest.mark.parametrize("scope", ["user", "global"])
async def test_a_429_is_retried_in_time(scope: str, server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    server.faults.rate_limit(POST, 0.1, scope=scope)
    start = time.monotonic()
    said = await alice.say(alice.dm, "hello")

    assert len(await said.replies()) == 1
    assert time.monotonic() - start >= 0.1
    assert [r.status for r in server.requests if r.route and "messages" in r.route] == [
        429,
        200,
    ]


async def test_a_500_is_retried(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    server.faults.fail("POST /interactions/*", 500)
    asked = await alice.slash("echo", {"text": "hello"}, channel=hall)

    assert (await asked.answer()).text == "hello"
    assert asked.acknowledged_after is not None
    assert asked.acknowledged_after >= 1.0  # discord.py waits so long by itself


async def test_a_lost_answer_leaves_the_message(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    user = await bot.fetch_user(alice.id)
    server.faults.cut(POST, after=True)
    with pytest.raises(aiohttp.ClientError):
        await user.send("sent, but who knows?")
    assert len(alice.dm.messages) == 1


async def test_a_retry_doubles_no_message(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    user = await bot.fetch_user(alice.id)
    server.faults.fail(POST, 502, after=True)
    # discord.py gives each message a nonce, by which Discord knows the retry.
    await user.send("once")
    assert len(alice.dm.messages) == 1


async def test_discord_py_keeps_to_the_limits_it_is_told(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    server.rate_limits.limits["POST /channels/{channel_id}/messages"] = Limit(2, 0.2)
    user = await bot.fetch_user(alice.id)
    for number in range(5):
        await user.send(str(number))
    assert server.refused == []


async def test_a_channel_tells_what_the_bot_may_do_there(server: LoopbackDiscord, bot: TinyBot, hall: Channel) -> None:
    assert hall.guild is not None
    lobby = server.text_channel(hall.guild, "lobby", bot_permissions=permissions.VIEW_CHANNEL)
    said = await server.owner.say(hall, "seen?", mention_bot=True)
    await said.replies()

    guild = bot.get_guild(hall.guild.id)
    assert guild is not None
    may = [channel.permissions_for(guild.me).send_messages for channel in guild.text_channels]
    assert [channel.id for channel in guild.text_channels] == [hall.id, lobby.id]
    assert may == [True, False]


async def test_missing_permissions_are_told_apart(server: LoopbackDiscord, bot: TinyBot, hall: Channel) -> None:
    channel = bot.get_partial_messageable(hall.id)
    for may, code in ((permissions.VIEW_CHANNEL, 50013), (0, 50001)):
        hall.bot_permissions = may
        with pytest.raises(discord.Forbidden) as refused:
            await channel.send("may I?")
        assert refused.value.code == code
