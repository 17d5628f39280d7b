"""What people do with an answer: ask why, rate it, correct it, share it, dismiss it, ask a human instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import NONE_OF_THESE, labels
from bot.service import wording
from tests.cogs.conftest import ASK_BOTH, RELATED, ask, kept, press, refused, settle
from tests.loopback import Answer, Channel, Interaction, Message, Person, permissions
from tests.small_library import replace
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHANGE = "### Leaders and change"
SURE = "The nearest topic is “Why a firm needs both”; I am "


@pytest.fixture
def bob(stage: Stage) -> Person:
    return stage.person("bob")


async def said(person: Person, channel: Channel, text: str) -> Message:
    """The bot's reply to a message."""
    [reply] = await (await person.say(channel, text, mention_bot=channel.guild is not None)).replies()
    return reply


# Why


async def test_why_says_privately_what_was_understood_and_how_sure_that_was(
    stage: Stage, alice: Person, bob: Person
) -> None:
    message = await ask(alice, "hey, why are both neded?", stage.hall)
    for person in (alice, bob):
        why = await press(person, message, wording.WHY)
        title, *lines = why.text.splitlines()
        assert why.ephemeral
        assert title == "### Why this answer?"
        assert lines[0] == "- I understood: why are both needed"
        assert lines[1] == "- I read “neded” as “needed”."
        assert lines[2].startswith(f"- {SURE}")
        assert lines[3] == "- The nearest question that I know: “why are both needed”"
        assert lines[-1].startswith("- At 50 % or more I answer")
        assert why.buttons == []


async def test_why_after_a_restart_reads_the_question_from_the_message(stage: Stage, alice: Person) -> None:
    asked = await ask(alice, f"*{ASK_BOTH}*", stage.hall)
    mentioned = await said(alice, stage.hall, ASK_BOTH)
    shared = await press(alice, await ask(alice, ASK_BOTH, stage.hall, private=True), labels.SHARE)
    source = await said(alice, stage.hall, "source?")
    written = await said(alice, alice.dm, ASK_BOTH)
    await stage.start()
    for message in (asked, mentioned, shared):
        why = await press(alice, message, wording.WHY)
        assert f"- I understood: {ASK_BOTH}\n- {SURE}" in why.text
    went_on = "I took it as going on from what was said before, and answered with “Why a firm needs both”."
    assert went_on in (await press(alice, source, wording.WHY)).text
    forgotten = await press(alice, written, wording.WHY)
    assert forgotten.text == labels.QUESTION_FORGOTTEN


# That helped, and not what I meant


async def test_what_helped_is_noted_without_the_question(stage: Stage, alice: Person, bob: Person) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall)
    for person in (alice, bob, alice):
        thanks = await press(person, message, labels.HELPED)
        assert (thanks.text, thanks.ephemeral) == (labels.NOTED, True)
    first, second = await kept(stage, "feedback", 2, message=message.id)
    assert (first["topic"], first["helpful"], first["question"]) == ("both", 1, None)
    assert first["person"] != second["person"]
    assert str(alice.id) not in (first["person"], second["person"])


async def correct(person: Person, message: Message, **values: object) -> Interaction:
    """Say what was meant instead of an answer."""
    return await person.submit(await person.click(message, labels.NOT_MEANT), values)


@pytest.mark.parametrize("private", [True, False])
async def test_other_words_are_answered_in_place(stage: Stage, alice: Person, private: bool) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall, private=private)
    sent = await correct(alice, message, question="do leaders like change")
    assert (await sent.response()).type is Answer.UPDATE
    assert await sent.answer() is message
    assert message.text.startswith(f"-# do leaders like change\n{CHANGE}")
    assert (labels.SHARE in [button.label for button in message.buttons]) is private
    [row] = await kept(stage, "feedback", message=message.id)
    assert (row["topic"], row["helpful"], row["question"]) == ("both", 0, ASK_BOTH)
    assert (row["meant_topic"], row["meant_text"]) == (None, "do leaders like change")


async def test_chosen_topic_is_answered_in_place_below_the_question(stage: Stage, alice: Person) -> None:
    message = await said(alice, stage.hall, ASK_BOTH)
    opened = await alice.click(message, labels.NOT_MEANT)
    topics, words = [part["component"] for part in (await opened.response()).data["components"]]
    offered = [option["value"] for option in topics["options"]]
    assert "both" not in offered
    assert offered[-1] == NONE_OF_THESE
    assert await (await alice.submit(opened, {topics["custom_id"]: "change"})).answer() is message
    assert message.text.startswith(f"-# {ASK_BOTH}\n{CHANGE}")
    [row] = await kept(stage, "feedback", message=message.id)
    assert (row["meant_topic"], row["meant_text"], row["question"]) == ("change", None, ASK_BOTH)
    [source] = await (await alice.say(stage.hall, "source?", reply_to=message)).replies()
    assert source.text.startswith(CHANGE), "a follow-up goes on from what was meant"
    assert words["required"] is False


