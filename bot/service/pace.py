"""How fast one person may ask."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from cachetools import TTLCache

from bot.service.refusals import TooFast

_MINUTE = 60.0
_PEOPLE = 10_000


class Pace:
    """Counts each person's requests of the last minute.

    Args:
        per_minute: how many a person may make; None: as many as they like.
        clock: the time in seconds.
    """

    def __init__(self, per_minute: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._asked: TTLCache[int, deque[float]] = TTLCache(_PEOPLE, _MINUTE, clock)
        self._told: TTLCache[int, bool] = TTLCache(_PEOPLE, _MINUTE, clock)

    def count(self, person: int) -> None:
        """Count one request of a person.

        Raises:
            TooFast: if there were too many in the last minute; this one does not count.
        """
        if self._per_minute is None:
            return
        now = self._clock()
        times = self._asked.get(person) or deque(maxlen=self._per_minute)
        if len(times) == self._per_minute and now - times[0] < _MINUTE:
            repeated = self._told.get(person, False)
            if not repeated:
                self._told[person] = True
            raise TooFast(_MINUTE - (now - times[0]), repeated=repeated)
        times.append(now)
        self._asked[person] = times
