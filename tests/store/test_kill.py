"""A bot that is killed loses nothing that it was told is written. KILLS=50 kills it more often than usual."""

from __future__ import annotations

import asyncio
import os
import random
import sys

import pytest

from bot.settings import PROJECT
from bot.store.tables import ASKED
from tests.store.bench import execute, opened, rows

KILLS = int(os.environ.get("KILLS", "10"))


async def killed(url: str, name: str, seconds: float) -> list[str]:
    """Note questions in another process, killed some seconds after the first is acknowledged; returns all that were."""
    command = (sys.executable, "-m", "tests.store.noter", url, name)
    process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    first = await process.stdout.readline()
    await asyncio.sleep(seconds)
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    return (first + rest).decode().split()


@pytest.mark.asyncio
async def test_whatever_was_acknowledged_is_there_after_kills(url: str) -> None:
    async with opened(url):
        pass
    chance = random.Random(7)
    acknowledged: list[str] = []
    for round_ in range(0, KILLS, 2):  # two bots at a time share the database
        pair = (killed(url, f"{number}", chance.uniform(0, 0.3)) for number in (round_, round_ + 1))
        for texts in await asyncio.gather(*pair):
            assert texts
            acknowledged += texts
    kept = [row["text"] for row in await rows(url, ASKED)]
    assert {*acknowledged} - {*kept} == set()
    assert len({*kept}) == len(kept)
    print(f"{KILLS} kills, {len(acknowledged)} acknowledged, {len(kept)} kept")
    if url.startswith("sqlite"):
        assert await execute(url, "PRAGMA integrity_check") == "ok"
