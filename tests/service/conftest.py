"""What the tests of this room share: a clock, a cache of one's own, and a note of what is learnt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.matching import Corpus, Encodings, Lesson, Model
from bot.service.cache import Cache
from tests.learning import train_once


class Clock:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def times_trained(monkeypatch: pytest.MonkeyPatch) -> list[Corpus]:
    """What was learnt, each time that a library is."""
    trained: list[Corpus] = []

    def noting(lesson: Lesson, encodings: Encodings | None, tokens: Callable[[str], Sequence[str]]) -> Model:
        trained.append(lesson.corpus)
        return train_once(lesson, encodings, tokens)

    monkeypatch.setattr("bot.service.opening.train", noting)
    return trained
