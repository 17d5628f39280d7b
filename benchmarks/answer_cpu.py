"""``python -m benchmarks.answer_cpu``: the CPU time of an answer beyond that of a bare bot with the same card."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.product import PROJECT
from benchmarks.staging import cpu_seconds, distinct_questions, load, shipped
from tests.loopback import Channel, Json, LoopbackDiscord, Person

PEOPLE, ANSWERS, WARMING_UP = 20, 1200, 200


async def main() -> None:
    """Measure, and print a line for each bot."""
    print(load())
    bare = await _bare(await _card())
    print(f"bare discord.py bot: {1000 * bare:.2f} ms of CPU for each of {ANSWERS} answers")
    fresh, remembered = distinct_questions()[: WARMING_UP + ANSWERS], ["do we need both?"] * (WARMING_UP + ANSWERS)
    ways = (
        ("questions that it has not been asked", "on", fresh),
        ("the same, by words alone (ENCODER=off)", "off", fresh),
        ("a question that it remembers", "on", remembered),
    )
    for what, encoder, questions in ways:
        ours = await _ours(encoder, questions)
        print(f"{what}: {1000 * ours:.2f} ms, {1000 * (ours - bare):.2f} ms beyond the bare bot")
    print(load())


async def _card() -> list[Json]:
    """A typical answer."""
    async with shipped() as stage:
        asked = await stage.person().slash("ask", {"question": "do we need both?"}, channel=stage.hall)
        return (await asked.answer()).components


async def _ours(encoder: str, questions: Sequence[str]) -> float:
    async with shipped(encoder) as stage:
        people = [stage.person(f"person{number}") for number in range(PEOPLE)]
        return await _cpu_of_an_answer(stage.bot.process.pid, people, stage.hall, questions)


async def _bare(card: list[Json]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "card.json")
        file.write_text(json.dumps(card), encoding="utf-8")
        async with LoopbackDiscord() as server:
            people = [server.person(f"person{number}") for number in range(PEOPLE)]
            hall = server.text_channel(server.guild("Keep", people), "hall")
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.bare_bot", str(file)),
                cwd=PROJECT,
                env={**os.environ, "DISCORD_TOKEN": server.token, "DISCORD_API_URL": server.api_url},
            )
            try:
                await server.gateway.ready(timeout=20)
                return await _cpu_of_an_answer(process.pid, people, hall, distinct_questions())
            finally:
                process.terminate()
                await process.wait()


async def _cpu_of_an_answer(
    process: int, people: Sequence[Person], channel: Channel, questions: Sequence[str]
) -> float:
    """Seconds of CPU, once the first answers have warmed the bot up."""
    await _ask(people, channel, questions[:WARMING_UP])
    before = cpu_seconds(process)
    await _ask(people, channel, questions[WARMING_UP : WARMING_UP + ANSWERS])
    return (cpu_seconds(process) - before) / ANSWERS


async def _ask(people: Sequence[Person], channel: Channel, questions: Sequence[str]) -> None:
    async def ask(place: int) -> None:
        for question in questions[place :: len(people)]:
            asked = await people[place].slash("ask", {"question": question}, channel=channel)
            await asked.answer(timeout=30)

    await asyncio.gather(*map(ask, range(len(people))))


if __name__ == "__main__":
    asyncio.run(main())
