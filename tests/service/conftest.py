"""What the tests of this room share: a clock, and a cache of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.service.cache import Cache


class Clock:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")
