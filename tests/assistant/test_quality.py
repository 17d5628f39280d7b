"""How good the answers are: the project's own questions, put in ways that the library never saw, against its goals."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from bot.assistant import SURE_FROM, Answer, Assistant, Conversation
from bot.cli.evaluation import Case, Dialogue, Scored, read_cases, score
from bot.settings import PROJECT

SIZES = {"casual": 140, "professional": 140, "outside": 180, "dialogues": 30, "forum": 200}
OUTSIDE = {"near", "far", "hostile", "noise", "smalltalk"}


@cache
def cases(name: str) -> list[Case]:
    return read_cases(PROJECT / "tests" / "questions" / f"{name}.jsonl")


def questions(name: str, *kinds: str) -> list[str]:
    return [c.q for c in cases(name) if not isinstance(c, Dialogue) and (not kinds or c.kind in kinds)]


def share(scored: list[Scored], *verdicts: str) -> float:
    return sum(one.verdict in verdicts for one in scored) / len(scored)


def summary(scored: list[Scored]) -> str:
    """The figures and what went wrong, for the message of an assertion."""
    counts = Counter(one.verdict for one in scored)
    wrong = [f"{one.verdict}: {one.question} -> {one.reply}" for one in scored if one.verdict != "right"]
    return "\n  ".join([f"{dict(counts)} of {len(scored)}", *(line[:150] for line in wrong)])


@pytest.fixture(scope="module")
def asked(assistant: Assistant) -> dict[str, list[Scored]]:
    """Every set, asked once; what lies outside by its kinds."""
    found = defaultdict(list)
    for name in SIZES:
        for one in score(assistant, cases(name)):
            found[one.kind if name == "outside" else name].append(one)
    return found


def test_the_sets_are_whole() -> None:
    assert {name: len(cases(name)) for name in SIZES} == SIZES
    assert {case.kind for case in cases("outside") if not isinstance(case, Dialogue)} == OUTSIDE


def test_no_question_is_in_the_library_word_for_word(assistant: Assistant) -> None:
    """Otherwise they would be known by heart, and say nothing about how others are answered."""
    asked = {question.casefold() for name in ("casual", "professional") for question in questions(name)}
    known = {text.casefold() for topic in assistant.knowledge.topics.values() for text in topic.questions}
    assert not asked & known


@pytest.mark.parametrize(
    ("names", "verdicts", "least", "most"),
    [
        (["casual"], ["right"], 0.92, 1.0),
        (["professional"], ["right"], 0.90, 1.0),
        (["dialogues"], ["right"], 0.74, 1.0),
        (["casual", "professional"], ["right", "suggested"], 0.97, 1.0),
        (["casual", "professional"], ["wrong"], 0.0, 0.04),
        (["far", "hostile"], ["wrong"], 0.0, 0.02),
        (["near"], ["wrong"], 0.0, 0.15),
        (["noise"], ["wrong"], 0.0, 0.0),
        (["smalltalk"], ["right"], 0.90, 1.0),
    ],
)
def test_goals_are_met(
    names: list[str], verdicts: list[str], least: float, most: float, asked: dict[str, list[Scored]]
) -> None:
    scored = [one for name in names for one in asked[name]]
    assert least <= share(scored, *verdicts) <= most, summary(scored)


FIRST = "What does a leader do?|Who said management is doing things right?|" + (
    "What happens when there is leadership without management?"
)


@pytest.mark.parametrize(("kinds", "most"), [(["far", "hostile"], 0.02), (["near"], 0.15), (["noise"], 0.0)])
@pytest.mark.parametrize("first", FIRST.split("|"))
def test_what_is_not_covered_is_rarely_answered_in_a_conversation(
    first: str, kinds: list[str], most: float, assistant: Assistant
) -> None:
    begun = assistant.reply(first)
    assert isinstance(begun, Answer)
    outside, conversation = questions("outside", *kinds), Conversation().then(begun)
    answered = [q for q in outside if isinstance(assistant.reply(q, conversation), Answer)]
    assert len(answered) / len(outside) <= most, answered


def test_forum_posts_get_an_answer_only_if_it_is_right(assistant: Assistant) -> None:
    """Titles of posts, half of them on something else: nobody asked the bot, so it had better be sure."""
    scored = list(score(assistant, cases("forum")))
    sure = [one for one in scored if isinstance(one.reply, Answer) and one.reply.confidence >= SURE_FROM]
    assert len([one for one in sure if one.verdict != "right"]) <= 2, summary(sure)
    assert len(sure) >= 90


def test_words_alone_clearly_work(words_only: Assistant) -> None:
    scored = list(score(words_only, cases("casual")))
    assert share(scored, "right") >= 0.75, summary(scored)
