"""Thousands of broken and odd libraries: each is read whole, or refused with a reason that leads to the mistake.

python -m tests.knowledge.fuzz 10000 [first seed]
"""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import FrameType

import yaml

from bot.knowledge import Fault, KnowledgeBase, LibraryError, load_library
from bot.knowledge.faults import printable
from tests.knowledge.mutations import MARK, MUTATIONS, Broken, file_misplaced, text_misread
from tests.small_library import write_small_library

LIMIT = 5
"""Seconds within which a library is read or refused."""

_MOVES = """\
- id: shorter
  questions:
    - shorter please
    - make it short
- id: who
  questions: [who is that, whose words are those]
"""
_NOT_FOR_CURATORS = re.compile(r"errno|pydantic|input should|string_|tuple|mapping|<class|\\x00|[\^(]\[|traceback|None")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class TookTooLongError(Exception):
    """Reading a library took longer than LIMIT."""


@dataclass(frozen=True)
class Outcome:
    """What became of a library: whether it was accepted, the seconds, and what the loader did wrong."""

    is_accepted: bool
    seconds: float
    mistakes: list[str]


def tried(seed: int, folder: Path) -> Outcome:
    """Break a library in ways that ``seed`` chooses, in ``folder``, and read it."""
    random = Random(seed)
    broken = Broken(write_small_library(folder), random)
    (folder / "moves.yaml").write_text(_MOVES, encoding="utf-8")
    chosen = random.choices(MUTATIONS, k=random.choice([1, 1, 2, 3]))
    for mutate in chosen:
        mutate(broken)
    start = time.perf_counter()
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LIMIT)
    try:
        result: KnowledgeBase | LibraryError = load_library(folder)
    except LibraryError as error:
        result = error
    except Exception as error:
        return Outcome(False, time.perf_counter() - start, [f"{type(error).__name__}: {error}"])
    finally:
        signal.alarm(0)
    seconds = time.perf_counter() - start
    if isinstance(result, KnowledgeBase):
        return Outcome(True, seconds, list(_dropped(result, broken)))
    mistakes = [mistake for fault in result.faults for mistake in _misleading(fault, folder)]
    is_alone = len(chosen) == 1 and chosen[0] in (text_misread, file_misplaced)
    if is_alone and broken.at and broken.at not in {(fault.file, fault.line) for fault in result.faults}:
        mistakes.append(f"the mistake is at {broken.at}, not at {[str(fault) for fault in result.faults]}")
    return Outcome(False, seconds, mistakes)


def _too_long(signum: int, frame: FrameType | None) -> None:
    raise TookTooLongError


def _misleading(fault: Fault, folder: Path) -> Iterator[str]:
    """What is wrong with a fault: its file, its line, its words."""
    if _NOT_FOR_CURATORS.search(fault.reason) or not f"{fault.file}{fault.reason}".isprintable():
        yield f"not for curators: {fault}"
    # Names are shown with escapes in place of what can't be printed.
    named = {printable(path.relative_to(folder).as_posix()): path for path in folder.rglob("*")}
    path = named.get(fault.file, folder / fault.file)
    if not os.path.lexists(path) and fault.file not in ("articles", "topics"):
        yield f"no such file: {fault}"
    lines = 1
    if path.is_file():
        lines = len(_LINE_ENDS.split(path.read_bytes().decode("utf-8-sig", "replace")))
    if not 1 <= fault.line <= lines:
        yield f"no such line: {fault}"


def _dropped(knowledge: KnowledgeBase, broken: Broken) -> Iterator[str]:
    """What was written and is not in the library."""
    known = Counter(text for kind in _kinds(knowledge) for entry in kind for text in _texts(entry))
    written: Counter[str] = Counter()
    for path in sorted(broken.folder.rglob("*")):
        inside = path.relative_to(broken.folder).parts
        if path.is_file() and not any(part.startswith((".", "#")) for part in inside):
            data = path.read_bytes()
            if MARK.encode() in data and MARK not in repr(knowledge):
                yield f"a text was dropped: {path}"
            if path.suffix == ".yaml":
                written.update(_texts(yaml.load(data, Loader=_Loader)))
    if lost := written - known:
        yield f"not in the library: {sorted(lost)[:3]}"


def _kinds(knowledge: KnowledgeBase) -> Iterator[list[object]]:
    for kind in (knowledge.articles, knowledge.topics, knowledge.outside, knowledge.smalltalk, knowledge.moves):
        yield [entry.model_dump(exclude_unset=True) for entry in kind.values()]


def _texts(part: object) -> Iterator[str]:
    """Every text of some data, as words; without what means nothing or is no text any more."""
    if isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from _texts(item)
    elif isinstance(part, str) and part.lower() not in ("", "~", "null", "true", "false", "yes", "no", "on", "off"):
        yield " ".join(part.split())


def run(count: int, first: int = 0) -> int:
    """Try ``count`` libraries and print what came of them; return the number of mistakes."""
    accepted, slowest, wrong = 0, 0.0, 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as above:
            outcome = tried(seed, Path(above) / "library")
        accepted, wrong = accepted + outcome.is_accepted, wrong + bool(outcome.mistakes)
        slowest = max(slowest, outcome.seconds)
        for mistake in outcome.mistakes:
            print(f"seed {seed}: {mistake[:400]}")
    print(f"{count} libraries: {accepted} read, {count - accepted} refused, {wrong} wrongly; slowest {slowest:.2f} s")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(run(*map(int, sys.argv[1:3]))))
