"""``python -m benchmarks.store_storm``: 5,000 questions of 50 people, while the database goes through everything."""

from __future__ import annotations

import asyncio

from benchmarks.measuring import milliseconds
from benchmarks.staging import distinct_questions, load, shipped
from tests.store_storm import Storm

PEOPLE, QUESTIONS = 50, 5000
TROUBLE, CALM = 8.0, 4.0


async def main() -> None:
    """Let it rage, and print what came of it."""
    print(load())
    async with shipped() as stage:
        storm = Storm(stage, stage.hall, distinct_questions())
        await storm.rage([stage.person(f"person{number}") for number in range(PEOPLE)], QUESTIONS, TROUBLE, CALM)
        assert await stage.bot.end(timeout=10) == 0
        refused, tracebacks = len(stage.server.refused), stage.bot.output.count("Traceback")
        kept = storm.kept()
    for what, seconds in storm.seconds.items():
        median, p99 = milliseconds(seconds)
        print(
            f"{what}: {len(seconds)} answered, median {median} ms, p99 {p99} ms, longest {1000 * max(seconds):.0f} ms"
        )
    for told, messages in (("noted", storm.noted), ("noted later", storm.later)):
        print(f"told that it is {told}: {len(messages)}, of which lost: {len(messages - kept)}")
    print(f"refused by Discord: {refused}; tracebacks in the log: {tracebacks}")
    print(load())


if __name__ == "__main__":
    asyncio.run(main())
