"""Guilds have roles and forums, and the bot hears of both."""

from __future__ import annotations

import asyncio
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


# Forums


async def test_post_is_a_thread_of_its_own(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    assert hall.guild is not None
    forum = server.forum(hall.guild, "questions", tags=["open", "solved"])
    quiet = await alice.post(forum, "Why?", "What of it?", tags=["open"])
    events = (bot.wait_for(event, timeout=5.0) for event in ("thread_create", "message"))
    thread, message = await asyncio.gather(*events)
    assert (thread.id, thread.name, thread.owner_id, thread.parent_id) == (message.id, "Why?", alice.id, forum.id)
    assert ([tag.name for tag in thread.applied_tags], message.content) == (["open"], "")
    assert isinstance(thread.parent, discord.ForumChannel)
    server.tag(quiet.message.channel, "solved")
    _, after = await bot.wait_for("thread_update", timeout=5.0)
    assert [tag.name for tag in after.applied_tags] == ["solved"]
    asked = await alice.post(forum, "Well?", f"{server.bot.mention} why?")
    [reply] = await asked.replies()
    assert (reply.channel, reply.text) == (asked.message.channel, f"heard: {server.bot.mention} why?")
    assert asked.message.id == asked.message.channel.id
    answer = await (await alice.slash("echo", {"text": "here"}, channel=reply.channel)).answer()
    assert answer.channel is reply.channel


async def test_forum_is_for_posts_alone(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    assert hall.guild is not None
    forum = server.forum(hall.guild, "questions", tags=["open"])
    for act in (alice.say(forum, "hi"), alice.slash("echo", {"text": "x"}, channel=forum)):
        with pytest.raises(LookupError, match="questions is a forum"):
            await act
    with pytest.raises(LookupError, match="hall is not a forum"):
        await alice.post(hall, "Why?", "What of it?")
    with pytest.raises(LookupError, match="has no tags"):
        await alice.post(forum, "Why?", "What of it?", tags=["closed"])
    for title, text in (("", "x"), ("x" * 101, "x"), ("x", "")):
        with pytest.raises(ValueError):
            await alice.post(forum, title, text)
    with pytest.raises(discord.HTTPException) as refused:
        await bot.get_partial_messageable(forum.id).send("hi")
    assert refused.value.code == 50008
    thread = (await alice.post(forum, "Why?", "What of it?")).message.channel
    forum.bot_permissions = permissions.MEMBER & ~permissions.SEND_MESSAGES_IN_THREADS
    with pytest.raises(discord.Forbidden):
        await bot.get_partial_messageable(thread.id).send("hi")
    server.refused.clear()


async def test_bot_hears_of_posts_only_where_it_may_look(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    assert hall.guild is not None
    forum = server.forum(hall.guild, "secrets", bot_permissions=0)
    thread = (await alice.post(forum, "Why?", server.bot.mention)).message.channel
    await heard(bot, alice)
    assert bot.get_channel(forum.id) is not None
    assert bot.get_channel(thread.id) is None
