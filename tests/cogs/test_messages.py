"""Direct messages, mentions and replies are answered; what is not meant for the bot is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.app import labels
from bot.knowledge import About
from bot.service import wording
from bot.service.wording import introduction
from tests.cogs.conftest import ASK_BOTH, BOTH, RELATED, ask, kept, press, refused
from tests.loopback import Allowed, Channel, Json, Message, Person, User, permissions, set_pings
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASK_RISK = "who takes more risks"
RISK = "Leaders seek the upside of a risk, managers limit its downside."


async def reply_to(person: Person, channel: Channel, text: str, *, mention: bool = False) -> Message:
    """The one reply to a message."""
    [reply] = await (await person.say(channel, text, mention_bot=mention)).replies()
    return reply


def later(than: int, text: str) -> Callable[[Message], bool]:
    """Whether a message is later than another one and has a text in it."""
    return lambda message: message.id > than and text in message.text


# A direct conversation


async def test_direct_message_and_its_follow_ups_are_answered(alice: Person) -> None:
    reply = await reply_to(alice, alice.dm, ASK_BOTH)
    assert BOTH in reply.text
    assert ASK_BOTH not in reply.text, "everybody there sees what was asked"
    assert reply.reply_to is None
    assert next(button.label for button in reply.buttons) == RELATED
    source = await reply_to(alice, alice.dm, "source?")
    assert source.text.startswith("### Why a firm needs both")
    assert "The Review" in source.text
    other = await reply_to(alice, alice.dm, "what else?")
    assert other.text.startswith(f"### {RELATED.removesuffix('…')}")
    assert "**Leadership**" not in other.text
    more = await reply_to(alice, alice.dm, "tell me more")
    assert more.text.startswith(f"### {RELATED.removesuffix('…')}")
    assert "**Leadership** · does the right things\n**Management** · does things right" in more.text


async def test_message_may_follow_up_a_command_and_no_command_follows_up(alice: Person) -> None:
    await ask(alice, ASK_BOTH, alice.dm)
    assert (await reply_to(alice, alice.dm, "source?")).text.startswith("### Why a firm needs both")
    assert "### Why a firm" not in (await ask(alice, "source?", alice.dm)).text


async def test_conversations_are_apart(stage: Stage, alice: Person) -> None:
    bob = stage.person("bob")
    await reply_to(alice, stage.hall, ASK_BOTH, mention=True)
    for person, channel in ((bob, stage.hall), (alice, alice.dm)):
        mention = channel is stage.hall
        assert "### Why a firm" not in (await reply_to(person, channel, "source?", mention=mention)).text
    assert (await reply_to(alice, stage.hall, "source?", mention=True)).text.startswith("### Why a firm needs both")


async def test_message_that_comes_twice_is_answered_once(stage: Stage, alice: Person) -> None:
    said = await alice.say(alice.dm, ASK_BOTH)
    await said.replies()
    before = len(alice.dm.messages)
    stage.server.gateway.repeat("MESSAGE_CREATE", said.message.id)
    posts = f"/channels/{alice.dm.id}/messages"
    await stage.server.requested(lambda request: request.path.endswith(posts), count=2)
    assert len(alice.dm.messages) == before


@pytest.mark.parametrize("text", ["?", "x" * 4000, "long words " * 360, "**|| ` <@1> @everyone", "\u202e\u200b"])
async def test_any_text_gets_a_reply(alice: Person, text: str) -> None:
    assert (await reply_to(alice, alice.dm, text)).text


# In a server


@pytest.mark.parametrize("text", ["{} why are both needed", "why are {} both needed", "why are both needed {}"])
async def test_mention_anywhere_is_answered(stage: Stage, alice: Person, text: str) -> None:
    said = await alice.say(stage.hall, text.format(stage.server.bot.mention))
    [reply] = await said.replies()
    assert BOTH in reply.text
    assert reply.reply_to is said.message
    assert reply.pings == []


async def test_reply_to_the_bot_goes_on(stage: Stage, alice: Person) -> None:
    first = await reply_to(alice, stage.hall, ASK_BOTH, mention=True)
    said = await alice.say(stage.hall, "source?", reply_to=first)
    [reply] = await said.replies()
    assert reply.text.startswith("### Why a firm needs both")
    assert reply.reply_to is said.message


@pytest.mark.parametrize("text", ["", "   "])
async def test_mention_alone_is_introduced(stage: Stage, alice: Person, text: str) -> None:
    assert (await reply_to(alice, stage.hall, text, mention=True)).text == introduction(About())


async def test_nobody_is_pinged(stage: Stage, alice: Person) -> None:
    allowed = permissions.MEMBER | permissions.MENTION_EVERYONE
    loud = stage.server.text_channel(stage.guild, "loud", bot_permissions=allowed)
    asked = f"{stage.person('bob').mention} @everyone {ASK_BOTH}"
    for text, says in (("", ""), ("how does one raise an alarm", "@everyone and @here"), (asked, BOTH)):
        reply = await reply_to(alice, loud, text, mention=True)
        assert says in reply.text
        assert (reply.pings, reply.pings_everyone) == ([], False)


async def test_channel_that_the_bot_may_not_write_in_costs_a_line_in_the_log(alice: Person, stage: Stage) -> None:
    silent = stage.server.text_channel(stage.guild, "silent", bot_permissions=permissions.VIEW_CHANNEL)
    await alice.say(silent, ASK_BOTH, mention_bot=True)
    assert "message: not possible" in await stage.bot.wrote("not possible")
    [refused] = stage.server.refused
    stage.server.refused.clear()
    assert refused.status == 403
    assert "Traceback" not in stage.bot.output


@pytest.mark.parametrize("waits", [True, False])
async def test_question_that_is_deleted_takes_its_answer_along(stage: Stage, alice: Person, waits: bool) -> None:
    said = await alice.say(stage.hall, ASK_BOTH, mention_bot=True)
    if waits:
        await said.replies()
    await alice.delete(said.message)
    await stage.server.requested(lambda request: request.method == "DELETE", count=1)
    assert not [m for m in stage.hall.messages.values() if m.author is stage.server.bot and m.id > said.message.id]


async def test_message_that_gets_its_question_later_is_answered_where_it_was_told_how_to_ask(
    stage: Stage, alice: Person
) -> None:
    said = await alice.say(stage.hall, "", mention_bot=True)
    [told] = await said.replies()
    await alice.edit(said.message, f"{stage.server.bot.mention} {ASK_BOTH}")
    await stage.hall.changed.until(lambda: BOTH in told.text, 5, "an answer")
    await alice.delete(said.message)
    await stage.hall.changed.until(lambda: told.deleted, 5, "its deletion")


@pytest.mark.parametrize("direct", [True, False])
async def test_question_after_question_goes_on_from_the_one_before(stage: Stage, alice: Person, direct: bool) -> None:
    channel = alice.dm if direct else stage.hall
    await reply_to(alice, channel, ASK_RISK, mention=not direct)
    await alice.say(channel, ASK_BOTH, mention_bot=not direct)  # and before that is answered:
    said = await alice.say(channel, "source?", mention_bot=not direct)
    source = await channel.message(later(said.message.id, "From “"))
    assert source.text.startswith("### Why a firm needs both")


async def test_who_is_faster_than_a_receipt_is_understood(stage: Stage, alice: Person) -> None:
    stage.server.faults.delay(f"POST /channels/{stage.hall.id}/messages", 0.5, after=True)
    [reply] = await (await alice.say(stage.hall, ASK_RISK, mention_bot=True)).replies()
    await (await alice.submit(await alice.click(reply, labels.NOT_MEANT), {"topic": "both"})).answer()
    [*_, late] = [request for request in stage.server.requests if request.path.endswith(f"{stage.hall.id}/messages")]
    await stage.server.requested(lambda request: request is late)
    [source] = await (await alice.say(stage.hall, "source?", reply_to=reply)).replies()
    assert source.text.startswith("### Why a firm needs both")


async def test_question_that_is_corrected_is_answered_anew_in_place(stage: Stage, alice: Person) -> None:
    said = await alice.say(stage.hall, "how far ahead do leaders look", mention_bot=True)
    [reply] = await said.replies()
    await alice.edit(said.message, f"{stage.server.bot.mention} {ASK_BOTH}")
    await stage.hall.message(lambda message: message is reply and BOTH in message.text)
    assert reply.pings == []
    assert (await press(alice, reply, wording.WHY)).text.startswith(f"### Why this answer?\n- I understood: {ASK_BOTH}")
    source = await reply_to(alice, stage.hall, "source?", mention=True)
    assert source.text.startswith("### Why a firm needs both")


@pytest.mark.parametrize("text", ["how far ahead do leaders look", "no mention of anybody"])
async def test_change_that_asks_nothing_else_changes_nothing(stage: Stage, alice: Person, text: str) -> None:
    said = await alice.say(stage.hall, "how far ahead do leaders look", mention_bot=True)
    [reply] = await said.replies()
    before = reply.text
    await alice.edit(said.message, f"{stage.server.bot.mention}  {text}" if "leaders" in text else text)
    await answered(stage, stage.hall)
    assert (reply.text, reply.edited) == (before, None)


async def test_answer_that_was_dismissed_stays_away(stage: Stage, alice: Person) -> None:
    said = await alice.say(stage.hall, ASK_BOTH, mention_bot=True)
    [reply] = await said.replies()
    await (await alice.click(reply, labels.DISMISS)).response()
    await stage.hall.changed.until(lambda: reply.deleted or None, 5, "a dismissed message")
    await alice.edit(said.message, f"{stage.server.bot.mention} how far ahead do leaders look")
    await alice.delete(said.message)
    await stage.server.requested(lambda request: request.status == 404, count=2)
    assert max(stage.hall.messages) < said.message.id
    assert "Traceback" not in stage.bot.output
    assert refused(stage) == [10008, 10008]


# The first time


async def test_first_message_of_a_person_introduces_the_bot_once(stage: Stage, alice: Person) -> None:
    bob = stage.person("bob")
    for person, channel, text in ((alice, stage.hall, ASK_BOTH), (bob, bob.dm, "what salary does a manager earn")):
        first = await reply_to(person, channel, text, mention=channel is stage.hall)
        assert f"\n-# {labels.FIRST_TIME}" in first.text
        await kept(stage, "introduced")
        await stage.start()
        for place in (stage.hall, person.dm):
            again = await reply_to(person, place, ASK_BOTH, mention=place is stage.hall)
            assert labels.FIRST_TIME not in again.text


async def test_who_was_told_what_the_bot_is_is_not_told_again(stage: Stage, alice: Person) -> None:
    assert (await reply_to(alice, stage.hall, "", mention=True)).text == introduction(About())
    assert labels.FIRST_TIME not in (await reply_to(alice, stage.hall, ASK_BOTH, mention=True)).text


# What is not meant for the bot


@dataclass(eq=False)
class WebhookMessage(Message):
    """A message of a webhook: its author is no account, and is not always marked as a bot."""

    def payload(self, reader: User, *, shown: bool = False, quoted: bool = False) -> Json:
        return {**super().payload(reader, shown=shown, quoted=quoted), "webhook_id": str(self.author.id)}


def post(stage: Stage, message: Message) -> None:
    """Let somebody who is no person, or Discord itself, write a message."""
    set_pings(message, Allowed(), stage.server.world)
    stage.server.board.post(message)


async def answered(stage: Stage, channel: Channel) -> list[Message]:
    """All that the bot wrote there, apart from its answers to two questions that are asked now.

    The bot hears of messages in their order, and works on them at the same time: what it wanted to say to
    earlier ones is said when the second of two later ones, asked one after the other, is answered.
    """
    in_server, fences = channel.guild is not None, set[int]()
    asker = stage.person() if in_server else next(user for user in channel.recipients if isinstance(user, Person))
    for _ in range(2):
        said = (await asker.say(channel, ASK_RISK, mention_bot=in_server)).message.id
        fence = await channel.message(later(said, RISK))
        fences.add(fence.id)
    return [m for m in channel.messages.values() if m.author is stage.server.bot and m.id not in fences]


@pytest.fixture
def square(stage: Stage) -> Channel:
    """A channel in which nothing was written yet."""
    return stage.server.text_channel(stage.guild, "square")


async def test_what_people_say_to_each_other_is_left_alone(stage: Stage, alice: Person, square: Channel) -> None:
    said = await alice.say(square, ASK_BOTH)
    await stage.person("bob").say(square, f"{alice.mention} risk?", reply_to=said.message)
    await alice.say(square, "@everyone what is leadership?")
    first = await reply_to(alice, square, ASK_BOTH, mention=True)
    await alice.say(square, "thanks", reply_to=first, ping=False)
    assert await answered(stage, square) == [first]


@pytest.mark.parametrize("kind", [Message, WebhookMessage])
@pytest.mark.parametrize("place", ["server", "direct"])
async def test_other_bots_are_left_alone(
    stage: Stage, alice: Person, square: Channel, kind: type[Message], place: str
) -> None:
    server, channel = stage.server, square if place == "server" else alice.dm
    other = User(server.world.new_id(), "other", bot=kind is Message)
    stage.guild.members[other.id] = other
    post(stage, kind(server.world.new_id(), channel, other, content=f"{server.bot.mention} {ASK_BOTH}"))
    assert await answered(stage, channel) == []


async def test_its_own_messages_are_left_alone(stage: Stage, alice: Person, square: Channel) -> None:
    for channel in (square, alice.dm):
        text = f"{stage.server.bot.mention} {ASK_BOTH}"
        post(stage, Message(stage.server.world.new_id(), channel, stage.server.bot, content=text))
        assert len(await answered(stage, channel)) == 1


async def test_what_discord_itself_notes_is_left_alone(stage: Stage, alice: Person) -> None:
    """A pinned message and a call are messages too: of a person, of no words, and of a kind of their own."""
    reply = await reply_to(alice, alice.dm, ASK_BOTH)
    for kind in (6, 3):
        post(stage, Message(stage.server.world.new_id(), alice.dm, alice, type=kind))
    assert await answered(stage, alice.dm) == [reply]
