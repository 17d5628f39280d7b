"""The store while all is well, on both databases."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import make_url

from bot.store import Asked, Feedback, Introduced, Quoted, ServerSettings
from bot.store.store import Store
from bot.store.tables import ASKED, FEEDBACK, INTRODUCED, OF_PEOPLE, QUOTED
from tests.store.bench import ALICE, BOB, KEY, NOON, Clock, asked, feedback, opened, rows

pytestmark = pytest.mark.asyncio

SETTINGS = ServerSettings(channels=frozenset({2**62, 1}), private=True, daily_channel=5, daily_at="09:30")


def everything(store: Store, person: int) -> list[Asked | Feedback | Introduced | Quoted]:
    """One entry of each kind."""
    name = store.person(person)
    return [
        asked(store, person=person),
        feedback(store, person=person),
        Introduced(person=name, at=NOON),
        Quoted(channel=person, claim="boiling-water", person=name, at=NOON),
    ]


async def test_what_is_kept_outlives_a_restart(url: str) -> None:
    async with opened(url) as store:
        for entry in everything(store, ALICE):
            assert await store.note(entry)
        assert await store.note(Quoted(channel=6, claim="slow-dough", at=NOON))
        assert await store.change_settings(7, SETTINGS)
        about = await store.about(store.person(ALICE))
    async with opened(url) as store:
        alice = store.person(ALICE)
        assert (store.settings_of(7), store.settings_of(8)) == (SETTINGS, ServerSettings())
        assert dict(store.servers()) == {7: SETTINGS}
        assert (store.was_introduced(alice), store.was_introduced(store.person(BOB))) == (True, False)
        assert [store.last_quoted(channel) for channel in (ALICE, 6, 9)] == ["boiling-water", "slow-dough", None]
        assert await store.about(alice) == about
    assert [row["table"] for row in json.loads(json.dumps(about))] == ["asked", "feedback", "introduced", "quoted"]
    assert about[0].items() >= {"text": "Why is the kettle blue?", "at": "2026-05-04T12:00:00Z", "server": 7}.items()


async def test_settings_are_in_force_at_once_and_the_last_stay(url: str) -> None:
    async with opened(url) as store:
        for minute in range(10, 20):
            await store.change_settings(7, replace(SETTINGS, daily_at=f"09:{minute}"), within=0)
            assert store.settings_of(7).daily_at == f"09:{minute}"
    async with opened(url) as store:
        assert store.settings_of(7).daily_at == "09:19"


async def test_second_press_replaces_the_first(url: str) -> None:
    async with opened(url) as store:
        assert await store.note(feedback(store, message=1))
        assert await store.note(feedback(store, message=1, person=BOB))
        assert await store.note(feedback(store, message=1, helpful=True, question=None))
    found = {(row["message"], row["person"]): (row["helpful"], row["question"]) for row in await rows(url, FEEDBACK)}
    assert len(found) == 2
    assert found[1, store.person(ALICE)] == (True, None)


async def test_presses_that_wait_together_are_written_in_order(url: str) -> None:
    store = Store.at(url, KEY, clock=Clock())
    for helpful in (True, False, True):
        assert not await store.note(feedback(store, helpful=helpful), within=0)
    await store.start()
    await store.close()
    assert [row["helpful"] for row in await rows(url, FEEDBACK)] == [True]


async def test_person_is_the_same_with_the_same_key_alone(sqlite: str) -> None:
    store, other = Store.at(sqlite, KEY), Store.at(sqlite, bytes(32))
    assert store.person(ALICE) == Store.at(sqlite, KEY).person(ALICE)
    assert len({store.person(ALICE), store.person(BOB), other.person(ALICE)}) == 3


# Forgetting


async def test_nothing_leads_to_a_person_who_is_forgotten(url: str) -> None:
    async with opened(url) as store:
        alice, bob = store.person(ALICE), store.person(BOB)
        for entry in (*everything(store, ALICE), *everything(store, BOB)):
            assert await store.note(entry)
        bobs = await store.about(bob)
        assert await store.forget(alice) == 4
        assert await store.about(alice) == []
        assert not store.was_introduced(alice)
        assert store.last_quoted(ALICE) is None
        assert await store.about(bob) == bobs
        assert await store.forget(alice) == 0
    for table in OF_PEOPLE:
        assert [row["person"] for row in await rows(url, table)] == [bob]


async def test_what_waits_is_known_and_forgotten_too(url: str) -> None:
    async with opened(url) as store:
        assert await store.note(feedback(store))
    store = Store.at(url, KEY)  # not started: nothing is written
    alice = store.person(ALICE)
    await store.note(feedback(store, helpful=True), within=0)
    await store.note(Introduced(person=alice), within=0)
    about = await store.about(alice)
    assert [(row["table"], row.get("helpful")) for row in about] == [("feedback", True), ("introduced", None)]
    assert await store.forget(alice) == 2, "a row that is to be changed is one row"
    assert await store.about(alice) == []
    await store.start()
    await store.close()
    assert [await rows(url, table) for table in OF_PEOPLE] == [[], [], [], []]


async def test_forgotten_text_is_in_none_of_sqlites_files(sqlite: str) -> None:
    path = Path(make_url(sqlite).database or "")

    def traces() -> list[str]:
        secret, person = b"kettle", Store.at(sqlite, KEY).person(ALICE).encode()
        return [file.name for file in path.parent.iterdir() if any(s in file.read_bytes() for s in (secret, person))]

    async with opened(sqlite) as store:
        for number in range(20):
            assert await store.note(asked(store, f"{number} kettle {number} " * 50))
        assert await store.note(asked(store, "tea", person=BOB))
        # Somebody else has the file open, so SQLite's log isn't cleared away when the bot closes it.
        with closing(sqlite3.connect(path)) as other:
            other.execute("SELECT count(*) FROM asked").fetchall()
            assert await store.note(feedback(store))
            assert {*traces()} == {path.name, f"{path.name}-wal"}
            assert await store.forget(store.person(ALICE)) == 21
            assert traces() == []


# What is old


async def test_what_is_old_is_deleted_at_the_start_and_once_a_day(url: str) -> None:
    clock = Clock()
    async with opened(url, clock) as store:
        name = store.person(ALICE)
        await store.change_settings(7, SETTINGS)
        await store.note(asked(store, "old", days=-89.5))
        await store.note(asked(store, "new"))
        await store.note(feedback(store, days=-89.5))
        await store.note(Introduced(person=name, at=NOON - timedelta(days=89.5)))
        assert await store.note(Quoted(channel=1, claim="slow-dough", at=NOON - timedelta(days=89.5)))
        clock.time += timedelta(hours=23)
        assert await store.note(asked(store, "a day later"))
        assert len(await rows(url, ASKED)) == 3
        clock.time += timedelta(hours=2)
        assert await store.note(asked(store, "and an hour"))
        assert {row["text"] for row in await rows(url, ASKED)} == {"new", "a day later", "and an hour"}
        assert [await rows(url, table) for table in (FEEDBACK, INTRODUCED, QUOTED)] == [[], [], []]
    clock.time += timedelta(days=90)
    async with opened(url, clock) as store:
        assert await store.note(Quoted(channel=1, claim="slow-dough", at=clock()))
        assert await rows(url, ASKED) == []
        assert store.settings_of(7) == SETTINGS


# Questions


async def test_what_was_asked_in_vain_comes_newest_first(url: str) -> None:
    async with opened(url) as store:
        entries: list[Asked | Feedback] = [
            asked(store, "first", days=1),
            feedback(store, message=2, days=2),
            asked(store, "third", days=3),
            replace(asked(store, "fourth", days=4), outcome="suggest", group="cars", server=None),
        ]
        for entry in (entries[2], entries[0], entries[3], entries[1]):
            assert await store.note(entry)
        assert await store.note(feedback(store, message=9, days=9, helpful=True, question=None))
        assert await store.missed(9) == entries[::-1]
        assert await store.missed(2) == [entries[3], entries[2]]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "ab"),
        ("a\ud800b", "a?b"),
        ("é" * 2000, "é" * 1000),
        ("', \"; %s $1 \\ \u202e🫖", "', \"; %s $1 \\ \u202e🫖"),
    ],
)
async def test_any_text_is_kept(text: str, kept: str, url: str) -> None:
    async with opened(url) as store:
        assert await store.note(asked(store, text))
        assert await store.note(feedback(store, question=text, meant_text=text))
    assert [row["text"] for row in await rows(url, ASKED)] == [kept]
    assert [(row["question"], row["meant_text"]) for row in await rows(url, FEEDBACK)] == [(kept, kept)]


async def test_numbers_of_any_kind_are_kept(url: str) -> None:
    async with opened(url) as store:
        numbers: dict[str, Any] = {"confidence": np.float32(0.5), "server": np.int64(7)}
        entry = replace(asked(store), **numbers)
        assert await store.note(entry)
        assert await store.missed(1) == [entry]


async def test_entry_that_no_database_accepts_holds_up_no_other(url: str, caplog: pytest.LogCaptureFixture) -> None:
    store = Store.at(url, KEY, clock=Clock())
    entries = [feedback(store, message=number) for number in (1, 2**64, 2)]
    noted = [asyncio.create_task(store.note(entry, within=5)) for entry in entries]
    await asyncio.sleep(0)
    await store.start()
    assert await asyncio.gather(*noted) == [True, False, True]
    await store.close()
    assert {row["message"] for row in await rows(url, FEEDBACK)} == {1, 2}
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "table feedback" in caplog.text
    assert "kettle" not in caplog.text


async def test_log_never_says_what_people_asked(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with opened(url) as store:
            assert await store.note(asked(store))
            assert not await store.note(feedback(store, message=2**64))
            await store.about(store.person(ALICE))
            await store.missed(1)
            await store.forget(store.person(ALICE))
            assert store.person(ALICE) not in caplog.text
    assert "kettle" not in caplog.text


async def test_two_bots_share_a_database(url: str) -> None:
    async with opened(url) as one, opened(url) as two:
        notes = [bot.note(asked(bot, f"{n}"), within=9) for n in range(100) for bot in (one, two)]
        assert all(await asyncio.gather(*notes))
        presses = [bot.note(feedback(bot), within=9) for bot in (one, two) * 5]
        assert all(await asyncio.gather(*presses))
    assert len(await rows(url, ASKED)) == 200
    assert len(await rows(url, FEEDBACK)) == 1
