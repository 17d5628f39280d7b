"""How fast one person may ask."""

from __future__ import annotations

import pytest

from bot.service import TooFast
from bot.service.pace import Pace


class Clock:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_requests_of_the_last_minute_count() -> None:
    clock = Clock()
    pace = Pace(2, clock)
    pace.count(1)
    clock.now += 20
    pace.count(1)
    clock.now += 10
    with pytest.raises(TooFast) as error:
        pace.count(1)
    assert error.value.seconds == 30
    clock.now += 30
    pace.count(1)
    with pytest.raises(TooFast) as error:
        pace.count(1)
    assert error.value.seconds == 20


def test_each_person_has_a_pace_of_their_own() -> None:
    pace = Pace(1, Clock())
    pace.count(1)
    pace.count(2)
    with pytest.raises(TooFast):
        pace.count(1)


def test_refused_request_does_not_count() -> None:
    clock = Clock()
    pace = Pace(1, clock)
    pace.count(1)
    for _ in range(5):
        clock.now += 10
        with pytest.raises(TooFast):
            pace.count(1)
    clock.now += 10
    pace.count(1)


def test_pace_may_be_without_a_limit() -> None:
    pace = Pace(None)
    for _ in range(1000):
        pace.count(1)
