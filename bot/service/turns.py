"""One thing after the other, where the next may begin before the last is done."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

K = TypeVar("K", bound=Hashable)


class Turns(Generic[K]):
    """What happens to the same thing is handled in order: Discord may tell of the next before a receipt has arrived."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[K, asyncio.Lock] = WeakValueDictionary()

    def of(self, thing: K) -> asyncio.Lock:
        """The lock of a thing, held while something is done about it."""
        return self._locks.setdefault(thing, asyncio.Lock())
