"""Many people who ask and say what helped, while the file in which the bot keeps that goes through everything."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

from bot.app import labels
from tests.loopback import Channel, Interaction, Message, Person
from tests.stage import Stage

PATIENCE = 30.0
"""Seconds after which what was asked counts as unanswered."""

FILE = "right-things.db"
LOOKS_AT_WHAT_IS_KEPT = 20
"""Every so many questions, a person asks what is kept about them."""


@dataclass
class Storm:
    """What is done to the database of a bot, and what people were told meanwhile.

    seconds: that each answer took, by what was asked.
    noted, later: the messages that helped; whether the bot has written that or will.
    gone: where the database was moved in place of being deleted, so that what it had can be looked up.
    """

    stage: Stage
    channel: Channel
    questions: Sequence[str]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    noted: set[int] = field(default_factory=set)
    later: set[int] = field(default_factory=set)
    gone: list[Path] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def folder(self) -> Path:
        """Where the bot keeps its database."""
        return self.stage.folder / "data"

    async def rage(self, people: Iterable[Person], questions: int, trouble: float, calm: float) -> None:
        """Have people ask so many questions in all, and until each trouble has come once.

        Args:
            people: who ask.
            questions: how many at least.
            trouble, calm: seconds of each, in turn.
        """
        numbers, over = count(), asyncio.Event()

        async def ask(person: Person) -> None:
            for number in numbers:
                if number >= questions and over.is_set():
                    return
                await self._ask(person, self.questions[number % len(self.questions)])
                if number % LOOKS_AT_WHAT_IS_KEPT == 0:
                    await self._answered("/privacy", await person.slash("privacy", channel=self.channel))

        async def make_trouble() -> None:
            for number, one in enumerate(cycle(TROUBLES)):
                async with one(self):
                    await asyncio.sleep(trouble)
                await asyncio.sleep(calm)
                if number + 1 >= len(TROUBLES):
                    over.set()

        troubles = asyncio.create_task(make_trouble())
        try:
            await asyncio.gather(*map(ask, people))
        finally:
            troubles.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await troubles

    async def _ask(self, person: Person, question: str) -> None:
        answer = await self._answered("/ask", await person.slash("ask", {"question": question}, channel=self.channel))
        if any(button.label == labels.HELPED for button in answer.buttons):
            told = await self._answered("helped", await person.click(answer, labels.HELPED))
            {labels.NOTED: self.noted, labels.NOTED_LATER: self.later}[told.text].add(answer.id)

    async def _answered(self, what: str, asked: Interaction) -> Message:
        begin = time.monotonic()
        answer = await asked.answer(PATIENCE)
        self.seconds.setdefault(what, []).append(time.monotonic() - begin)
        return answer

    def kept(self) -> set[int]:
        """The messages of which it is written that they helped, in this database and in those that are gone."""
        found: set[int] = set()
        for folder in (self.folder, *self.gone):
            with closing(sqlite3.connect(folder / FILE)) as database, contextlib.suppress(sqlite3.DatabaseError):
                found.update(message for (message,) in database.execute("SELECT message FROM feedback WHERE helpful"))
        return found

    async def move_away(self) -> Path:
        """Take the whole folder away at once, as soon as it has a database; the bot never sees a part of it."""
        while not (self.folder / FILE).exists():
            await asyncio.sleep(0.01)
        away = self.folder.with_name(f"gone-{next(self._numbers)}")
        self.folder.rename(away)
        self.gone.append(away)
        return away

    async def put(self, folder: Path) -> None:
        """Put another folder in the place of the one that is there now, which is moved away."""
        while True:
            with contextlib.suppress(OSError):  # the bot may make its own at any moment
                folder.rename(self.folder)
                return
            await self.move_away()


# What is done to the database


@contextlib.asynccontextmanager
async def slow(storm: Storm) -> AsyncIterator[None]:
    """Another program writes most of the time."""

    async def write() -> None:
        while True:
            with contextlib.suppress(sqlite3.OperationalError):
                async with locked(storm):
                    await asyncio.sleep(0.3)
            await asyncio.sleep(0.03)

    writing = asyncio.create_task(write())
    try:
        yield
    finally:
        writing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writing


@contextlib.asynccontextmanager
async def locked(storm: Storm) -> AsyncIterator[None]:
    """Another program is in the middle of writing."""
    with closing(sqlite3.connect(storm.folder / FILE, isolation_level=None, timeout=0)) as other:
        for _ in range(1000):
            with contextlib.suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
                break
            await asyncio.sleep(0.001)
        yield


@contextlib.asynccontextmanager
async def full(storm: Storm) -> AsyncIterator[None]:
    """The bot can write no file beyond its first page."""
    process = storm.stage.bot.process.pid
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@contextlib.asynccontextmanager
async def deleted(storm: Storm) -> AsyncIterator[None]:
    """The database is gone, for good."""
    await storm.move_away()
    yield


@contextlib.asynccontextmanager
async def replaced(storm: Storm) -> AsyncIterator[None]:
    """Something that is no database is in its place, and then the database is back."""
    other = storm.folder.with_name("other")
    other.mkdir()
    (other / FILE).write_bytes(b"no database " * 1000)
    away = await storm.move_away()
    await storm.put(other)
    yield
    await storm.put(away)
    storm.gone.remove(away)


TROUBLES: Sequence[Callable[[Storm], AbstractAsyncContextManager[None]]] = (slow, locked, full, deleted, replaced)
