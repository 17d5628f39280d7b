"""SQLite locked, full, broken or gone: the bot goes on, and what it noted is written once that is possible."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.store import ServerSettings, StoreUnavailable
from bot.store.database import Database
from bot.store.location import sqlalchemy_url
from bot.store.tables import ASKED, FEEDBACK
from tests.store.bench import ALICE, asked, at_most, feedback, opened, rows, said, until

pytestmark = pytest.mark.asyncio

PRIVATE = ServerSettings(private=True)


@pytest.fixture
def path(sqlite: str) -> Path:
    return Path(make_url(sqlite).database or "")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program is writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the superuser's right to write everywhere."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


async def test_locked_file_holds_up_nothing(sqlite: str, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(sqlite) as store:
        assert await store.note(feedback(store))
        with locked(path):
            with at_most(1):
                notes = [store.note(asked(store, str(n)), within=0.2) for n in range(100)]
                assert not any(await asyncio.gather(*notes))
            with at_most(0.5):
                for n in range(100):
                    await store.note(asked(store, str(n)), within=0)
                assert not await store.change_settings(7, PRIVATE, within=0)
                assert store.settings_of(7) == PRIVATE
            assert len(await store.about(store.person(ALICE))) == 201
            with pytest.raises(StoreUnavailable), at_most(3):
                await store.forget(store.person(ALICE))
            await until(lambda: bool(said(caplog)))
        assert await store.note(feedback(store, message=2), within=5)
        assert len(await rows(sqlite, ASKED)) == 200
    assert said(caplog) == ["cannot be used", "works again"]


async def test_too_much_that_waits_is_dropped_and_counted(
    sqlite: str, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(sqlite) as store:
        with locked(path):
            for number in range(10_050):
                await store.note(asked(store, str(number)), within=0)
            await until(lambda: bool(said(caplog)))
        assert await store.note(feedback(store), within=9)
        assert {int(row["text"]) for row in await rows(sqlite, ASKED)} == {*range(51, 10_050)}
        await until(lambda: "works again; 51 entries have been lost" in caplog.text)


async def test_settings_are_there_even_if_the_file_is_locked_at_the_start(sqlite: str, path: Path) -> None:
    async with opened(sqlite) as store:
        assert await store.change_settings(7, PRIVATE)
    with locked(path), at_most(4):
        async with opened(sqlite) as store:
            assert store.settings_of(7) == PRIVATE


@pytest.mark.parametrize("trouble", ["corrupt", "a folder in its place", "a file in the folder's place"])
async def test_broken_file_holds_up_nothing(
    trouble: str, sqlite: str, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if trouble == "a file in the folder's place":
        path.parent.touch()
    else:
        path.parent.mkdir()
        path.write_bytes(b"no database " * 1000) if trouble == "corrupt" else path.mkdir()
    async with opened(sqlite) as store:
        assert not await store.note(asked(store), within=0.2)
        with pytest.raises(StoreUnavailable), at_most(3):
            await store.about(store.person(ALICE))
        with pytest.raises(StoreUnavailable):  # nobody knows yet what they would change
            await store.change_settings(7, PRIVATE, within=0)
        assert store.settings_of(7) == ServerSettings()
        path.parent.rename(path.parent.with_name("broken"))
        assert await store.note(asked(store), within=5)
        assert len(await store.about(store.person(ALICE))) == 2
        assert await store.change_settings(7, PRIVATE)
    async with opened(sqlite) as store:
        assert store.settings_of(7) == PRIVATE
    assert said(caplog) == ["cannot be used", "works again"]


@pytest.mark.parametrize("gone", ["file", "folder"])
async def test_what_is_noted_after_the_file_is_gone_is_in_a_new_one(gone: str, sqlite: str, path: Path) -> None:
    async with opened(sqlite) as store:
        assert await store.note(asked(store, "before"))
        path.unlink() if gone == "file" else shutil.rmtree(path.parent)
        assert await store.note(asked(store, "after"), within=5)
    assert [row["text"] for row in await rows(sqlite, ASKED)] == ["after"]


async def test_file_that_is_damaged_while_it_is_used(sqlite: str, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(sqlite) as store:
        assert await store.note(asked(store, "before"))
        path.write_bytes(path.read_bytes()[:4096] + os.urandom(path.stat().st_size - 4096))
        assert not await store.note(asked(store, "after"), within=1)
        path.unlink()
        assert await store.note(asked(store, "later"), within=5)
    assert [row["text"] for row in await rows(sqlite, ASKED)] == ["after", "later"]
    assert said(caplog) == ["cannot be used", "works again"]


async def test_full_disk_loses_nothing(sqlite: str, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(sqlite) as store:
        acknowledged = 0
        with full(300_000):
            for _ in range(600):
                acknowledged += await store.note(asked(store, "tea " * 250), within=0.5 if not said(caplog) else 0)
            assert 0 < acknowledged < 600
            assert len(await rows(sqlite, ASKED)) == acknowledged
            assert len(await store.about(store.person(ALICE))) == 600
        assert await store.note(asked(store), within=9)
    assert len(await rows(sqlite, ASKED)) == 601
    assert said(caplog) == ["cannot be used", "works again"]


@pytest.mark.parametrize("trouble", ["the file must not be written", "nor may the folder"])
async def test_what_must_not_be_written_is_read_if_possible(trouble: str, caplog: pytest.LogCaptureFixture) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = sqlalchemy_url(None, folder)
        async with opened(url) as store:
            assert await store.change_settings(7, PRIVATE)
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o777 if trouble == "the file must not be written" else 0o555)
        with as_nobody():
            async with opened(url) as store:
                assert not await store.note(asked(store), within=0.2)
                # SQLite needs the folder even to read.
                assert store.settings_of(7) == (
                    PRIVATE if trouble == "the file must not be written" else ServerSettings()
                )
        folder.chmod(0o700)
    assert said(caplog) == ["cannot be used"]


async def test_commits_reach_the_disk_and_deletions_overwrite(sqlite: str) -> None:
    async with opened(sqlite):
        pass
    async with Database(sqlite)._reading() as connection:
        for pragma, value in {
            "journal_mode": "wal",
            "synchronous": 2,
            "secure_delete": 1,
            "busy_timeout": 1000,
        }.items():
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == value


async def test_closing_writes_what_waits_or_gives_up(sqlite: str, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(sqlite) as store:
        await store.note(feedback(store), within=0)
    assert len(await rows(sqlite, FEEDBACK)) == 1
    async with opened(sqlite) as store:
        with locked(path):
            await store.note(asked(store), within=0)
            with at_most(3):
                await store.close()
    assert "before 1 entries could be written" in caplog.text
    assert await rows(sqlite, ASKED) == []
