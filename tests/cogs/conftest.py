"""What every test of a cog has: a bot for its module, with the settings that the module names."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.loopback import Channel, Interaction, Json, Message, Person, Request
from tests.small_library import write_small_library
from tests.stage import Stage, staged

ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
# The topic that answering with leads on to.
RELATED = "Doing things right, doing the right…"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("stage"), **getattr(request.module, "SETTINGS", {})) as stage:
        yield stage


def written(requests: list[Request]) -> Iterator[Json]:
    """What the bot wrote: the body of every message, however it was sent."""
    for request in requests:
        if request.path.endswith("/callback"):
            if request.body["type"] in (4, 7):
                yield request.body["data"]
        elif request.method in ("POST", "PATCH") and "/commands" not in request.path:
            yield request.body


@pytest.fixture(scope="module")
def may_ping() -> set[int]:
    """The roles that the bot may ping in a module's tests: none, but for those that a test adds."""
    return set()


@pytest.fixture(autouse=True)
def nothing_is_refused_and_nobody_pinged(stage: Stage, may_ping: set[int]) -> Iterator[None]:
    yield
    assert stage.server.refused == []
    assert all(request.route for request in stage.server.requests), "Discord has every route that was used"
    for body in written(stage.server.requests):
        assert body["allowed_mentions"].get("parse") == []
        assert "users" not in body["allowed_mentions"]
        assert {int(role) for role in body["allowed_mentions"].get("roles", ())} <= may_ping
        assert not body["allowed_mentions"].get("replied_user")


@pytest.fixture
def alice(stage: Stage) -> Person:
    return stage.person("alice")


@pytest_asyncio.fixture(loop_scope="module")
async def folder(stage: Stage) -> AsyncIterator[Path]:
    """The library's folder, to be changed; in the end the library is as it was."""
    yield stage.library
    for file in (*stage.library.glob("*/*.yaml"), *stage.library.glob("golden.jsonl")):
        file.unlink()
    write_small_library(stage.library)
    await stage.reload()


async def ask(person: Person, question: str, channel: Channel, *, private: bool | None = None) -> Message:
    """What ``/ask`` answers."""
    options = {} if private is None else {"private": private}
    return await (await person.slash("ask", {"question": question, **options}, channel=channel)).answer()


async def press(person: Person, message: Message, label: str) -> Message:
    """What a button answers."""
    return await (await person.click(message, label)).answer()


def refused(stage: Stage) -> list[int]:
    """The codes of what Discord has refused, which a test expected."""
    codes = [request.refusal["code"] for request in stage.server.refused if request.refusal]
    stage.server.refused.clear()
    return codes


async def kept(stage: Stage, table: str, count: int = 1, **where: object) -> list[dict[str, Any]]:
    """The rows of one of the store's tables that have these values, once there are so many."""
    wanted = " AND ".join(f"{column} IS ?" for column in where) or "1"
    with closing(sqlite3.connect(stage.folder / "data" / "right-things.db")) as database:
        database.row_factory = sqlite3.Row
        async with asyncio.timeout(5):
            while (
                len(rows := database.execute(f"SELECT * FROM {table} WHERE {wanted}", [*where.values()]).fetchall())
                < count
            ):
                await asyncio.sleep(0.02)
    return [dict(row) for row in rows]


async def settle(stage: Stage, channel: Channel, window: str, **values: object) -> Interaction:
    """Have the owner change the settings of a channel's server in the window of a name."""
    shown = await (await stage.server.owner.slash("settings", channel=channel)).answer()
    opened = await stage.server.owner.click(shown, window)
    return await stage.server.owner.submit(opened, {name.replace("_", "-"): value for name, value in values.items()})
