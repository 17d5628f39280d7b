"""The tables, and entries as their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, DateTime, Float, Insert, MetaData, String, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.entries import Asked, Entry, Feedback, Introduced, Quoted
from bot.store.servers import ServerSettings

_LONGEST = 1000
"""Characters of a text that are kept."""

METADATA = MetaData()

SERVERS = Table(
    "servers",
    METADATA,
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("settings", JSON, nullable=False),  # a new setting needs no migration
)
ASKED = Table(
    "asked",
    METADATA,
    Column("id", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("group", String),
    Column("nearest", String),
    Column("confidence", Float, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("person", String, nullable=False, index=True),
    Column("server", BigInteger),
    Column("at", DateTime, nullable=False, index=True),
)
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String, primary_key=True, index=True),
    Column("topic", String),
    Column("group", String),
    Column("outcome", String, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("question", String),
    Column("meant_topic", String),
    Column("meant_text", String),
    Column("fingerprint", String, nullable=False),
    Column("server", BigInteger),
    Column("at", DateTime, nullable=False, index=True),
)
INTRODUCED = Table(
    "introduced",
    METADATA,
    Column("person", String, primary_key=True),
    Column("at", DateTime, nullable=False),
)
QUOTED = Table(
    "quoted",
    METADATA,
    Column("channel", BigInteger, primary_key=True, autoincrement=False),
    Column("claim", String, nullable=False),
    Column("person", String),
    Column("at", DateTime, nullable=False),
)

OF_PEOPLE = (ASKED, FEEDBACK, INTRODUCED, QUOTED)
"""The tables whose rows may lead to a person, and are deleted when they are old."""

_TABLES: Mapping[type[Entry], Table] = {
    Asked: ASKED,
    Feedback: FEEDBACK,
    Introduced: INTRODUCED,
    Quoted: QUOTED,
}
_INSERTS: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a table, written or not."""

    table: Table
    values: Mapping[str, object]

    @property
    def key(self) -> tuple[object, ...]:
        """What no other row of any table has."""
        return (self.table.name, *(self.values[column.name] for column in self.table.primary_key))

    @property
    def person(self) -> object:
        """The person it leads to; None if it leads to nobody."""
        return self.values.get("person")

    def plain(self) -> dict[str, object]:
        """As data that JSON can express, with the table's name."""
        values = {n: f"{v.isoformat()}Z" if isinstance(v, datetime) else v for n, v in self.values.items()}
        return {"table": self.table.name, **values}


def row_of(entry: Entry) -> Row:
    """An entry as a row that both databases accept."""
    table = _TABLES[type(entry)]
    return Row(table, {field.name: _kept(getattr(entry, field.name), table.c[field.name]) for field in fields(entry)})


def server_row(server: int, settings: ServerSettings) -> Row:
    """A server's settings as a row."""
    return Row(SERVERS, {"server": server, "settings": settings.to_json()})


def entry_of(kind: type[Asked] | type[Feedback], values: Mapping[str, object]) -> Asked | Feedback:
    """The entry that was written as a row."""
    aware = {n: v.replace(tzinfo=UTC) if isinstance(v, datetime) else v for n, v in values.items()}
    return kind(**aware)  # type: ignore[arg-type]


def stored_time(time: datetime) -> datetime:
    """A time as it is stored: UTC, without saying so, since SQLite cannot say it."""
    return time.astimezone(UTC).replace(tzinfo=None)


def upsert(table: Table, dialect: str) -> Insert:
    """The statement that writes a row, in place of the one with the same key."""
    statement = _INSERTS[dialect](table)
    keys = [column.name for column in table.primary_key]
    changed = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _kept(value: object, column: Column[Any]) -> object:
    match value:
        case None:
            return None
        case str():
            # PostgreSQL accepts neither NUL nor half a character.
            return value[:_LONGEST].replace("\0", "").encode("utf-8", "replace").decode()
        case datetime():
            return stored_time(value)
    return column.type.python_type(value)  # such as numpy's numbers, which no driver knows
