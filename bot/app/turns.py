"""One thing after the other, where Discord may tell of the next before the last is done."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Turns:
    """What happens to a message is handled in order: it may be deleted before its answer's receipt has arrived."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, message: int) -> asyncio.Lock:
        """The lock of the message with an id, held while something is done about it."""
        return self._locks.setdefault(message, asyncio.Lock())
