"""Waiting for something that may hang, for a limited time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_abandoned: set[asyncio.Task[Any]] = set()


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, which is cancelled after so many seconds.

    Unlike ``asyncio.timeout``, it doesn't wait until the cancelled work has ended: a connection that hangs does so in
    closing, too.

    Raises:
        TimeoutError: if it took too long.
        Exception: whatever ``work`` raises.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            _abandoned.add(task)  # the event loop itself would let it be collected
            task.add_done_callback(_end)
            task.cancel()
    if not task.done() or task.cancelled():
        raise TimeoutError
    return task.result()


def _end(task: asyncio.Task[Any]) -> None:
    _abandoned.discard(task)
    if not task.cancelled():
        task.exception()  # nobody is left to be told
