"""People use a bot; it answers through the loopback as it would through Discord."""

from __future__ import annotations

from collections.abc import Iterator

import discord
import pytest
from discord.http import Route

from . import Answer, Channel, LoopbackDiscord, Person
from .conftest import TinyBot, card

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def nothing_is_refused(server: LoopbackDiscord) -> Iterator[None]:
    yield
    assert server.refused == []


# Commands and buttons


@pytest.mark.parametrize("hidden", [False, True])
async def test_slash_command_is_answered(bot: TinyBot, alice: Person, hall: Channel, hidden: bool) -> None:
    asked = await alice.slash("echo", {"text": "hello", "hidden": hidden}, channel=hall)
    assert (await asked.response()).type is Answer.MESSAGE
    assert (await asked.answer()).text == "hello"
    assert asked.acknowledged_after is not None
    assert asked.acknowledged_after == asked.answered_after
    assert asked.ephemeral is hidden
    assert list(hall.messages.values()) == ([] if hidden else [asked.message])


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


async def test_button_changes_its_message(bot: TinyBot, alice: Person, hall: Channel) -> None:
    message = await (await alice.slash("slow", channel=hall)).answer()
    pressed = await alice.click(message, "Again")
    assert (await pressed.response()).type is Answer.UPDATE
    assert await pressed.answer() is message
    assert (message.text, message.edited is None) == ("again", False)
    assert (await (await alice.click(message, "again")).answer()) is message


