"""From DATABASE_URL to SQLAlchemy's address."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.store import StoreError
from bot.store.location import sqlalchemy_url
from bot.store.store import Store

POSTGRES = "postgresql://bot:pass%40word@db.example.org/answers"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, "sqlite+aiosqlite:////data/right-things.db"),
        ("sqlite:///other.db", "sqlite+aiosqlite:////data/other.db"),
        ("sqlite:////var/lib/bot.db", "sqlite+aiosqlite:////var/lib/bot.db"),
        ("sqlite:///~/bot.db", "sqlite+aiosqlite:////home/bot/bot.db"),
        (POSTGRES, POSTGRES.replace("postgresql", "postgresql+asyncpg")),
        (POSTGRES.replace("postgresql", "postgres"), POSTGRES.replace("postgresql", "postgresql+asyncpg")),
        (
            f"{POSTGRES}?sslmode=require&channel_binding=require",
            f"{POSTGRES}?ssl=require".replace("postgresql", "postgresql+asyncpg"),
        ),
    ],
)
def test_addresses(written: str | None, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/bot")
    assert sqlalchemy_url(written, Path("/data")) == make_url(expected)


def test_any_folder_will_do() -> None:
    assert sqlalchemy_url(None, Path("/a b%20c?d#é")).database == "/a b%20c?d#é/right-things.db"


@pytest.mark.parametrize("written", ["mysql://bot:pass-word@localhost/x", "postgresql://bot:pass-word/@localhost:x/y"])
def test_other_addresses_are_refused_without_their_password(written: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL") as refused:
        sqlalchemy_url(written, Path("/data"))
    assert "pass-word" not in "".join(traceback.format_exception(refused.value))


def test_missing_driver_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)  # as if it were not installed
    with pytest.raises(StoreError, match=r'needs asyncpg: install it with `python -m pip install "right-things\[pos'):
        Store.at(sqlalchemy_url(POSTGRES, Path()), b"key")
