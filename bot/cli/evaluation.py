"""``eval``: how good the answers are, on questions whose right answers are known."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, Field, ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reply, Smalltalk, Suggest


class InScope(BaseModel):
    """A question with the claims that answer it; any one of them is right."""

    q: str
    accept: Annotated[list[str], Field(min_length=1)]
    kind: str = "in scope"

    def verdict(self, reply: Reply) -> str:
        """right, suggested, missed or wrong."""
        match reply:
            case Answer():
                return "right" if _share_one(self.accept, reply.topic.claims) else "wrong"
            case Suggest() if any(_share_one(self.accept, topic.claims) for topic in reply.topics):
                return "suggested"
            case _:
                return "missed"


class OutOfScope(BaseModel):
    """A question that the articles do not answer, or small talk."""

    q: str
    kind: str

    def verdict(self, reply: Reply) -> str:
        """right, suggested, missed, small talk or wrong."""
        match reply:
            case Answer():
                return "wrong"
            case Smalltalk():
                return "right" if self.kind == "smalltalk" else "small talk"
            case Suggest():
                return "suggested"
            case _:
                return "missed" if self.kind == "smalltalk" else "right"


class Turn(BaseModel):
    """A message of a conversation and what it should lead to."""

    q: str
    accept: list[str] = []
    expect: Literal["answer", "smalltalk", "abstain", "repeat-context"]

    @property
    def kind(self) -> str:
        """What it should lead to."""
        return self.expect

    def verdict(self, reply: Reply) -> str:
        """right, missed or wrong."""
        match self.expect, reply:
            case (("answer" | "repeat-context"), Answer()):
                return "right" if _share_one(self.accept, reply.topic.claims) else "wrong"
            case _, Answer():
                return "wrong"
            case ("smalltalk", Smalltalk()) | ("abstain", Abstain() | Suggest()):
                return "right"
            case _:
                return "missed"


class Dialogue(BaseModel):
    """A conversation, one message after the other."""

    turns: Annotated[list[Turn], Field(min_length=1)]


Case = Dialogue | InScope | OutOfScope


@dataclass(frozen=True)
class Scored:
    """One question that was asked: the reply, its verdict, and the seconds it took."""

    question: str
    kind: str
    reply: Reply
    verdict: str
    seconds: float


def score(assistant: Assistant, cases: Iterable[Case]) -> Iterator[Scored]:
    """Ask every question, those of a dialogue in the light of its earlier turns."""
    for case in cases:
        conversation = Conversation()
        for turn in case.turns if isinstance(case, Dialogue) else [case]:
            start = time.perf_counter()
            reply = assistant.reply(turn.q, conversation)
            seconds = time.perf_counter() - start
            conversation = conversation.then(reply)
            yield Scored(turn.q, turn.kind, reply, turn.verdict(reply), seconds)


def read_cases(path: Path) -> list[Case]:
    """The questions and dialogues of a JSON Lines file.

    Raises:
        ValueError: naming the file, the line and what is wrong with it.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}:1: cannot be read: {error}") from error
    cases = [_case(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not cases:
        raise ValueError(f"{path}:1: has no questions in it")
    return cases


def _case(line: str, place: str) -> Case:
    """A line, parsed according to its keys."""
    try:
        data = json.loads(line)
        keys = data if isinstance(data, dict) else ()
        model = Dialogue if "turns" in keys else InScope if "accept" in keys else OutOfScope
        return model.model_validate(data)
    except ValidationError:
        needs = '"q" with "accept" (claim ids) or "kind", or "turns" of a conversation'
        raise ValueError(f"{place}: needs {needs}") from None
    except ValueError as error:
        raise ValueError(f"{place}: is not valid JSON: {error}") from None


def _share_one(some: Iterable[str], others: Iterable[str]) -> bool:
    return not set(some).isdisjoint(others)


_VERDICTS = ("right", "suggested", "missed", "small talk", "wrong")


def evaluate(assistant: Assistant, files: list[Path]) -> int:
    """Ask every question of the files; print figures by file and kind, and what went wrong."""
    failed = False
    for path in files:
        try:
            _print(path, list(score(assistant, read_cases(path))))
        except ValueError as error:
            print(error, file=sys.stderr)
            failed = True
    return int(failed)


def _print(path: Path, scored: list[Scored]) -> None:
    console = Console()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in scored:
        counts[one.kind][one.verdict] += 1
    console.print(_table(path, counts))
    for one in scored:
        if one.verdict != "right":
            mistake = f"  {one.verdict}: {one.question} -> {_described(one.reply)}"
            console.print(Text(mistake, style="dim"), soft_wrap=True)
    milliseconds = np.array([one.seconds for one in scored]) * 1000
    console.print(
        f"{len(scored)} questions; median {np.median(milliseconds):.1f} ms, "
        f"99th percentile {np.percentile(milliseconds, 99):.1f} ms\n"
    )


def _described(reply: Reply) -> str:
    topic = f" {reply.topic.id}" if isinstance(reply, Answer) else ""
    return f"{type(reply).__name__.lower()}{topic} ({reply.confidence:.2f})"


def _table(path: Path, counts: dict[str, Counter[str]]) -> Table:
    total: Counter[str] = sum(counts.values(), Counter())
    table = Table("kind", "asked", *_VERDICTS, title=str(path), title_justify="left")
    for kind, verdicts in [*sorted(counts.items()), ("all", total)]:
        asked = verdicts.total()
        shares = (f"{verdicts[verdict] / asked:.1%}" if verdicts[verdict] else "" for verdict in _VERDICTS)
        table.add_row(kind, str(asked), *shares, end_section=kind == sorted(counts)[-1])
    return table
