"""Conversations: what a message refers to, and when it begins something new."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reason, Reply, Smalltalk, Sources, Turn
from bot.assistant.followup import Wish, is_elliptic, stand_alone, wish
from bot.text import normalise

LEADER = "What does a leader do?"
UPSIDE = "who says the difference is upside and downside?"
DOING_RIGHT, LONG_TERM = "Who said management is doing things right?", "Do leaders think long term?"
OPPOSITES = {"leader": "manager", "manager": "leader", "leaders": "managers", "managers": "leaders"} | {
    "lead": "manage",
    "manage": "lead",
}


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


def test_a_topic_that_is_gone_is_not_referred_to(small: Assistant) -> None:
    gone = Turn("how do i brew coffee", "coffee-brewing")
    assert small.reply("source?", Conversation((gone,))) == small.reply("source?")
    before = Conversation((Turn("how do i brew tea", "brewing"), gone))
    assert topic_of(small.reply("source?", before)) == "brewing"


# Source, more


SOURCE = (
    "source?|who said that?|Who says so?|where is that from?|which article is that from|link pls|can you quote it?|"
    "who wrote that?|really?|what's your source for this?|SOURCE???|exact quote pls"
).split("|")
MORE = "tell me more|more please|go on|can you explain that further?|anything else?|elaborate|what else?".split("|")
BY_SPEAKER = "anything else by him?|what else did he say?|did she say anything else?|more from them".split("|")
OWN_SUBJECT = (
    f"|?!|{LEADER}|who said management is doing things right?|tell me more about trust|what did Drucker say?|"
    "anything else by Drucker?|what is the source of conflict in teams|thanks|ok|hello|and managers?|"
    "is there a link between trust and leadership?"
).split("|")


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
    assert isinstance(talk(assistant, LEADER, message)[-1], Smalltalk)


@pytest.mark.parametrize("message", SOURCE)
def test_a_source_is_that_of_the_last_answer(message: str, assistant: Assistant) -> None:
    answer, source = talk(assistant, DOING_RIGHT, message)
    assert isinstance(answer, Answer)
    assert isinstance(source, Sources)
    assert (source.topic, source.evidence, source.related) == (answer.topic, answer.evidence, answer.related)
    assert (source.question, source.understood, source.ranking) == (message, answer.question, answer.ranking)


def test_a_source_can_be_asked_for_again_and_after_small_talk(assistant: Assistant) -> None:
    said = talk(assistant, LONG_TERM, "source?", "thanks", "hello", "who said that?")
    assert topic_of(said[-1]) == "long-term"
    assert said[-1] == dataclasses.replace(said[1], question="who said that?")


@pytest.mark.parametrize("message", ["tell me more", "and managers?", "the other way round?", "anything else by him?"])
def test_without_an_answer_there_is_nothing_to_refer_to(message: str, assistant: Assistant) -> None:
    for before in ("hello", "what is the capital of France?"):
        assert talk(assistant, before, message)[-1] == assistant.reply(message)


def test_more_walks_through_what_is_related_and_repeats_nothing(assistant: Assistant) -> None:
    first, *more = talk(assistant, LONG_TERM, "tell me more", "more", "go on")
    assert isinstance(first, Answer)
    assert topic_of(more[0]) == first.related[0].id
    assert all(isinstance(reply, Answer) for reply in more)
    assert len({topic_of(reply) for reply in [first, *more]}) == 4


def test_more_ends_with_the_last_related_topic(small: Assistant) -> None:
    said = talk(small, "can i hurry my dough?", "more", "more", "more")
    assert [reply.topic.id for reply in said if isinstance(reply, Answer)] == ["rising", "salting"]
    assert isinstance(said[-1], Abstain)
    assert said[-1].reason is Reason.NOTHING_MORE


@pytest.mark.parametrize(
    ("first", "message", "speaker", "topics"),
    [
        (DOING_RIGHT, BY_SPEAKER[0], "Peter Drucker", ["right-things", "need-leadership", "knowledge-worker"]),
        (UPSIDE, BY_SPEAKER[1], "Bruce Lynn", ["upside-downside", "means-and-ends", "balance"]),
    ],
)
def test_more_by_the_same_speaker(
    first: str, message: str, speaker: str, topics: list[str], assistant: Assistant
) -> None:
    said = talk(assistant, first, *[message] * 4)
    assert [topic_of(reply) for reply in said] == [*topics, None, None]
    assert {reply.evidence[0].speaker for reply in said if isinstance(reply, Answer)} == {speaker}
    assert [type(reply) for reply in said[3:]] == [Abstain, Abstain]


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


LEANING = "and managers?|But why not both?|what about trust?|how about a small company?|the other way round?|vice versa"
NOT_LEANING = f"|managers|{LEADER}|android phones|and what would the articles say to a company of two people"


@pytest.mark.parametrize("message", [*LEANING.split("|"), *NOT_LEANING.split("|")])
def test_what_leans_on_the_question_before(message: str) -> None:
    assert is_elliptic(message, OPPOSITES) is (message in LEANING.split("|"))


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
    assert next(stand_alone(message, before, speaker, OPPOSITES)) == likeliest


def test_a_message_can_be_read_behind_the_question_before() -> None:
    *_, last = stand_alone("Even in a CRISIS?", LONG_TERM, None, {})
    assert last == "do leaders think long term even in a crisis"


def test_a_long_question_before_does_not_push_the_message_out(assistant: Assistant) -> None:
    """Only so much of a text is looked at; of a reading, the message must be part of that."""
    [turn] = Conversation().then(assistant.reply("What does a leader do, and why? " * 60)).turns
    assert turn.topic
    *_, last = stand_alone("and in Zanzibar", turn.question, None, {})
    assert normalise(last).endswith("and in zanzibar")
