"""Posts in forums that a server's admins have chosen, and threads that go on from an answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.cogs.conftest import ASK_BOTH, BOTH
from tests.loopback import Channel, Message, Person
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

SETTINGS = {"MESSAGE_CONTENT": "on"}
# Sure enough for somebody who has not asked the bot.
TITLE = "why are both needed"


async def open_settings(stage: Stage, window: str, **values: object) -> Message:
    """Fill in one of the two windows of /settings as the server's owner."""
    owner = stage.server.owner
    shown = await owner.slash("settings", channel=stage.hall)
    opened = await owner.click(await shown.answer(), window)
    return await (await owner.submit(opened, values)).answer()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def forum(stage: Stage) -> AsyncIterator[Channel]:
    forum = stage.server.forum(stage.guild, "questions", tags=["Solved", "Help"])
    await open_settings(stage, "Where I answer", channels=[stage.hall], forums=[forum])
    yield forum


async def fence(stage: Stage) -> None:
    """Wait until the bot has dealt with all that it heard before."""
    person = stage.person("fence")
    for _ in range(2):
        await (await person.say(person.dm, ASK_BOTH)).replies()


def from_bot(stage: Stage, channel: Channel) -> list[Message]:
    return [message for message in channel.messages.values() if message.author is stage.server.bot]


async def test_a_new_post_is_answered_if_the_bot_is_sure(stage: Stage, forum: Channel) -> None:
    said = await stage.person("alice").post(forum, TITLE, "Please help.")
    reply = await said.message.channel.message(lambda message: message.author is stage.server.bot)
    assert BOTH in reply.text


@pytest.mark.parametrize("receipt", ["at once", "late"])
async def test_a_post_that_is_deleted_takes_its_answer_along(stage: Stage, forum: Channel, receipt: str) -> None:
    alice = stage.person("alice")
    if receipt == "late":
        stage.server.faults.delay("POST /channels/*/messages", 0.3, after=True)
    said = await alice.post(forum, TITLE, "Please help.")
    thread = said.message.channel
    reply = await thread.message(lambda message: message.author is stage.server.bot)
    await alice.delete(said.message)
    await stage.server.requested(lambda request: request.method == "DELETE" and str(reply.id) in request.path)
    assert reply.deleted


async def test_what_a_post_asks_the_bot_by_name_is_answered(stage: Stage, forum: Channel) -> None:
    text = f"{stage.server.bot.mention} do leaders like change"
    said = await stage.person("alice").post(forum, TITLE, text)
    reply = await said.message.channel.message(lambda message: "### Leaders and change" in message.text)
    assert reply.author is stage.server.bot


@pytest.mark.parametrize("title", ["hello everybody", "my printer is on fire", "what salary does a manager earn"])
async def test_other_posts_are_left_alone(stage: Stage, forum: Channel, title: str) -> None:
    said = await stage.person("alice").post(forum, title, "Please help.")
    await fence(stage)
    assert from_bot(stage, said.message.channel) == []


async def test_posts_elsewhere_and_solved_ones_are_left_alone(stage: Stage, forum: Channel) -> None:
    other = stage.server.forum(stage.guild, "jobs")
    alice = stage.person("alice")
    posts = [await alice.post(other, TITLE, "Hm."), await alice.post(forum, TITLE, "Hm.", tags=["Solved"])]
    await fence(stage)
    assert [from_bot(stage, said.message.channel) for said in posts] == [[], []]


async def answered_post(stage: Stage, forum: Channel, person: Person) -> Channel:
    thread = (await person.post(forum, TITLE, "Please help.")).message.channel
    await thread.message(lambda message: BOTH in message.text)
    return thread


async def test_who_posted_may_follow_up_until_somebody_else_has_answered(stage: Stage, forum: Channel) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    thread = await answered_post(stage, forum, alice)
    [reply] = await (await alice.say(thread, "source?")).replies()
    assert "The Review" in reply.text
    await bob.say(thread, "I think it depends.")
    await alice.say(thread, "who says that?")
    await fence(stage)
    assert len(from_bot(stage, thread)) == 2
    [reply] = await (await alice.say(thread, "who says that?", mention_bot=True)).replies()
    assert "A. Writer" in reply.text, "whoever mentions the bot wants its answer"


