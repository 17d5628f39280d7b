"""Messages are changed and deleted: the bot's by the bot, people's by people."""

from __future__ import annotations

from collections.abc import Iterator

import discord
import pytest
from discord import app_commands, ui
from discord.http import Route

from . import Button, Channel, Json, LoopbackDiscord, Message, Person, permissions
from .conftest import TinyBot, card

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def nothing_is_refused(server: LoopbackDiscord) -> Iterator[None]:
    yield
    assert server.refused == []


async def test_bot_changes_and_deletes_what_it_wrote(bot: TinyBot, hall: Channel) -> None:
    place = bot.get_partial_messageable(hall.id)
    async with place.typing():
        sent = await place.send("a draft")
    message = hall.messages[sent.id]
    await sent.edit(content=None, view=card("a card"))
    assert (message.text, message.edited is None) == ("a card", False)
    assert (await place.fetch_message(sent.id)).flags.components_v2
    await sent.delete()
    assert (message.deleted, hall.messages) == (True, {})


async def test_buttons_look_as_they_were_sent(bot: TinyBot, hall: Channel) -> None:
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="Gone", custom_id="gone", style=discord.ButtonStyle.danger, disabled=True))
    view.add_item(ui.Button(label="Site", url="https://example.org"))
    sent = await bot.get_partial_messageable(hall.id).send("choose", view=view)
    gone, site = Button("Gone", "gone", 4, True), Button("Site", None, 5, False, "https://example.org")
    assert hall.messages[sent.id].buttons == [gone, site]


async def test_bot_deletes_its_answers(bot: TinyBot, alice: Person, hall: Channel) -> None:
    @app_commands.command(description="Answer twice and think again")
    async def regret(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("an answer", ephemeral=True)
        more = await interaction.followup.send("and more", wait=True)
        assert (await interaction.original_response()).content == "an answer"
        await more.delete()
        await interaction.delete_original_response()
        await interaction.followup.send("sorry")

    bot.tree.add_command(regret)
    await bot.tree.sync()
    asked = await alice.slash("regret", channel=hall)
    sorry = await hall.message(lambda message: message.text == "sorry")
    assert asked.message is not None
    assert asked.message.deleted
    assert [message.deleted for message in asked.followups] == [True, False]
    assert list(hall.messages.values()) == [sorry]


async def test_person_changes_what_they_wrote(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    said = await alice.say(hall, "a slip")
    for text, heard in (("another slip", ""), (f"{server.bot.mention} well?", f"{server.bot.mention} well?")):
        await said.edit(text)
        event = await bot.wait_for("raw_message_edit", timeout=5.0)
        assert (event.message_id, event.message.content, said.message.text) == (said.message.id, heard, text)
        assert event.message.edited_at is not None
    with pytest.raises(LookupError, match="owner may not edit"):
        await server.owner.edit(said.message, "mine")
    with pytest.raises(ValueError, match="nobody can send 0"):
        await alice.edit(said.message, "")


async def test_reply_keeps_its_ping_when_it_is_edited(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    sent = await bot.get_partial_messageable(hall.id).send("a message")
    for ping in (True, False):
        said = await alice.say(hall, "a reply", reply_to=hall.messages[sent.id], ping=ping)
        await said.edit("a better reply")
        assert said.message.pings == ([server.bot] if ping else [])


async def refusal(bot: TinyBot, method: str, message: Message, body: Json | None = None) -> int:
    """The code of the error that a request about a message is answered with."""
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.request(Route(method, f"/channels/{message.channel.id}/messages/{message.id}"), json=body)
    return refused.value.code


async def test_messages_of_others_are_not_the_bots(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    said, private = (await alice.say(hall, "hi")).message, (await alice.say(alice.dm, "hi")).message
    [answer] = await (await alice.say(hall, "you", mention_bot=True)).replies()
    may, may_clean = permissions.MEMBER, permissions.MEMBER | permissions.MANAGE_MESSAGES
    for method, message, code in (
        ("PATCH", said, 50005),
        ("DELETE", said, 50013),
        ("DELETE", private, 50003),
        ("PATCH", answer, 50006),
    ):
        assert await refusal(bot, method, message, {"content": ""}) == code
    for method, rights, code in (("GET", 0, 50001), ("GET", may & ~permissions.READ_MESSAGE_HISTORY, 50001)):
        hall.bot_permissions = rights
        assert await refusal(bot, method, said) == code
    hall.bot_permissions = may_clean
    await bot.get_partial_messageable(hall.id).get_partial_message(said.id).delete()
    assert await refusal(bot, "GET", said) == 10008
    server.refused.clear()


async def test_messages_of_an_archived_thread_stay(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    thread = server.thread((await alice.say(hall, "hi")).message, "thread")
    [answer] = await (await alice.say(thread, "you", mention_bot=True)).replies()
    server.archive(thread)
    assert await refusal(bot, "PATCH", answer, {"content": "x"}) == 50083
    assert await refusal(bot, "DELETE", answer) == 50083
    hall.bot_permissions = permissions.VIEW_CHANNEL
    with pytest.raises(discord.Forbidden):
        await bot.http.send_typing(hall.id)
    server.refused.clear()


async def test_fetched_text_is_withheld_as_in_events(bot: TinyBot, alice: Person, hall: Channel) -> None:
    place = bot.get_partial_messageable(hall.id)
    for mention, seen in ((False, False), (True, True)):
        said = (await alice.say(hall, "what of it?", mention_bot=mention)).message
        assert (await place.fetch_message(said.id)).content == (said.content if seen else "")


async def test_history_is_shown_newest_first_to_who_may_read_it(bot: TinyBot, alice: Person, hall: Channel) -> None:
    said = [await alice.say(hall, text) for text in ("one", "two", "three")]
    place = bot.get_partial_messageable(hall.id)
    assert [message.id async for message in place.history(limit=2)] == [said[2].message.id, said[1].message.id]
    hall.bot_permissions &= ~permissions.READ_MESSAGE_HISTORY
    assert [message async for message in place.history(limit=2)] == []
