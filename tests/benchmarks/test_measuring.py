"""One method on one set, processes of their own, and growth."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.growth import TOPICS, grow
from benchmarks.inventing import MOST_PHRASINGS, MOST_TOPICS, invent, write_library
from benchmarks.measuring import measure, milliseconds, timed
from benchmarks.process import in_own_process, peak, resident
from benchmarks.results import Grown
from bot.knowledge import load_library
from tests.benchmarks.conftest import TINY

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is known on Linux only")


def test_a_method_is_measured_in_a_process_of_its_own() -> None:
    measured = in_own_process(partial(measure, "FTS5", TINY))
    assert (measured.method, measured.set) == ("FTS5", "tiny")
    assert {kind: found.asked for kind, found in measured.kinds.items()} == {"easy": 2, "cars": 1}
    assert measured.kinds["easy"].likeliest == 2
    assert measured.kinds["cars"].refused == 1
    assert measured.best_matthews is not None
    assert measured.matthews is not None
    assert measured.best_matthews >= measured.matthews
    assert measured.p99_ms >= measured.median_ms > 0


@pytest.mark.usefixtures("encoder")
def test_our_matcher_is_measured_at_its_shipped_threshold() -> None:
    from benchmarks.product import answer_threshold

    assert measure("no encoder", TINY).threshold == answer_threshold()


def test_every_question_is_timed_and_only_those() -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return question.upper()

    answers, seconds = timed(answer, ["a", "b"])
    assert answers == ["A", "B"]
    assert len(seconds) == 2
    assert len(asked) == 3
    assert asked[1:] == ["a", "b"]


def test_milliseconds_are_a_median_and_a_99th_percentile() -> None:
    assert milliseconds([0.001, 0.002, 0.102]) == (2.0, 100.0)


def test_work_is_done_elsewhere() -> None:
    assert in_own_process(os.getpid) != os.getpid()


def test_what_work_prints_is_not_its_result() -> None:
    assert in_own_process(partial(print, "noise")) is None


def test_failing_work_fails() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        in_own_process(partial(int, "no number"))


@ON_LINUX
def test_memory_is_that_of_the_process_alone() -> None:
    ballast = bytearray(os.urandom(1)) * 60_000_000
    mine, its_peak = resident(), in_own_process(peak)
    assert mine is not None
    assert its_peak is not None
    assert its_peak < mine - 30
    assert len(ballast) == 60_000_000


# Growth


def test_invented_libraries_are_always_the_same_and_grow() -> None:
    assert invent(3, 10) == invent(3, 10)
    assert [topic.id for topic in invent(7, 20)[:3]] == [topic.id for topic in invent(3, 10)]


def test_no_phrasing_is_under_two_topics_or_is_asked() -> None:
    topics = invent(MOST_TOPICS, MOST_PHRASINGS - 1)
    texts = [*chain.from_iterable((*topic.phrasings, *topic.questions) for topic in topics)]
    assert len({topic.id for topic in topics}) == MOST_TOPICS
    assert len(texts) == len(set(texts)) == MOST_TOPICS * MOST_PHRASINGS


@pytest.mark.parametrize(("topics", "phrasings"), [(MOST_TOPICS + 1, 1), (1, MOST_PHRASINGS)])
def test_what_cannot_be_invented_is_refused(topics: int, phrasings: int) -> None:
    with pytest.raises(ValueError, match="at most"):
        invent(topics, phrasings)


@pytest.mark.parametrize(("size", "topics"), TOPICS.items())
def test_every_size_can_be_invented(size: int, topics: int) -> None:
    assert size % topics == 0
    assert topics <= MOST_TOPICS
    assert size // topics < MOST_PHRASINGS


def test_an_invented_library_is_valid(tmp_path: Path) -> None:
    topics = invent(60, 4)
    write_library(topics, tmp_path / "library")
    found = load_library(tmp_path / "library").topics
    assert {name: topic.questions for name, topic in found.items()} == {one.id: one.phrasings for one in topics}


@pytest.mark.usefixtures("encoder")
def test_growth_is_measured_without_and_with_a_cache() -> None:
    grown = grow(40, topics=4, most_questions=8)
    assert (grown.phrasings, grown.topics) == (40, 4)
    assert grown.first is not None
    assert grown.cached is not None
    assert grown.first.seconds > grown.cached.seconds > 0
    assert grown.right is not None
    assert grown.right >= 0.5
    assert grown.median_ms is not None


def test_a_library_that_takes_too_long_is_left() -> None:
    assert grow(40, topics=4, patience=0.01) == Grown(40, 4, first=None, cached=None)
