"""Who and what is addressed: which message is meant for the bot, and which answer a question refers to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.app import labels
from bot.service import wording
from tests.loopback import Interaction, Message, Person
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASK_BOTH, BOTH = "why are both needed", "### Why a firm needs both"
ASK_CHANGE, CHANGE = "do leaders like change", "### Leaders and change"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("addressing")) as stage:
        yield stage


async def reply_to(
    person: Person, stage: Stage, text: str, reply_to: Message | None = None, *, mention: bool = True
) -> Message:
    """The bot's reply to a message in the hall."""
    said = await person.say(stage.hall, text, reply_to=reply_to, mention_bot=mention)
    [reply] = await said.replies()
    return reply


async def follow_up(person: Person, message: Message, text: str) -> Interaction:
    """Use the field below an answer."""
    pressed = await person.click(message, labels.FOLLOW_UP)
    return await person.submit(pressed, {"question": text})


# Which answer a question refers to


async def test_reply_refers_to_the_answer_that_it_replies_to(stage: Stage, alice: Person) -> None:
    older = await reply_to(alice, stage, ASK_BOTH)
    await reply_to(alice, stage, ASK_CHANGE)
    assert (await reply_to(alice, stage, "source?", older, mention=False)).text.startswith(BOTH)
    assert (await reply_to(alice, stage, "source?")).text.startswith(BOTH), "the conversation goes on from there"


async def test_reply_to_an_answer_from_before_a_restart(stage: Stage, alice: Person) -> None:
    older = await reply_to(alice, stage, ASK_BOTH)
    await stage.start()
    assert (await reply_to(alice, stage, "source?", older, mention=False)).text.startswith(BOTH)


async def test_reply_to_somebody_elses_answer(stage: Stage, alice: Person) -> None:
    older = await reply_to(alice, stage, ASK_BOTH)
    bob = stage.person("bob")
    assert (await reply_to(bob, stage, "source?", older, mention=False)).text.startswith(BOTH)


async def test_reply_to_the_question_refers_to_its_answer(stage: Stage, alice: Person) -> None:
    asked = await alice.say(stage.hall, ASK_BOTH, mention_bot=True)
    await asked.replies()
    await reply_to(alice, stage, ASK_CHANGE)
    assert (await reply_to(alice, stage, "source?", asked.message)).text.startswith(BOTH)


@pytest.mark.parametrize("begins", ["question", "answer"])
async def test_thread_goes_on_from_where_it_began(stage: Stage, alice: Person, begins: str) -> None:
    asked = await alice.say(stage.hall, ASK_BOTH, mention_bot=True)
    [answer] = await asked.replies()
    await reply_to(alice, stage, ASK_CHANGE)
    thread = stage.server.thread(asked.message if begins == "question" else answer, "About both")
    for question, topic in (("source?", BOTH), (ASK_CHANGE, CHANGE), ("source?", CHANGE)):
        said = await alice.say(thread, question, mention_bot=True)
        assert (await said.replies())[0].text.startswith(topic)


async def test_thread_goes_on_in_a_server_that_is_not_known(stage: Stage) -> None:
    alice = stage.server.person("alice")
    square = stage.server.text_channel(stage.server.guild("Elsewhere", [alice], announced=False), "square")
    asked = await alice.say(square, ASK_BOTH, mention_bot=True)
    [answer] = await asked.replies()
    said = await alice.say(stage.server.thread(answer, "About both"), "source?", mention_bot=True)
    assert (await said.replies())[0].text.startswith(BOTH)


# What is asked


async def test_mention_of_the_bots_role_is_answered_with_what_to_do(stage: Stage, alice: Person) -> None:
    """Discord offers the role first, and does not show the bot what is said to it."""
    said = await alice.say(stage.hall, ASK_BOTH, mention_bot_role=True)
    [reply] = await said.replies()
    assert reply.text == labels.NO_TEXT.format(me=stage.server.bot.mention)
    assert reply.pings == []


async def test_mention_in_reply_to_a_question_answers_that(stage: Stage, alice: Person) -> None:
    bob = stage.person("bob")
    asked = await bob.say(stage.hall, ASK_BOTH, mention_bot=True)
    assert (await reply_to(alice, stage, "", asked.message)).text.startswith(BOTH)


@pytest.mark.parametrize("text", ["\N{WHITE UP POINTING BACKHAND INDEX}", "?", "<:point:77>", "<@5>"])
async def test_mention_that_only_points_to_a_question_answers_that(stage: Stage, alice: Person, text: str) -> None:
    asked = await stage.person("bob").say(stage.hall, ASK_BOTH, mention_bot=True)
    assert (await reply_to(alice, stage, text, asked.message)).text.startswith(BOTH)


