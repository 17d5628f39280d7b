"""How good the answers are: the project's own questions, put in ways that the library never saw, against its goals."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest

from bot.assistant import Answer, Assistant, Conversation, Reply, Smalltalk, Suggest
from bot.settings import PROJECT

Case = dict[str, object]
Verdicts = Counter[str]


@cache
def cases(name: str) -> list[Case]:
    lines = (PROJECT / "tests" / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def verdict(case: Case, reply: Reply) -> str:
    """What a reply to an in-scope question is worth: any one of the accepted claims is enough."""
    accept = case["accept"]
    assert isinstance(accept, list)
    if isinstance(reply, Answer):
        return "wrong" if set(accept).isdisjoint(reply.topic.claims) else "right"
    if isinstance(reply, Suggest) and any(not set(accept).isdisjoint(topic.claims) for topic in reply.topics):
        return "suggested"
    return "missed"


def verdicts(assistant: Assistant, name: str) -> Verdicts:
    return Counter(verdict(case, assistant.reply(str(case["q"]))) for case in cases(name))


def told(what: str, count: int, of: int, wrong: list[str] | None = None) -> str:
    """The figure, for the message of an assertion."""
    return "\n  ".join([f"{what}: {count} of {of} = {count / of:.1%}", *(wrong or [])])


@pytest.fixture(scope="module")
def inside(assistant: Assistant) -> dict[str, Verdicts]:
    return {name: verdicts(assistant, name) for name in ("casual", "professional")}


@pytest.fixture(scope="module")
def outside(assistant: Assistant) -> list[tuple[str, str, Reply]]:
    """Kind, question and reply of what the articles do not answer."""
    return [(str(case["kind"]), str(case["q"]), assistant.reply(str(case["q"]))) for case in cases("outside")]


def test_the_sets_are_whole() -> None:
    assert {name: len(cases(name)) for name in ("casual", "professional", "outside")} == {
        "casual": 140,
        "professional": 140,
        "outside": 180,
    }
    assert {case["kind"] for case in cases("outside")} == {"near", "far", "hostile", "noise", "smalltalk"}


def test_no_question_stands_in_the_library_word_for_word(assistant: Assistant) -> None:
    """Otherwise they would be known by heart, and tell nothing of how others are answered."""
    asked = {str(case["q"]).casefold() for name in ("casual", "professional") for case in cases(name)}
    known = {text.casefold() for topic in assistant.knowledge.topics.values() for text in topic.questions}
    assert not asked & known


@pytest.mark.parametrize(("name", "goal"), [("casual", 0.92), ("professional", 0.90)])
def test_questions_are_answered_rightly(name: str, goal: float, inside: dict[str, Verdicts]) -> None:
    found = inside[name]
    assert found["right"] / found.total() >= goal, told(f"{name} right", found["right"], found.total())


def test_nearly_all_questions_are_answered_rightly_or_offered_the_topic(inside: dict[str, Verdicts]) -> None:
    found = inside["casual"] + inside["professional"]
    good = found["right"] + found["suggested"]
    assert good / found.total() >= 0.97, told("right or suggested", good, found.total())


def test_wrong_answers_are_rare(inside: dict[str, Verdicts]) -> None:
    found = inside["casual"] + inside["professional"]
    assert found["wrong"] / found.total() <= 0.04, told("wrong", found["wrong"], found.total())


@pytest.mark.parametrize(
    ("kinds", "goal"),
    [({"far", "hostile"}, 0.02), ({"near"}, 0.15), ({"noise"}, 0.0)],
    ids=["far and hostile", "near", "noise"],
)
def test_what_the_articles_do_not_cover_is_rarely_answered(
    kinds: set[str], goal: float, outside: list[tuple[str, str, Reply]]
) -> None:
    asked = [(question, reply) for kind, question, reply in outside if kind in kinds]
    wrong = [f"{question} -> {reply.topic.id}" for question, reply in asked if isinstance(reply, Answer)]
    assert len(wrong) / len(asked) <= goal, told("answered", len(wrong), len(asked), wrong)


def test_small_talk_is_recognised(outside: list[tuple[str, str, Reply]]) -> None:
    asked = [(question, reply) for kind, question, reply in outside if kind == "smalltalk"]
    missed = [question for question, reply in asked if not isinstance(reply, Smalltalk)]
    assert len(missed) / len(asked) <= 0.10, told("not recognised", len(missed), len(asked), missed)


@pytest.mark.parametrize(
    "first",
    [
        "What does a leader do?",
        "Who said management is doing things right?",
        "What happens when there is leadership without management?",
    ],
)
@pytest.mark.parametrize(
    ("kinds", "goal"),
    [({"far", "hostile"}, 0.02), ({"near"}, 0.15), ({"noise"}, 0.0)],
    ids=["far and hostile", "near", "noise"],
)
def test_nor_is_it_in_a_conversation(first: str, kinds: set[str], goal: float, assistant: Assistant) -> None:
    begun = Conversation().then(assistant.reply(first))
    assert begun.answers
    asked = [str(case["q"]) for case in cases("outside") if case["kind"] in kinds]
    replies = [(question, assistant.reply(question, begun)) for question in asked]
    wrong = [f"{question} -> {reply.topic.id}" for question, reply in replies if isinstance(reply, Answer)]
    assert len(wrong) / len(asked) <= goal, told("answered", len(wrong), len(asked), wrong)


def test_words_alone_clearly_work(words_only: Assistant) -> None:
    found = verdicts(words_only, "casual")
    assert found["right"] / found.total() >= 0.75, told("casual right", found["right"], found.total())
