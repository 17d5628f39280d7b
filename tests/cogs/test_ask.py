"""/ask wherever Discord lets it be asked, its completion, and the buttons below an answer."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from bot.app import labels
from bot.app.limits import CHOICE, CHOICES, QUESTION
from bot.service import wording
from tests.cogs.conftest import ASK_BOTH, BOTH, RELATED, ask, kept
from tests.loopback import Answer, Channel, Flags, Message, Person, permissions
from tests.small_library import replace
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

# No topic answers this; some are offered instead.
ASK_PAY = "what salary does a manager earn"


def first_button(message: Message, custom_id: str) -> str:
    """The label of a message's first button, which has to be for whom the custom_id's end says."""
    button = message.buttons[0]
    assert (button.custom_id or "").endswith(custom_id), button
    return button.label


def is_answer(text: str, label: str) -> bool:
    """Whether a text is the answer with the title that a button shows, maybe below the question."""
    title = re.sub("^[1-9][.] ", "", label).removesuffix("…")
    return re.match(f"(-# .*\n)?### {re.escape(title)}", text) is not None


# Answers


async def test_answer_shows_the_question_what_was_asked_for_and_the_source_at_once(stage: Stage, alice: Person) -> None:
    asked = await alice.slash("ask", {"question": "who said *managment* is doing things right?"}, channel=stage.hall)
    message = await asked.answer()
    lines = message.text.splitlines()
    assert lines[0] == r"-# who said \*managment\* is doing things right?"
    assert lines[1] == "### Doing things right, doing the right things"
    assert lines[2].startswith("Peter Drucker, according to A. Writer. Management does things *right*; ")
    assert lines[-1].startswith("-# Source: [“Two Kinds of Work (part 1)” by A. Writer, The Review, 1 December 2009]")
    assert lines[-1].endswith("(https://example.org/work_%28part_1%29)")
    assert message.flags & Flags.IS_COMPONENTS_V2
    assert list(stage.hall.messages.values())[-1] is message
    # No "is thinking" that would have to be replaced: answers are quick.
    assert (await asked.response()).type is Answer.MESSAGE
    assert asked.answered_after is not None
    assert asked.answered_after < 1.0


@pytest.fixture
def places(stage: Stage, alice: Person) -> list[tuple[Person, Channel]]:
    """Where one can ask: in a server and in person, and with an app of one's own in groups and in other servers."""
    eve = stage.server.person("eve", installed_app=True)
    group = stage.server.private_channel(eve, stage.person("bob"), stage.person("carol"))
    elsewhere = stage.server.text_channel(stage.server.guild("Elsewhere", [eve], with_bot=False), "square")
    return [(alice, stage.hall), (alice, alice.dm), (eve, group), (eve, elsewhere)]


@pytest.mark.parametrize("private", [True, False])
async def test_it_is_answered_everywhere_and_privately_if_asked_to(
    places: list[tuple[Person, Channel]], private: bool
) -> None:
    for person, channel in places:
        asked = await person.slash("ask", {"question": ASK_BOTH, "private": private}, channel=channel)
        message = await asked.answer()
        assert BOTH in message.text
        assert message.ephemeral is private
        assert (message.id not in channel.messages) is private
        related = await (await person.click(message, RELATED)).answer()
        assert is_answer(related.text, RELATED)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("good morning", "Hello! What would you like to know?"),
        ("?", "Ask me anything"),
        *((text, "") for text in ("x" * QUESTION, "long words " * 90, "\u202e\u0000 \u200b")),
    ],
)
async def test_every_question_gets_a_reply(stage: Stage, alice: Person, question: str, says: str) -> None:
    assert says in (await ask(alice, question, stage.hall)).text


async def test_question_too_long_is_not_offered_to_be_sent(stage: Stage, alice: Person) -> None:
    with pytest.raises(ValueError, match="question"):
        await ask(alice, "x" * (QUESTION + 1), stage.hall)


async def test_neither_the_question_nor_the_library_pings(stage: Stage, alice: Person) -> None:
    allowed = permissions.MEMBER | permissions.MENTION_EVERYONE
    loud = stage.server.text_channel(stage.guild, "loud", bot_permissions=allowed)
    message = await ask(alice, f"@everyone {stage.person('bob').mention} how does one raise an alarm", loud)
    assert "@\u200beveryone" in message.text.splitlines()[0]
    assert "@everyone and @here" in message.text, "the library does say it"
    assert (message.pings, message.pings_everyone) == ([], False)


# Ask about this


async def ask_about(person: Person, message: Message) -> Message:
    """What the command in a message's context menu answers."""
    asked = await person.use(labels.ASK_ABOUT_THIS, message)
    answer = await asked.answer()
    assert answer.ephemeral
    return answer


