"""The gateway keeps sessions, lets clients resume, and shuts out those it must."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import discord
import pytest

from .conftest import point_at
from .discord_server import LoopbackDiscord
from .people import Person
from .places import Channel
from .sessions import Op
from .tiny_bot import TinyBot, running
from .wire import Json

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("shards", [1, 2])
async def test_a_bot_gets_ready_on_each_shard(shards: int, monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord(shards=shards) as server:
        point_at(server, monkeypatch)
        alice = server.person("alice")
        halls = [
            server.text_channel(server.guild(f"Keep {n}", [alice], guild_id=n), "hall") for n in (1 << 22, 2 << 22)
        ]
        bot = TinyBot()
        async with running(bot, server):
            assert bot.shard_count == shards
            assert {guild.name for guild in bot.guilds} == {
                f"Keep {1 << 22}",
                f"Keep {2 << 22}",
            }
            for hall in halls:
                said = await alice.say(hall, "hello", mention_bot=True)
                assert len(await said.replies()) == 1
            assert server.refused == []


Trouble = Callable[[LoopbackDiscord], Awaitable[None]]


@pytest.mark.parametrize(
    "trouble",
    [
        lambda server: server.gateway.drop(),
        lambda server: server.gateway.drop(code=4000),
        lambda server: server.gateway.ask_to_reconnect(),
    ],
    ids=["cut", "closed", "reconnect"],
)
async def test_nothing_is_lost_or_doubled_by_a_resume(
    trouble: Trouble,
    server: LoopbackDiscord,
    bot: TinyBot,
    alice: Person,
) -> None:
    said = [await alice.say(alice.dm, "before")]
    await trouble(server)
    said += [await alice.say(alice.dm, text) for text in ("meanwhile", "after")]
    await server.gateway.resumed()

    for one in said:
        assert len(await one.replies()) == 1
    mine = [text for text in bot.heard if not text.startswith("heard: ")]
    assert mine == ["before", "meanwhile", "after"]


async def test_a_forgotten_session_is_begun_anew(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    await server.gateway.forget_sessions()
    await server.gateway.ready()

    assert len(await (await alice.say(alice.dm, "still there?")).replies()) == 1


async def test_a_client_without_acknowledgements_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with LoopbackDiscord(heartbeat_interval=0.1) as server:
        point_at(server, monkeypatch)
        async with running(TinyBot(heartbeat_timeout=0.3), server):
            server.gateway.acknowledge_heartbeats = False
            await server.gateway.resumed()
            assert server.gateway.heartbeats > 0


async def test_a_team_owns_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord(team=("ann", "ben")) as server:
        point_at(server, monkeypatch)
        bot = TinyBot()
        async with running(bot, server):
            team = (await bot.application_info()).team
            assert team is not None
            assert [member.id for member in team.members] == [person.id for person in server.team]
            assert team.owner_id == server.team[0].id


async def test_privileged_intents_are_refused(
    server: LoopbackDiscord,
) -> None:
    bot = TinyBot(discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(bot, server):
            pass


async def test_a_wrong_token_is_refused(server: LoopbackDiscord) -> None:
    with pytest.raises(discord.LoginFailure):
        async with running(TinyBot(), server, token="not.the.token"):
            pass
    assert [request.status for request in server.refused] == [401]


async def test_a_bot_may_run_in_a_process_of_its_own() -> None:
    async with LoopbackDiscord() as server:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            f"{__package__}.tiny_bot",
            env={**os.environ, "DISCORD_API_URL": server.api_url},
            cwd=Path(__file__).parents[__package__.count(".") + 1],
        )
        try:
            await server.gateway.ready()
            alice = server.person("alice")
            assert len(await (await alice.say(alice.dm, "hello")).replies()) == 1
        finally:
            process.terminate()
            await process.wait()


def identity(**changes: object) -> Json:
    return {"token": LoopbackDiscord.token, "intents": 1, "properties": {}} | changes


@pytest.mark.parametrize("compress", ["", "zlib-stream"])
async def test_other_compressions_are_spoken(compress: str, server: LoopbackDiscord) -> None:
    stream = zlib.decompressobj()
    query = {"compress": compress} if compress else {}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway.url, params=query) as ws,
    ):
        told: list[Json] = []
        await ws.send_json({"op": Op.IDENTIFY, "d": identity()})
        while len(told) < 2:
            data = (await ws.receive()).data
            told.append(json.loads(stream.decompress(data) if compress else data))
        assert [(payload["op"], payload["t"]) for payload in told] == [
            (Op.HELLO, None),
            (Op.DISPATCH, "READY"),
        ]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"op": Op.IDENTIFY, "d": identity(token="wrong")}, 4004),
        ({"op": Op.IDENTIFY, "d": identity(shard=[1, 1])}, 4010),
        ({"op": Op.IDENTIFY, "d": identity(intents=1 << 30)}, 4013),
        ({"op": Op.IDENTIFY, "d": identity(intents=1 << 1)}, 4014),
        ({"op": Op.PRESENCE_UPDATE, "d": {}}, 4003),
    ],
)
async def test_a_client_that_does_wrong_is_shut_out(payload: Json, code: int, server: LoopbackDiscord) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway.url) as ws,
    ):
        await ws.send_json(payload)
        async for _ in ws:
            pass
        assert ws.close_code == code


async def test_a_new_guild_and_channel_are_told_of(server: LoopbackDiscord, bot: TinyBot, hall: Channel) -> None:
    guild = server.guild("New")
    channel = server.text_channel(guild, "first")
    said = await server.owner.say(channel, "welcome", mention_bot=True)

    assert len(await said.replies()) == 1
    assert {guild.name for guild in bot.guilds} == {"Keep", "New"}
