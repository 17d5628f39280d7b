"""A database of its own for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.location import sqlalchemy_url

_ADDRESS = os.environ.get("TEST_DATABASE_URL")


@pytest.fixture(autouse=True)
def _log_of_recoveries(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.store")


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return sqlalchemy_url(None, tmp_path / "data").render_as_string()


@pytest_asyncio.fixture
async def postgresql() -> AsyncIterator[str]:
    """See CONTRIBUTING.md on how to give the tests a PostgreSQL server."""
    if not _ADDRESS:
        assert not os.environ.get("REQUIRE_POSTGRES"), "TEST_DATABASE_URL is not set"
        pytest.skip("needs PostgreSQL: set TEST_DATABASE_URL")
    address = sqlalchemy_url(_ADDRESS, Path())
    server = create_async_engine(address, isolation_level="AUTOCOMMIT")
    name = f"test_{secrets.token_hex(8)}"
    async with server.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    yield address.set(database=name).render_as_string(hide_password=False)
    async with server.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))
