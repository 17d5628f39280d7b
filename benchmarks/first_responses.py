"""``python -m benchmarks.first_responses``: from a command to its first response, with 20 people at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from itertools import cycle

from benchmarks.measuring import milliseconds
from benchmarks.staging import distinct_questions, load, shipped
from tests.loopback import Interaction, Person, permissions
from tests.stage import Stage

PEOPLE, ROUNDS, RELOADS = 20, 105, 2

Command = Callable[[Person], Awaitable[Interaction]]


async def main() -> None:
    """Measure, and print a line for each command."""
    print(load())
    async with shipped() as stage:
        people = [stage.person(f"person{number}") for number in range(PEOPLE)]
        stage.guild.member_permissions |= {person.id: permissions.ALL for person in people}
        commands = await _commands(stage, people)
        await _round(commands, people, 0)  # the first of everything warms up
        seconds: dict[str, list[float]] = {}
        for number in range(ROUNDS):
            _add(seconds, await _round(commands, people, number))
        _report("all", [one for several in seconds.values() for one in several])
        for name, several in seconds.items():
            _report(name, several)
        await _reload(stage, commands, people)
        assert stage.server.refused == []
    print(load())


async def _commands(stage: Stage, people: Sequence[Person]) -> Mapping[str, Command]:
    """Everything that can be asked, by its name."""
    # Where it may attach pictures.
    hall = stage.server.text_channel(
        stage.guild, "gallery", bot_permissions=permissions.MEMBER | permissions.ATTACH_FILES
    )
    questions = cycle(distinct_questions())
    said = await people[0].say(hall, next(questions))
    [aspect, *_] = await (await people[0].autocomplete("compare", "aspect", "", channel=hall)).suggestions()
    ways: dict[str, dict[str, str | bool]] = {
        "compare": {},
        "compare aspect": {"aspect": aspect["value"]},
        "topics": {},
        "sources": {},
        "about": {},
        "quote": {},
        "quote about": {"about": "do we need both?"},
        "quote speaker": {"speaker": "Drucker"},
        "quote picture": {"picture": True},
        "privacy": {},
        "settings": {},
    }

    def slash(name: str, person: Person) -> Awaitable[Interaction]:
        return person.slash(name.split()[0], ways[name], channel=hall)

    def ask(person: Person, **options: bool) -> Awaitable[Interaction]:
        return person.slash("ask", {"question": next(questions), **options}, channel=hall)

    return {
        "ask": ask,
        "ask private": lambda person: ask(person, private=True),
        "ask completion": lambda person: person.autocomplete("ask", "question", "how do l", channel=hall),
        "Ask about this": lambda person: person.use("Ask about this", said.message),
        **{name: partial(slash, name) for name in ways},
    }


async def _round(commands: Mapping[str, Command], people: list[Person], number: int) -> list[tuple[str, float]]:
    """Everybody sends a command at the same moment, and waits for the answer."""
    names = list(commands)

    async def send(person: Person, name: str) -> tuple[str, float]:
        asked = await commands[name](person)
        await asked.response(timeout=30)
        assert asked.acknowledged_after is not None
        return name, asked.acknowledged_after

    # Each time another mixture, so that nothing is always first.
    chosen = [names[(place * 7 + number) % len(names)] for place in range(len(people))]
    return await asyncio.gather(*map(send, people, chosen))


async def _reload(stage: Stage, commands: Mapping[str, Command], people: list[Person]) -> None:
    """The same while the library is reloaded."""
    reloads: list[float] = []
    others: dict[str, list[float]] = {}
    for number in range(RELOADS):
        asked = await stage.server.owner.slash("admin reload", channel=stage.hall)
        while asked.message is None or asked.message.loading:
            _add(others, await _round(commands, people, number))
        reloads.append(asked.acknowledged_after or 0.0)
    _report("admin reload, itself", reloads)
    _report("all others meanwhile", [one for several in others.values() for one in several])


def _add(seconds: dict[str, list[float]], more: list[tuple[str, float]]) -> None:
    for name, value in more:
        seconds.setdefault(name, []).append(value)


def _report(name: str, seconds: list[float]) -> None:
    median, p99 = milliseconds(seconds)
    longest = 1000 * max(seconds)
    print(f"{name:22} {len(seconds):6} times: median {median:6.1f}, p99 {p99:6.1f}, longest {longest:6.1f} ms")


if __name__ == "__main__":
    asyncio.run(main())
