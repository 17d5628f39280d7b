"""The whole bot on made-up libraries of growing size."""

from __future__ import annotations

import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.inventing import Topic, invent, write_library
from benchmarks.measuring import milliseconds, timed
from benchmarks.process import in_own_process, peak, resident
from benchmarks.product import opened
from benchmarks.results import Grown, Start

TOPICS = {1_000: 20, 3_000: 60, 10_000: 100, 15_000: 150, 30_000: 300, 100_000: 1_000}
"""How many topics a library of each size has."""

QUESTIONS = 300
PATIENCE = 3600.0
"""Seconds that one start and its questions may take."""


@dataclass(frozen=True)
class Trial:
    """One start of the bot, and its answers to some questions."""

    start: Start
    answers: list[str | None]
    seconds: list[float]


def grow(phrasings: int, topics: int, most_questions: int = QUESTIONS, patience: float = PATIENCE) -> Grown:
    """Open a library of that size without and then with a cache, each time in a process of its own."""
    invented = invent(topics, phrasings // topics)
    asked = _questions(invented, most_questions)
    with tempfile.TemporaryDirectory() as folder:
        library, cache = Path(folder, "library"), Path(folder, "cache")
        write_library(invented, library)
        work = partial(try_out, library, cache, [question for question, _ in asked])
        try:
            first = in_own_process(work, patience)
        except subprocess.TimeoutExpired:
            return Grown(phrasings, topics, first=None, cached=None)
        cached = in_own_process(work, patience)
    median, p99 = milliseconds(cached.seconds)
    right = sum(answer == topic for answer, (_, topic) in zip(cached.answers, asked, strict=True))
    answered = sum(answer is not None for answer in cached.answers)
    return Grown(
        phrasings=phrasings,
        topics=topics,
        first=first.start,
        cached=cached.start,
        median_ms=median,
        p99_ms=p99,
        right=round(right / len(asked), 3),
        wrong=round((answered - right) / len(asked), 3),
    )


def try_out(library: Path, cache: Path, questions: list[str]) -> Trial:
    """Open a library and ask it; meant for a process of its own, whose memory is then the bot's."""
    start = time.perf_counter()
    answer = opened(library, cache)
    seconds = round(time.perf_counter() - start, 2)
    memory = resident()
    answers, times = timed(answer, questions)
    return Trial(Start(seconds, memory, peak()), answers, times)


def _questions(topics: list[Topic], most: int) -> list[tuple[str, str]]:
    """Questions that are not among the phrasings, each with its topic, spread evenly over the topics."""
    each = max(1, most // len(topics))
    step = max(1.0, len(topics) / most)
    asked = [topics[int(number * step)] for number in range(min(most, len(topics)))]
    return [(question, topic.id) for topic in asked for question in topic.questions[:each]]