async def test_button_of_a_message_works_as_well(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    sent = await bot.get_partial_messageable(hall.id).send(view=card("a card"))
    message = hall.messages[sent.id]
    button = {"type": 2, "style": 1, "label": "Again", "custom_id": "of another version"}
    old = server.old_message(hall, [{"type": 1, "components": [button]}])
    assert old.id < hall.id
    for posted in (message, old):
        assert await (await alice.click(posted, "Again")).answer() is posted
        assert posted.text == "again"


async def test_modal_of_a_command_is_filled_in(bot: TinyBot, alice: Person, hall: Channel) -> None:
    opener = await alice.slash("form", channel=hall)
    assert (await opener.response()).type is Answer.MODAL
    with pytest.raises(ValueError, match="1 to 9 characters"):
        await alice.submit(opener, {"more": "x" * 10})
    sent = await alice.submit(opener, {"more": "money"})
    assert (await sent.answer()).text == "money because"
    with pytest.raises(LookupError, match="shows alice no modal"):
        await alice.submit(sent, {"more": "money"})


async def test_modal_of_a_button_changes_its_message(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    sent = await bot.get_partial_messageable(hall.id).send(view=card("a card", custom_id="form"))
    opener = await alice.click(hall.messages[sent.id], "form")
    assert await (await alice.submit(opener, {"more": "time", "why": ""})).answer() is hall.messages[sent.id]
    assert hall.messages[sent.id].text == "time "
    with pytest.raises(LookupError, match="shows owner no modal"):
        await server.owner.submit(opener, {"more": "time"})


async def test_nobody_can_use_what_they_are_not_offered(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    bob, command = server.person("bob"), {"name": "audit", "description": "x", "default_member_permissions": "8"}
    server.commands.overwrite([*server.commands.all(), command])
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("audit", channel=hall)
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("echo", {"text": "x"}, channel=server.private_channel(alice, bob, server.owner))
    with pytest.raises(LookupError, match="no command /nothing"):
        await alice.slash("nothing", channel=hall)
    with pytest.raises(LookupError, match="bob is not in hall"):
        await bob.slash("echo", {"text": "x"}, channel=hall)
    hidden = await alice.slash("echo", {"text": "psst", "hidden": True}, channel=hall)
    with pytest.raises(LookupError, match="owner does not see"):
        await server.owner.click(await hidden.answer(), "Again")


async def test_commands_come_back_as_discord_describes_them(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    choices = {"choices": [{"name": "no", "value": 0}], "required": False, "autocomplete": False}
    option = {"type": 4, "name": "o", "description": "x"} | choices
    command = {"name": "c", "description": "x", "options": [option], "default_member_permissions": 8, "contexts": [0]}
    path = f"/applications/{server.application_id}/commands"
    [made] = await bot.http.request(Route("PUT", path), json=[command])
    assert [made] == await bot.http.request(Route("GET", path)) == server.commands.all()
    unnamed = {"name_localizations": None, "description_localizations": None}
    choice = {"name": "no", "value": 0, "name_localizations": None}
    assert made["options"] == [{"type": 4, "name": "o", "description": "x", "choices": [choice], **unnamed}]
    rest = {"type": 1, "default_member_permissions": "8", "contexts": [0], "integration_types": [0, 1], "nsfw": False}
    assert made.items() >= {**unnamed, **rest, "dm_permission": False}.items()
    server.commands.clear()
    assert await bot.tree.fetch_commands() == []
    with pytest.raises(LookupError, match="no command /c"):
        await alice.slash("c", channel=hall)


# Messages


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
    said = await alice.say(hall, "and this", mention_bot=True, reply_to=aside.message, ping=False)
    [reply] = await said.replies()
    assert bot.heard[:2] == ["", said.message.content]
    shown = said.message.payload(alice.dm.recipients[1])
    assert shown["referenced_message"]["content"] == ""
    for ping, heard in ((False, ""), (True, "a reply to the bot")):
        again = (await alice.say(hall, "a reply to the bot", reply_to=reply, ping=ping)).message
        shown = again.payload(reply.author)
        assert (shown["content"], shown["referenced_message"]["content"]) == (heard, reply.text)
    answer = await (await alice.slash("echo", {"text": "an answer"}, channel=hall)).answer()
    shown = (await alice.say(hall, "a reply to an answer", reply_to=answer)).message.payload(reply.author)
    assert (shown["content"], shown["mentions"], shown["referenced_message"]["content"]) == ("", [], "an answer")


async def test_nobody_can_reply_to_what_is_elsewhere_or_hidden(bot: TinyBot, alice: Person, hall: Channel) -> None:
    said = (await alice.say(alice.dm, "in private")).message
    hidden = await (await alice.slash("echo", {"text": "psst", "hidden": True}, channel=hall)).answer()
    for message in (said, hidden):
        with pytest.raises(LookupError, match="nobody can reply to this message in hall"):
            await alice.say(hall, "what?", reply_to=message)


async def test_mention_of_the_bots_role_is_no_mention_of_the_bot(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    role = bot.guilds[0].self_role
    assert role is not None
    assert role in bot.guilds[0].me.roles
    for mention_bot in (False, True):
        said = (await alice.say(hall, "you", mention_bot=mention_bot, mention_bot_role=True)).message
        shown = said.payload(server.bot)
        assert said.content.startswith(role.mention)
        assert shown["content"] == (said.content if mention_bot else "")
        assert shown["mention_roles"] == [str(role.id)]
    with pytest.raises(LookupError, match="the bot has no role"):
        await alice.say(alice.dm, "you", mention_bot_role=True)
    echoed = await (await alice.slash("echo", {"text": role.mention}, channel=hall)).answer()
    assert (echoed.text, echoed.role_pings) == (role.mention, [])


async def test_forward_is_readable_in_private_alone(bot: TinyBot, alice: Person, hall: Channel) -> None:
    said = (await alice.say(hall, "what of it?")).message
    for channel, text in ((alice.dm, "what of it?"), (hall, "")):
        sent = (await alice.forward(said, channel)).message
        heard = await bot.wait_for("message", check=lambda message, number=sent.id: message.id == number)
        assert (heard.content, heard.type, heard.reference.message_id) == ("", discord.MessageType.default, said.id)
        assert [snapshot.content for snapshot in heard.message_snapshots] == [text]
        assert heard.flags.forwarded


async def test_deleted_message_is_gone(bot: TinyBot, alice: Person, hall: Channel) -> None:
    said = await alice.say(hall, "a slip", mention_bot=True)
    [reply] = await said.replies()
    await alice.delete(said.message)
    assert list(hall.messages.values()) == [reply]
    assert reply.payload(reply.author)["referenced_message"] is None


async def test_thread_begins_from_a_message(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    first = (await alice.say(hall, "a long story")).message
    thread = server.thread(first, "the story")
    said = await alice.say(thread, "and then?", mention_bot=True)
    assert (await said.replies())[0].channel is thread
    found = bot.get_channel(first.id)
    assert isinstance(found, discord.Thread)
    assert (found.name, found.parent_id, found.archived) == ("the story", hall.id, False)
    await server.gateway.drop()
    server.gateway.sessions.clear()
    await server.gateway.ready()
    assert len(await (await alice.say(thread, "still?", mention_bot=True)).replies()) == 1
    again = bot.get_channel(first.id)
    assert again is not None
    assert again is not found, "the guild comes with its threads"
    server.archive(thread)
    with pytest.raises(LookupError, match="archived"):
        await alice.say(thread, "too late")
    await (await alice.say(hall, "this is later", mention_bot=True)).replies()
    assert bot.get_channel(first.id) is None


async def test_new_guild_and_channel_are_announced(server: LoopbackDiscord, bot: TinyBot) -> None:
    channel = server.text_channel(server.guild("New"), "first")
    said = await server.owner.say(channel, "welcome", mention_bot=True)
    assert len(await said.replies()) == 1
    assert {guild.name for guild in bot.guilds} == {"Keep", "New"}


async def test_guild_may_be_unknown_to_the_client(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    channel = server.text_channel(server.guild("Secret", [alice], announced=False), "hideout")
    said = await alice.say(channel, "who goes there?", mention_bot=True)
    message = await bot.wait_for("message", check=lambda message: message.id == said.message.id)
    assert (message.guild, message.channel.id) == (None, channel.id)
    asked = await alice.slash("echo", {"text": "me"}, channel=channel)
    assert (await asked.answer()).text == "me"
    assert "Secret" not in {guild.name for guild in bot.guilds}
    assert len(await said.replies()) == 1
