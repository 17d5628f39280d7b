"""How the bot starts through an outage, survives what it cannot read, and ends in one sentence."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from pathlib import Path

import pytest

from tests.loopback import LoopbackDiscord
from tests.small_library import shared_cache, write_small_library
from tests.stage import START, Stage, staged, started

pytestmark = pytest.mark.asyncio

SOFTWARE, CONFIGURATION = 70, 78
ASK_BOTH, BOTH = "why are both needed", "### Why a firm needs both"


def settings(folder: Path, server: LoopbackDiscord, **more: str) -> dict[str, str]:
    return {
        "KNOWLEDGE_DIR": str(write_small_library(folder / "library")),
        "CACHE_DIR": str(shared_cache(folder)),
        "DATA_DIR": str(folder / "data"),
        "ENCODER": "off",
        "DISCORD_TOKEN": server.token,
        "DISCORD_API_URL": server.api_url,
        **more,
    }


def beside(folder: Path, number: int) -> Path:
    """One of several folders, which share their cache with those of all tests."""
    return folder.with_name(f"{folder.name}-{number}")


async def is_answered(stage: Stage) -> bool:
    alice = stage.person()
    [reply] = await (await alice.say(alice.dm, ASK_BOTH)).replies()
    return reply.text.startswith(BOTH)


# Endings


@pytest.mark.parametrize(
    ("close", "code", "says"),
    [
        (4004, CONFIGURATION, "DISCORD_TOKEN"),
        (4010, SOFTWARE, "shard"),
        (4011, SOFTWARE, "shards"),
        (4012, SOFTWARE, "update the bot"),
        (4013, SOFTWARE, "update the bot"),
        (4014, CONFIGURATION, "Privileged Gateway Intents"),
    ],
)
async def test_close_that_is_final_ends_it_in_one_sentence(tmp_path: Path, close: int, code: int, says: str) -> None:
    async with staged(tmp_path) as stage:
        await stage.bot.wrote("has connected to Gateway")
        await stage.server.gateway.drop(code=close)
        assert await stage.bot.ended() == code
        [sentence] = [line for line in stage.bot.lines if " CRITICAL " in line]
        assert says in sentence
        assert "Traceback" not in stage.bot.output


async def test_token_that_was_reset_meanwhile_ends_it(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        server.faults.fail("GET /applications/*", 401)
        async with started(tmp_path, settings(tmp_path, server)) as bot:
            assert await bot.ended() == CONFIGURATION
            assert "DISCORD_TOKEN" in bot.output
            assert "Traceback" not in bot.output


async def test_commands_that_discord_rejects_are_no_question_of_the_network(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        server.faults.fail("PUT /applications/*/commands", 400, code=50035)
        async with started(tmp_path, settings(tmp_path, server)) as bot:
            assert await bot.ended() == SOFTWARE
            [sentence] = [line for line in bot.lines if " CRITICAL " in line]
            assert "rejected the bot's commands" in sentence
            assert "Traceback" not in bot.output


async def test_wrong_token_is_found_before_the_library_is_learnt(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        values = settings(tmp_path, server, DISCORD_TOKEN="not.the.token")
        (tmp_path / "library" / "topics" / "difference.yaml").write_text("broken", encoding="utf-8")
        async with started(tmp_path, values) as bot:
            assert await bot.ended() == CONFIGURATION
            assert "DISCORD_TOKEN" in bot.output
            assert "difference.yaml" not in bot.output


# Outages


REQUESTS = ("GET /users/@me", "GET /oauth2/applications/@me", "GET /applications/*", "PUT *", "GET /gateway*")


@pytest.mark.parametrize("trouble", ["503", "429 without JSON"])
async def test_trouble_at_the_start_is_waited_for(tmp_path: Path, trouble: str) -> None:
    """Whichever request meets it; all at once, because most of the time nothing happens."""

    async def start(folder: Path, request_: str) -> None:
        async with LoopbackDiscord() as server:
            # The first look at the token may fail unnoticed, so that another request must meet the trouble as well.
            times = 2 if request_ == "GET /users/@me" else 1
            if trouble == "503":
                server.faults.fail(request_, 503, times=times)
            else:
                server.faults.fail(request_, 429, page="<html>slow down</html>", times=times)
            async with started(folder, settings(folder, server)) as bot:
                warning = await bot.wrote("Trying again in 1 s.")
                assert "Discord cannot be reached" in warning, request_
                await server.gateway.ready(timeout=START)
                assert "Traceback" not in bot.output, request_

    await asyncio.gather(*(start(beside(tmp_path, number), request_) for number, request_ in enumerate(REQUESTS)))


async def test_no_network_is_waited_for_until_it_is_told_to_stop(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))  # and nobody listens
            url = f"http://127.0.0.1:{closed.getsockname()[1]}/api/v10"
            async with started(tmp_path, settings(tmp_path, server, DISCORD_API_URL=url)) as bot:
                await bot.wrote("Trying again in 2 s.")
                begin = time.monotonic()
                assert await bot.end(signal.SIGTERM) == 0
                assert time.monotonic() - begin < 1
                assert "Traceback" not in bot.output


async def test_gateway_that_says_goodbye_is_no_end(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.server.gateway.drop(code=1000)
        await stage.server.gateway.resumed()
        assert await is_answered(stage)


# What cannot be read

VOICE = {"id": "77", "type": 2, "name": "voice without a bitrate", "permission_overwrites": [], "position": 0}
THREAD = {"id": "78", "type": 11, "name": "thread without counts", "owner_id": "1", "parent_id": "2"}
POLL: dict[str, object] = {
    "question": {"text": "?"},
    "answers": [],
    "expiry": None,
    "allow_multiselect": False,
    "layout_type": 1,
}


async def test_events_that_cannot_be_read_are_logged_and_passed_over(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        gateway, guild = stage.server.gateway, str(stage.guild.id)
        author = {"id": "5", "username": "eve", "discriminator": "0", "avatar": None}
        message = {"id": "9", "channel_id": str(stage.hall.id), "author": author, "poll": POLL, "content": "?"}
        for event, data in (
            ("CHANNEL_CREATE", VOICE),
            ("THREAD_CREATE", THREAD),
            ("MESSAGE_CREATE", message),
            ("GUILD_CREATE", {"id": "80", "name": "a guild", "channels": [VOICE]}),
            ("INTERACTION_CREATE", {"id": "7"}),
        ):
            gateway.dispatch(event, {"guild_id": guild, **data}, in_guild=True)
            await stage.bot.wrote(f"Could not read the event {event}")
        assert await is_answered(stage)
        assert "Traceback" not in stage.bot.output


FRAMES = ("{", "[]", '{"op": 10, "d": {}}', '{"op": 0, "t": "READY", "s": 1, "d": {}}')


async def test_frame_that_cannot_be_read_costs_a_connection(tmp_path: Path) -> None:
    """Each to a bot of its own, all at once."""

    async def send(folder: Path, frame: str) -> None:
        async with staged(folder) as stage:
            await stage.server.gateway.send_raw(frame)
            await stage.bot.wrote("Trying again in 1 s.")
            await stage.bot.wrote("Ready as")
            assert await is_answered(stage), frame
            assert "Traceback" not in stage.bot.output, frame

    await asyncio.gather(*(send(beside(tmp_path, number), frame) for number, frame in enumerate(FRAMES)))


async def test_page_of_a_proxy_in_place_of_an_answer_is_waited_out(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        server.faults.fail("GET /users/@me", 200, page="<html>Please log in</html>", times=2)
        async with started(tmp_path, settings(tmp_path, server)) as bot:
            await bot.wrote("Trying again in 1 s.")
            await server.gateway.ready()
            assert "Traceback" not in bot.output


async def test_two_starts_in_a_row_are_one_bot_each(tmp_path: Path) -> None:
    """The client of an attempt that failed leaves nothing behind that could answer twice."""
    async with LoopbackDiscord() as server:
        server.faults.fail("PUT *", 503)
        async with started(tmp_path, settings(tmp_path, server)) as bot:
            await server.gateway.ready(timeout=20)
            await bot.wrote("Ready as")
            alice = server.person("alice")
            server.text_channel(server.guild("Keep", [alice]), "hall")
            await (await alice.say(alice.dm, ASK_BOTH)).replies()
            await (await alice.say(alice.dm, ASK_BOTH)).replies()
            assert sum(message.author is server.bot for message in alice.dm.messages.values()) == 2
