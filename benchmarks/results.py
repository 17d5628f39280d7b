"""What was measured, and the file that keeps it."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.figures import Counts
from benchmarks.methods import METHODS

_LIBRARIES = ("numpy", "onnxruntime", "tokenizers", "rapidfuzz", "bm25s", "matplotlib")


@dataclass(frozen=True)
class Measured:
    """One method on one question set.

    kinds: the counts at the threshold, by the kind of question.
    threshold: the confidence from which the method answers; None: it never does.
    learn_seconds: time to learn, which includes loading the method's own libraries.
    median_ms, p99_ms: time per question.
    memory_mb: resident after learning; before_mb: before it. None if unknown.
    matthews, best_matthews: the Matthews correlation at the threshold, and at the best one of the curve.
    curve: for each threshold, the shares of wrong and of right answers, see ``figures.curve``.
    """

    method: str
    set: str
    kinds: dict[str, Counts]
    threshold: float | None
    learn_seconds: float
    median_ms: float
    p99_ms: float
    memory_mb: float | None
    before_mb: float | None
    matthews: float | None
    best_matthews: float | None
    curve: list[tuple[float, float]]


@dataclass(frozen=True)
class Start:
    """How a library was opened: until it was ready, and the memory of the process then and at its peak."""

    seconds: float
    memory_mb: float | None
    peak_mb: float | None


@dataclass(frozen=True)
class Grown:
    """The whole bot on a made-up library of some size.

    first, cached: a start without and with a cache; None: it took too long.
    right, wrong: shares of the questions that were answered so.
    """

    phrasings: int
    topics: int
    first: Start | None
    cached: Start | None
    median_ms: float | None = None
    p99_ms: float | None = None
    right: float | None = None
    wrong: float | None = None


@dataclass(frozen=True)
class Fresh:
    """Fresh questions, asked once by hand.

    size, right, wrong: numbers of questions; right means answered right, or refused if nothing answers it.
    how: how they were written.
    """

    name: str
    size: int
    right: int
    wrong: int
    date: str
    how: str


@dataclass
class Results:
    """All measurements, and what they were made with."""

    machine: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    measured: list[Measured] = field(default_factory=list)
    growth: list[Grown] = field(default_factory=list)

    def of_set(self, name: str) -> list[Measured]:
        """One set's measurements in the order of ``METHODS``; what is no longer among these is left out."""
        found = {one.method: one for one in self.measured if one.set == name}
        return [found[method.name] for method in METHODS if method.name in found]

    def add(self, new: Measured | Grown) -> None:
        """Add a measurement, in place of an earlier one of the same."""
        if isinstance(new, Measured):
            others = [old for old in self.measured if (old.method, old.set) != (new.method, new.set)]
            self.measured = [*others, new]
        else:
            grown = [old for old in self.growth if old.phrasings != new.phrasings]
            self.growth = sorted([*grown, new], key=lambda one: one.phrasings)


_RESULTS, _FRESH = TypeAdapter(Results), TypeAdapter(list[Fresh])


def load_results(path: Path) -> Results:
    """The results in a file; none if there is no such file."""
    return _RESULTS.validate_json(path.read_bytes()) if path.exists() else Results()


def save_results(results: Results, path: Path) -> None:
    """Write the results to a file."""
    path.write_bytes(_RESULTS.dump_json(results, indent=1) + b"\n")


def load_fresh(path: Path) -> list[Fresh]:
    """The fresh questions' figures in a file; none if there is no such file."""
    return _FRESH.validate_json(path.read_bytes()) if path.exists() else []


def machine() -> dict[str, str]:
    """The machine, as far as it matters for the times."""
    return {
        "CPU": _cpu(),
        "cores": str(os.cpu_count()),
        "system": platform.system(),
        "Python": platform.python_version(),
    }


def _cpu() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def versions() -> dict[str, str]:
    """The version of each library that is measured."""
    return {**{name: version(name) for name in _LIBRARIES}, "SQLite": sqlite3.sqlite_version}
