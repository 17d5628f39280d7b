"""Requests out of place are refused by their codes, and ordered trouble reaches discord.py."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import discord
import pytest
from discord.http import Route

from . import Channel, Interaction, Json, LoopbackDiscord, Message, Person, permissions
from .conftest import TinyBot, running
from .rules import Asked

pytestmark = pytest.mark.asyncio
POST = "POST /channels/*/messages"
HELLO: Json = {"content": "hello"}


async def refusal(bot: TinyBot, method: str, path: str, body: Json) -> int:
    """The code of the error that a request is answered with."""
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.request(Route(method, path), json=body)
    return refused.value.code


def begun(
    server: LoopbackDiscord, person: Person, channel: Channel, used: Message | None = None
) -> tuple[Interaction, str, str]:
    """An interaction that the bot knows nothing of, and the paths of its callback and of its follow-ups."""
    asked = Asked.COMPONENT if used else Asked.COMMAND
    interaction = server.interactions.begin(asked, person, channel, {"1": str(person.id)}, used)
    token = interaction.token
    return interaction, f"/interactions/{interaction.id}/{token}/callback", f"/webhooks/{server.application_id}/{token}"


# Refusals


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/nowhere", 0),
        ("PATCH", "/webhooks/{app}/no-token/messages/1", 10015),
        ("POST", "/channels/1/messages", 10003),
        ("DELETE", "/channels/{hall}/messages/1", 10008),
        ("DELETE", "/webhooks/{app}/no-token/messages/1", 10015),
        ("POST", "/channels/{hall}/messages", 50035),
        ("POST", "/webhooks/{app}/no-token", 10015),
        ("POST", "/webhooks/1/no-token", 10015),
        ("POST", "/interactions/1/no-token/callback", 10062),
        ("PUT", "/applications/1/commands", 50001),
        ("PUT", "/applications/{app}/commands", 50109),
    ],
)
async def test_request_out_of_place_is_refused(
    method: str, path: str, code: int, server: LoopbackDiscord, bot: TinyBot, hall: Channel
) -> None:
    body = {"content": "x" * 2001}
    assert await refusal(bot, method, path.format(hall=hall.id, app=server.application_id), body) == code
    [refused] = server.refused
    assert (refused.refusal or {})["code"] == code
    assert hall.messages == {}


async def test_permissions_are_told_apart(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    reply = HELLO | {"message_reference": {"message_id": str((await alice.say(hall, "hi")).message.id)}}
    may_write = permissions.VIEW_CHANNEL | permissions.SEND_MESSAGES
    for may, body, code in ((0, HELLO, 50001), (permissions.VIEW_CHANNEL, HELLO, 50013), (may_write, reply, 160002)):
        hall.bot_permissions = may
        assert await refusal(bot, "POST", f"/channels/{hall.id}/messages", body) == code
    thread = server.thread((await alice.say(hall, "hi")).message, "thread")
    may_not_go_on = permissions.MEMBER & ~permissions.SEND_MESSAGES_IN_THREADS
    for may, archived, code in ((may_not_go_on, False, 50013), (permissions.MEMBER, True, 50083)):
        hall.bot_permissions, thread.archived = may, archived
        assert await refusal(bot, "POST", f"/channels/{thread.id}/messages", HELLO) == code
    alice.accepts_dms = False
    assert await refusal(bot, "POST", f"/channels/{alice.dm.id}/messages", HELLO) == 50007


async def test_interaction_is_answered_once_and_in_time(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    _, callback, webhook = begun(server, alice, alice.dm)
    assert await refusal(bot, "POST", webhook, HELLO) == 10015
    await bot.http.request(Route("POST", callback), json={"type": 4, "data": HELLO})
    assert await refusal(bot, "POST", callback, {"type": 4, "data": HELLO}) == 40060
    assert (len(server.repeated), len(server.refused)) == (1, 1), "the same again is no second answer"
    assert await refusal(bot, "POST", callback, {"type": 4, "data": {"content": "hello again"}}) == 40060
    assert (len(server.repeated), len(server.refused)) == (1, 2)
    server.interactions.deadline = -1.0
    late, callback, _ = begun(server, alice, alice.dm)
    assert await refusal(bot, "POST", callback, {"type": 4, "data": HELLO}) == 10062
    with pytest.raises(TimeoutError, match="a response to alice's command"):
        await late.response(timeout=0.01)


async def test_what_was_deleted_is_unknown(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    said = (await alice.say(hall, "hi")).message
    (_, callback, webhook), (_, late, _) = begun(server, alice, hall, said), begun(server, alice, hall)
    await server.owner.delete(said)
    assert await refusal(bot, "POST", callback, {"type": 7, "data": HELLO}) == 10008
    await bot.http.request(Route("POST", callback), json={"type": 6})
    assert await refusal(bot, "PATCH", f"{webhook}/messages/@original", HELLO) == 10008
    thread = server.thread((await alice.say(hall, "hi")).message, "thread")
    server.delete_channel(hall)
    answer = {"type": 4, "data": HELLO}
    posts = [f"/channels/{channel.id}/messages" for channel in (hall, thread)]
    for path, body in ((late, answer), (webhook, HELLO), *((post, HELLO) for post in posts)):
        assert await refusal(bot, "POST", path, body) == 10003
    await (await alice.say(alice.dm, "this is later")).replies()
    assert [bot.get_channel(channel.id) for channel in (hall, thread)] == [None, None]


async def test_token_lasts_a_quarter_of_an_hour(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    interaction, callback, webhook = begun(server, alice, alice.dm)
    await bot.http.request(Route("POST", callback), json={"type": 4, "data": HELLO})
    original = f"{webhook}/messages/@original"
    await bot.http.request(Route("PATCH", original), json={"content": "in time"})
    assert await refusal(bot, "PATCH", f"{webhook}/messages/1", HELLO) == 10008
    interaction.begun -= 15 * 60
    assert await refusal(bot, "PATCH", original, {"content": "too late"}) == 50027
    assert [message.text for message in alice.dm.messages.values()] == ["in time"]


async def test_app_that_is_not_installed_follows_up_five_times(
    server: LoopbackDiscord, bot: TinyBot, alice: Person
) -> None:
    group = server.private_channel(alice, server.owner, server.person("bob"))
    _, callback, webhook = begun(server, alice, group)
    await bot.http.request(Route("POST", callback), json={"type": 4, "data": HELLO})
    for _ in range(5):
        await bot.http.request(Route("POST", webhook), json=HELLO)
    assert await refusal(bot, "POST", webhook, HELLO) == 40094


async def test_follow_up_to_a_deferral_stays_as_private_as_that(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    interaction, callback, webhook = begun(server, alice, hall)
    await bot.http.request(Route("POST", callback), json={"type": 5, "data": {"flags": 1 << 6}})
    await bot.http.request(Route("POST", webhook), json=HELLO)
    assert (interaction.followups, interaction.ephemeral, hall.messages) == ([], True, {})
    assert (await interaction.answer()).text == "hello"


# Ordered trouble


@pytest.mark.parametrize("scope", ["user", "global"])
async def test_429_is_retried_in_time(scope: str, server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    server.faults.rate_limit(POST, 0.1, scope=scope)
    start = time.monotonic()
    said = await alice.say(alice.dm, "hello")
    assert len(await said.replies()) == 1
    assert time.monotonic() - start >= 0.1
    assert [request.status for request in server.requests if "messages" in request.path] == [429, 200]


@pytest.mark.parametrize("after", [False, True])
async def test_lost_answer_can_be_sent_again_with_a_nonce(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, after: bool
) -> None:
    server.faults.cut(POST, after=after)
    body = HELLO | {"nonce": "1", "enforce_nonce": True}
    with pytest.raises(aiohttp.ClientError):
        await bot.http.request(Route("POST", f"/channels/{alice.dm.id}/messages"), json=body)
    assert len(alice.dm.messages) == after
    sent = await bot.http.request(Route("POST", f"/channels/{alice.dm.id}/messages"), json=body)
    assert [str(message_id) for message_id in alice.dm.messages] == [sent["id"]]


@pytest.mark.parametrize(
    ("status", "code", "page"), [(404, 10003, ""), (503, 0, ""), (503, 0, "<h1>Down</h1>"), (429, 0, "<h1>1015</h1>")]
)
async def test_errors_can_be_ordered(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, status: int, code: int, page: str
) -> None:
    server.faults.fail(POST, status, code=code, page=page)
    with pytest.raises(discord.HTTPException, match=page or "ordered trouble") as failed:
        await bot.get_partial_messageable(alice.dm.id).send("hello")
    assert (failed.value.status, failed.value.code, alice.dm.messages) == (status, code, {})
    assert ("Via" in failed.value.response.headers) is not bool(page)


@pytest.mark.parametrize("after", [False, True])
async def test_delay_is_before_or_after_the_request(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, after: bool
) -> None:
    server.faults.delay(POST, 0.1, after=after)
    start = time.monotonic()
    sending = asyncio.create_task(bot.get_partial_messageable(alice.dm.id).send("hello"))
    await alice.dm.message(lambda message: message.text == "hello")
    assert (time.monotonic() - start >= 0.1) is not after
    await sending
    assert time.monotonic() - start >= 0.1


@pytest.mark.parametrize("pattern", ["GET /users/@me", "PUT /applications/*/commands", "GET /gateway/bot"])
async def test_start_can_meet_trouble(server: LoopbackDiscord, pattern: str) -> None:
    server.faults.fail(pattern, 503)
    with pytest.raises((discord.HTTPException, discord.GatewayNotFound)):
        async with running(TinyBot()):
            pass
    async with running(TinyBot()):
        pass


async def test_discord_py_keeps_to_the_limits_in_the_headers(
    server: LoopbackDiscord, bot: TinyBot, alice: Person
) -> None:
    server.rate_limits.limits["POST /channels/{channel_id}/messages"] = 2, 0.2
    for number in range(5):
        await bot.get_partial_messageable(alice.dm.id).send(str(number))
    assert server.refused == []


async def test_client_that_ignores_the_limits_is_refused(server: LoopbackDiscord, alice: Person) -> None:
    server.rate_limits.limits["POST /channels/{channel_id}/messages"] = 2, 60.0
    url, headers = f"{server.api_url}/channels/{alice.dm.id}/messages", {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        statuses = [(await session.post(url, json=HELLO)).status for _ in range(3)]
    assert statuses == [200, 200, 429]