@pytest.mark.parametrize("values", [{}, {"topic": NONE_OF_THESE, "question": " "}])
async def test_nothing_chosen_is_noted_and_changes_nothing(
    stage: Stage, alice: Person, values: dict[str, object]
) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall)
    before = message.text
    sent = await correct(alice, message, **values)
    assert (await sent.answer()).text == labels.MEANT_NOTHING
    assert sent.ephemeral
    assert message.text == before
    [row] = await kept(stage, "feedback", message=message.id)
    assert (row["helpful"], row["meant_topic"], row["meant_text"]) == (0, None, None)


async def test_topic_that_is_gone_when_it_is_chosen_is_noted_all_the_same(
    stage: Stage, alice: Person, folder: Path
) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall)
    opened = await alice.click(message, labels.NOT_MEANT)
    await opened.response()
    replace(folder / "topics/leaders.yaml", "id: horizon", "id: distance")
    replace(folder / "topics/difference.yaml", "[risk, both, horizon]", "[risk, both]")
    replace(folder / "outside.yaml", "[both, horizon]", "[both]")
    assert "**Removed:** topic horizon" in await stage.reload()
    sent = await alice.submit(opened, {"topic": "horizon"})
    assert ((await sent.answer()).text, sent.ephemeral) == (wording.TOPIC_GONE, True)
    [row] = await kept(stage, "feedback", message=message.id)
    assert row["meant_topic"] == "horizon"
    assert "never awaited" not in stage.bot.output


CRISIS = """\
- {id: crisis, reply: Please call somebody., questions: [i want to die, nobody would miss me, i feel so alone]}
"""


async def learn_to_care(stage: Stage, folder: Path) -> None:
    """Add what the library needs to know people in distress."""
    with (folder / "outside.yaml").open("a", encoding="utf-8") as outside:
        outside.write(CRISIS)
    await stage.reload()


async def test_nothing_is_kept_of_distress_told_in_other_words(stage: Stage, alice: Person, folder: Path) -> None:
    await learn_to_care(stage, folder)
    message = await ask(alice, ASK_BOTH, stage.hall)
    sent = await correct(alice, message, question="i want to die")
    reply = await sent.answer()
    assert (reply.text, reply.ephemeral, reply.buttons) == ("Please call somebody.", True, [])
    assert ASK_BOTH in message.text
    await press(alice, await ask(alice, ASK_BOTH, stage.hall), labels.HELPED)  # all before it is written by then
    assert await kept(stage, "feedback", 0, message=message.id) == []
    assert await kept(stage, "asked", 0, text="i want to die") == []


async def test_distress_is_cared_for_wherever_words_may_be_typed(stage: Stage, alice: Person, folder: Path) -> None:
    await learn_to_care(stage, folder)
    for command, option in (("quote", "about"), ("compare", "aspect")):
        asked = await alice.slash(command, {option: "i want to die"}, channel=stage.hall)
        reply = await asked.answer()
        assert (reply.text, reply.ephemeral) == ("Please call somebody.", True)


@pytest.mark.parametrize("text", ["thank you", "hello"])
async def test_what_is_no_question_replaces_no_answer(stage: Stage, alice: Person, text: str) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall)
    shown, buttons = message.text, message.buttons
    reply = await (await correct(alice, message, question=text)).answer()
    assert reply.ephemeral
    assert (message.text, message.buttons) == (shown, buttons)


# Share and dismiss


async def test_private_answer_is_shared_under_the_askers_name(stage: Stage, alice: Person, bob: Person) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall, private=True)
    shared = await press(alice, message, labels.SHARE)
    assert shared is list(stage.hall.messages.values())[-1]
    assert shared.text == f"{message.text}\n-# Shared by {alice.mention}"
    assert (shared.accent, shared.pings) == (message.accent, [])
    assert (await press(bob, shared, RELATED)).text.startswith("### Doing things right, doing the right things")
    assert SURE in (await press(bob, shared, wording.WHY)).text
    [source] = await (await bob.say(stage.hall, "source?", reply_to=shared, mention_bot=True)).replies()
    assert source.text.startswith("### Why a firm needs both")
    assert (await press(bob, shared, labels.DISMISS)).text == labels.NOT_YOURS
    await (await alice.click(shared, labels.DISMISS)).response()
    await stage.server.requested(lambda request: request.method == "DELETE")
    assert shared.deleted


