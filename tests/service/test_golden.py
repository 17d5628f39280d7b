"""A library that fails a golden question is told which, what became of it, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reply, Smalltalk, Suggest
from bot.knowledge import KnowledgeBase, load_library
from bot.matching import Match
from bot.service import golden_faults

Library = Callable[..., Path]
ADD = "add phrasings like it to"


class Scripted(Assistant):
    """Gives the reply that the script names for a question."""

    def __init__(self, knowledge: KnowledgeBase, replies: Iterable[Reply]) -> None:
        self.knowledge = knowledge
        self._replies = {reply.question: reply for reply in replies}

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008  # immutable
        assert conversation == Conversation(), "each question is asked on its own"
        return self._replies[question]


def golden(library: Library, questions: Mapping[str, list[str]]) -> KnowledgeBase:
    """The small library with golden questions and the claims that answer them."""
    lines = [json.dumps({"q": question, "claims": claims}) for question, claims in questions.items()]
    return load_library(library({"golden.jsonl": "\n".join(lines)}))


def answer(question: str, topic: str, knowledge: KnowledgeBase) -> Answer:
    ranking = (Match(topic, 0.456),)
    return Answer(question=question, ranking=ranking, topic=knowledge.topics[topic], evidence=())


def replies(knowledge: KnowledgeBase) -> list[Reply]:
    """One of each kind, by its question."""
    ranking = (Match("salting", 0.123), Match("rising", 0.1))
    topics = (knowledge.topics["salting"], knowledge.topics["rising"])
    return [
        answer("answer", "brewing", knowledge),
        Suggest(question="suggest", ranking=ranking, topics=topics),
        Abstain(question="abstain", ranking=ranking, closest=topics),
        Abstain(question="nothing"),
        Smalltalk(question="smalltalk", ranking=ranking, kind=knowledge.smalltalk["greeting"]),
    ]


def test_any_of_the_claims_in_the_answer_will_do(library: Library) -> None:
    two = {"topics/more.yaml": "- {id: two, title: T, claims: [slow-dough, salt-in-dough], answer: T., questions: [x]}"}
    claims = {"first": ["slow-dough"], "second": ["salt-in-dough"], "or": ["dark-cheese", "salt-in-dough"]}
    knowledge = golden(lambda more: library({**two, **more}), {**claims, "neither": ["dark-cheese"]})
    assistant = Scripted(knowledge, [answer(question, "two", knowledge) for question in [*claims, "neither"]])
    [fault] = golden_faults(assistant)
    assert (fault.file, fault.line) == ("golden.jsonl", 4)


def test_only_an_answer_is_an_answer(library: Library) -> None:
    """Suggestions of the right topic are not enough where an answer is due, and no harm where none is."""
    questions = ["answer", "suggest", "abstain", "nothing", "smalltalk"]
    due = golden(library, {question: ["boiling-water", "salt-in-dough"] for question in questions})
    assert [fault.line for fault in golden_faults(Scripted(due, replies(due)))] == [2, 3, 4, 5]
    none = golden(library, {question: [] for question in questions})
    assert [fault.line for fault in golden_faults(Scripted(none, replies(none)))] == [1]


@pytest.mark.parametrize(
    ("question", "became"),
    [
        ("answer", "is answered with the topic `brewing` (confidence 0.46)"),
        ("suggest", "only gets suggestions: `salting`, `rising` (confidence 0.12)"),
        ("abstain", "is not answered at all; the closest topic is `salting` (confidence 0.12)"),
        ("nothing", "is not answered at all"),
        ("smalltalk", "is taken for small talk, `greeting`"),
    ],
)
def test_reason_says_what_became_of_the_question(library: Library, question: str, became: str) -> None:
    knowledge = golden(library, {question: ["dark-cheese"]})
    remedy = "add phrasings like it to `storing`, or correct this line"
    assert [str(fault) for fault in golden_faults(Scripted(knowledge, replies(knowledge)))] == [
        f'golden.jsonl:1: "{question}" should be answered with `dark-cheese`, but {became}; {remedy}'
    ]


@pytest.mark.parametrize(
    ("claims", "wish", "remedy"),
    [
        ([], "not be answered", "add questions like it to outside.yaml"),
        (["dark-cheese"], "be answered with `dark-cheese`", f"{ADD} `storing`"),
        (["salt-in-dough", "dark-cheese"], "be answered with one of `salt-in-dough`, `dark-cheese`",
         f"{ADD} one of `salting`, `storing`"),
        (["a", "b", "c", "d"], "be answered with one of `a`, `b`, `c`, …", "write a topic with such a claim"),
    ],
)  # fmt: skip
def test_reason_says_what_is_due_and_what_to_do(library: Library, claims: list[str], wish: str, remedy: str) -> None:
    article = "id: x\nlabel: X\nclaims: [{id: a, says: A.}, {id: b, says: B.}, {id: c, says: C.}, {id: d, says: D.}]"
    knowledge = golden(lambda more: library({"articles/x.yaml": article, **more}), {"answer": claims})
    [fault] = golden_faults(Scripted(knowledge, replies(knowledge)))
    assert fault.reason.startswith(f'"answer" should {wish}, but is answered with ')
    assert fault.reason.endswith(f"; {remedy}, or correct this line")


def test_topics_whose_main_claim_answers_come_first(library: Library) -> None:
    overview = "- {id: bread, title: T, claims: [slow-dough, salt-in-dough, dark-cheese], answer: T., questions: [x]}"
    knowledge = golden(lambda more: library({"topics/a.yaml": overview, **more}), {"answer": ["dark-cheese"]})
    [fault] = golden_faults(Scripted(knowledge, replies(knowledge)))
    assert f"{ADD} one of `storing`, `bread`, or" in fault.reason


def test_long_question_is_cut_and_shown_on_one_line(library: Library) -> None:
    question = f"tea\n{'x' * 200}"
    knowledge = golden(library, {question: []})
    [fault] = golden_faults(Scripted(knowledge, [answer(question, "brewing", knowledge)]))
    assert fault.reason.startswith(f'"tea\\n{"x" * 76}…" should ')