async def test_message_is_answered_privately_wherever_it_is(places: list[tuple[Person, Channel]], stage: Stage) -> None:
    for person, channel in places:
        message = (await person.say(channel, f"*{ASK_BOTH}*, @everyone?", mention_bot=channel is stage.hall)).message
        answer = await ask_about(person, message)
        assert answer.text.startswith(f"-# \\*{ASK_BOTH}\\*, @\u200beveryone?\n### Why a firm needs both")
        assert (await (await person.click(answer, wording.WHY)).answer()).text.startswith("### Why this answer?")


async def test_what_was_forwarded_is_answered_and_what_the_bot_itself_said(stage: Stage, alice: Person) -> None:
    bob = stage.person("bob")
    said = await bob.say(stage.hall, ASK_BOTH)
    for message in ((await bob.forward(said.message, stage.hall)).message, await ask(bob, ASK_BOTH, stage.hall)):
        assert "### Why a firm needs both" in (await ask_about(alice, message)).text


async def test_message_without_text_is_not_asked_about(stage: Stage, alice: Person) -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": "old"}]}
    assert (await ask_about(alice, stage.server.old_message(stage.hall, [row]))).text == labels.NO_TEXT_IN_MESSAGE


# Completion


async def complete(person: Person, typed: str, channel: Channel) -> list[str]:
    """What is offered, when so much is typed."""
    choices = await (await person.autocomplete("ask", "question", typed, channel=channel)).suggestions()
    assert len(choices) <= CHOICES
    assert all(choice["name"] == choice["value"] for choice in choices)
    offered = [choice["name"] for choice in choices]
    assert all(1 <= len(text) <= CHOICE for text in offered)
    assert len(set(offered)) == len(offered)
    return offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("drucker", "what did drucker say about doing right"),
        ("druker", "what did drucker say about doing right"),
        ("leadres and chagne", "Leaders and change"),
        ("how far ahe", "how far ahead do leaders look"),
        ("UPSIDE", "upside and downside"),
        ("", "Why a firm needs both"),
        ("a", "alarm"),
        ("leader", "Leaders and change"),
        ("in an emergency", "whom does one call in an emergency"),
        ("what is to be done at once by whoever", "is there an alarm bell"),  # what begins so is too long
    ],
)
async def test_completion_offers_what_may_be_meant(stage: Stage, alice: Person, typed: str, offered: str) -> None:
    assert offered in (await complete(alice, typed, stage.hall))[:6]


@pytest.mark.parametrize("typed", ["qqqq", "x" * QUESTION])
async def test_completion_of_the_unknown_offers_nothing(stage: Stage, alice: Person, typed: str) -> None:
    assert await complete(alice, typed, stage.hall) == []


async def test_what_completion_offers_is_answered(stage: Stage, alice: Person) -> None:
    for question in (await complete(alice, "emergency", stage.hall))[:3]:
        assert "In an emergency one calls" in (await ask(alice, question, stage.hall)).text


# Buttons


@pytest.mark.parametrize("private", [True, False])
async def test_suggestion_answers_in_place_for_the_person_who_asked(
    places: list[tuple[Person, Channel]], private: bool
) -> None:
    for person, channel in places:
        asked = await person.slash("ask", {"question": ASK_PAY, "private": private}, channel=channel)
        message, before = await asked.answer(), len(channel.messages)
        label = first_button(message, str(person.id))
        pressed = await person.click(message, label)
        assert (await pressed.response()).type is Answer.UPDATE
        assert await pressed.answer() is message
        assert is_answer(message.text, label)
        assert message.ephemeral is private
        assert len(channel.messages) == before


async def click_privately(person: Person, message: Message, label: str) -> None:
    """A click that is answered privately, and changes nothing of the message."""
    text = message.text
    pressed = await person.click(message, label)
    assert is_answer((await pressed.answer()).text, label)
    assert pressed.ephemeral
    assert message.text == text


async def test_suggestion_answers_others_privately(stage: Stage, alice: Person) -> None:
    eve, bob = stage.server.person("eve", installed_app=True), stage.person("bob")
    group = stage.server.private_channel(eve, bob, stage.person("carol"))
    for asker, channel in ((alice, stage.hall), (eve, group)):
        message = await ask(asker, ASK_PAY, channel)
        await click_privately(bob, message, first_button(message, str(asker.id)))


async def test_related_topic_answers_everybody_privately_in_a_server(stage: Stage, alice: Person) -> None:
    message = await ask(alice, ASK_BOTH, stage.hall)
    for person in (alice, stage.person("bob")):
        await click_privately(person, message, RELATED)


async def test_related_topics_lead_on_in_a_direct_conversation(alice: Person) -> None:
    message = await ask(alice, ASK_BOTH, alice.dm)
    for label in (RELATED, "Why a firm needs both"):
        message = await (await alice.click(message, label)).answer()
        assert is_answer(message.text, label)
        assert not message.ephemeral
        assert list(alice.dm.messages.values())[-1] is message
        [reply] = await (await alice.say(alice.dm, "source?")).replies()
        assert is_answer(reply.text, label), "a follow-up knows the button"
        assert "The Review" in reply.text


