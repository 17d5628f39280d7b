"""Guilds have roles and forums, and the bot hears of both."""

from __future__ import annotations

from collections.abc import Iterator

import discord
import pytest

from . import Channel, LoopbackDiscord, Person, permissions
from .conftest import TinyBot

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def nothing_is_refused(server: LoopbackDiscord) -> Iterator[None]:
    yield
    assert server.refused == []


async def heard(bot: TinyBot, alice: Person) -> None:
    """Everything until now has reached the bot."""
    await (await alice.say(alice.dm, "are you there?")).replies()


# Roles


async def test_roles_are_announced_and_pinged_as_far_as_allowed(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    assert hall.guild is not None
    open_to_all, closed = server.role(hall.guild, "watch", mentionable=True), server.role(hall.guild, "council")
    await heard(bot, alice)
    known = {role.name: role.mentionable for role in bot.guilds[0].roles}
    assert known == {"@everyone": False, "loopback-bot": False, "watch": True, "council": False}
    text, place = f"{open_to_all.mention} {closed.mention}", bot.get_partial_messageable(hall.id)
    all_roles, one = discord.AllowedMentions(roles=True), discord.AllowedMentions(roles=[discord.Object(closed.id)])
    may_ping = permissions.MEMBER | permissions.MENTION_EVERYONE
    for may, allowed, pinged in (
        (permissions.MEMBER, discord.AllowedMentions.none(), []),
        (permissions.MEMBER, all_roles, [open_to_all]),
        (permissions.MEMBER, one, []),
        (may_ping, all_roles, [open_to_all, closed]),
        (may_ping, one, [closed]),
    ):
        hall.bot_permissions = may
        sent = await place.send(text, allowed_mentions=allowed)
        assert hall.messages[sent.id].role_pings == pinged
