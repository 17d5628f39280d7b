"""A tour of the whole bot, with two libraries: everything that can be used is answered, wherever and whenever."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import yaml

from bot.app import buttons, labels
from tests.loopback import Person
from tests.small_library import write_small_library
from tests.stage import staged
from tests.tour import Itinerary, Spot, Tour, described, registered, spots
from tests.walk import Walk

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECOND = Path(__file__).parent / "second_library"


def itinerary(*questions: str, about: str, speaker: str, aspect: str) -> Itinerary:
    """What to give each option of each command; a command or option that is missing here fails the tour."""
    return {
        "ask": {"question": questions, "private": (True, False)},
        "Ask about this": {},
        "compare": {"aspect": (aspect, "the weather")},
        "topics": {},
        "sources": {},
        "about": {},
        "quote": {"about": (about, "xyzzy"), "speaker": (speaker, "Nobody"), "picture": (True,)},
        "settings": {},
        "privacy": {},
        "admin reload": {},
    }


# Questions that are answered, asked back, not answered and, in the second library, cared for.
ITINERARIES = {
    "small": itinerary(
        "who said management is doing things right",
        "do leaders and managers look ahead",
        "what salary does a manager earn",
        "hello",
        about="both",
        speaker="Peter Drucker",
        aspect="risk",
    ),
    "second": itinerary(
        "is a sourdough ready in an hour?",
        "warm bread in the fridge",
        "how do I bake a chocolate cake",
        "hello",
        "i want to die",
        about="salt",
        speaker="Tomas Reed",
        aspect="Time",
    ),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=ITINERARIES)
async def tour(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tour]:
    folder, wanted = tmp_path_factory.mktemp("tour"), ITINERARIES[request.param]
    library = folder / "library of the tour"
    if request.param == "second":
        shutil.copytree(SECOND, library)
    else:
        write_small_library(library)
    async with staged(folder, KNOWLEDGE_DIR=str(library), QUESTIONS_PER_MINUTE="100000") as stage:
        stage.server.forum(stage.guild, "advice")
        yield Tour(stage, library, wanted, str(wanted["ask"]["question"][0]), spots(stage))


def walk_of(tour: Tour, spot: Spot, other: Person | None = None) -> Walk:
    typed = {"question": tour.question, "daily-at": "09:30"}
    return Walk(tour, other or spot.person, typed, spot.channel.guild.roles if spot.channel.guild else [])


async def test_tour_knows_every_command_and_option(tour: Tour) -> None:
    offered = {
        name: {option["name"] for option in command.get("options") or ()}
        for name, command in registered(tour.stage.server.commands.all())
    }
    assert offered == {name: set(options) for name, options in tour.itinerary.items()}


async def test_everything_is_answered_everywhere(tour: Tour) -> None:
    used = set()
    for spot in tour.spots:
        walk = walk_of(tour, spot)
        await walk.through(await tour.commands(spot, reloads=True))
        # What was set on the way shows only now.
        await walk.through([await tour.ask(spot, private=private) for private in (True, False)])
        used |= {name for name, _ in walk.used}
    assert used == buttons._FOR_ALL | buttons._FOR_ASKER


async def test_everything_is_answered_to_others_and_after_a_restart(tour: Tour) -> None:
    shown = {spot: await tour.commands(spot) for spot in tour.spots}
    for spot, messages in shown.items():
        if spot.other is not None:
            await walk_of(tour, spot, spot.other).through(m for m in messages if not m.ephemeral)
    assert "Traceback" not in tour.stage.bot.output
    await tour.stage.start()
    for spot, messages in shown.items():
        await walk_of(tour, spot).through(messages)


async def test_everything_is_answered_after_a_reload_without_its_topics(tour: Tour) -> None:
    shown = {spot: await tour.commands(spot) for spot in tour.spots}
    forget_topics(tour.library)
    assert "Removed" in await tour.stage.reload()
    for spot, messages in shown.items():
        await walk_of(tour, spot).through(messages)


def forget_topics(library: Path) -> None:
    """Leave one topic in each file, under another id, and nothing that refers to the others."""
    for file in library.glob("topics/*.yaml"):
        first, *_ = yaml.safe_load(file.read_text(encoding="utf-8"))
        kept = {key: first[key] for key in ("title", "claims", "answer", "questions")}
        file.write_text(yaml.safe_dump([{"id": f"{first['id']}-anew"} | kept]), encoding="utf-8")
    for name in ("outside.yaml", "golden.jsonl"):
        (library / name).unlink(missing_ok=True)


async def test_nothing_went_wrong_on_the_way(tour: Tour) -> None:
    """The last of the tests above: ends the bot."""
    assert await tour.stage.bot.end() == 0
    assert "Traceback" not in tour.stage.bot.output
    assert tour.stage.server.refused == []
    assert not [text for text in tour.texts if text.startswith(labels.SORRY.partition("{")[0])]


async def test_subject_is_known_to_the_library_alone(tour: Tour) -> None:
    shown = tour.texts.union(*(described(command) for _, command in registered(tour.stage.server.commands.all())))
    of_subject = [text for text in shown if re.search("leader|manage", text, re.IGNORECASE)]
    assert bool(of_subject) is (tour.itinerary is ITINERARIES["small"]), of_subject
