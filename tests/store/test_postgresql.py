"""PostgreSQL stopped, cut off or silent: the bot goes on, and what it noted is written once that is possible."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import make_url

from bot.store import ServerSettings, StoreUnavailable
from bot.store.location import sqlalchemy_url
from bot.store.tables import ASKED
from tests.store.bench import ALICE, asked, at_most, execute, feedback, opened, rows, said, until
from tests.store.proxy import Proxy, proxy

pytestmark = pytest.mark.asyncio

PRIVATE = ServerSettings(private=True)


@pytest_asyncio.fixture
async def between(postgresql: str) -> AsyncIterator[Proxy]:
    """What is between the bot and the server."""
    url = make_url(postgresql)
    async with proxy(url.host or "127.0.0.1", url.port or 5432) as between:
        yield between


@pytest.fixture
def address(postgresql: str, between: Proxy) -> str:
    """The database behind the proxy."""
    return make_url(postgresql).set(host="127.0.0.1", port=between.port).render_as_string(hide_password=False)


async def test_terminated_connections_lose_nothing_and_repeat_nothing(postgresql: str) -> None:
    async def terminate() -> None:
        for _ in range(20):
            await execute(
                postgresql,
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )

    async with opened(postgresql) as store:
        terminating = asyncio.create_task(terminate())
        numbers = 0
        while not terminating.done():
            await store.note(asked(store, str(numbers)), within=0.01)
            numbers += 1
        await terminating
        assert await store.note(feedback(store), within=9)
    assert sorted(int(row["text"]) for row in await rows(postgresql, ASKED)) == [*range(numbers)]


async def test_server_that_is_away_holds_up_nothing(
    address: str, between: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(address) as store:
        assert await store.note(asked(store))
        between.cut()
        with at_most(1):
            assert not await store.note(asked(store), within=0.2)
        assert not await store.change_settings(7, PRIVATE, within=0)
        assert store.settings_of(7) == PRIVATE
        with pytest.raises(StoreUnavailable), at_most(3):
            await store.about(store.person(ALICE))
        between.mend()
        assert await store.note(asked(store), within=9)
        assert len(await store.about(store.person(ALICE))) == 3
    assert said(caplog) == ["cannot be used", "works again"]


async def test_server_that_is_silent_holds_up_nothing(address: str, between: Proxy) -> None:
    async with opened(address) as store:
        assert await store.note(asked(store))
        between.fall_silent()
        with at_most(1):
            assert not await store.note(asked(store), within=0.2)
        for _ in range(2):
            with pytest.raises(StoreUnavailable), at_most(3):
                await store.forget(store.person(ALICE))
        before = len(asyncio.all_tasks())
        for _ in range(100):
            await store.note(asked(store), within=0)
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) <= before
        with at_most(3):
            await store.close()


async def test_connection_that_stays_silent_is_given_up(
    address: str, between: Proxy, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.store._ATTEMPT", 0.5)
    async with opened(address) as store:
        between.fall_silent()
        assert not await store.note(asked(store), within=0)
        await until(lambda: bool(said(caplog)))
        between.cut()
        between.mend()
        assert await store.note(asked(store), within=9)
    assert said(caplog) == ["cannot be used", "works again"]


async def test_start_behind_silence_returns_without_settings(address: str, between: Proxy) -> None:
    between.fall_silent()
    with at_most(3):
        async with opened(address) as store:
            assert store.settings_of(7) == ServerSettings()
            between.mend()
            assert await store.note(asked(store), within=9)


async def test_password_is_in_no_log(postgresql: str, caplog: pytest.LogCaptureFixture) -> None:
    wrong = postgresql.replace("postgres@", "nobody:pass-word@")
    for url in (wrong, sqlalchemy_url("postgresql://bot:pass-word@127.0.0.1:1/x", Path())):
        async with opened(url) as store:
            assert not await store.note(asked(store), within=0.1)
    assert said(caplog) == ["cannot be used"] * 2
    assert "pass-word" not in caplog.text
