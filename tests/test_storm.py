"""Many people at once, while the library is replaced under them."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.small_library import replace, write_small_library
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio

PEOPLE, RELOADS, EACH = 50, 20, 2
DEADLINE = 3.0
DIFFERENCE = "topics/difference.yaml"
ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."


def write_version(stage: Stage, number: int, *, broken: bool) -> None:
    """Change two places that one answer shows, so that a mixture of two libraries would show as well."""
    write_small_library(stage.library)
    replace(stage.library / DIFFERENCE, "title: Why a firm needs both", f"title: Version {number} says")
    replace(stage.library / DIFFERENCE, BOTH, f"Version {number} answers.")
    if broken:
        replace(stage.library / DIFFERENCE, "aspect: risk", "aspects: risk")


async def test_everybody_is_answered_in_time_whatever_happens_to_the_library(tmp_path: Path) -> None:
    seconds: list[float] = []
    async with staged(tmp_path, QUESTIONS_PER_MINUTE="100000") as stage:
        people = [stage.person(f"person{number}") for number in range(PEOPLE)]

        async def ask(number: int, versions: set[str], times: int = EACH) -> None:
            """One of the three ways to ask, and one answer each time, of one version."""
            person, private = people[number], number % 4 == 0
            for _ in range(times):
                begin = time.monotonic()
                if number % 2:
                    asked = await person.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
                    answer = await asked.answer(timeout=30)
                else:
                    said = await person.say(person.dm if private else stage.hall, ASK_BOTH, mention_bot=not private)
                    [answer] = await said.replies(timeout=30)
                seconds.append(time.monotonic() - begin)
                assert sum(version in answer.text for version in versions) == 1, f"{answer.text!r}: not of {versions}"

        now = "Why a firm needs both"
        for reload in range(RELOADS):
            broken = reload % 2 == 1
            write_version(stage, reload, broken=broken)
            new = now if broken else f"Version {reload} "
            reloading = asyncio.create_task(stage.reload(timeout=60))
            await asyncio.gather(*(ask(number, {now, new}) for number in range(PEOPLE)))
            told = await reloading
            assert ("the old one stays in use" if broken else "**Changed:** topic both") in told
            now = new
            await ask(0, {now}, times=1)

        assert await stage.bot.end() == 0
        assert stage.server.refused == []
        assert "Traceback" not in stage.bot.output
    channels = [stage.hall, *(person.dm for person in people)]
    answers = sum(message.author.bot for channel in channels for message in channel.messages.values())
    assert answers == len(seconds) == PEOPLE * RELOADS * EACH + RELOADS
    assert max(seconds) < DEADLINE