async def test_shared_answer_without_a_question_on_it_is_still_known(stage: Stage, alice: Person, bob: Person) -> None:
    related = await press(alice, await ask(alice, ASK_BOTH, stage.hall), RELATED)
    shared = await press(alice, related, labels.SHARE)
    assert "- I understood: doing things right" in (await press(bob, shared, wording.WHY)).text


async def test_share_pressed_twice_shares_once(stage: Stage, alice: Person) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall, private=True)
    pressed = [await alice.click(message, labels.SHARE) for _ in range(2)]
    told = [(await one.answer()).text for one in pressed]
    assert told.count(labels.SHARED_ALREADY) == 1


@pytest.mark.parametrize("place", ["command", "mention", "direct"])
async def test_who_asked_may_dismiss_an_answer(stage: Stage, alice: Person, place: str) -> None:
    channel = alice.dm if place == "direct" else stage.hall
    message = await (ask(alice, ASK_BOTH, channel) if place == "command" else said(alice, channel, ASK_BOTH))
    pressed = await alice.click(message, labels.DISMISS)
    assert (await pressed.response()).type is Answer.DEFERRED_UPDATE
    await channel.changed.until(lambda: message.deleted or None, 5, "a dismissed message")
    assert message.id not in channel.messages


# Ask a human, and what is not for others


@pytest.fixture
def square(stage: Stage, alice: Person, bob: Person) -> Channel:
    """A channel in a server of its own, in which "Ask a human" asks in another channel."""
    return stage.server.text_channel(stage.server.guild("Square", [alice, bob]), "square")


async def pass_on(person: Person, message: Message) -> Message:
    """Ask a human, and mean it."""
    return await press(person, await press(person, message, labels.ASK_A_HUMAN), labels.POST_IT)


async def test_question_is_passed_on_to_a_channel_once(stage: Stage, alice: Person, square: Channel) -> None:
    assert square.guild is not None
    help_desk = stage.server.text_channel(square.guild, "help")
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[help_desk])).answer()
    message = await ask(alice, f"{ASK_BOTH} @everyone", square)
    confirmation = await press(alice, message, labels.ASK_A_HUMAN)
    assert confirmation.ephemeral
    assert f"> {ASK_BOTH} @\u200beveryone" in confirmation.text
    assert not help_desk.messages
    pressed = [await alice.click(confirmation, labels.POST_IT) for _ in range(2)]  # people press twice
    told, again = sorted([await one.answer() for one in pressed], key=lambda answer: "http" not in answer.text)
    [passed] = help_desk.messages.values()
    link = f"https://discord.com/channels/{square.guild.id}"
    assert passed.text.splitlines() == [
        f"{alice.mention} would like an answer from a person:",
        f"> {ASK_BOTH} @\u200beveryone",
        f"{link}/{square.id}/{message.id}",
    ]
    assert (passed.pings, passed.pings_everyone) == ([], False)
    assert (told.text, told.ephemeral) == (f"I have passed your question on: {link}/{help_desk.id}/{passed.id}", True)
    assert again.text == labels.PASSED_ON_ALREADY
    hidden = await ask(alice, ASK_BOTH, square, private=True)
    await pass_on(alice, hidden)
    assert list(help_desk.messages.values())[-1].text.endswith(f"\n{link}/{square.id}"), "nobody else sees the answer"
    assert len(help_desk.messages) == 2


async def test_question_is_passed_on_once_however_long_that_takes(stage: Stage, alice: Person, square: Channel) -> None:
    assert square.guild is not None
    help_desk = stage.server.text_channel(square.guild, "help")
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[help_desk])).answer()
    confirmation = await press(alice, await ask(alice, ASK_BOTH, square), labels.ASK_A_HUMAN)
    stage.server.faults.delay(f"POST /channels/{help_desk.id}/messages", 3.3, after=True)
    told = await (await alice.click(confirmation, labels.POST_IT)).answer()
    assert "I have passed your question on" in told.text
    assert len(help_desk.messages) == 1


async def test_what_could_not_be_passed_on_does_not_count(stage: Stage, alice: Person, square: Channel) -> None:
    assert square.guild is not None
    help_desk = stage.server.text_channel(square.guild, "help", bot_permissions=0)
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[help_desk])).answer()
    confirmation = await press(alice, await ask(alice, ASK_BOTH, square), labels.ASK_A_HUMAN)
    for _ in range(5):
        assert "I lack the permission" in (await press(alice, confirmation, labels.POST_IT)).text
    assert refused(stage) == [50001] * 5
    help_desk.bot_permissions = permissions.MEMBER
    assert "I have passed your question on" in (await press(alice, confirmation, labels.POST_IT)).text


