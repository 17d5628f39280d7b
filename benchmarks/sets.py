"""The question sets: the project's own, and public ones in a folder."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.product import PROJECT, Category, Kind, Question, shipped_categories, shipped_questions

OWN = "own"
IN_SCOPE, OUT_OF_SCOPE = "in scope", "out of scope"

_KINDS = {
    "near": "near the subject",
    "far": "unrelated",
    "noise": "unrelated",
    "hostile": "unrelated",
    "smalltalk": "small talk",
}


@dataclass(frozen=True)
class QuestionSet:
    """What to learn, and what to ask."""

    name: str
    categories: tuple[Category, ...]
    questions: tuple[Question, ...]

    def sample(self, most: int) -> QuestionSet:
        """The same set with at most that many questions, spread evenly."""
        step = max(1.0, len(self.questions) / most)
        chosen = [self.questions[int(number * step)] for number in range(min(most, len(self.questions)))]
        return replace(self, questions=tuple(chosen))


def own_set(folder: Path = PROJECT / "tests" / "questions") -> QuestionSet:
    """The shipped library, and the questions of ``folder`` that need no conversation."""
    questions = [
        replace(question, kind=_KINDS.get(question.kind, question.kind))
        for file in ("casual", "professional", "outside")
        for question in shipped_questions(folder / f"{file}.jsonl")
    ]
    return QuestionSet(OWN, tuple(shipped_categories()), tuple(questions))


def public_sets(folder: Path) -> list[QuestionSet]:
    """Every set of which ``folder`` has both parts, ``NAME.train.jsonl`` and ``NAME.test.jsonl``.

    A line is ``{"q": question, "intent": its class, or null if it is out of scope}``.
    """
    names = sorted(path.name.removesuffix(".test.jsonl") for path in folder.glob("*.test.jsonl"))
    return [_public_set(folder, name) for name in names if (folder / f"{name}.train.jsonl").exists()]


def _public_set(folder: Path, name: str) -> QuestionSet:
    train, test = (_lines(folder / f"{name}.{part}.jsonl") for part in ("train", "test"))
    questions = [
        Question(text, OUT_OF_SCOPE) if intent is None else Question(text, IN_SCOPE, frozenset({intent}))
        for text, intent in test
    ]
    return QuestionSet(name, tuple(_categories(train)), tuple(questions))


def _categories(train: Sequence[tuple[str, str | None]]) -> list[Category]:
    texts: defaultdict[str | None, list[str]] = defaultdict(list)
    for text, intent in train:
        texts[intent].append(text)
    return [
        Category(Kind.OUTSIDE, OUT_OF_SCOPE, tuple(of_class))
        if intent is None
        else Category(Kind.TOPIC, intent, tuple(of_class), frozenset({intent}))
        for intent, of_class in texts.items()
    ]


def _lines(path: Path) -> list[tuple[str, str | None]]:
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(line["q"], line["intent"]) for line in lines]
