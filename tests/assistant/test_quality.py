"""How good the answers are: the project's own questions, put in ways that the library never saw, against its goals."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from bot.assistant import Answer, Assistant, Conversation
from bot.cli.evaluation import Case, Dialogue, Scored, read_cases, score
from bot.settings import PROJECT

SIZES = {"casual": 140, "professional": 140, "outside": 180, "dialogues": 30}


@cache
def cases(name: str) -> list[Case]:
    return read_cases(PROJECT / "tests" / "questions" / f"{name}.jsonl")


def questions(name: str) -> list[str]:
    return [case.q for case in cases(name) if not isinstance(case, Dialogue)]


def told(what: str, scored: list[Scored]) -> str:
    """The figures and what went wrong, for the message of an assertion."""
    counts = Counter(one.verdict for one in scored)
    wrong = [f"{one.verdict}: {one.question} -> {one.reply}" for one in scored if one.verdict != "right"]
    return "\n  ".join([f"{what}: {dict(counts)} of {len(scored)}", *(line[:150] for line in wrong)])


def share(scored: list[Scored], *verdicts: str) -> float:
    return sum(one.verdict in verdicts for one in scored) / len(scored)


@pytest.fixture(scope="module")
def asked(assistant: Assistant) -> dict[str, list[Scored]]:
    """Every set, asked once."""
    return {name: list(score(assistant, cases(name))) for name in SIZES}


def test_the_sets_are_whole() -> None:
    assert {name: len(cases(name)) for name in SIZES} == SIZES
    assert {case.kind for case in cases("outside") if not isinstance(case, Dialogue)} == {
        "near",
        "far",
        "hostile",
        "noise",
        "smalltalk",
    }


def test_no_question_is_in_the_library_word_for_word(assistant: Assistant) -> None:
    """Otherwise they would be known by heart, and say nothing about how others are answered."""
    asked = {question.casefold() for name in ("casual", "professional") for question in questions(name)}
    known = {text.casefold() for topic in assistant.knowledge.topics.values() for text in topic.questions}
    assert not asked & known


@pytest.mark.parametrize(("name", "goal"), [("casual", 0.92), ("professional", 0.90), ("dialogues", 0.74)])
def test_questions_are_answered_correctly(name: str, goal: float, asked: dict[str, list[Scored]]) -> None:
    assert share(asked[name], "right") >= goal, told(name, asked[name])


def test_nearly_all_questions_are_answered_correctly_or_offered_the_topic(asked: dict[str, list[Scored]]) -> None:
    both = asked["casual"] + asked["professional"]
    assert share(both, "right", "suggested") >= 0.97, told("right or suggested", both)


def test_wrong_answers_are_rare(asked: dict[str, list[Scored]]) -> None:
    both = asked["casual"] + asked["professional"]
    assert share(both, "wrong") <= 0.04, told("wrong", both)


LIMITS = pytest.mark.parametrize(
    ("kinds", "goal"),
    [({"far", "hostile"}, 0.02), ({"near"}, 0.15), ({"noise"}, 0.0)],
    ids=["far and hostile", "near", "noise"],
)


@LIMITS
def test_what_the_articles_do_not_cover_is_rarely_answered(
    kinds: set[str], goal: float, asked: dict[str, list[Scored]]
) -> None:
    scored = [one for one in asked["outside"] if one.kind in kinds]
    assert share(scored, "wrong") <= goal, told("answered", scored)


def test_small_talk_is_recognised(asked: dict[str, list[Scored]]) -> None:
    scored = [one for one in asked["outside"] if one.kind == "smalltalk"]
    assert share(scored, "right") >= 0.90, told("recognised", scored)


@pytest.mark.parametrize(
    "first",
    [
        "What does a leader do?",
        "Who said management is doing things right?",
        "What happens when there is leadership without management?",
    ],
)
@LIMITS
def test_nor_is_it_in_a_conversation(first: str, kinds: set[str], goal: float, assistant: Assistant) -> None:
    begun = assistant.reply(first)
    assert isinstance(begun, Answer)
    conversation = Conversation().then(begun)
    outside = [case.q for case in cases("outside") if not isinstance(case, Dialogue) and case.kind in kinds]
    answered = [q for q in outside if isinstance(assistant.reply(q, conversation), Answer)]
    assert len(answered) / len(outside) <= goal, answered


def test_words_alone_clearly_work(words_only: Assistant) -> None:
    scored = list(score(words_only, cases("casual")))
    assert share(scored, "right") >= 0.75, told("casual", scored)
