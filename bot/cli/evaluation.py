"""``eval``: how good the answers are, on questions whose right answers are known."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reply, Smalltalk, Suggest


class InScope(BaseModel):
    """A question with the claims that answer it; any one of them is right."""

    model_config = ConfigDict(extra="ignore")

    q: str
    accept: Annotated[list[str], Field(min_length=1)]
    kind: str = "in scope"

    def verdict(self, reply: Reply) -> str:
        match reply:
            case Answer():
                return "right" if self._accepts(reply.topic.claims) else "wrong"
            case Suggest() if any(self._accepts(topic.claims) for topic in reply.topics):
                return "suggested"
            case _:
                return "missed"

    def _accepts(self, claims: Iterable[str]) -> bool:
        return not set(self.accept).isdisjoint(claims)


class OutOfScope(BaseModel):
    """A question that the articles do not answer, or small talk."""

    model_config = ConfigDict(extra="ignore")

    q: str
    kind: str

    def verdict(self, reply: Reply) -> str:
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

    def verdict(self, reply: Reply) -> str:
        wanted = {"smalltalk": Smalltalk, "abstain": Abstain}.get(self.expect, Answer)
        if not isinstance(reply, wanted):
            return "wrong" if isinstance(reply, Answer) else "missed"
        right = not isinstance(reply, Answer) or not set(self.accept).isdisjoint(reply.topic.claims)
        return "right" if right else "wrong"


class Dialogue(BaseModel):
    """A conversation, one message after the other."""

    turns: Annotated[list[Turn], Field(min_length=1)]


def _case(line: object) -> Dialogue | InScope | OutOfScope:
    """A line as what its keys say that it is meant to be."""
    keys = line if isinstance(line, dict) else ()
    model = Dialogue if "turns" in keys else InScope if "accept" in keys else OutOfScope
    return model.model_validate(line)


_VERDICTS = ("right", "suggested", "missed", "small talk", "wrong")


def evaluate(assistant: Assistant, files: list[Path]) -> int:
    """Ask every question of the files; print figures by file and kind, and what went wrong."""
    console, failed = Console(), False
    for path in files:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        seconds: list[float] = []
        mistakes: list[str] = []
        try:
            cases = list(_cases(path))
        except ValueError as error:
            print(error, file=sys.stderr)
            failed = True
            continue
        for case in cases:
            conversation = Conversation()
            for turn in case.turns if isinstance(case, Dialogue) else [case]:
                start = time.perf_counter()
                reply = assistant.reply(turn.q, conversation)
                seconds.append(time.perf_counter() - start)
                conversation = conversation.then(reply)
                verdict = turn.verdict(reply)
                counts[turn.expect if isinstance(turn, Turn) else turn.kind][verdict] += 1
                if verdict != "right":
                    mistakes.append(f"{verdict}: {turn.q} -> {_described(reply)}")
        console.print(_table(path, counts))
        for mistake in mistakes:
            console.print(Text(f"  {mistake}", style="dim"), soft_wrap=True)
        milliseconds = np.array(seconds) * 1000
        console.print(
            f"{len(seconds)} questions; median {np.median(milliseconds):.1f} ms, "
            f"99th percentile {np.percentile(milliseconds, 99):.1f} ms\n"
        )
    return int(failed)


def _cases(path: Path) -> Iterator[Dialogue | InScope | OutOfScope]:
    """The lines of a file.

    Raises:
        ValueError: naming the file, the line and what is wrong with it.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}:1: cannot be read: {error}") from error
    empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        empty = False
        try:
            yield _case(json.loads(line))
        except ValidationError:
            raise ValueError(
                f'{path}:{number}: needs "q" with "accept" (claim ids) or "kind", or "turns" of a conversation'
            ) from None
        except ValueError as error:
            raise ValueError(f"{path}:{number}: is no JSON: {error}") from None
    if empty:
        raise ValueError(f"{path}:1: holds no questions")


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
