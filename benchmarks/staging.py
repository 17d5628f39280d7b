"""The whole bot in a process of its own, with the shipped library, on the loopback Discord of the tests in this one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.product import PROJECT
from benchmarks.sets import own_set
from tests.stage import Stage, staged

_TICKS = os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def shipped(encoder: str = "on") -> AsyncIterator[Stage]:
    """A stage whose bot answers from the shipped library, as fast as anybody asks."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "KNOWLEDGE_DIR": str(PROJECT / "knowledge"),
            "CACHE_DIR": str(PROJECT / ".cache"),
            "ENCODER": encoder,
            "QUESTIONS_PER_MINUTE": "1000000",
        }
        async with staged(Path(folder, "stage"), **settings) as stage:
            yield stage


def distinct_questions() -> list[str]:
    """Thousands of questions, none of them twice: the bot remembers what it has been asked lately.

    They are our own, answered or not, first as they are and then as people at different places would ask them.
    """
    own = [question.text for question in own_set().questions]
    places = "a bank, a bakery, a hospital, a theatre, a school, a shipyard, a hotel, a farm, an airline, a library"
    elsewhere = (f"{text.rstrip('?.! ')} at {place}?" for place in places.split(", ") for text in own)
    return list(dict.fromkeys([*own, *elsewhere]))


def cpu_seconds(process: int) -> float:
    """Seconds of CPU that a process has used until now, in user and system mode."""
    # The name of the program, in parentheses, may have spaces in it.
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def load() -> str:
    """How busy the machine is, for the reader of a figure."""
    return "load average " + ", ".join(f"{value:.2f}" for value in os.getloadavg()) + f" on {os.cpu_count()} CPUs"
