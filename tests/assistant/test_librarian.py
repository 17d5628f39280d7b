"""One question: care before everything else, what it is about apart from what it asks for, the reply to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assistant import Abstain, Answer, Assistant, Conversation, Form, Reply, Stance, Turn
from bot.assistant.thresholds import ANSWER_FROM
from bot.knowledge import KnowledgeBase, load_library
from bot.matching import Kind
from tests.assistant.scripted import Scripted, decision, scripted, talk

OUTSIDE = """\
- {id: crisis, reply: You matter., closest: [brewing], questions: [i want to die]}
- {id: coffee, reply: Coffee is not covered., closest: [brewing], questions: [how do i roast coffee]}
"""
DISTRESS, DOUGH, MOVE = "I can't go on like this", "Can I hurry my dough?", "say that again"
SURE = {DOUGH: {"rising": 0.9}, f"{DOUGH} {DISTRESS}": {"rising": 0.9}}


@pytest.fixture
def knowledge(library: Callable[..., Path]) -> KnowledgeBase:
    moves = f"- {{id: repeat, questions: [{MOVE}]}}\n- {{id: pick-second, questions: [the second one]}}\n"
    return load_library(library({"outside.yaml": OUTSIDE, "moves.yaml": moves}))


def cared_for(reply: Reply) -> bool:
    """Whether a reply cares; it then does nothing else."""
    cares = isinstance(reply, Abstain) and reply.group is not None and reply.group.id == "crisis"
    assert not cares or decision(reply) == "NOT_COVERED crisis: "
    return cares


# Care


BEGUN = Conversation((Turn(DOUGH, "rising", ("rising", "salting")),))


@pytest.mark.parametrize("conversation", [Conversation(), BEGUN])
@pytest.mark.parametrize("message", [MOVE, "the second one", "and tea?", "was ist das und wer ist das", "hello"])
def test_care_goes_before_all_else(message: str, conversation: Conversation, knowledge: KnowledgeBase) -> None:
    assistant = scripted(knowledge, {}, {message: (Kind.OUTSIDE, "crisis", 0.9)})
    assert cared_for(assistant.reply(message, conversation))
    assert not cared_for(scripted(knowledge, {}).reply(message, conversation))


@pytest.mark.parametrize(
    "text",
    [
        f"{DOUGH} {DISTRESS}",
        f"{DISTRESS}. {DOUGH}",
        f"{DISTRESS}! {DOUGH}",
        f"{DISTRESS}; {DOUGH}",
        f"{DISTRESS}\n{DOUGH}",
        f"I bake a lot but {DISTRESS}",
        f"I bake a lot, and {DISTRESS}",
        f"{DISTRESS} anyway {DOUGH}",
        f"Hello. Good day! Thanks. {DOUGH} {DISTRESS}. Bye.",
    ],
)
def test_one_sentence_of_several_is_enough(text: str, knowledge: KnowledgeBase) -> None:
    likely = {DISTRESS: (Kind.OUTSIDE, "crisis", 0.9)}
    assert cared_for(scripted(knowledge, SURE, likely).reply(text))
    assert cared_for(talk(scripted(knowledge, SURE, likely), DOUGH, text)[-1])
    assert not cared_for(scripted(knowledge, SURE).reply(text))


def test_after_care_the_conversation_goes_on(knowledge: KnowledgeBase) -> None:
    likely = {DISTRESS: (Kind.OUTSIDE, "crisis", 0.9)}
    _, cares, again = talk(scripted(knowledge, SURE, likely), DOUGH, DISTRESS, MOVE)
    assert cared_for(cares)
    assert decision(again) == "answer rising"


def test_a_library_without_such_a_group_has_nothing_to_care_with(library: Callable[..., Path]) -> None:
    assistant = scripted(load_library(library()), {DISTRESS: {"rising": 0.9}})
    assert decision(assistant.reply(DISTRESS)) == "answer rising"


# What a question is about, apart from what it asks for


@pytest.mark.parametrize(
    ("question", "about", "asked"),
    [
        ("Give me a quote about slow dough, please.", "slow dough", Form.QUOTE),
        ("In one sentence: why does dough rise?", "why does dough rise", Form.ONE_LINE),
        ("source for the salt in dough?", "salt in dough", Form.SOURCE),
    ],
)
def test_a_request_does_not_hide_the_question(question: str, about: str, asked: Form, knowledge: KnowledgeBase) -> None:
    hidden = {question: {"storing": 0.3}}
    reply = scripted(knowledge, {**hidden, about: {"rising": 0.9}}).reply(question)
    assert isinstance(reply, Answer)
    assert (reply.topic.id, reply.confidence, reply.form, reply.question) == ("rising", 0.9, asked, question)
    # Whichever is surer.
    unclear = scripted(knowledge, {**hidden, about: {"rising": 0.2}}).reply(question)
    assert decision(unclear).startswith("suggest storing")


@pytest.mark.parametrize(
    ("question", "topic", "asked"),
    [
        ("quote about leadership without management", "leadership-alone", Form.QUOTE),
        ("tl;dr do leaders challenge the status quo", "challenge-status-quo", Form.ONE_LINE),
        ("In one sentence, please: why does a business need both?", "need-both", Form.ONE_LINE),
        ("which of the two articles says that managers copy the leader's style?", "copies-style", Form.SOURCE),
        ("Who said management is doing things right?", "right-things", Form.WHO),
        ("why does management focus on control", "short-term-control", Form.WHY),
    ],
)
def test_the_shipped_library_sees_both(question: str, topic: str, asked: Form, assistant: Assistant) -> None:
    reply = assistant.reply(question)
    assert isinstance(reply, Answer)
    assert (reply.topic.id, reply.form) == (topic, asked)


# Yes, no, and whose side


@pytest.mark.parametrize("stance", [*Stance, None])
def test_an_answer_says_what_the_library_says_to_the_question(stance: Stance | None, knowledge: KnowledgeBase) -> None:
    reply = scripted(knowledge, SURE, stances={DOUGH: stance} if stance else {}).reply(DOUGH)
    assert isinstance(reply, Answer)
    assert (reply.form, reply.stance) == (Form.YES_NO, stance)


@pytest.mark.parametrize(
    ("question", "stance"),
    [
        ("Do leaders think long term?", Stance.YES),
        ("Do managers think long term?", Stance.NO),
        ("Is every manager a leader?", Stance.NO),
        ("isn't it the leader who thinks long term?", Stance.YES),
        ("so leaders don't challenge the status quo, do they?", Stance.YES),
        ("Was it Bruce Lynn who said management is doing things right?", Stance.NO),
    ],
)
def test_the_shipped_library_confirms_and_denies(question: str, stance: Stance, assistant: Assistant) -> None:
    reply = assistant.reply(question)
    assert isinstance(reply, Answer)
    assert (reply.form, reply.stance) == (Form.YES_NO, stance)


@pytest.mark.parametrize(
    "question",
    [
        "What happens with leadership but no management?",
        "how do leaders keep things moving and not stall",
        "In what context is Mark Suster cited?",
        "By what means do leaders prevent an initiative from losing impetus?",
    ],
)
def test_a_question_that_asserts_nothing_is_not_denied(question: str, assistant: Assistant) -> None:
    reply = assistant.reply(question)
    assert isinstance(reply, Answer)
    assert reply.stance is not Stance.NO


@pytest.mark.parametrize(
    ("question", "side"),
    [
        *(("who takes the short view?", 1), ("who is after the upside?", 0), ("who watches the bottom line?", 1)),
        *(("who motivates and inspires?", 0), ("do they differ?", None)),
    ],
)
def test_the_side_is_told_only_to_who_asks_which(question: str, side: int | None, assistant: Assistant) -> None:
    reply = assistant.reply(question)
    assert isinstance(reply, Answer)
    assert (reply.form is Form.WHICH, reply.side) == (side is not None, side)


# Other languages


GERMAN, FRENCH, RUSSIAN = "Was ist ein Bäcker und wer ist er?", "Qui est le boulanger et que dit il?", "что такое хлеб"


@pytest.mark.parametrize(("question", "language"), [(GERMAN, "de"), (FRENCH, "fr"), (RUSSIAN, "ru")])
@pytest.mark.parametrize("sure", [0.0, ANSWER_FROM - 0.001, ANSWER_FROM])
def test_what_is_not_english_is_not_answered_unless_it_is_clear(
    question: str, language: str, sure: float, knowledge: KnowledgeBase
) -> None:
    reply = scripted(knowledge, {question: {"rising": sure}}).reply(question)
    assert decision(reply) == ("answer rising" if sure >= ANSWER_FROM else f"NOT_ENGLISH {language}: ")


@pytest.mark.parametrize("question", [GERMAN, FRENCH, RUSSIAN, "qué es un líder y qué es un gerente"])
def test_another_language_is_no_follow_up(question: str, assistant: Assistant) -> None:
    alone, following = assistant.reply(question), talk(assistant, "What does a leader do?", question)[-1]
    assert alone == following
    assert decision(alone).startswith("NOT_ENGLISH")


# Topics that mirror each other


MIRRORED = {
    "library.yaml": "opposites: [[tea, bread]]\n",
    "topics/mirrors.yaml": "".join(
        f"- {{id: {name}, title: {name.title()}, claims: [slow-dough], answer: So., aspect: alone,\n"
        f"   questions: [{texts}]}}\n"
        for name, texts in {
            "tea-alone": "tea without bread, tea but no bread, bread is missing, no bread, hardly any bread",
            "bread-alone": "bread without tea, bread but no tea, tea is missing, no tea, hardly any tea",
        }.items()
    ),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("weak tea, strong bread", "answer bread-alone"),
        ("strong tea, weak bread", "answer tea-alone"),
        # Which of them is missing is not said.
        ("tea and bread", "answer tea-alone"),
    ],
)
def test_of_two_topics_that_mirror_each_other_the_missing_side_decides(
    question: str, expected: str, library: Callable[..., Path]
) -> None:
    knowledge = load_library(library(MIRRORED))
    reply = scripted(knowledge, {question: {"tea-alone": 0.9, "bread-alone": 0.3}}).reply(question)
    assert decision(reply) == expected
    assert reply.ranking[0].confidence == 0.9


# What an answer opens with


WHY = "topics/why.yaml"
REASONS = (
    "- {id: why, title: Why, claims: [slow-dough], answer: So., because: it is slow., questions: [why is dough slow]}\n"
)


@pytest.mark.parametrize(("sure", "expected"), [(0.81, "answer why"), (0.79, "answer rising")])
def test_who_asks_why_gets_an_answer_that_gives_a_reason(
    sure: float, expected: str, library: Callable[..., Path]
) -> None:
    knowledge = load_library(library({WHY: REASONS}))
    asked = {"why does dough rise": {"rising": 0.9, "why": sure}, "does dough rise": {"rising": 0.9, "why": sure}}
    assert decision(scripted(knowledge, asked).reply("why does dough rise")) == expected
    assert decision(scripted(knowledge, asked).reply("does dough rise")) == "answer rising"


@pytest.mark.parametrize(
    ("answer", "nearest", "lead"),
    [
        ("Dough rises. Salt is good.", "Salt is good.", 1),
        ("Dough rises. Salt is good.", "Dough rises.", 0),
        # It would not be understood alone.
        ("Dough rises. It needs salt.", "It needs salt.", 0),
        ("Dough rises.", "Dough rises.", 0),
        # It is about the other side, or the first one is.
        ("Dough rises. Bread is good.", "Bread is good.", 0),
        ("Bread rises. Tea is good.", "Tea is good.", 1),
    ],
)
def test_an_answer_opens_with_the_sentence_that_was_asked_for(
    answer: str, nearest: str, lead: int, library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f'- {{id: dough, title: Dough, claims: [slow-dough], answer: "{answer}", questions: [what is dough]}}\n'
    knowledge = load_library(library({"topics/dough.yaml": told, "library.yaml": "opposites: [[tea, bread]]\n"}))
    monkeypatch.setattr(Scripted, "nearest", lambda self, text, able: able.index(nearest) if nearest in able else 0)
    reply = scripted(knowledge, {"salt in tea": {"dough": 0.9}}).reply("salt in tea")
    assert isinstance(reply, Answer)
    assert reply.lead == lead


@pytest.mark.parametrize(
    ("question", "stance"),
    [("why does dough rise", Stance.NO), ("why bother with dough", None), ("why should dough rise", None)],
)
def test_who_asks_what_is_in_it_is_not_contradicted(
    question: str, stance: Stance | None, knowledge: KnowledgeBase
) -> None:
    reply = scripted(knowledge, {question: {"rising": 0.9}}, stances={question: Stance.NO}).reply(question)
    assert isinstance(reply, Answer)
    assert (reply.form, reply.stance) == (Form.WHY, stance)
