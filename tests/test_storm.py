"""Many people at once, while the library is replaced under them; and a tour of all that the bot does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Json, Message, Person, Request, permissions
from tests.small_library import replace, write_small_library
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio

PEOPLE, RELOADS, EACH = 50, 20, 2
DEADLINE = 3.0
DIFFERENCE = "topics/difference.yaml"
ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
ASK_PAY = "what salary does a manager earn"


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


def written(requests: list[Request]) -> Iterator[Json]:
    """What the bot wrote: the body of every message, however it was sent."""
    for request in requests:
        if request.path.endswith("/callback"):
            if request.body["type"] in (4, 7):
                yield request.body["data"]
        elif request.method in ("POST", "PATCH"):
            yield request.body


async def answer_to(person: Person, message: Message, label: str) -> Message:
    return await (await person.click(message, label)).answer()


async def test_tour_of_all_that_the_bot_does(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        server, hall, owner = stage.server, stage.hall, stage.server.owner
        alice, bob, carol = stage.person("alice", installed_app=True), stage.person("bob"), stage.person("carol")
        stage.guild.member_permissions[bob.id] = permissions.ALL
        elsewhere = server.text_channel(server.guild("Elsewhere", [alice], with_bot=False), "square")
        for channel in (hall, alice.dm, elsewhere, server.private_channel(alice, bob, carol)):
            typed = await alice.autocomplete("ask", "question", "a frim needs", channel=channel)
            question = next(c["value"] for c in await typed.suggestions() if "need" in c["value"])
            for private in (False, True):
                asked = await alice.slash("ask", {"question": question, "private": private}, channel=channel)
                message = await asked.answer()
                assert asked.ephemeral is private
                assert BOTH in message.text
                await answer_to(alice, message, message.buttons[0].label)
            asked = await alice.slash("ask", {"question": ASK_PAY}, channel=channel)
            message = await asked.answer()
            if channel is not alice.dm and channel is not elsewhere:
                await answer_to(bob, message, message.buttons[0].label)
            assert await answer_to(alice, message, message.buttons[0].label) is message

        for text in (ASK_BOTH, "source?", "tell me more", "hello", "thanks", "???", ASK_PAY):
            assert len(await (await alice.say(alice.dm, text)).replies()) == 1
        [reply] = await (await bob.say(hall, ASK_BOTH, mention_bot=True)).replies()
        assert len(await (await bob.say(hall, "source?", reply_to=reply)).replies()) == 1
        assert len(await (await bob.say(hall, "", mention_bot=True)).replies()) == 1
        await carol.say(hall, "not for the bot")

        assert "Only the people who run" in (await (await bob.slash("admin reload", channel=hall)).answer()).text
        write_version(stage, 1, broken=False)
        assert "**Changed:** topic both" in await stage.reload()
        write_version(stage, 2, broken=True)
        asked = await owner.slash("admin reload", channel=owner.dm)
        assert "the old one stays in use" in (await asked.answer(timeout=30)).text
        assert "Version 1 answers." in (await (await alice.say(alice.dm, ASK_BOTH)).replies())[0].text

        assert await stage.bot.end() == 0
        assert server.refused == []
        assert all(request.route for request in server.requests), "Discord has every route that was used"
        assert "Traceback" not in stage.bot.output
        bodies = list(written([r for r in server.requests if "/commands" not in r.path]))
        assert len(bodies) > 30
        for body in bodies:
            assert body["allowed_mentions"].get("parse") == []
            assert not body["allowed_mentions"].keys() & {"users", "roles"}
            assert not body["allowed_mentions"].get("replied_user")
