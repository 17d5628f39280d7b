"""The migrations make the tables that the code expects, once, whoever else is about to."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.settings import PROJECT
from bot.store import schema
from bot.store.tables import METADATA
from tests.store.bench import asked, execute, opened

START = """\
import asyncio, sys
from bot.store import Introduced
from bot.store.store import Store
async def main():
    store = Store.at(sys.argv[1], bytes(32))
    print("ready", flush=True)
    sys.stdin.readline()
    await store.start()
    print(await store.note(Introduced(person=sys.argv[2])), "alembic" in sys.modules)
    await store.close()
asyncio.run(main())
"""


async def started(url: str, person: str) -> asyncio.subprocess.Process:
    """Another process with a store that it is about to start."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", START, url, person, cwd=PROJECT, stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.asyncio
async def test_migrated_tables_are_those_of_the_code(url: str) -> None:
    async with opened(url):
        pass

    def differences(connection: Connection) -> list[object]:
        return [*compare_metadata(MigrationContext.configure(connection), METADATA)]

    async with create_async_engine(url, poolclass=NullPool).connect() as connection:
        assert await connection.run_sync(differences) == []


def test_latest_revision_is_named() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.LATEST


@pytest.mark.asyncio
async def test_two_processes_migrate_at_once(url: str) -> None:
    processes = [await started(url, person) for person in ("a", "b")]
    outputs = await asyncio.gather(*(process.communicate(b"\n") for process in processes))
    for output, errors in outputs:
        assert (output.split()[0], errors) == (b"True", b"")
    assert await execute(url, "SELECT count(*) FROM introduced") == 2
    assert await execute(url, "SELECT count(*) FROM alembic_version") == 1


@pytest.mark.asyncio
async def test_alembic_is_loaded_only_to_migrate(sqlite: str) -> None:
    async with opened(sqlite):
        pass
    output, errors = await (await started(sqlite, "a")).communicate(b"\n")
    assert (output, errors) == (b"True False\n", b"")


@pytest.mark.asyncio
async def test_tables_of_a_newer_version_are_left_alone(url: str) -> None:
    async with opened(url) as store:
        assert await store.note(asked(store))
        await execute(url, "UPDATE alembic_version SET version_num = '999'")
    async with opened(url) as store:
        assert not await store.note(asked(store), within=0.5)
    assert await execute(url, "SELECT version_num FROM alembic_version") == "999"
    assert await execute(url, "SELECT count(*) FROM asked") == 1
