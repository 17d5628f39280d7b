"""What the store's tests share: stores that are closed again, sample entries, and a look into the database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import URL, Table, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.store import Asked, Feedback
from bot.store.store import Store

KEY = bytes(range(32))
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ALICE, BOB = 1001, 1002


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@asynccontextmanager
async def opened(url: URL | str, clock: Callable[[], datetime] = Clock()) -> AsyncIterator[Store]:  # noqa: B008
    store = Store.at(url, KEY, clock=clock)
    await store.start()
    try:
        yield store
    finally:
        await store.close()


def asked(store: Store, text: str = "Why is the kettle blue?", days: float = 0, person: int = ALICE) -> Asked:
    """A question asked in vain, some days after noon."""
    return Asked(
        text=text,
        outcome="abstain",
        group=None,
        nearest="brewing",
        confidence=0.25,
        fingerprint="f1",
        person=store.person(person),
        server=7,
        at=NOON + timedelta(days=days),
    )


def feedback(store: Store, message: int = 1, days: float = 0, person: int = ALICE, **changes: Any) -> Feedback:  # noqa: ANN401
    """A press on "not helpful"."""
    pressed = Feedback(
        message=message,
        person=store.person(person),
        topic="brewing",
        outcome="answer",
        helpful=False,
        question="Why is the kettle blue?",
        fingerprint="f1",
        server=7,
        at=NOON + timedelta(days=days),
    )
    return replace(pressed, **changes)


async def rows(url: str, table: Table) -> list[dict[str, Any]]:
    """What is in a table."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(select(table))).mappings()]


async def execute(url: str, statement: str) -> Any:  # noqa: ANN401
    """Run a statement on its own, and return the first value that it gives, if any."""
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        result = await connection.execute(text(statement))
        return result.scalar() if result.returns_rows else None


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < seconds


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says of outages and their ends, without the reasons."""
    kinds = ("cannot be used", "works again")
    return [kind for record in caplog.records for kind in kinds if kind in record.getMessage()]
