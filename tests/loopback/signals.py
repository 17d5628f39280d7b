"""Waiting for a condition to come true, instead of sleeping and hoping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Signal:
    """Wakes everyone waiting for a condition each time its subject has changed."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def notify(self) -> None:
        """Say that the subject has changed: every waiter looks again."""
        changed, self._next = self._next, asyncio.Event()
        changed.set()

    async def until(self, look: Callable[[], T | None], timeout: float, what: str) -> T:
        """Return the first truthy value of ``look()``.

        Raises:
            TimeoutError: naming ``what`` was awaited, after ``timeout`` seconds.
        """
        try:
            async with asyncio.timeout(timeout):
                while not (seen := look()):
                    await self._next.wait()
                return seen
        except TimeoutError:
            raise TimeoutError(f"waited {timeout} s in vain for {what}") from None
