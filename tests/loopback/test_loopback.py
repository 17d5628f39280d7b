"""People use a bot; it answers through the loopback as it would through Discord."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import Answer, Channel, LoopbackDiscord, Person
from .tiny_bot import TinyBot

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def nothing_is_refused(server: LoopbackDiscord) -> Iterator[None]:
    yield
    assert server.refused == []


# Commands and buttons


async def test_slash_command_is_answered(bot: TinyBot, alice: Person, hall: Channel) -> None:
    asked = await alice.slash("echo", {"text": "hello"}, channel=hall)
    assert (await asked.response()).type is Answer.MESSAGE
    assert (await asked.answer()).text == "hello"
    assert not asked.ephemeral
    assert asked.acknowledged_after is not None
    assert asked.acknowledged_after == asked.answered_after
    assert list(hall.messages.values()) == [asked.message]


async def test_ephemeral_answer_is_in_no_channel(bot: TinyBot, alice: Person, hall: Channel) -> None:
    asked = await alice.slash("echo", {"text": "psst", "hidden": True}, channel=hall)
    assert (await asked.answer()).text == "psst"
    assert asked.ephemeral
    assert hall.messages == {}


async def test_deferral_is_resolved_by_an_edit(bot: TinyBot, alice: Person, hall: Channel) -> None:
    asked = await alice.slash("slow", channel=hall)
    assert (await asked.response()).type is Answer.DEFERRED_MESSAGE
    answer = await asked.answer()
    assert (answer.text, answer.loading) == ("done", False)
    assert [button.label for button in answer.buttons] == ["Again"]
    more = await hall.message(lambda message: message.text == "and more")
    assert asked.followups == [more]
    assert asked.acknowledged_after is not None
    assert asked.answered_after is not None
    assert asked.answered_after > asked.acknowledged_after


async def test_autocompletion_suggests_what_fits(bot: TinyBot, alice: Person, hall: Channel) -> None:
    typed = await alice.autocomplete("echo", "text", "d", channel=hall)
    assert [choice["value"] for choice in await typed.suggestions()] == ["dragons", "dwarves"]


async def test_button_changes_its_message(bot: TinyBot, alice: Person, hall: Channel) -> None:
    message = await (await alice.slash("slow", channel=hall)).answer()
    pressed = await alice.click(message, "Again")
    assert (await pressed.response()).type is Answer.UPDATE
    assert await pressed.answer() is message
    assert (message.text, message.buttons[0].custom_id) == ("again", "again:1")
    await (await alice.click(message, "again:1")).answer()
    assert message.buttons[0].custom_id == "again:2"


@pytest.mark.parametrize("place", ["dm", "group", "foreign guild"])
async def test_user_install_works_everywhere(server: LoopbackDiscord, bot: TinyBot, place: str) -> None:
    eve = server.person("eve", installed_app=True)
    channel = {
        "dm": eve.dm,
        "group": server.private_channel(eve, server.person("bob"), server.person("mallory")),
        "foreign guild": server.text_channel(server.guild("Elsewhere", [eve], with_bot=False), "square"),
    }[place]
    asked = await eve.slash("echo", {"text": "here"}, channel=channel)
    assert (await asked.answer()).text == "here"


async def test_nobody_can_use_what_they_are_not_offered(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    bob, command = server.person("bob"), {"name": "audit", "description": "x", "default_member_permissions": "8"}
    server.commands.overwrite(None, [*server.commands.all(None), command])
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("audit", channel=hall)
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("echo", {"text": "x"}, channel=server.private_channel(alice, bob, server.owner))
    with pytest.raises(LookupError, match="no command /nothing"):
        await alice.slash("nothing", channel=hall)
    with pytest.raises(LookupError, match="bob is not in hall"):
        await bob.slash("echo", {"text": "x"}, channel=hall)
    hidden = await alice.slash("echo", {"text": "psst", "hidden": True}, channel=hall)
    with pytest.raises(LookupError, match="no 'Again'"):
        await alice.click(await hidden.answer(), "Again")


# Messages


async def test_dm_is_read_and_answered(bot: TinyBot, alice: Person) -> None:
    said = await alice.say(alice.dm, "good morning")
    [reply] = await said.replies()
    assert reply.text == "heard: good morning"


async def test_mention_in_a_guild_is_read_and_answered(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    said = await alice.say(hall, "what of it?", mention_bot=True)
    [reply] = await said.replies()
    assert reply.text == f"heard: {server.bot.mention} what of it?"
    assert reply.reply_to is said.message
    assert reply.pings == []


async def test_text_that_is_not_for_the_bot_is_withheld(bot: TinyBot, alice: Person, hall: Channel) -> None:
    aside = await alice.say(hall, "between us")
    said = await alice.say(hall, "and this", mention_bot=True, reply_to=aside.message, ping_reply=False)
    [reply] = await said.replies()
    assert bot.heard[:2] == ["", said.message.content]
    told = said.message.payload(alice.dm.recipients[1])
    assert told["referenced_message"]["content"] == ""
    again = await alice.say(hall, "a reply to the bot", reply_to=reply)
    assert (await again.replies())[0].text == "heard: a reply to the bot"


async def test_deleted_message_is_gone(bot: TinyBot, alice: Person, hall: Channel) -> None:
    said = await alice.say(hall, "a slip", mention_bot=True)
    [reply] = await said.replies()
    await alice.delete(said.message)
    assert list(hall.messages.values()) == [reply]
    assert reply.payload(reply.author)["referenced_message"] is None


async def test_new_guild_and_channel_are_announced(server: LoopbackDiscord, bot: TinyBot) -> None:
    channel = server.text_channel(server.guild("New"), "first")
    said = await server.owner.say(channel, "welcome", mention_bot=True)
    assert len(await said.replies()) == 1
    assert {guild.name for guild in bot.guilds} == {"Keep", "New"}