async def test_buttons_work_after_a_restart_and_a_reload(stage: Stage, alice: Person, folder: Path) -> None:
    suggestion, answer = await ask(alice, ASK_PAY, stage.hall), await ask(alice, ASK_BOTH, stage.hall)
    label = first_button(suggestion, str(alice.id))
    await stage.start()
    pressed = await alice.click(suggestion, label)
    assert is_answer((await pressed.answer()).text, label)
    replace(folder / "topics/difference.yaml", "leadership does the *right* things", "it is *all* right")
    assert "topic purpose" in await stage.reload()
    assert "it is *all* right" in (await (await alice.click(answer, RELATED)).answer()).text


OTHER_TOPICS = """\
- {id: other, title: Other, claims: [need-both], answer: Other., questions: [what is other, the other thing]}
- {id: another, title: Another, claims: [upside], answer: Another., questions: [who is another, another person]}
"""


async def test_button_of_a_topic_that_is_gone_says_so(stage: Stage, alice: Person, folder: Path) -> None:
    suggestion, answer = await ask(alice, ASK_PAY, stage.hall), await ask(alice, ASK_BOTH, stage.hall)
    offered, text = first_button(suggestion, str(alice.id)), suggestion.text
    for name in ("topics/difference.yaml", "topics/leaders.yaml", "outside.yaml"):
        (folder / name).unlink()
    (folder / "topics/other.yaml").write_text(OTHER_TOPICS, encoding="utf-8")
    assert "**Removed:** topic purpose" in await stage.reload()
    for message, label in ((suggestion, offered), (answer, first_button(answer, ":0"))):
        pressed = await alice.click(message, label)
        assert (await pressed.answer()).text == "That topic is no longer in the library."
        assert pressed.ephemeral
    assert suggestion.text == text


# Pace


async def test_too_many_questions_are_told_when_to_try_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with staged(tmp_path_factory.mktemp("pace"), QUESTIONS_PER_MINUTE="2") as stage:
        alice, begin = stage.person("alice"), time.time()
        message = await ask(alice, ASK_PAY, stage.hall)
        await ask(alice, ASK_BOTH, stage.hall)
        asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
        pressed = await alice.click(message, first_button(message, str(alice.id)))
        refusals = [await asked.answer(), await pressed.answer()]
        assert all(refusal.ephemeral for refusal in refusals)
        bob = stage.person("bob")
        *_, told_once = [await (await bob.say(bob.dm, ASK_BOTH)).replies() for _ in range(3)]
        refusals += told_once
        for refusal in refusals:
            [again] = re.findall(r"<t:(\d+):R>", refusal.text)
            assert begin + 55 < int(again) < time.time() + 62
        # Once is enough where others read it too, or have to scroll past it.
        for channel in (bob.dm, stage.hall):
            await bob.say(channel, ASK_BOTH, mention_bot=True)
        carol = stage.person("carol")
        assert BOTH in (await ask(carol, ASK_BOTH, stage.hall)).text, "others may go on"
        told = [m for channel in (bob.dm, stage.hall) for m in channel.messages.values() if "<t:" in m.text]
        assert told == told_once
        assert await complete(alice, "drucker", stage.hall), "completing is no asking"
        for command in ("privacy", "about"):
            shown = await (await alice.slash(command, channel=stage.hall)).answer()
            assert "<t:" not in shown.text, "nobody has to wait for what is about themselves, or the bot"
        assert stage.server.refused == []
        assert "Traceback" not in stage.bot.output


async def test_being_told_what_to_do_counts_as_asking(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with staged(tmp_path_factory.mktemp("pace"), QUESTIONS_PER_MINUTE="2") as stage:
        alice = stage.person("alice")
        for _ in range(3):  # one by one: replies to messages at the same time may come in any order
            await (await alice.say(stage.hall, "", mention_bot=True)).replies()
        for _ in range(2):
            await alice.say(stage.hall, "", mention_bot=True)
        await (await stage.person("bob").say(stage.hall, ASK_BOTH, mention_bot=True)).replies()
        texts = [m.text for m in stage.hall.messages.values() if m.author is stage.server.bot]
        assert len(texts) == 4
        assert "<t:" in texts[2]


async def test_words_of_others_are_not_kept(stage: Stage, alice: Person) -> None:
    said = await stage.person("bob").say(stage.hall, f"{ASK_PAY} in Ruritania")
    await (await alice.use(labels.ASK_ABOUT_THIS, said.message)).answer()
    await ask(alice, f"{ASK_PAY} in Arcadia", stage.hall)
    [row] = await kept(stage, "asked", text=f"{ASK_PAY} in Arcadia")
    assert row["outcome"] == "abstain"
    assert await kept(stage, "asked", 0, text=f"{ASK_PAY} in Ruritania") == []
