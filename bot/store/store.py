"""The store: what must outlive a restart, without ever making anybody wait for it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import URL

from bot.store.database import Database, is_bad_row
from bot.store.entries import Asked, Entry, Feedback, now
from bot.store.errors import StoreUnavailable
from bot.store.memory import Memory
from bot.store.patience import within
from bot.store.servers import ServerSettings
from bot.store.tables import Row, row_of, server_row
from bot.store.waiting import Waiting

log = logging.getLogger(__name__)

T = TypeVar("T")

_START, _READ, _CLOSE = 2.0, 2.0, 1.0
"""The most seconds that each may take; closing, twice as many, since cancelled work needs time to end."""

_ATTEMPT = 30.0
"""Seconds after which an attempt to write has failed."""

_FIRST_DELAY, _LONGEST_DELAY = 0.25, 30.0
_BATCH = 500
_PURGED_EVERY = timedelta(days=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
_LOOK_AT_CLOCK = 3600.0


class Store:
    """Keeps entries and servers' settings. Use ``Store.at``.

    One task does all the writing, with one connection at a time; nothing but ``about``, ``forget`` and ``missed`` ever
    waits for the database.
    """

    def __init__(self, database: Database, key: bytes, keep_days: int, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._key = key
        self._keep = timedelta(days=keep_days)
        self._clock = clock
        self._waiting = Waiting()
        self._memory = Memory()
        self._turn = asyncio.Lock()
        self._due = _NEVER
        """When to check the tables, delete what is old and read again what is in memory."""
        self._news, self._closing, self._tried = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._works, self._has_read = True, False

    @classmethod
    def at(cls, url: URL | str, key: bytes, *, keep_days: int = 90, clock: Callable[[], datetime] = now) -> Store:
        """The store in a database, not yet connected.

        Args:
            url: from ``sqlalchemy_url``.
            key: from ``read_key``.
            keep_days: after how many days everything but servers' settings is deleted.
            clock: the time.

        Raises:
            StoreError: if the database's driver is not installed.
        """
        return cls(Database(url), key, keep_days, clock)

    async def start(self) -> None:
        """Begin to keep; returns once the settings have been read or, if that takes long or fails, without them."""
        self._task = asyncio.create_task(self._keep_on())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._tried.wait(), _START)

    async def close(self) -> None:
        """Write what waits, if that is possible at once; what is noted from now on is lost."""
        self._closing.set()
        self._news.set()
        if self._task is None:
            return
        await asyncio.wait({self._task}, timeout=_CLOSE)
        self._task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE):
                await asyncio.wait({self._task})
                async with self._turn:  # what was cancelled closes its connection
                    pass
        if left := len(self._waiting.all()):
            log.warning("The store was closed before %d entries could be written", left)

    def person(self, user_id: int) -> str:
        """What stands for a person: the same for the same id, and useless without the key."""
        return hmac.new(self._key, str(user_id).encode(), hashlib.sha256).hexdigest()[:32]

    async def note(self, entry: Entry, *, within: float = 1.0) -> bool:
        """Keep an entry; returns whether it is written for good, or still waits after ``within`` seconds."""
        return await self._put(row_of(entry), within)

    async def change_settings(self, server: int, settings: ServerSettings, *, within: float = 1.0) -> bool:
        """Put a server's settings in force at once, and keep them; returns as ``note`` does.

        Raises:
            StoreUnavailable: if the ones that they change have not been read yet.
        """
        if not self._has_read:
            raise StoreUnavailable("the settings have not been read yet")
        return await self._put(server_row(server, settings), within)

    def settings_of(self, server: int) -> ServerSettings:
        """The settings of a server."""
        return self._memory.servers.get(server, ServerSettings())

    def servers(self) -> Mapping[int, ServerSettings]:
        """The servers that have settings of their own."""
        return dict(self._memory.servers)

    def was_introduced(self, person: str) -> bool:
        """Whether ``Introduced`` was noted of a person."""
        return person in self._memory.introduced

    def last_quoted(self, channel: int) -> str | None:
        """The id of the claim that was quoted last in a channel."""
        return self._memory.last_quoted(channel)

    async def about(self, person: str) -> list[dict[str, object]]:
        """Every row that leads to a person, written or waiting, as data that JSON can express; raises as ``forget``."""

        async def read() -> list[dict[str, object]]:
            rows = [*await self._database.about(person), *self._waiting.of(person)]
            return [row.plain() for row in {row.key: row for row in rows}.values()]

        return await self._now(read)

    async def forget(self, person: str) -> int:
        """Delete every row that leads to a person, written or waiting; returns how many.

        Raises:
            StoreUnavailable: if that isn't done within two seconds; some of it may yet be.
        """

        async def delete() -> int:
            # What waits may be a change of what is written.
            keys = {row.key for row in (*await self._database.about(person), *self._waiting.of(person))}
            await self._database.forget(person)
            self._memory.forget(person)
            self._waiting.forget(person)
            return len(keys)

        return await self._now(delete)

    async def missed(self, limit: int) -> list[Asked | Feedback]:
        """The latest questions asked in vain and answers that were no help, as far as written, the newest first.

        Raises:
            StoreUnavailable: if the database cannot be read within two seconds.
        """
        return await self._now(lambda: self._database.missed(limit))

    async def _put(self, row: Row, seconds: float) -> bool:
        self._memory.remember(row)
        receipt = self._waiting.add(row)
        self._news.set()
        if seconds > 0:
            await asyncio.wait({receipt}, timeout=seconds)
        return receipt.done() and receipt.result()

    async def _now(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        async def alone() -> T:
            async with self._turn:
                return await work()

        try:
            return await within(_READ, alone())
        except Exception as error:
            self._due = _NEVER
            self._news.set()
            raise StoreUnavailable("the database cannot be used right now") from error

    async def _keep_on(self) -> None:
        """Write what waits whenever something does; after a failure, again and again. Never raises."""
        delay = _FIRST_DELAY
        while True:
            self._news.clear()
            try:
                await within(_ATTEMPT, self._write_waiting())
                self._report_success()
                if self._waiting.first(1):
                    continue
                delay, pause, wake = _FIRST_DELAY, _LOOK_AT_CLOCK, self._news
            except Exception as error:
                self._due = _NEVER
                self._report_failure(error)
                # What is noted meanwhile doesn't make the database work.
                delay, pause, wake = min(2 * delay, _LONGEST_DELAY), delay, self._closing
            self._tried.set()
            if self._closing.is_set():
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), pause)

    async def _write_waiting(self) -> None:
        """Write a batch; between two, those who read have their turn."""
        async with self._turn:
            if (time := self._clock()) >= self._due:
                await self._database.migrate()
                self._memory = Memory([*await self._database.remembered(), *self._waiting.all()])
                self._has_read = True
                self._tried.set()
                await self._database.purge(before=time - self._keep)
                self._due = time + _PURGED_EVERY
            if rows := self._waiting.first(_BATCH):
                await self._write(rows)

    async def _write(self, rows: list[Row]) -> None:
        """Write rows; of those that no database accepts, write the others."""
        try:
            await self._database.write(rows)
        except Exception as error:
            if not is_bad_row(error):
                raise
            if len(rows) > 1:
                for row in rows:
                    await self._write([row])
                return
            # The error itself may quote the row.
            log.error("An entry for the table %s cannot be written: %s", rows[0].table.name, type(error).__name__)
            self._waiting.drop(rows)
        else:
            self._waiting.written(rows)

    def _report_failure(self, error: Exception) -> None:
        if self._works:
            reason = " ".join(str(getattr(error, "orig", None) or error).split()) or type(error).__name__
            log.warning("The database cannot be used (%s); what is noted waits in memory until it can", reason)
        self._works = False

    def _report_success(self) -> None:
        if not self._works:
            log.info("The database works again; %d entries have been lost since the start", self._waiting.dropped)
        self._works = True
