"""What the measurements on Discord rest on."""

from __future__ import annotations

import os
import time

from benchmarks.bare_bot import view_of
from benchmarks.product import normalise
from benchmarks.staging import cpu_seconds, distinct_questions
from bot.app import Surface, card
from bot.service import Choice, Outcome, Page, Source


def test_there_are_enough_questions_and_none_twice() -> None:
    questions = distinct_questions()
    assert len(questions) >= 5000
    assert len(set(map(normalise, questions))) > 0.98 * len(questions)


def test_cpu_time_is_that_of_the_process() -> None:
    before, begin = cpu_seconds(os.getpid()), time.process_time()
    while time.process_time() - begin < 0.1:
        pass
    assert 0.05 < cpu_seconds(os.getpid()) - before < 0.3


def test_bare_bot_sends_the_same_card() -> None:
    page = Page(
        outcome=Outcome.ANSWER,
        title="Purpose",
        text="The answer.",
        sources=(Source("A. Writer", "https://example.org"),),
        choices=(Choice("risk", "Risk", "The risk"),),
        topic="purpose",
        passages=2,
    )
    components = card(page, Surface(1), question="why").to_components()  # type: ignore[no-untyped-call]
    assert view_of(components).to_components() == components  # type: ignore[no-untyped-call]
