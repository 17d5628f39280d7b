"""Callbacks out of place, things unknown and things forbidden are refused."""

from __future__ import annotations

import discord
import pytest
from discord.http import Route

from .conftest import point_at
from .discord_server import LoopbackDiscord
from .interactions import Interaction
from .people import Person
from .places import Channel
from .rules import Asked
from .tiny_bot import TinyBot, running
from .wire import Json

pytestmark = pytest.mark.asyncio

SUGGESTIONS = [{"name": str(n), "value": str(n)} for n in range(26)]
CALLBACKS: list[tuple[Asked, Json, str]] = [
    (Asked.COMMAND, {"type": 8, "data": {"choices": []}}, "type: BASE_TYPE_CHOICES"),
    (Asked.COMMAND, {"type": 7, "data": {"content": "x"}}, "type: BASE_TYPE_CHOICES"),
    (Asked.COMMAND, {"type": 6}, "type: BASE_TYPE_CHOICES"),
    (
        Asked.COMMAND,
        {"type": 4, "data": {"content": "x" * 2001}},
        "data.content: BASE_TYPE_MAX_LENGTH",
    ),
    (
        Asked.COMMAND,
        {"type": 5, "data": {"flags": 1}},
        "data.flags: MESSAGE_FLAGS_INVALID",
    ),
    (
        Asked.AUTOCOMPLETE,
        {"type": 4, "data": {"content": "x"}},
        "type: BASE_TYPE_CHOICES",
    ),
    (
        Asked.AUTOCOMPLETE,
        {"type": 8, "data": {"choices": SUGGESTIONS}},
        "data.choices: BASE_TYPE_BAD_LENGTH",
    ),
    (
        Asked.AUTOCOMPLETE,
        {"type": 8, "data": {"choices": [{"name": "x" * 101, "value": "x"}]}},
        "data.choices.0.name: BASE_TYPE_BAD_LENGTH",
    ),
    (
        Asked.AUTOCOMPLETE,
        {"type": 8, "data": {"choices": [{"name": "x", "value": ""}]}},
        "data.choices.0.value: BASE_TYPE_BAD_LENGTH",
    ),
]


def callback(interaction: Interaction) -> Route:
    return Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=interaction.id,
        webhook_token=interaction.token,
    )


@pytest.mark.parametrize(("asked", "body", "error"), CALLBACKS, ids=[e for _, _, e in CALLBACKS])
async def test_a_bad_callback_is_refused(
    asked: Asked,
    body: Json,
    error: str,
    server: LoopbackDiscord,
    bot: TinyBot,
    alice: Person,
) -> None:
    interaction = server.interactions.begin(asked, alice, alice.dm, {"0": "0"})
    with pytest.raises(discord.HTTPException):
        await bot.http.request(callback(interaction), json=body)
    assert server.refused[-1].errors == [error]
    assert interaction.callback is None


async def test_an_interaction_is_answered_once(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    interaction = server.interactions.begin(Asked.COMMAND, alice, alice.dm, {"0": "0"})
    answer = {"type": 4, "data": {"content": "x"}}
    await bot.http.request(callback(interaction), json=answer)
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.request(callback(interaction), json=answer)
    assert refused.value.code == 40060


async def test_a_token_lasts_a_quarter_of_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    async with LoopbackDiscord(clock=lambda: now) as server:
        point_at(server, monkeypatch)
        alice = server.person("alice")
        bot = TinyBot()
        async with running(bot, server):
            asked = await alice.slash("echo", {"text": "x"}, channel=alice.dm)
            await asked.answer()
            now = 15 * 60 + 1.0
            path = server.requests[-1].path.split("/")
            original = Route(
                "GET",
                "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
                webhook_id=server.application_id,
                webhook_token=path[3],
            )
            with pytest.raises(discord.HTTPException) as refused:
                await bot.http.request(original)
            assert refused.value.code == 50027


async def test_where_the_bot_is_no_member_it_follows_up_five_times(
    server: LoopbackDiscord, bot: TinyBot, alice: Person
) -> None:
    group = server.private_channel(alice, server.owner, server.person("bob"))
    interaction = server.interactions.begin(Asked.COMMAND, alice, group, {"1": str(alice.id)})
    body = {"content": "x"}
    await bot.http.request(callback(interaction), json={"type": 4, "data": body})
    follow_up = Route(
        "POST",
        "/webhooks/{webhook_id}/{webhook_token}",
        webhook_id=server.application_id,
        webhook_token=interaction.token,
    )
    for _ in range(5):
        await bot.http.request(follow_up, json=body)
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.request(follow_up, json=body)
    assert refused.value.code == 40094


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/channels/1", 10003),
        ("/channels/{hall}/messages/1", 10008),
        ("/webhooks/{app}/no-token/messages/@original", 10015),
        ("/users/1", 10013),
        ("/applications/{app}/commands/1", 10063),
        ("/nowhere", 0),
    ],
)
async def test_what_is_unknown_is_not_found(
    path: str, code: int, server: LoopbackDiscord, bot: TinyBot, hall: Channel
) -> None:
    at = path.format(hall=hall.id, app=server.application_id)
    with pytest.raises(discord.NotFound) as refused:
        await bot.http.request(Route("GET", at))
    assert refused.value.code == code


async def test_another_person_s_message_is_not_the_bot_s_to_change(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    said = await alice.say(hall, "mine")
    channel = bot.get_partial_messageable(hall.id)
    message = channel.get_partial_message(said.message.id)
    with pytest.raises(discord.Forbidden) as refused:
        await message.edit(content="yours")
    assert refused.value.code == 50005
    with pytest.raises(discord.Forbidden) as refused:
        await message.delete()
    assert refused.value.code == 50013


async def test_a_person_may_take_no_dms(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    alice.accepts_dms = False
    user = await bot.fetch_user(alice.id)
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("hello?")
    assert refused.value.code == 50007