async def test_mention_in_reply_to_what_discord_withholds_says_what_to_do(stage: Stage, alice: Person) -> None:
    chat = await stage.person("bob").say(stage.hall, ASK_BOTH)
    reply = await reply_to(alice, stage, "", chat.message)
    assert reply.text == labels.NO_TEXT_THERE.format(me=stage.server.bot.mention)


@pytest.mark.parametrize("text", ["is that true?", "can you answer this?"])
async def test_what_points_at_a_message_that_discord_withholds_is_not_guessed(
    stage: Stage, alice: Person, text: str
) -> None:
    await reply_to(alice, stage, ASK_BOTH)
    chat = await stage.person("bob").say(stage.hall, ASK_CHANGE)
    reply = await reply_to(alice, stage, text, chat.message)
    assert reply.text == labels.NO_TEXT_THERE.format(me=stage.server.bot.mention)


async def test_own_words_go_before_those_replied_to(stage: Stage, alice: Person) -> None:
    asked = await stage.person("bob").say(stage.hall, ASK_BOTH, mention_bot=True)
    assert (await reply_to(alice, stage, ASK_CHANGE, asked.message)).text.startswith(CHANGE)


async def test_forwarded_message_is_a_question(stage: Stage, alice: Person) -> None:
    chat = await stage.person("bob").say(stage.hall, ASK_BOTH)
    [reply] = await (await alice.forward(chat.message, alice.dm)).replies()
    assert reply.text.startswith(BOTH)


async def test_message_in_a_server_that_is_not_known_is_no_direct_message(stage: Stage) -> None:
    alice = stage.server.person("alice")
    elsewhere = stage.server.text_channel(stage.server.guild("Elsewhere", [alice], announced=False), "square")
    await alice.say(elsewhere, "just talking")
    said = await alice.say(elsewhere, ASK_BOTH, mention_bot=True)
    [reply] = await said.replies()
    assert reply.text.startswith(BOTH)
    bots = [message for message in elsewhere.messages.values() if message.author is stage.server.bot]
    assert bots == [reply]


# Follow up


@pytest.mark.parametrize("private", [False, True])
async def test_field_below_an_answer_goes_on_from_it(stage: Stage, alice: Person, private: bool) -> None:
    asked = await alice.slash("ask", {"question": ASK_BOTH, "private": private}, channel=stage.hall)
    answer = await asked.answer()
    await reply_to(alice, stage, ASK_CHANGE)
    source = await follow_up(alice, answer, "source?")
    text = (await source.answer()).text
    assert text.startswith("-# source?\n" + BOTH)
    assert source.ephemeral is private
    assert ("\n-# Asked by Alice" in text) is not private, "others see who asked"
    other = await follow_up(alice, await source.answer(), "what else?")
    assert "### Doing things right" in (await other.answer()).text


async def test_field_works_after_a_restart_and_for_others(stage: Stage, alice: Person) -> None:
    answer = await (await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)).answer()
    bob = stage.person("bob")
    pressed = await bob.click(answer, labels.FOLLOW_UP)
    await pressed.response()
    await stage.start()
    source = await bob.submit(pressed, {"question": "source?"})
    assert BOTH in (await source.answer()).text


async def test_no_field_where_people_can_simply_write(alice: Person) -> None:
    answer = await (await alice.slash("ask", {"question": ASK_BOTH}, channel=alice.dm)).answer()
    assert labels.FOLLOW_UP not in [button.label for button in answer.buttons]


# What is private


async def test_private_question_is_not_named_in_public(stage: Stage, alice: Person) -> None:
    await (await alice.slash("ask", {"question": ASK_BOTH, "private": True}, channel=stage.hall)).answer()
    assert BOTH not in (await reply_to(alice, stage, "source?")).text


async def test_command_does_not_erase_what_was_said_before(stage: Stage, alice: Person) -> None:
    await reply_to(alice, stage, ASK_CHANGE)
    await (await alice.slash("ask", {"question": ASK_BOTH, "private": True}, channel=stage.hall)).answer()
    assert (await reply_to(alice, stage, "source?")).text.startswith(CHANGE)


# What is left of other versions


async def test_button_of_another_version_says_so(stage: Stage, alice: Person) -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Old", "custom_id": "quiz:7"}]}
    old = stage.server.old_message(stage.hall, [row])
    pressed = await alice.click(old, "Old")
    assert (await pressed.answer()) is not old
    assert pressed.ephemeral
    assert wording.COMPONENT_GONE in (await pressed.answer()).text
