"""/settings: who may change them, what they say, and that the bot keeps to them."""

from __future__ import annotations

import discord
import pytest

from bot.app import labels
from tests.cogs.conftest import ASK_BOTH, BOTH, ask, settle
from tests.loopback import Channel, Guild, Message, Person, permissions
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANAGER = permissions.MEMBER | discord.Permissions(manage_guild=True).value
DEFAULTS = [
    labels.SETTINGS_TITLE,
    "- I answer in: everywhere",
    "- I answer commands: for everybody, unless asked otherwise",
    "- I answer new posts in: nowhere",
    "- “Ask a human” asks: nobody",
    "- Daily quotation: off",
]


@pytest.fixture
def guild(stage: Stage, alice: Person) -> Guild:
    """A server of its own, of which nothing was set yet."""
    return stage.server.guild("Square", [alice])


@pytest.fixture
def square(stage: Stage, guild: Guild) -> Channel:
    return stage.server.text_channel(guild, "square")


@pytest.fixture
def corner(stage: Stage, guild: Guild) -> Channel:
    return stage.server.text_channel(guild, "corner")


async def settings(person: Person, channel: Channel) -> Message:
    """What ``/settings`` answers."""
    asked = await person.slash("settings", channel=channel)
    message = await asked.answer()
    assert message.ephemeral
    return message


# Who may change them


async def test_only_people_who_manage_the_server_may_change_them(
    stage: Stage, alice: Person, guild: Guild, square: Channel
) -> None:
    with pytest.raises(LookupError):
        await alice.slash("settings", channel=square)
    guild.member_permissions[alice.id] = MANAGER
    message = await settings(alice, square)
    assert message.text.splitlines() == DEFAULTS
    opened = await alice.click(message, labels.SETTINGS_ANSWERS)
    await opened.response()
    guild.member_permissions[alice.id] = permissions.MEMBER
    for acted in (await alice.click(message, labels.SETTINGS_PEOPLE), await alice.submit(opened, {"private": True})):
        assert ((await acted.answer()).text, acted.ephemeral) == (labels.SERVER_ADMINS_ONLY, True)
    assert (await settings(stage.server.owner, square)).text.splitlines() == DEFAULTS


# What they say


async def test_both_windows_show_what_is_set_and_change_nothing_else(
    stage: Stage, guild: Guild, square: Channel, corner: Channel
) -> None:
    changed = await settle(stage, square, labels.SETTINGS_ANSWERS, channels=[square, corner], private=True)
    message = await changed.answer()
    assert message is changed.used_message
    role = stage.server.role(guild, "helpers", mentionable=True)
    people = {"role": [role], "daily_channel": [corner], "daily_at": "09:30"}
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, **people)).answer()
    await stage.start()
    for window in (labels.SETTINGS_ANSWERS, labels.SETTINGS_PEOPLE):
        await (await settle(stage, square, window)).answer()
    assert (await settings(stage.server.owner, square)).text.splitlines() == [
        labels.SETTINGS_TITLE,
        f"- I answer in: {', '.join(f'<#{number}>' for number in sorted((square.id, corner.id)))}",
        "- I answer commands: privately",
        "- I answer new posts in: nowhere",
        f"- “Ask a human” asks: {role.mention}",
        f"- Daily quotation: at 09:30 UTC in <#{corner.id}>",
    ]


async def test_time_that_is_none_is_refused_and_changes_nothing(stage: Stage, square: Channel) -> None:
    sent = await settle(stage, square, labels.SETTINGS_PEOPLE, human=[square], daily_at="25:*0")
    assert (await sent.answer()).text == labels.SETTINGS_NOT_A_TIME.format(text=r"25:\*0")
    assert sent.ephemeral
    assert (await settings(stage.server.owner, square)).text.splitlines() == DEFAULTS


async def test_channel_that_is_gone_is_named(stage: Stage, square: Channel, corner: Channel) -> None:
    await (await settle(stage, square, labels.SETTINGS_ANSWERS, channels=[square, corner])).answer()
    stage.server.delete_channel(corner)
    *_, last = (await settings(stage.server.owner, square)).text.splitlines()
    assert last == f"⚠ <#{corner.id}> was deleted."


# That the bot keeps to them


async def test_outside_of_the_channels_commands_are_private_and_mentions_are_left_alone(
    stage: Stage, alice: Person, square: Channel, corner: Channel
) -> None:
    await (await settle(stage, square, labels.SETTINGS_ANSWERS, channels=[corner])).answer()
    await alice.say(square, ASK_BOTH, mention_bot=True)
    [heard] = await (await alice.say(corner, ASK_BOTH, mention_bot=True)).replies()
    thread = stage.server.thread(heard, "About both")
    for channel, is_private in ((square, True), (corner, False), (thread, False)):
        assert (await ask(alice, ASK_BOTH, channel)).ephemeral is is_private
        assert (await ask(alice, ASK_BOTH, channel, private=False)).ephemeral is is_private
        for command in ("compare", "quote"):
            assert (await (await alice.slash(command, channel=channel)).answer()).ephemeral is is_private
    assert [m for m in square.messages.values() if m.author is stage.server.bot] == []


async def test_what_is_private_because_of_its_channel_cannot_be_shared_there(
    stage: Stage, alice: Person, square: Channel, corner: Channel
) -> None:
    before = await ask(alice, ASK_BOTH, square, private=True)
    await (await settle(stage, square, labels.SETTINGS_ANSWERS, channels=[corner])).answer()
    message = await ask(alice, ASK_BOTH, square)
    assert labels.SHARE not in [button.label for button in message.buttons]
    pressed = await alice.click(before, labels.SHARE)
    assert ((await pressed.answer()).text, pressed.ephemeral) == (labels.NOT_SHARED_HERE, True)


async def test_commands_are_private_if_the_server_wants_that(stage: Stage, alice: Person, square: Channel) -> None:
    await (await settle(stage, square, labels.SETTINGS_ANSWERS, private=True)).answer()
    assert (await ask(alice, ASK_BOTH, square)).ephemeral
    assert (await ask(alice, ASK_BOTH, square, private=False)).ephemeral, "whatever a person wants"
    [reply] = await (await alice.say(square, ASK_BOTH, mention_bot=True)).replies()
    assert BOTH in reply.text
    assert not (await ask(alice, ASK_BOTH, stage.hall)).ephemeral, "in other servers they are not"
