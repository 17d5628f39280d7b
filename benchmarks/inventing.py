"""Made-up libraries of any size: phrasings recombined from words, always the same ones."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

_OPENERS = (
    "how do i",
    "how can i",
    "can i",
    "is it possible to",
    "what is the best way to",
    "i want to",
    "i need to",
    "am i allowed to",
    "what does it take to",
    "who can help me to",
)
_ENDINGS = ("", " at the weekend")
_ACTIONS = [
    tuple(line.strip().split(", "))
    for line in """
    cancel, call off, annul, withdraw
    pay for, settle, cover the cost of, buy
    track, follow, trace, locate
    return, send back, hand back, give back
    repair, fix, mend, restore
    rename, retitle, relabel, change the name of
    share, pass on, forward, lend
    measure, weigh, size up, gauge
    clean, wash, wipe, tidy up
    insure, protect, safeguard, get cover for
    store, keep, stow, put away
    replace, swap, exchange, trade in
    compare, contrast, rank, rate
    book, reserve, order, request
    open, unlock, unseal, get into
    close, shut, lock, seal
    copy, duplicate, clone, reproduce
    hide, conceal, cover up, keep quiet about
    move, shift, carry, transport
    decorate, paint, adorn, dress up
    test, check, inspect, examine
    sell, auction, market, offload
    explain, describe, teach about, talk about
    count, number, tally, add up
    rent out, lease, let, hire out
    """.strip().splitlines()
]
_THINGS = [
    tuple(pair.split("/"))
    for pair in """
    parcel/package bicycle/bike piano/keyboard garden/lawn contract/agreement camera/webcam lamp/lantern boat/canoe
    tent/shelter guitar/banjo kitchen/pantry invoice/bill passport/visa ticket/pass phone/handset coat/jacket
    window/pane carpet/rug mirror/glass ladder/staircase engine/motor fence/hedge statue/sculpture novel/storybook
    recipe/dish puzzle/riddle kettle/teapot mattress/bed clock/watch helmet/cap robot/machine server/mainframe
    printer/scanner trailer/caravan barrel/keg violin/cello greenhouse/conservatory chimney/fireplace drone/glider
    telescope/microscope
    """.split()
]
MOST_TOPICS = len(_ACTIONS) * len(_THINGS)
MOST_PHRASINGS = len(_OPENERS) * 4 * 2 * len(_ENDINGS)
"""How many different phrasings a topic can have, questions included."""

_TOPICS_PER_FILE = 50


@dataclass(frozen=True)
class Topic:
    """A made-up topic: its phrasings, and questions on it that are not among them."""

    id: str
    phrasings: tuple[str, ...]
    questions: tuple[str, ...]


def invent(topics: int, phrasings: int) -> list[Topic]:
    """That many topics of that many phrasings each: an action on a thing, both in several words."""
    if topics > MOST_TOPICS or phrasings >= MOST_PHRASINGS:
        raise ValueError(f"at most {MOST_TOPICS} topics of fewer than {MOST_PHRASINGS} phrasings")
    return [_topic(number, phrasings) for number in range(topics)]


def _topic(number: int, phrasings: int) -> Topic:
    action = number % len(_ACTIONS)
    # Shifted, so that neighbours share neither action nor thing, and few topics still share both with others.
    thing = (number // len(_ACTIONS) + action) % len(_THINGS)
    texts = [
        f"{opener} {verb} the {noun}{ending}"
        for opener, verb, noun, ending in product(_OPENERS, _ACTIONS[action], _THINGS[thing], _ENDINGS)
    ]
    random.Random(number).shuffle(texts)
    name = f"{_ACTIONS[action][0]}-{_THINGS[thing][0]}".replace(" ", "-")
    return Topic(name, tuple(texts[:phrasings]), tuple(texts[phrasings:]))


def write_library(topics: Sequence[Topic], folder: Path) -> None:
    """Write the topics as a library: one article, with one claim for each topic."""
    for part in ("articles", "topics"):
        (folder / part).mkdir(parents=True)
    claims = [{"id": topic.id, "says": f"The answer on {topic.id} is simple."} for topic in topics]
    _write(folder / "articles" / "handbook.yaml", {"id": "handbook", "title": "A handbook", "claims": claims})
    for start in range(0, len(topics), _TOPICS_PER_FILE):
        entries = [
            {
                "id": topic.id,
                "title": topic.id.replace("-", " "),
                "claims": [topic.id],
                "answer": f"It is simple: {topic.id.replace('-', ' ')}.",
                "questions": topic.phrasings,
            }
            for topic in topics[start : start + _TOPICS_PER_FILE]
        ]
        _write(folder / "topics" / f"{start:04}.yaml", entries)


def _write(path: Path, data: object) -> None:
    # JSON is YAML; an indent keeps each phrasing on a line of its own.
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
