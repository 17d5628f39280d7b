"""Messages reach the bot, with or without their content, and its replies come back."""

from __future__ import annotations

import pytest

from .discord_server import LoopbackDiscord
from .people import Person
from .places import Channel
from .tiny_bot import TinyBot

pytestmark = pytest.mark.asyncio


async def test_a_dm_is_read_and_answered(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    said = await alice.say(alice.dm, "good morning")

    [reply] = await said.replies()
    assert reply.text == "heard: good morning"
    assert server.refused == []


async def test_a_mention_in_a_guild_is_read_and_answered(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    said = await alice.say(hall, "what of it?", mention_bot=True)

    [reply] = await said.replies()
    assert reply.text == f"heard: {server.bot.mention} what of it?"
    assert reply.reply_to is said.message
    assert reply.pings == []


async def test_what_is_not_said_to_the_bot_comes_without_its_content(
    bot: TinyBot, alice: Person, hall: Channel
) -> None:
    aside = await alice.say(hall, "between us")
    said = await alice.say(hall, "and this", mention_bot=True, reply_to=aside.message, ping_reply=False)
    [reply] = await said.replies()

    assert bot.heard[:2] == ["", said.message.content]
    again = await alice.say(hall, "a reply to the bot", reply_to=reply)
    assert (await again.replies())[0].text == "heard: a reply to the bot"


async def test_the_bot_writes_edits_and_deletes(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    user = await bot.fetch_user(alice.id)
    sent = await user.send("first")
    assert (await alice.dm.message(lambda m: m.text == "first")).id == sent.id

    await sent.edit(content="second")
    assert [m.text for m in alice.dm.messages.values()] == ["second"]
    assert [m.content async for m in user.history()] == ["second"]
    await sent.delete()
    assert alice.dm.messages == {}
    assert server.refused == []


async def test_reactions_and_typing_are_seen(bot: TinyBot, alice: Person, hall: Channel) -> None:
    said = await alice.say(hall, "applause")
    channel = bot.get_partial_messageable(hall.id)
    await channel.get_partial_message(said.message.id).add_reaction("👏")
    async with channel.typing():
        pass

    assert [user.bot for user in said.message.reactions["👏"]] == [True]
    assert [user.bot for user in hall.typing] == [True]
