"""The gateway keeps sessions, lets clients resume, and shuts out those it must."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import discord
import pytest

from . import Channel, Json, LoopbackDiscord, Person
from .conftest import TinyBot, running
from .gateway import IDENTIFY
from .intents import wanted

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    "trouble",
    [
        lambda server: server.gateway.drop(),
        lambda server: server.gateway.drop(code=4000),
        lambda server: server.gateway.ask_to_reconnect(),
    ],
    ids=["cut", "closed", "asked to reconnect"],
)
async def test_resume_loses_and_doubles_nothing(
    trouble: Callable[[LoopbackDiscord], Awaitable[None]], server: LoopbackDiscord, bot: TinyBot, alice: Person
) -> None:
    said = [await alice.say(alice.dm, "before")]
    await trouble(server)
    said += [await alice.say(alice.dm, text) for text in ("meanwhile", "after")]
    await server.gateway.resumed()
    for one in said:
        assert len(await one.replies()) == 1
    assert [text for text in bot.heard if not text.startswith("heard: ")] == ["before", "meanwhile", "after"]


async def test_client_of_a_forgotten_session_identifies_again(
    server: LoopbackDiscord, bot: TinyBot, alice: Person
) -> None:
    await server.gateway.drop()
    server.gateway.sessions.clear()
    await server.gateway.ready()
    assert len(await (await alice.say(alice.dm, "still there?")).replies()) == 1


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_client_can_be_shut_out_for_good(server: LoopbackDiscord, code: int) -> None:
    async with TinyBot() as bot:
        ending = asyncio.create_task(bot.start(server.token))
        await server.gateway.ready()
        await server.gateway.drop(code=code)
        with pytest.raises((discord.ConnectionClosed, discord.PrivilegedIntentsRequired)) as ended:
            await ending
    assert getattr(ended.value, "code", 4014) == code


async def test_privileged_intents_are_refused(server: LoopbackDiscord) -> None:
    bot = TinyBot(discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(bot):
            pass


@pytest.mark.parametrize("server", [{"message_content": True}], indirect=True)
@pytest.mark.parametrize("asks", [False, True])
async def test_message_content_reaches_a_bot_that_has_it_switched_on_and_asks(
    asks: bool, server: LoopbackDiscord, alice: Person, hall: Channel
) -> None:
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=asks)
    async with running(bot := TinyBot(intents)):
        first = await alice.say(hall, "between us")
        await alice.say(hall, "and this", reply_to=first.message, ping=False)
        await (await alice.say(alice.dm, "this is later")).replies()
        assert bot.heard[:3] == (["between us", "and this", "this is later"] if asks else ["", "", "this is later"])
        fetched = await bot.get_partial_messageable(hall.id).fetch_message(first.message.id)
        assert fetched.content == ("between us" if asks else "")
        assert bot.application_flags.gateway_message_content_limited
        assert (await bot.application_info()).flags.gateway_message_content_limited
    assert server.refused == []


@pytest.mark.parametrize("server", [{"message_content": True}], indirect=True)
async def test_other_privileged_intents_stay_refused(server: LoopbackDiscord) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(TinyBot(discord.Intents(guilds=True, message_content=True, members=True))):
            pass


async def test_wrong_token_is_refused(server: LoopbackDiscord) -> None:
    with pytest.raises(discord.LoginFailure):
        async with running(TinyBot(), token="not.the.token"):
            pass
    assert [request.status for request in server.refused] == [401]


def identity(**changes: object) -> Json:
    return {"op": IDENTIFY, "d": {"token": LoopbackDiscord.token, "intents": 1, "properties": {}} | changes}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (identity(token="wrong"), 4004),
        (identity(intents=1 << 1), 4014),
    ],
)
async def test_client_that_does_wrong_is_shut_out(payload: Json, code: int, server: LoopbackDiscord) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway.url) as ws:
        await ws.send_json(payload)
        async for _ in ws:
            pass
        assert ws.close_code == code


async def test_events_come_only_with_their_intents() -> None:
    guild_messages, dms = 1 << 9, 1 << 12
    assert wanted(guild_messages, "MESSAGE_CREATE", in_guild=True)
    assert not wanted(guild_messages, "MESSAGE_CREATE", in_guild=False)
    assert not wanted(dms, "MESSAGE_CREATE", in_guild=True)
    assert not wanted(dms, "GUILD_CREATE", in_guild=True)
    assert wanted(0, "INTERACTION_CREATE", in_guild=True)
