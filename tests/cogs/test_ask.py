"""/ask wherever Discord lets it be asked, its completion, and the buttons below an answer."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.app.limits import CHOICE, CHOICES, QUESTION
from tests.loopback import Answer, Channel, Flags, Message, Person, permissions
from tests.small_library import replace, write_small_library
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASK_RISK = "how do they look at risk"
ASK_BOTH = "why are both needed"
# No topic answers this; some are offered instead.
ASK_PAY = "what salary does a manager earn"
BOTH = "A firm needs both of them, for one without the other fails."
GONE = "That topic is no longer in the library."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("ask")) as stage:
        yield stage


async def ask(person: Person, question: str, channel: Channel) -> Message:
    """What ``/ask`` answers."""
    return await (await person.slash("ask", {"question": question}, channel=channel)).answer()


def first_button(message: Message, custom_id: str) -> str:
    """The label of a message's first button, which has to be for whom the custom_id's end says."""
    button = message.buttons[0]
    assert (button.custom_id or "").endswith(custom_id), button
    return button.label


def is_answer(text: str, label: str) -> bool:
    """Whether a text is the answer with the title that a button shows."""
    return text.startswith(f"### {label.removesuffix('…')}")


# Answers


async def test_answer_shows_the_question_the_sides_and_the_source(stage: Stage, alice: Person) -> None:
    asked = await alice.slash("ask", {"question": "who said *managment* is doing things right?"}, channel=stage.hall)
    message = await asked.answer()
    lines = message.text.splitlines()
    assert lines[0] == r"-# who said \*managment\* is doing things right?"
    assert lines[1] == "### Doing things right, doing the right things"
    assert "**Leadership** · does the right things" in lines
    assert "**Management** · does things right" in lines
    assert "> “doing the right things”" in lines
    assert next(line for line in lines if line.startswith("> — ")).startswith("> — Peter Drucker, ")
    assert lines[-1].startswith("-# Source: [“Two Kinds of Work (part 1)” by A. Writer, The Review, 1 December 2009]")
    assert lines[-1].endswith("(https://example.org/work_%28part_1%29)")
    assert not asked.ephemeral
    assert message.flags & Flags.IS_COMPONENTS_V2
    assert list(stage.hall.messages.values())[-1] is message


async def test_answer_is_the_first_response(stage: Stage, alice: Person) -> None:
    """No "is thinking" that would have to be replaced: answers are quick."""
    asked = await alice.slash("ask", {"question": ASK_RISK}, channel=stage.hall)
    assert (await asked.response()).type is Answer.MESSAGE
    assert asked.answered_after is not None
    assert asked.answered_after < 1.0


@pytest.mark.parametrize("private", [True, False])
async def test_private_answer_is_for_the_asker_alone(stage: Stage, alice: Person, private: bool) -> None:
    asked = await alice.slash("ask", {"question": ASK_BOTH, "private": private}, channel=stage.hall)
    message = await asked.answer()
    assert asked.ephemeral is private
    assert (message.id not in stage.hall.messages) is private


async def test_in_a_direct_conversation(alice: Person) -> None:
    assert BOTH in (await ask(alice, ASK_BOTH, alice.dm)).text


async def test_user_install_in_a_server_without_the_bot(stage: Stage) -> None:
    eve = stage.server.person("eve", installed_app=True)
    elsewhere = stage.server.text_channel(stage.server.guild("Elsewhere", [eve], with_bot=False), "square")
    assert BOTH in (await ask(eve, ASK_BOTH, elsewhere)).text
    message = await ask(eve, ASK_PAY, elsewhere)
    label = first_button(message, str(eve.id))
    assert is_answer((await (await eve.click(message, label)).answer()).text, label)


async def test_user_install_in_a_group(stage: Stage) -> None:
    eve = stage.server.person("eve", installed_app=True)
    group = stage.server.private_channel(eve, stage.person("bob"), stage.person("carol"))
    assert BOTH in (await ask(eve, ASK_BOTH, group)).text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("good morning", "Hello! What would you like to know?"),
        ("?", "Ask me anything"),
        ("x" * QUESTION, ""),
        ("long words " * 90, ""),
        ("\u202e\u0000 \u200b", ""),
    ],
)
async def test_every_question_gets_a_reply(stage: Stage, alice: Person, question: str, says: str) -> None:
    assert says in (await ask(alice, question, stage.hall)).text


async def test_question_too_long_is_not_offered_to_be_sent(stage: Stage, alice: Person) -> None:
    with pytest.raises(ValueError, match="question"):
        await alice.slash("ask", {"question": "x" * (QUESTION + 1)}, channel=stage.hall)


async def test_nothing_pings(stage: Stage) -> None:
    """Neither what was asked, nor what the library says, nor being answered."""
    may_ping = stage.server.text_channel(
        stage.guild, "loud", bot_permissions=permissions.MEMBER | permissions.MENTION_EVERYONE
    )
    alice, bob = stage.person("alice"), stage.person("bob")
    message = await ask(alice, f"@everyone {bob.mention} how does one raise an alarm", may_ping)
    said = await alice.say(may_ping, "how does one raise an alarm", mention_bot=True)
    [reply] = await said.replies()
    for shown in (message, reply):
        assert "@everyone and @here" in shown.text, "the library does say it"
        assert (shown.pings, shown.pings_everyone) == ([], False)
    assert "@\u200beveryone" in message.text.splitlines()[0]


# Completion


async def complete(person: Person, typed: str, channel: Channel) -> list[str]:
    """What is offered, when so much is typed."""
    choices = await (await person.autocomplete("ask", "question", typed, channel=channel)).suggestions()
    assert all(choice["name"] == choice["value"] for choice in choices)
    return [choice["name"] for choice in choices]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("drucker", "what did drucker say about doing right"),
        ("druker", "what did drucker say about doing right"),
        ("leadres and chagne", "Leaders and change"),
        ("how far ahe", "how far ahead do leaders look"),
        ("UPSIDE", "upside and downside"),
        ("", "Why a firm needs both"),
    ],
)
async def test_completion_offers_what_may_be_meant(stage: Stage, alice: Person, typed: str, offered: str) -> None:
    assert offered in (await complete(alice, typed, stage.hall))[:6]


@pytest.mark.parametrize("typed", ["", "a", "leader", "in an emergency", "what is to be done at once by whoever"])
async def test_completion_keeps_discords_limits(stage: Stage, alice: Person, typed: str) -> None:
    offered = await complete(alice, typed, stage.hall)
    assert 1 <= len(offered) <= CHOICES
    assert all(1 <= len(text) <= CHOICE for text in offered)
    assert len(set(offered)) == len(offered)


@pytest.mark.parametrize("typed", ["qqqq", "x" * QUESTION])
async def test_completion_of_the_unknown_offers_nothing(stage: Stage, alice: Person, typed: str) -> None:
    assert await complete(alice, typed, stage.hall) == []


async def test_what_completion_offers_is_answered(stage: Stage, alice: Person) -> None:
    for question in (await complete(alice, "emergency", stage.hall))[:3]:
        assert "In an emergency one calls" in (await ask(alice, question, stage.hall)).text


# Buttons


async def test_suggestion_answers_in_place_for_who_asked(stage: Stage, alice: Person) -> None:
    message = await ask(alice, ASK_PAY, stage.hall)
    label, before = first_button(message, str(alice.id)), len(stage.hall.messages)
    pressed = await alice.click(message, label)
    assert (await pressed.response()).type is Answer.UPDATE
    assert await pressed.answer() is message
    assert is_answer(message.text, label)
    assert len(stage.hall.messages) == before


async def test_suggestion_of_a_private_answer_stays_private(stage: Stage, alice: Person) -> None:
    asked = await alice.slash("ask", {"question": ASK_PAY, "private": True}, channel=stage.hall)
    message = await asked.answer()
    label = first_button(message, str(alice.id))
    assert await (await alice.click(message, label)).answer() is message
    assert is_answer(message.text, label)
    assert message.ephemeral


async def test_suggestion_answers_others_privately(stage: Stage, alice: Person) -> None:
    message = await ask(alice, ASK_PAY, stage.hall)
    label, text = first_button(message, str(alice.id)), message.text
    pressed = await stage.person("bob").click(message, label)
    assert is_answer((await pressed.answer()).text, label)
    assert pressed.ephemeral
    assert message.text == text


async def test_suggestion_answers_others_privately_in_a_group(stage: Stage) -> None:
    eve, bob, carol = stage.server.person("eve", installed_app=True), stage.person("bob"), stage.person("carol")
    message = await ask(eve, ASK_PAY, stage.server.private_channel(eve, bob, carol))
    label = first_button(message, str(eve.id))
    pressed = await bob.click(message, label)
    assert is_answer((await pressed.answer()).text, label)
    assert pressed.ephemeral


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_related_topic_answers_privately_in_a_server(stage: Stage, alice: Person, who: str) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall)
    text = message.text
    pressed = await (alice if who == "alice" else stage.person(who)).click(
        message, "Doing things right, doing the right things"
    )
    answer = await pressed.answer()
    assert answer.text.startswith("### Doing things right")
    assert pressed.ephemeral
    assert message.text == text


async def test_related_topics_lead_on_in_a_direct_conversation(alice: Person) -> None:
    message = await ask(alice, ASK_BOTH, alice.dm)
    for label in ("Doing things right, doing the right things", "Why a firm needs both"):
        pressed = await alice.click(message, label)
        message = await pressed.answer()
        assert message.text.startswith(f"### {label}")
        assert not message.ephemeral
        assert list(alice.dm.messages.values())[-1] is message


async def test_follow_up_knows_the_button(alice: Person) -> None:
    message = await ask(alice, ASK_BOTH, alice.dm)
    await (await alice.click(message, "Doing things right, doing the right things")).answer()
    [reply] = await (await alice.say(alice.dm, "source?")).replies()
    assert reply.text.startswith("### Doing things right")
    assert "The Review" in reply.text


async def test_buttons_work_after_a_restart_and_a_reload(stage: Stage, alice: Person) -> None:
    suggestion, answer = await ask(alice, ASK_PAY, stage.hall), await ask(alice, ASK_BOTH, stage.hall)
    label = first_button(suggestion, str(alice.id))
    try:
        await stage.start()
        pressed = await alice.click(suggestion, label)
        assert is_answer((await pressed.answer()).text, label)
        replace(stage.library / "topics/difference.yaml", "leadership does the *right* things", "it is *all* right")
        assert "topic purpose" in await stage.reload()
        pressed = await alice.click(answer, "Doing things right, doing the right things")
        assert "it is *all* right" in (await pressed.answer()).text
    finally:
        write_small_library(stage.library)
        await stage.reload()


OTHER_TOPICS = """\
- {id: other, title: Other, claims: [need-both], answer: Other., questions: [what is other, the other thing]}
- {id: another, title: Another, claims: [upside], answer: Another., questions: [who is another, another person]}
"""


async def test_button_of_a_topic_that_is_gone_says_so(stage: Stage, alice: Person) -> None:
    suggestion, answer = await ask(alice, ASK_PAY, stage.hall), await ask(alice, ASK_BOTH, stage.hall)
    offered, text = first_button(suggestion, str(alice.id)), suggestion.text
    try:
        for name in ("topics/difference.yaml", "topics/leaders.yaml", "outside.yaml"):
            (stage.library / name).unlink()
        (stage.library / "topics/other.yaml").write_text(OTHER_TOPICS, encoding="utf-8")
        assert "**Removed:** topic purpose" in await stage.reload()
        for message, label in ((suggestion, offered), (answer, first_button(answer, ":0"))):
            pressed = await alice.click(message, label)
            assert (await pressed.answer()).text == GONE
            assert pressed.ephemeral
        assert suggestion.text == text
    finally:
        (stage.library / "topics/other.yaml").unlink()
        write_small_library(stage.library)
        await stage.reload()


# Pace


async def test_too_many_questions_are_told_when_to_try_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with staged(tmp_path_factory.mktemp("pace"), QUESTIONS_PER_MINUTE="2") as stage:
        alice, begin = stage.person("alice"), time.time()
        message = await ask(alice, ASK_PAY, stage.hall)
        await ask(alice, ASK_BOTH, stage.hall)
        asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        refusals = [(await asked.answer()).text]
        assert asked.ephemeral
        pressed = await alice.click(message, first_button(message, str(alice.id)))
        refusals.append((await pressed.answer()).text)
        assert pressed.ephemeral
        for said in (await alice.say(alice.dm, ASK_BOTH), await alice.say(stage.hall, ASK_BOTH, mention_bot=True)):
            refusals += [reply.text for reply in await said.replies()]
        for text in refusals:
            again = re.search(r"<t:(\d+):R>", text)
            assert again is not None, text
            assert begin + 55 < int(again[1]) < time.time() + 62
        assert BOTH in (await ask(stage.person("bob"), ASK_BOTH, stage.hall)).text, "others may go on"
        assert await complete(alice, "drucker", stage.hall), "completing is no asking"
        assert stage.server.refused == []
        assert "Traceback" not in stage.bot.output
