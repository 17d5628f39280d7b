"""One method on one question set."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from benchmarks import figures
from benchmarks.figures import Asked
from benchmarks.methods import named
from benchmarks.process import resident
from benchmarks.results import Measured
from benchmarks.sets import QuestionSet
from benchmarks.threshold import chosen_threshold

T = TypeVar("T")

_WARMING_UP = "does it make a difference who asks first"


def measure(name: str, questions: QuestionSet) -> Measured:
    """Measure the method of that name; meant for a process of its own, whose memory is then the method's."""
    method = named(name)
    before = resident()
    start = time.perf_counter()
    ranker = method.build()
    ranker.learn(questions.categories)
    learn_seconds = time.perf_counter() - start
    memory = resident()
    predictions, seconds = timed(ranker.predict, [question.text for question in questions.questions])
    asked = [Asked(question, prediction) for question, prediction in zip(questions.questions, predictions, strict=True)]
    threshold = ranker.answers_from
    if threshold is None:
        threshold = chosen_threshold(method.build, questions.categories)
    median, p99 = milliseconds(seconds)
    matthews = [figures.correlation(asked, each) for each in (threshold, *figures.thresholds(asked))]
    return Measured(
        method=name,
        set=questions.name,
        kinds=figures.counts(asked, threshold),
        threshold=None if math.isinf(threshold) else round(threshold, 4),
        learn_seconds=round(learn_seconds, 2),
        median_ms=median,
        p99_ms=p99,
        memory_mb=memory,
        before_mb=before,
        matthews=matthews[0],
        best_matthews=max((one for one in matthews if one is not None), default=None),
        curve=figures.curve(asked),
    )


def timed(answer: Callable[[str], T], questions: Iterable[str]) -> tuple[list[T], list[float]]:
    """The answers to questions, and how many seconds each took; before that, another question warms up."""
    answer(_WARMING_UP)
    answers, seconds = [], []
    for text in questions:
        start = time.perf_counter()
        answers.append(answer(text))
        seconds.append(time.perf_counter() - start)
    return answers, seconds


def milliseconds(seconds: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    median, p99 = np.percentile(np.array(seconds) * 1000, [50, 99])
    return round(float(median), 2), round(float(p99), 2)
