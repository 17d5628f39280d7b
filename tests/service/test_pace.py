"""How fast one person may ask."""

from __future__ import annotations

import pytest

from bot.service import TooFast
from bot.service.pace import Pace
from tests.service.conftest import Clock


def refused(pace: Pace) -> float:
    """For how many seconds person 1 is refused."""
    with pytest.raises(TooFast) as error:
        pace.count(1)
    return error.value.seconds


def test_requests_of_the_last_minute_count() -> None:
    clock = Clock()
    pace = Pace(2, clock)
    pace.count(1)
    clock.now += 20
    pace.count(1)
    clock.now += 10
    assert refused(pace) == 30
    clock.now += 30
    pace.count(1)
    assert refused(pace) == 20


def test_neither_refused_requests_nor_those_of_others_count() -> None:
    clock = Clock()
    pace = Pace(1, clock)
    pace.count(1)
    pace.count(2)
    for left in (60, 50, 40, 30, 20, 10):
        assert refused(pace) == left
        clock.now += 10
    pace.count(1)


def test_pace_may_be_without_a_limit() -> None:
    pace = Pace(None)
    for _ in range(1000):
        pace.count(1)
