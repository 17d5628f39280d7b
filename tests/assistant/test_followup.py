"""Conversations: what a message refers to, and when it begins something new."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reason, Reply, Smalltalk, Sources, Turn
from bot.assistant.followup import Wish, is_elliptic, stand_alone, wish
from bot.matching.text import normalise

OPPOSITES = {"leader": "manager", "manager": "leader", "leaders": "managers", "managers": "leaders"} | {
    "lead": "manage",
    "manage": "lead",
}

Talk = Callable[..., list[Reply]]


def talk(assistant: Assistant, *texts: str) -> list[Reply]:
    """The replies to the messages of one conversation."""
    conversation, replies = Conversation(), []
    for text in texts:
        replies.append(assistant.reply(text, conversation))
        conversation = conversation.then(replies[-1])
    return replies


def topic_of(reply: Reply) -> str | None:
    return reply.topic.id if isinstance(reply, Answer | Sources) else None


def claims(reply: Reply) -> tuple[str, ...]:
    """What a reply rests on; nothing if it is no answer."""
    return reply.topic.claims if isinstance(reply, Answer | Sources) else ()


# Conversation


def asked(count: int) -> list[Abstain]:
    return [Abstain(question=str(number)) for number in range(count)]


def test_a_conversation_is_not_changed_by_what_follows() -> None:
    empty, (first, second) = Conversation(), asked(2)
    one = empty.then(first)
    assert one.then(second).turns == (Turn("0"), Turn("1"))
    assert one.turns == (Turn("0"),)
    assert empty.turns == ()
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.turns = ()  # type: ignore[misc]


@given(st.integers(0, 40))
def test_a_conversation_remembers_the_last_few_turns(count: int) -> None:
    conversation = Conversation()
    for reply in asked(count):
        conversation = conversation.then(reply)
    assert conversation.turns == tuple(Turn(str(number)) for number in range(count))[-6:]


def test_a_conversation_keeps_what_was_understood_and_the_topics_id(small: Assistant) -> None:
    tea = small.answer("and tea?", small.knowledge.topics["brewing"])
    read = dataclasses.replace(tea, understood="how do i brew tea")
    assert Conversation().then(tea).then(read).turns == (
        Turn("and tea?", "brewing"),
        Turn("how do i brew tea", "brewing"),
    )


def test_a_topic_that_is_gone_is_not_referred_to(small: Assistant) -> None:
    gone = Conversation((Turn("how do i brew coffee", "coffee-brewing"),))
    assert small.reply("source?", gone) == small.reply("source?")
    before = Conversation((Turn("how do i brew tea", "brewing"), *gone.turns))
    assert topic_of(small.reply("source?", before)) == "brewing"


# Source, more


SOURCE = [
    "source?",
    "who said that?",
    "Who says so?",
    "where is that from?",
    "which article is that from",
    "link pls",
    "can you quote it?",
    "who wrote that?",
    "really?",
    "what's your source for this?",
    "SOURCE???",
    "exact quote pls",
]
MORE = [
    "tell me more",
    "more please",
    "go on",
    "can you explain that further?",
    "anything else?",
    "elaborate",
    "what else?",
]
BY_SPEAKER = ["anything else by him?", "what else did he say?", "did she say anything else?", "more from them"]
OWN_SUBJECT = [
    "",
    "?!",
    "What does a leader do?",
    "who said management is doing things right?",
    "tell me more about trust",
    "what did Drucker say?",
    "anything else by Drucker?",
    "what is the source of conflict in teams",
    "is there a link between trust and leadership?",
    "thanks",
    "ok",
    "hello",
    "and managers?",
]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        *((message, Wish.SOURCE) for message in SOURCE),
        *((message, Wish.MORE) for message in MORE),
        *((message, Wish.MORE_BY_SPEAKER) for message in BY_SPEAKER),
        *((message, None) for message in OWN_SUBJECT),
    ],
)
def test_what_a_message_wishes(message: str, expected: Wish | None) -> None:
    assert wish(message) is expected


@pytest.mark.parametrize(
    "message", ["sure, thanks", "ok sure", "ok thanks, that's all", "who are you?", "who made you?"]
)
def test_an_acknowledgement_wishes_for_no_source(message: str, assistant: Assistant) -> None:
    assert isinstance(talk(assistant, "What does a leader do?", message)[-1], Smalltalk)


@pytest.mark.parametrize("message", SOURCE)
def test_a_source_is_that_of_the_last_answer(message: str, assistant: Assistant) -> None:
    answer, source = talk(assistant, "Who said management is doing things right?", message)
    assert isinstance(answer, Answer)
    assert isinstance(source, Sources)
    assert (source.topic, source.evidence, source.related) == (answer.topic, answer.evidence, answer.related)
    assert (source.question, source.understood, source.ranking) == (message, answer.question, answer.ranking)


def test_a_source_can_be_asked_for_again_and_after_small_talk(assistant: Assistant) -> None:
    said = talk(assistant, "Do leaders think long term?", "source?", "thanks", "hello", "who said that?")
    assert topic_of(said[-1]) == "long-term"
    assert said[-1] == dataclasses.replace(said[1], question="who said that?")


@pytest.mark.parametrize("message", ["tell me more", "and managers?", "the other way round?", "anything else by him?"])
def test_without_an_answer_there_is_nothing_to_refer_to(message: str, assistant: Assistant) -> None:
    alone = assistant.reply(message)
    assert talk(assistant, "hello", message)[-1] == alone
    assert talk(assistant, "what is the capital of France?", message)[-1] == alone


def test_more_walks_through_what_is_related_and_repeats_nothing(assistant: Assistant) -> None:
    said = talk(assistant, "Do leaders think long term?", "tell me more", "more", "go on")
    first = said[0]
    assert isinstance(first, Answer)
    topics = [reply.topic.id for reply in said if isinstance(reply, Answer)]
    assert len(topics) == len(set(topics)) == 4
    assert topics[1] == first.related[0].id


def test_more_ends_where_everything_was_told(small: Assistant) -> None:
    said = talk(small, "can i hurry my dough?", "more", "more", "more")
    assert [reply.topic.id for reply in said if isinstance(reply, Answer)] == ["rising", "salting"]
    assert isinstance(said[-1], Abstain)
    assert said[-1].reason is Reason.NOTHING_MORE


def test_more_by_the_same_speaker(assistant: Assistant) -> None:
    said = talk(assistant, "Who said management is doing things right?", *["anything else by him?"] * 4)
    answers = [reply for reply in said if isinstance(reply, Answer)]
    assert [answer.topic.id for answer in answers] == ["right-things", "need-leadership", "knowledge-worker"]
    assert {answer.evidence[0].speaker for answer in answers} == {"Peter Drucker"}
    assert [type(reply) for reply in said[3:]] == [Abstain, Abstain]


def test_more_by_a_reader(assistant: Assistant) -> None:
    reply = talk(assistant, "who says the difference is upside and downside?", "what else did he say?")[-1]
    assert isinstance(reply, Answer)
    assert reply.evidence[0].speaker == "Bruce Lynn"
    assert reply.topic.id != "upside-downside"


# What leans on what was asked before


@pytest.mark.parametrize(
    ("first", "message", "claim"),
    [
        ("What does a leader do?", "and managers?", "manager-organizes"),
        ("What does a leader do?", "and a manager?", "manager-organizes"),
        ("what does a leader do", "what about managers", "manager-organizes"),
        ("What does a manager do?", "and leaders?", "leader-motivates"),
        ("Do leaders think long term?", "and managers?", "manager-short-term-control"),
        ("Do managers take the short view?", "And leaders?", "leader-long-term"),
        ("do leaders challenge the status quo?", "and what about managers?", "manager-keeps-status-quo"),
        (
            "what happens with leadership but no management?",
            "and the other way round?",
            "management-without-leadership",
        ),
        ("what happens with management but no leadership?", "the other way around?", "leadership-without-management"),
        ("What if there is leadership without management?", "and vice versa?", "management-without-leadership"),
        ("Who is Bruce Lynn?", "what did he say about balance?", "balance-healthy-organisation"),
        ("Who is Bruce Lynn?", "and what does he say about risk?", "upside-downside"),
    ],
)
def test_a_follow_up_goes_on_from_the_last_question(first: str, message: str, claim: str, assistant: Assistant) -> None:
    begun, reply = talk(assistant, first, message)
    assert claims(begun)
    assert claim in claims(reply)


@pytest.mark.parametrize(
    "between", ["source?", "who said that?", "thanks", "what is the capital of France?", "\U0001f44d"]
)
def test_what_is_said_in_between_does_not_break_the_thread(between: str, assistant: Assistant) -> None:
    direct = talk(assistant, "What does a leader do?", "and managers?")[-1]
    reply = talk(assistant, "What does a leader do?", between, "and managers?")[-1]
    assert claims(reply) == claims(direct) != ()


@pytest.mark.parametrize(
    ("first", "there", "back"),
    [
        ("What does a leader do?", "and managers?", "and leaders?"),
        ("Do leaders think long term?", "and managers?", "and leaders?"),
        ("what happens with leadership but no management?", "the other way round?", "and the other way round?"),
    ],
)
def test_there_and_back_again(first: str, there: str, back: str, assistant: Assistant) -> None:
    begun, other, again = talk(assistant, first, there, back)
    assert claims(begun)[0] in claims(again)
    assert topic_of(again) != topic_of(other)


def test_a_follow_up_keeps_its_own_words_as_the_question(assistant: Assistant) -> None:
    assert talk(assistant, "What does a leader do?", "and managers?")[-1].question == "and managers?"


STARTS = (
    "What does a leader do?",
    "Is every manager a leader?",
    "What happens when there is leadership without management?",
    "Who said management is doing things right?",
)
NEW_SUBJECTS = (
    "what was a factory foreman like?",
    "who coined the term knowledge worker?",
    "will there be more leaders than managers in the future?",
    "and what should I read next?",
    "what's the average salary of a manager in the us",
    "who is the manager of liverpool fc right now",
    "best password manager for android",
    "servant leadership definition pls",
    "recommend me a horror movie",
    "and what is the capital of France?",
    "and how do I bake bread?",
    "asdkjh qwezxc",
    "\U0001f600",
    "",
    "hello",
    "thanks",
    "what can you do?",
)


@pytest.mark.parametrize(("first", "message"), [*itertools.product(STARTS, NEW_SUBJECTS)])
def test_a_new_subject_is_replied_to_as_if_it_came_first(first: str, message: str, assistant: Assistant) -> None:
    begun, reply = talk(assistant, first, message)
    assert isinstance(begun, Answer)
    assert reply == assistant.reply(message)


# The parts


@pytest.mark.parametrize(
    ("message", "leans"),
    [
        ("and managers?", True),
        ("But why not both?", True),
        ("what about trust?", True),
        ("how about a small company?", True),
        ("the other way round?", True),
        ("vice versa", True),
        ("", False),
        ("managers", False),
        ("What does a leader do?", False),
        ("android phones", False),
        ("and what would the articles say to a company of two people", False),
    ],
)
def test_what_leans_on_the_question_before(message: str, leans: bool) -> None:
    assert is_elliptic(message, OPPOSITES) is leans


@pytest.mark.parametrize(
    ("before", "speaker", "message", "likeliest"),
    [
        ("What does a leader do?", None, "And managers?", "what does a manager do"),
        ("Do managers lead?", None, "and the reverse?", "do leaders manage"),
        ("Who is he?", "Bruce Lynn", "what did he say of balance?", "what did Bruce Lynn say of balance"),
        ("Who is he?", "Bruce Lynn", "what is his view of balance?", "what is Bruce Lynn's view of balance"),
    ],
)
def test_the_likeliest_reading_comes_first(before: str, speaker: str | None, message: str, likeliest: str) -> None:
    assert next(stand_alone(message, before, speaker, OPPOSITES)) == likeliest


def test_a_message_can_be_read_behind_the_question_before() -> None:
    readings = list(stand_alone("Even in a CRISIS?", "Do leaders think long term?", None, {}))
    assert readings[-1] == "do leaders think long term even in a crisis"


def test_a_long_question_before_does_not_push_the_message_out(assistant: Assistant) -> None:
    """Only so much of a text is looked at; of a reading, the message must be part of that."""
    begun = Conversation().then(assistant.reply("What does a leader do, and why? " * 60))
    [turn] = begun.turns
    assert turn.topic
    assert normalise(list(stand_alone("and in Zanzibar", turn.question, None, {}))[-1]).endswith("and in zanzibar")
