"""Where the database is: from what a person sets to the address that SQLAlchemy takes."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import StoreError

_FILE = "right-things.db"


def sqlalchemy_url(database_url: str | None, folder: Path) -> URL:
    """The address of the database for ``Store.at``.

    Args:
        database_url: ``postgresql://...`` or ``sqlite:///path``, as in DATABASE_URL; None: a file in ``folder``.
        folder: where relative paths start.

    Raises:
        StoreError: if the address cannot be understood; it isn't quoted, since it may hold a password.
    """
    try:
        url = make_url(database_url or f"sqlite:///{_FILE}")
    except (ArgumentError, ValueError):
        raise StoreError(
            "DATABASE_URL cannot be understood; write characters such as @ and / in its password as %40 and %2F."
        ) from None
    if url.drivername == "sqlite":
        path = folder / os.path.expanduser(url.database or _FILE)  # noqa: PTH111  # it never raises
        return URL.create("sqlite+aiosqlite", database=str(path.absolute()))
    if url.drivername in ("postgresql", "postgres"):
        return _for_asyncpg(url)
    raise StoreError("DATABASE_URL must begin with postgresql:// or sqlite:///.")


def _for_asyncpg(url: URL) -> URL:
    """With the names that asyncpg gives to what hosting services write into the address of a database."""
    url = url.set(drivername="postgresql+asyncpg")
    if mode := url.query.get("sslmode"):
        url = url.update_query_dict({"ssl": mode})
    return url.difference_update_query(["sslmode", "channel_binding"])
