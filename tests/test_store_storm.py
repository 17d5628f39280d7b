"""Many people at once, while the database is slow, locked, full, deleted and replaced under the bot."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.store import Introduced, StoreUnavailable
from bot.store.database import Database
from bot.store.location import sqlalchemy_url
from bot.store.tables import row_of
from tests.stage import staged
from tests.store.bench import ALICE, BOB, asked, at_most, opened, until
from tests.store_storm import Storm

pytestmark = pytest.mark.asyncio

PEOPLE, QUESTIONS = 8, 100
TROUBLE, CALM = 0.9, 0.2
DEADLINE = 3.0
ASKED = ("why are both needed", "who takes more risks", "do leaders like change", "what salary does a manager earn")


async def test_everybody_is_answered_in_time_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    async with staged(tmp_path, QUESTIONS_PER_MINUTE="100000") as stage:
        storm = Storm(stage, stage.hall, ASKED)
        await storm.rage([stage.person(f"person{number}") for number in range(PEOPLE)], QUESTIONS, TROUBLE, CALM)
        assert await stage.bot.end() == 0
        assert stage.server.refused == []
        assert "Traceback" not in stage.bot.output
    assert {what: max(seconds) < DEADLINE for what, seconds in storm.seconds.items()} == {
        "/ask": True,
        "helped": True,
        "/privacy": True,
    }
    assert storm.noted
    assert storm.later
    assert (storm.noted | storm.later) - storm.kept() == set()


async def test_what_is_kept_can_be_read_while_others_write_without_end(tmp_path: Path) -> None:
    async with opened(sqlalchemy_url(None, tmp_path)) as store:

        async def write() -> None:
            for number in count():
                await store.note(asked(store, str(number), person=BOB), within=0)
                await asyncio.sleep(0.001)

        writing = asyncio.create_task(write())
        await until(lambda: store._waiting.all() != [])
        for _ in range(5):
            with at_most(0.5):
                assert await store.about(store.person(ALICE)) == []
        writing.cancel()


@pytest.mark.parametrize("in_its_place", [None, b"", b"no database"])
async def test_what_goes_into_a_file_that_is_replaced_meanwhile_is_not_taken_for_written(
    tmp_path: Path, in_its_place: bytes | None
) -> None:
    file = tmp_path / "data" / "right-things.db"
    database = Database(sqlalchemy_url(None, file.parent))
    await database.migrate()
    await database.write([row_of(Introduced(person="alice"))])

    @event.listens_for(database._engine.sync_engine, "begin")
    def replace(connection: object) -> None:
        file.parent.rename(tmp_path / "gone")
        file.parent.mkdir()
        if in_its_place is not None:
            file.write_bytes(in_its_place)

    with pytest.raises(StoreUnavailable):
        await database.write([row_of(Introduced(person="bob"))])