async def test_question_is_passed_on_to_no_other_place_than_it_was_shown(
    stage: Stage, alice: Person, square: Channel
) -> None:
    assert square.guild is not None
    mods, everybody = (stage.server.text_channel(square.guild, name) for name in ("mods", "everybody"))
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[mods])).answer()
    message = await ask(alice, ASK_BOTH, square)
    confirmation = await press(alice, message, labels.ASK_A_HUMAN)
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[everybody])).answer()
    assert (await press(alice, confirmation, labels.POST_IT)).text == labels.HUMAN_ELSEWHERE
    assert not everybody.messages
    assert "I have passed your question on" in (await pass_on(alice, message)).text


async def test_one_person_passes_on_a_few_questions_an_hour(stage: Stage, alice: Person, square: Channel) -> None:
    assert square.guild is not None
    help_desk = stage.server.text_channel(square.guild, "help")
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[help_desk])).answer()
    told = [(await pass_on(alice, await ask(alice, ASK_BOTH, square))).text for _ in range(6)]
    assert told[-1] == labels.PASSED_ON_ENOUGH
    assert len(help_desk.messages) == 5


async def test_role_is_pinged_where_the_question_was_asked_and_nobody_else(
    stage: Stage, alice: Person, bob: Person, square: Channel, may_ping: set[int]
) -> None:
    assert square.guild is not None
    square.bot_permissions |= permissions.MENTION_EVERYONE
    helpers, others = (stage.server.role(square.guild, name, mentionable=True) for name in ("helpers", "others"))
    may_ping.add(helpers.id)
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, role=[helpers])).answer()
    message = await said(alice, square, f"{ASK_BOTH} {others.mention} {bob.mention} @everyone")
    passed = await pass_on(alice, message)
    assert passed.text.startswith(
        f"{helpers.mention} {alice.mention} would like an answer from a person:\n> {ASK_BOTH}"
    )
    assert passed is list(square.messages.values())[-1]
    assert (passed.role_pings, passed.pings, passed.pings_everyone) == ([helpers], [], False)


async def test_nobody_is_asked_where_nobody_is_named(stage: Stage, alice: Person, square: Channel) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall)
    assert labels.ASK_A_HUMAN not in [button.label for button in message.buttons]
    assert square.guild is not None
    help_desk = stage.server.text_channel(square.guild, "help")
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[help_desk])).answer()
    message = await ask(alice, ASK_BOTH, square)
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[])).answer()
    assert (await press(alice, message, labels.ASK_A_HUMAN)).text == labels.NO_HUMAN


@pytest.mark.parametrize(
    ("rights", "says", "code"),
    [
        (permissions.VIEW_CHANNEL, "I lack the permission *Send Messages* in <#{}>.", 50013),
        (0, "I lack the permission *View Channel* in <#{}>.", 50001),
        (None, labels.CHANNEL_GONE, 10003),
    ],
)
async def test_what_keeps_it_from_passing_a_question_on_is_named(
    stage: Stage, alice: Person, square: Channel, rights: int | None, says: str, code: int
) -> None:
    assert square.guild is not None
    help_desk = stage.server.text_channel(square.guild, "help")
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[help_desk])).answer()
    message = await ask(alice, ASK_BOTH, square)
    if rights is None:
        stage.server.delete_channel(help_desk)
    else:
        help_desk.bot_permissions = rights
    told = await pass_on(alice, message)
    assert says.format(help_desk.id) in told.text
    assert told.ephemeral
    assert refused(stage) == [code]
    if rights is not None:
        help_desk.bot_permissions = permissions.MEMBER
        assert "I have passed your question on" in (await pass_on(alice, message)).text


async def test_only_who_asked_may_change_an_answer_or_pass_it_on(
    stage: Stage, alice: Person, bob: Person, square: Channel
) -> None:
    await (await settle(stage, square, labels.SETTINGS_PEOPLE, human=[square])).answer()
    message = await ask(alice, ASK_BOTH, square)
    before = message.text, len(square.messages)
    for label in (labels.NOT_MEANT, labels.DISMISS, labels.ASK_A_HUMAN):
        pressed = await bob.click(message, label)
        assert ((await pressed.answer()).text, pressed.ephemeral) == (labels.NOT_YOURS, True)
    assert (message.text, len(square.messages)) == before
