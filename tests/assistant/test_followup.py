"""Conversations: what a message leans on, and when it begins something new."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reply, Suggest, Turn
from bot.assistant.followup import (
    clauses,
    correction,
    is_bare_side,
    is_reversal,
    leans,
    may_lean,
    names_nobody,
    points_at_articles,
    readings,
    refers,
    reversed_question,
)
from bot.text import normalise
from tests.assistant.scripted import decision, talk

LEADER = "What does a leader do?"
DOING_RIGHT, LONG_TERM = "Who said management is doing things right?", "Do leaders think long term?"
OPPOSITES = {"leader": "manager", "manager": "leader", "leaders": "managers", "managers": "leaders"} | {
    "lead": "manage",
    "manage": "lead",
}


def topic_of(reply: Reply) -> str | None:
    return reply.topic.id if isinstance(reply, Answer) else None


def claims(reply: Reply) -> tuple[str, ...]:
    """What a reply rests on; nothing if it is no answer."""
    return reply.topic.claims if isinstance(reply, Answer) else ()


# Conversation


@given(st.integers(0, 40))
def test_a_conversation_remembers_the_last_few_turns_and_never_changes(count: int) -> None:
    states = [Conversation()]
    for number in range(count):
        states.append(states[-1].then(Abstain(question=str(number))))
    turns = tuple(Turn(str(number)) for number in range(count))
    assert [state.turns for state in states] == [turns[:end][-6:] for end in range(count + 1)]
    with pytest.raises(dataclasses.FrozenInstanceError):
        states[-1].turns = ()  # type: ignore[misc]


def test_a_conversation_keeps_what_was_understood_and_the_topics_id(small: Assistant) -> None:
    tea = small.answer("and tea?", small.knowledge.topics["brewing"])
    read = dataclasses.replace(tea, understood="how do i brew tea")
    turns = (Turn("and tea?", "brewing"), Turn("how do i brew tea", "brewing"))
    assert Conversation().then(tea).then(read).turns == turns


def test_a_conversation_keeps_what_was_offered(small: Assistant) -> None:
    topics = tuple(small.knowledge.topics.values())[:2]
    conversation = Conversation().then(Suggest(question="food", topics=topics)).then(Abstain(question="pi"))
    conversation = conversation.then(Abstain(question="latte", closest=topics[:1]))
    offered = ("brewing", "rising"), (), ("brewing",)
    assert conversation.turns == tuple(map(Turn, ("food", "pi", "latte"), (None,) * 3, offered))


def test_a_topic_that_is_gone_is_not_referred_to(small: Assistant) -> None:
    gone = Turn("how do i brew coffee", "coffee-brewing", ("coffee-roasting",))
    for message in ("source?", "the first one"):
        assert decision(small.reply(message, Conversation((gone,)))) == decision(small.reply(message))
    before = Conversation((Turn("how do i brew tea", "brewing"), gone))
    assert topic_of(small.reply("source?", before)) == "brewing"


@pytest.mark.parametrize("message", ["tell me more", "and managers?", "the other way round?", "anything else by him?"])
def test_without_an_answer_there_is_nothing_to_refer_to(message: str, assistant: Assistant) -> None:
    for before in ("hello", "what is the capital of France?"):
        assert decision(talk(assistant, before, message)[-1]) == decision(assistant.reply(message))


# What leans on what was asked before


@pytest.mark.parametrize(
    ("first", "message", "claim"),
    [
        (LEADER, "and managers?", "manager-organizes"),
        (LEADER, "and a manager?", "manager-organizes"),
        ("what does a leader do", "what about managers", "manager-organizes"),
        ("What does a manager do?", "and leaders?", "leader-motivates"),
        (LONG_TERM, "and managers?", "manager-short-term-control"),
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
    assert reply.question == message


@pytest.mark.parametrize(
    "between", ["source?", "who said that?", "thanks", "what is the capital of France?", "\U0001f44d"]
)
def test_what_is_said_in_between_does_not_break_the_thread(between: str, assistant: Assistant) -> None:
    direct = talk(assistant, LEADER, "and managers?")[-1]
    reply = talk(assistant, LEADER, between, "and managers?")[-1]
    assert claims(reply) == claims(direct) != ()


@pytest.mark.parametrize(
    ("first", "there", "back"),
    [
        (LEADER, "and managers?", "and leaders?"),
        (LONG_TERM, "and managers?", "and leaders?"),
        ("what happens with leadership but no management?", "the other way round?", "and the other way round?"),
    ],
)
def test_there_and_back_again(first: str, there: str, back: str, assistant: Assistant) -> None:
    begun, other, again = talk(assistant, first, there, back)
    assert claims(begun)[0] in claims(again)
    assert topic_of(again) != topic_of(other)


STARTS = (
    LEADER,
    "Is every manager a leader?",
    "What happens when there is leadership without management?",
    DOING_RIGHT,
)
NEW_SUBJECTS = (
    "what was a factory foreman like?|who coined the term knowledge worker?|and what should I read next?|"
    "will there be more leaders than managers in the future?|what's the average salary of a manager in the us|"
    "who is the manager of liverpool fc right now|best password manager for android|recommend me a horror movie|"
    "servant leadership definition pls|and what is the capital of France?|and how do I bake bread?|asdkjh qwezxc|"
    "\U0001f600||hello|thanks|what can you do?"
).split("|")


@pytest.mark.parametrize("first", STARTS)
@pytest.mark.parametrize("message", NEW_SUBJECTS)
def test_a_new_subject_is_replied_to_as_if_it_came_first(first: str, message: str, assistant: Assistant) -> None:
    begun, reply = talk(assistant, first, message)
    assert isinstance(begun, Answer)
    assert reply == assistant.reply(message)


# The parts


LEANING = (
    "and managers?|But why not both?|what about trust?|how about a small company?|the other way round?|vice versa|"
    "even if nobody likes it?|does he agree?|is that their view as well?"
)
NOT_LEANING = (
    f"|managers|{LEADER}|android phones|and what would the articles say to a company of two people|"
    "does he like managers?"
)


@pytest.mark.parametrize("message", [*LEANING.split("|"), *NOT_LEANING.split("|")])
def test_what_leans_on_the_question_before(message: str) -> None:
    assert leans(message, OPPOSITES) is (message in LEANING.split("|"))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("did he say that in the post?", True),
        ("is it true?", True),
        ("whose view is this", True),
        ("is that what a manager does?", False),
        ("does the post say so?", False),
        ("it is a very long story, and nobody knows how it will end for all of us", False),
    ],
)
def test_what_points_at_something_that_it_does_not_name(message: str, expected: bool) -> None:
    assert refers(message, OPPOSITES) is expected


@pytest.mark.parametrize(("length", "expected"), [(12, True), (13, False)])
def test_only_short_messages_without_a_side_of_their_own_may_lean(length: int, expected: bool) -> None:
    assert may_lean("zebra " * length, OPPOSITES) is expected
    assert not may_lean("manager " * length, OPPOSITES)
    assert may_lean("manager " * length, {}) is expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [("why zebras?", True), ("is it about zebras and spoons", True), ("zebras and spoons", False)],
)
def test_a_message_with_a_subject_of_its_own_may_not_lean(message: str, expected: bool) -> None:
    assert may_lean(message, {}) is expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [("And the other way round?", True), ("VICE VERSA", True), ("the reverse of a medal has a story to tell", False)],
)
def test_what_asks_for_the_reverse(message: str, expected: bool) -> None:
    assert is_reversal(message) is expected


@pytest.mark.parametrize(
    ("before", "speaker", "message", "likeliest"),
    [
        (LEADER, None, "And managers?", "what does a manager do"),
        ("Do managers lead?", None, "and the reverse?", "do leaders manage"),
        ("Who is he?", "Bruce Lynn", "what did he say of balance?", "what did Bruce Lynn say of balance"),
        ("Who is he?", "Bruce Lynn", "what is his view of balance?", "what is Bruce Lynn's view of balance"),
    ],
)
def test_the_likeliest_reading_comes_first(before: str, speaker: str | None, message: str, likeliest: str) -> None:
    assert next(readings(message, before, speaker, OPPOSITES)) == (likeliest, True)


def test_a_message_can_be_read_behind_the_question_before() -> None:
    *_, last = readings("Even in a CRISIS?", LONG_TERM, None, {})
    assert last == ("do leaders think long term even in a crisis", False)


def test_reversed_twice_is_as_it_was() -> None:
    question = normalise("Do managers manage as leaders lead?")
    assert reversed_question(question, OPPOSITES) == "do leaders lead as managers manage"
    assert reversed_question(reversed_question(question, OPPOSITES), OPPOSITES) == question


def test_a_long_question_before_does_not_push_the_message_out(assistant: Assistant) -> None:
    """Only so much of a text is looked at; of a reading, the message must be part of that."""
    [turn] = Conversation().then(assistant.reply("What does a leader do, and why? " * 60)).turns
    assert turn.topic
    *_, (last, _) = readings("and in Zanzibar", turn.question, None, {})
    assert normalise(last).endswith("and in zanzibar")


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("no, I meant risk", "risk"),
        ("nope, managers was what i meant", "managers"),
        ("hm that's not what I asked, I meant who predicts it", "who predicts it"),
        ("sorry, i mean the second article", "the second article"),
        ("no i meant", None),
        ("no, that is wrong", None),
        ("what do they mean", None),
    ],
)
def test_what_was_meant_instead_is_understood(message: str, meant: str | None) -> None:
    assert correction(message) == meant


@pytest.mark.parametrize(
    ("message", "is_bare"),
    [
        ("and managers?", True),
        ("what about a leader", True),
        ("and what about the managers then", True),
        ("managers", False),
        ("and what do managers copy", False),
        ("and risk?", False),
    ],
)
def test_a_bare_side_says_nothing_else(message: str, is_bare: bool) -> None:
    assert is_bare_side(message, OPPOSITES) is is_bare


@pytest.mark.parametrize(
    ("message", "points"),
    [
        ("which of your texts is it in?", True),
        ("Which of the two articles says so?", True),
        ("which article is the last one from", True),
        ("do both articles say that", True),
        ("who wrote the articles?", False),
        ("which article says that managers plan", False),
        ("is it true?", False),
    ],
)
def test_a_message_may_point_at_the_articles_alone(message: str, points: bool) -> None:
    assert points_at_articles(message) is points


@pytest.mark.parametrize(
    ("message", "nobody"),
    [("and in future?", True), ("and do they rest", True), ("does he agree", False), ("and managers?", False)],
)
def test_a_message_may_name_nobody(message: str, nobody: bool) -> None:
    assert names_nobody(message, OPPOSITES) is nobody


def test_a_message_has_clauses_or_is_one() -> None:
    assert clauses("bit harsh! who says so?") == ["bit harsh!", "who says so?"]
    assert clauses("who says so?") == clauses("") == []


@given(st.text())
def test_any_message_can_be_looked_at(message: str) -> None:
    assert "".join("".join(clauses(message)).split()) in ("".join(message.split()), "")
    assert correction(message) != ""
    for told in (is_bare_side(message, OPPOSITES), names_nobody(message, OPPOSITES), points_at_articles(message)):
        assert isinstance(told, bool)
