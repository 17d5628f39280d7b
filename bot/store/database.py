"""The database, SQLite or PostgreSQL: nothing outside this module and the migrations knows which.

Each piece of work has a connection of its own. So nothing is written into a file that has been deleted, no connection
breaks while it is idle, and SQLite clears its log away whenever the last one is closed.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Select, delete, event, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.store.entries import Asked, Feedback
from bot.store.errors import StoreError, StoreUnavailable
from bot.store.schema import is_current, migrate
from bot.store.tables import (
    ASKED,
    FEEDBACK,
    INTRODUCED,
    OF_PEOPLE,
    QUOTED,
    SERVERS,
    Row,
    entry_of,
    stored_time,
    upsert,
)

_BUSY_SECONDS = 1.0
"""How long SQLite waits for another process's lock: less than anybody here waits for SQLite."""

_MOST_INTRODUCED = 100_000
"""People who are remembered as introduced; of more, the latest."""

# It would log every statement with what is written.
logging.getLogger("aiosqlite").setLevel(logging.WARNING)


class Database:
    """Reads and writes rows, each method in one transaction.

    Every method but the first raises whatever the driver does if the database cannot be used.

    Raises:
        StoreError: if the driver is not installed.
    """

    def __init__(self, url: URL | str) -> None:
        try:
            self._engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
        except ModuleNotFoundError as error:
            raise StoreError(
                f'This database needs {error.name}: install it with `python -m pip install "right-things[postgres]"`.'
            ) from None
        self._dialect = self._engine.dialect.name
        if self._dialect == "sqlite":
            _set_up_sqlite(self._engine)

    async def migrate(self) -> None:
        """Make the file and the tables, or bring them up to date."""
        if self._dialect == "sqlite":
            await asyncio.to_thread(_make_file, Path(self._engine.url.database or ""))
        async with self._reading() as connection:
            if await connection.run_sync(is_current):
                return
        if self._dialect == "sqlite":
            await self._outside_transaction("PRAGMA journal_mode = WAL")
        async with self._writing() as connection:
            await connection.run_sync(migrate)

    async def remembered(self) -> list[Row]:
        """The rows that the bot needs at once."""
        introduced = select(INTRODUCED).order_by(INTRODUCED.c.at.desc()).limit(_MOST_INTRODUCED)
        async with self._reading() as connection:
            return [
                *await _rows(connection, select(SERVERS)),
                *await _rows(connection, select(QUOTED)),
                *await _rows(connection, introduced),
            ]

    async def purge(self, before: datetime) -> None:
        """Delete what is older."""
        async with self._writing() as connection:
            for table in OF_PEOPLE:
                await connection.execute(delete(table).where(table.c.at < stored_time(before)))

    async def write(self, rows: Sequence[Row]) -> None:
        """Write rows in place of those with the same keys, all or none; of the same key, the last stays."""
        async with self._writing() as connection:
            for table, group in groupby(sorted(rows, key=lambda row: row.table.name), key=lambda row: row.table):
                await connection.execute(upsert(table, self._dialect), [dict(row.values) for row in group])

    async def about(self, person: str) -> list[Row]:
        """Every row that leads to a person."""
        async with self._reading() as connection:
            return [
                row
                for table in OF_PEOPLE
                for row in await _rows(connection, select(table).where(table.c.person == person))
            ]

    async def forget(self, person: str) -> int:
        """Delete every row that leads to a person; returns how many."""
        async with self._writing() as connection:
            deleted = [await connection.execute(delete(table).where(table.c.person == person)) for table in OF_PEOPLE]
        if self._dialect == "sqlite":
            with suppress(DBAPIError):  # somebody is reading; the log is cleared away when they close the file
                await self._outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")
        return sum(result.rowcount for result in deleted)

    async def missed(self, limit: int) -> list[Asked | Feedback]:
        """The latest questions asked in vain and answers that were no help, the newest first."""
        asked = select(ASKED).order_by(ASKED.c.at.desc()).limit(limit)
        unhelpful = select(FEEDBACK).where(~FEEDBACK.c.helpful).order_by(FEEDBACK.c.at.desc()).limit(limit)
        async with self._reading() as connection:
            found = [
                *(entry_of(Asked, row.values) for row in await _rows(connection, asked)),
                *(entry_of(Feedback, row.values) for row in await _rows(connection, unhelpful)),
            ]
        return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]

    def _reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._engine.execution_options(begin="BEGIN").connect()

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        before = await self._file()
        async with self._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection
        if await self._file() != before:
            # SQLite may have written to the old file, to the new one's log, or to a file that nobody can open any more.
            raise StoreUnavailable("its file was replaced")

    async def _file(self) -> tuple[int, int] | None:
        """What tells SQLite's file from another one in its place; None if there is none."""
        if self._dialect != "sqlite":
            return None
        try:
            found = await asyncio.to_thread(os.stat, self._engine.url.database or "")
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    async def _outside_transaction(self, pragma: str) -> None:
        async with self._engine.connect() as connection:
            await connection.execute(text(pragma))


def is_bad_row(error: Exception) -> bool:
    """Whether what was to be written is to blame, and not the database."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, StatementError | ValueError | OverflowError)
    cause = error.orig.__cause__ if error.orig else None
    # PostgreSQL's classes "data exception" and "integrity constraint violation".
    state = str(getattr(cause, "sqlstate", None))
    return isinstance(error, DataError | IntegrityError) or state[:2] in ("22", "23") or isinstance(cause, ValueError)


async def _rows(connection: AsyncConnection, statement: Select[Any]) -> list[Row]:
    table = statement.get_final_froms()[0]
    return [Row(table, dict(row)) for row in (await connection.execute(statement)).mappings()]  # type: ignore[arg-type]


def _make_file(path: Path) -> None:
    """Make a database's file, for the user's eyes only."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)


def _set_up_sqlite(engine: AsyncEngine) -> None:
    """Have what is committed survive a power cut, and what is deleted overwritten; begin transactions ourselves."""

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, record: object) -> None:  # noqa: ANN401  # SQLAlchemy's adapter has no public type
        connection.isolation_level = None  # Python's own transactions leave the tables' changes out
        cursor = connection.cursor()
        for pragma in (f"busy_timeout = {1000 * _BUSY_SECONDS:.0f}", "synchronous = FULL", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401
        if statement := connection.get_execution_options().get("begin"):
            connection.exec_driver_sql(statement)
