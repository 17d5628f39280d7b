"""Messages that Discord would not take are refused, with where they are wrong."""

from __future__ import annotations

import discord
import pytest
from discord.http import Route

from .discord_server import LoopbackDiscord
from .places import Channel
from .tiny_bot import Card, TinyBot
from .wire import Json

pytestmark = pytest.mark.asyncio
V2 = 1 << 15
EPHEMERAL = 1 << 6


def text(content: str = "x") -> Json:
    return {"type": 10, "content": content}


def button(**fields: object) -> Json:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x"} | fields


def row(*children: Json) -> Json:
    return {"type": 1, "components": list(children)}


def select(*values: str, **fields: object) -> Json:
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "s", "options": options} | fields


def v2(*components: Json, **fields: object) -> Json:
    return {"flags": V2, "components": list(components)} | fields


ROW = "components.0.components"
MESSAGES: list[tuple[Json, str]] = [
    ({"content": "x" * 2001}, "content: BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "flags": EPHEMERAL}, "flags: MESSAGE_FLAGS_INVALID"),
    (
        v2(text(), content="x"),
        "content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    (
        v2(text(), embeds=[{"title": "x"}]),
        "embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    ({"components": [text()]}, "components.0.type: BASE_TYPE_CHOICES"),
    (v2(button()), "components.0.type: BASE_TYPE_CHOICES"),
    (v2(text("")), "components.0.content: BASE_TYPE_BAD_LENGTH"),
    (
        v2(text("x" * 2001), text("x" * 2000)),
        "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    (
        v2({"type": 17, "components": [text() for _ in range(40)]}),
        "components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    (
        v2({"type": 17, "components": [{"type": 17, "components": [text()]}]}),
        f"{ROW}.0.type: BASE_TYPE_CHOICES",
    ),
    (
        v2({"type": 9, "components": [text()]}),
        "components.0.accessory: BASE_TYPE_REQUIRED",
    ),
    (
        v2({"type": 9, "components": [text()], "accessory": text()}),
        "components.0.accessory.type: BASE_TYPE_CHOICES",
    ),
    (
        v2({"type": 12, "items": [{"media": {"url": "attachment://x.png"}}]}),
        "components.0.items.0.media.url: URL_TYPE_INVALID",
    ),
    (v2(row()), f"{ROW}: BASE_TYPE_BAD_LENGTH"),
    (
        v2(row(*(button(custom_id=str(n)) for n in range(6)))),
        f"{ROW}: BASE_TYPE_BAD_LENGTH",
    ),
    (v2(row(button(), select("a"))), f"{ROW}: COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (
        v2(row(button(), button())),
        f"{ROW}.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (v2(row(button(custom_id="x" * 101))), f"{ROW}.0.custom_id: BASE_TYPE_BAD_LENGTH"),
    (v2(row(button(custom_id=None))), f"{ROW}.0.custom_id: BASE_TYPE_REQUIRED"),
    (v2(row(button(label="x" * 81))), f"{ROW}.0.label: BASE_TYPE_MAX_LENGTH"),
    (v2(row(button(label=""))), f"{ROW}.0: BASE_TYPE_REQUIRED"),
    (v2(row(button(style=5, custom_id=None))), f"{ROW}.0.url: BASE_TYPE_REQUIRED"),
    (
        v2(row(button(style=5, url="https://example.org"))),
        f"{ROW}.0.custom_id: BASE_TYPE_NOT_ALLOWED",
    ),
    (v2(row(select())), f"{ROW}.0.options: BASE_TYPE_BAD_LENGTH"),
    (
        v2(row(select("a", "a"))),
        f"{ROW}.0.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    (v2(row(select("a", max_values=2))), f"{ROW}.0.max_values: BASE_TYPE_BAD_LENGTH"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        "allowed_mentions.parse: BASE_TYPE_CHOICES",
    ),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "message_reference: MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
]


@pytest.mark.parametrize(("body", "error"), MESSAGES, ids=[e for _, e in MESSAGES])
async def test_a_bad_message_is_refused(
    body: Json, error: str, server: LoopbackDiscord, bot: TinyBot, hall: Channel
) -> None:
    post = Route("POST", "/channels/{channel_id}/messages", channel_id=hall.id)
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.request(post, json=body)

    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert server.refused[-1].errors == [error]
    assert hall.messages == {}


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": None}, v2()])
async def test_an_empty_message_is_refused(body: Json, server: LoopbackDiscord, bot: TinyBot, hall: Channel) -> None:
    post = Route("POST", "/channels/{channel_id}/messages", channel_id=hall.id)
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.request(post, json=body)
    assert refused.value.code == 50006


async def test_an_edit_cannot_take_the_new_components_back(
    server: LoopbackDiscord, bot: TinyBot, hall: Channel
) -> None:
    channel = bot.get_partial_messageable(hall.id)
    sent = await channel.send(view=Card("new"))
    with pytest.raises(discord.HTTPException):
        await sent.edit(content="old", view=None)
    assert server.refused[-1].errors == ["content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]
    edit = Route(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        channel_id=hall.id,
        message_id=sent.id,
    )
    with pytest.raises(discord.HTTPException):
        await bot.http.request(edit, json={"flags": 0})
    assert server.refused[-1].errors == ["flags: MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"]


async def test_an_old_message_becomes_new_only_without_its_content(
    server: LoopbackDiscord, bot: TinyBot, hall: Channel
) -> None:
    sent = await bot.get_partial_messageable(hall.id).send("old")
    with pytest.raises(discord.HTTPException):
        await sent.edit(view=Card("new"))
    await sent.edit(content=None, view=Card("new"))
    assert [message.text for message in hall.messages.values()] == ["new"]
