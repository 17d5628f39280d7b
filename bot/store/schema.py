"""Bring a database's tables up to date."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text

LATEST = "1"
"""The last revision in migrations/versions."""

_LOCK = 7_428_319_046
"""Any number: the one under which PostgreSQL knows the right to migrate."""

logging.getLogger("alembic").setLevel(logging.WARNING)


def is_current(connection: Connection) -> bool:
    """Whether the tables are up to date."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == LATEST)


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, within a transaction that has SQLite's lock for writing; another process waits."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    if not is_current(connection):
        # Needed once and never again, so it isn't loaded at every start.
        from alembic import command
        from alembic.config import Config

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "head")