async def test_follow_ups_go_on_after_a_restart_and_stop_when_it_is_solved(stage: Stage, forum: Channel) -> None:
    alice = stage.person("alice")
    thread, taken = await answered_post(stage, forum, alice), await answered_post(stage, forum, alice)
    await stage.person("bob").say(taken, "I think it depends.")
    await fence(stage)
    await stage.start()
    [reply] = await (await alice.say(thread, "source?")).replies()
    assert "The Review" in reply.text
    await alice.say(taken, "source?")
    stage.server.tag(thread, "Solved")
    await alice.say(thread, "who says that?")
    await fence(stage)
    assert [len(from_bot(stage, channel)) for channel in (thread, taken)] == [2, 1]


async def test_a_thread_goes_on_from_an_answer_for_who_began_it(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    said = await alice.say(stage.hall, ASK_BOTH, mention_bot=True)
    [answer] = await said.replies()
    thread = stage.server.thread(answer, "more", owner=alice)
    [reply] = await (await alice.say(thread, "source?")).replies()
    assert "The Review" in reply.text
    await bob.say(thread, "source?")
    await fence(stage)
    assert len(from_bot(stage, thread)) == 1


async def taken_over(stage: Stage, alice: Person) -> Channel:
    """A thread in which a person has written, and of which the bot knows nothing since it was started."""
    [answer] = await (await alice.say(stage.hall, ASK_BOTH, mention_bot=True)).replies()
    thread = stage.server.thread(answer, "more", owner=alice)
    await stage.person("bob").say(thread, "I think so.")
    await fence(stage)
    await stage.start()
    stage.server.faults.delay(f"GET /channels/{thread.id}/messages", 0.5, after=True)
    return thread


async def being_read(stage: Stage, thread: Channel) -> None:
    """Wait until the bot has asked Discord what is in a thread, which has not answered yet."""
    asked = f"/channels/{thread.id}/messages"
    while not any(request.method == "GET" and request.path == asked for request in stage.server.requests):
        await asyncio.sleep(0.01)


async def test_somebody_who_answers_while_a_thread_is_read_is_noticed(stage: Stage, alice: Person) -> None:
    [answer] = await (await alice.say(stage.hall, ASK_BOTH, mention_bot=True)).replies()
    thread = stage.server.thread(answer, "more", owner=alice)
    await (await alice.say(thread, "source?")).replies()
    await stage.start()
    stage.server.faults.delay(f"GET /channels/{thread.id}/messages", 0.5, after=True)
    await alice.say(thread, "thanks a lot")
    await being_read(stage, thread)
    await stage.person("bob").say(thread, "I think it depends.")
    asked = f"/channels/{thread.id}/messages"
    await stage.server.requested(lambda request: request.method == "GET" and request.path == asked)
    await fence(stage)
    before = len(from_bot(stage, thread))
    await alice.say(thread, "who says that?")
    await fence(stage)
    assert len(from_bot(stage, thread)) == before


async def test_question_that_is_deleted_while_it_waits_is_not_answered(stage: Stage, alice: Person) -> None:
    thread = await taken_over(stage, alice)
    said = await alice.say(thread, "source?")
    await being_read(stage, thread)
    await alice.edit(said.message, f"{stage.server.bot.mention} {ASK_BOTH}")
    await alice.delete(said.message)
    answers = f"/channels/{thread.id}/messages/"
    await stage.server.requested(lambda request: request.method == "DELETE" and request.path.startswith(answers))
    assert from_bot(stage, thread) == []


async def test_question_that_is_edited_twice_while_it_waits_gets_the_last_answer(stage: Stage, alice: Person) -> None:
    thread = await taken_over(stage, alice)
    said = await alice.say(thread, "source?")
    await being_read(stage, thread)
    for question in ("do leaders like change", ASK_BOTH):
        await alice.edit(said.message, f"{stage.server.bot.mention} {question}")
    reply = await thread.message(lambda message: BOTH in message.text)
    assert from_bot(stage, thread) == [reply]


# Messages of others, which the bot may read here


async def test_what_points_at_a_message_goes_on_from_it_and_not_from_what_was_said_before(
    stage: Stage, alice: Person
) -> None:
    await (await alice.say(stage.hall, ASK_BOTH, mention_bot=True)).replies()
    chat = await stage.person("bob").say(stage.hall, "do leaders like change")
    said = await alice.say(stage.hall, "who says that?", reply_to=chat.message, mention_bot=True)
    [reply] = await said.replies()
    assert "### Leaders and change" in reply.text
