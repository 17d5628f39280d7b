"""A component's state is in its custom_id: whatever made it, its use reaches who answers it, or is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import discord
import pytest
from discord import ui
from hypothesis import example, given

from bot.app import Surface, Used, card, follow_up_window, meant_window, settings_window
from bot.app.buttons import custom_id, dispatch_component
from bot.app.controls import browsing
from bot.app.limits import CUSTOM_ID
from bot.service import Choice, Leaf, Outcome, Page, Refusal
from bot.store import ServerSettings
from tests.conftest import ANY_TEXT
from tests.loopback import walk

LONG, FIRST = "t" * 64, "f" * 64
"""The longest id that a topic or a claim can have."""
SOMEBODY = 2**63 - 1
"""The longest id that Discord gives, of 19 digits."""
BOB = 7


class Dispatched(NamedTuple):
    """An event, and its arguments after the interaction."""

    event: str
    arguments: tuple[Any, ...]


class Listening(discord.Client):
    """A client that notes what is dispatched instead."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.heard: list[Dispatched] = []

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # discord.py's own
        self.heard.append(Dispatched(event, args[1:]))


def dispatched(custom_id: str, user: int = BOB, kind: int = 3, **data: object) -> Dispatched:
    """What the use of a component, or of a modal (``kind`` 5), dispatches."""
    client = Listening()
    event: dict[str, Any] = {
        "id": "1",
        "application_id": "2",
        "type": kind,
        "token": "t",
        "version": 1,
        "channel_id": "3",
        "attachment_size_limit": 1,
        "user": {"id": str(user), "username": "bob", "discriminator": "0", "avatar": None},
        "data": {"custom_id": custom_id, "component_type": 2} | data,
    }
    dispatch_component(client, discord.Interaction(data=event, state=client._connection))  # type: ignore[arg-type]
    [heard] = client.heard
    return heard


# Who hears of what


@pytest.mark.parametrize(
    ("custom_id", "event", "used"),
    [
        # Those that every version has made.
        ("topic:both:5", "topic_used", Used("topic", "both", 5, {"": ()})),
        ("topic:a.b-C_1:0", "topic_used", Used("topic", "a.b-C_1", 0, {"": ()})),
        ("follow-up", "follow_up_used", Used("follow-up", values={"": ()})),
        ("page:compare/risk/2:5", "page_used", Used("page", "compare/risk/2", 5, {"": ()})),
        ("why::5", "why_used", Used("why", "", 5, {"": ()})),
        ("not-meant:both:7", "not_meant_used", Used("not-meant", "both", BOB, {"": ()})),
    ],
)
def test_use_of_a_component_is_dispatched_under_its_name(custom_id: str, event: str, used: Used) -> None:
    assert dispatched(custom_id) == Dispatched(event, (used,))


def test_choice_in_a_menu_is_the_use_of_a_topic() -> None:
    assert dispatched("choose::0", values=["both"]) == Dispatched("topic_used", (Used("topic", "both"),))


@pytest.mark.parametrize(
    ("custom_id", "kind"),
    [
        *((text, 3) for text in ("", "quiz:7", "topic:both:5:6", "topic:both:you", "Topic:both:5", " topic:both:5")),
        *((text, 5) for text in ("topic:both:5", "why", "quiz")),
    ],
)
def test_what_is_of_another_version_is_unknown(custom_id: str, kind: int) -> None:
    assert dispatched(custom_id, kind=kind) == Dispatched("unknown_component", ())


ASKERS = ("not-meant", "share", "human", "dismiss", "set-answers", "set-people", "export", "forget")
EVERYBODYS = ("topic", "choose", "page", "passages", "another", "follow-up", "why", "helped")


@pytest.mark.parametrize("name", ASKERS)
def test_what_is_the_askers_is_refused_to_others(name: str) -> None:
    assert dispatched(f"{name}:both:{BOB}").event == f"{name.replace('-', '_')}_used"
    for other in (f"{name}:both:{BOB + 1}", f"{name}:both", name):
        event, [refusal] = dispatched(other)
        assert (event, type(refusal)) == ("refused", Refusal)


@pytest.mark.parametrize("name", EVERYBODYS)
def test_what_is_everybodys_is_not(name: str) -> None:
    assert dispatched(f"{name}:both:{BOB + 1}").event.endswith("_used")


@given(ANY_TEXT)
@example("topic:\n:1")
@example("page:////:" + "9" * 80)
@example("why:٣:٣")
def test_any_custom_id_is_dispatched_once(text: str) -> None:
    for kind in (3, 5):
        assert dispatched(text, kind=kind).event


# Modals


def test_what_was_filled_in_comes_by_field() -> None:
    """Texts and selects, in Labels and in the rows of earlier versions; nothing for what was left out."""
    fields = [
        {"type": 18, "component": {"type": 4, "custom_id": "text", "value": "why?"}},
        {"type": 18, "component": {"type": 8, "custom_id": "channels", "values": ["1", "2"]}},
        {"type": 18, "component": {"type": 21, "custom_id": "topic", "value": None}},
        {"type": 18, "component": {"type": 23, "custom_id": "private", "value": True}},
        {"type": 18, "component": {"type": 23, "custom_id": "public", "value": False}},
        {"type": 1, "components": [{"type": 4, "custom_id": "question", "value": ""}]},
    ]
    event, [used] = dispatched("follow-up:123", kind=5, components=fields)
    assert (event, used.name, used.argument, used.asker) == ("follow_up_sent", "follow-up", "123", 0)
    assert used.values["channels"] == ("1", "2")
    assert {name: used.value(name) for name in used.values} | {"nothing": used.value("nothing")} == {
        "text": "why?",
        "channels": "1",
        "topic": "",
        "private": "True",
        "public": "",
        "question": "",
        "nothing": "",
    }


# The limit of a custom_id


def every_component() -> Iterator[Mapping[str, Any]]:
    """Whatever the bot makes, with the longest ids there can be."""
    choices = (Choice(LONG, "T", "T"), Choice(FIRST, "T", "T"))
    for outcome in Outcome:
        for is_question in (True, False):
            page = Page(outcome=outcome, text="T", choices=choices, is_question=is_question, topic=LONG, passages=2)
            for surface in (Surface(SOMEBODY, has_human=True), Surface(SOMEBODY, is_private=True)):
                yield from made(card(page, surface))
    for overview, topic, count in (("compare", LONG, 11), ("claims", LONG, 101), ("topics", "", 1001)):
        for number in (1, count - 2):
            leaf = Leaf(overview, topic, Page(choices=choices), number, count)
            yield from made(card(leaf.page, Surface(SOMEBODY), rows=browsing(leaf, SOMEBODY)))
    for argument in (f"on/{LONG}", f"by/{LONG}", "all/"):
        yield {"custom_id": custom_id("another", argument, SOMEBODY)}
    for name in ("set-answers", "set-people", "export", "forget"):
        yield {"custom_id": custom_id(name, asker=SOMEBODY)}


def made(view: ui.LayoutView) -> Iterator[Mapping[str, Any]]:
    parts = walk(view.to_components())  # type: ignore[no-untyped-call]
    return (part for part in parts if "custom_id" in part)


def test_every_component_fits_and_reaches_who_answers_it() -> None:
    names = set()
    for part in every_component():
        text = part["custom_id"]
        assert len(text) <= CUSTOM_ID, text
        assert dispatched(text, user=SOMEBODY, values=[LONG]).event.endswith("_used"), text
        names.add(text.partition(":")[0])
    assert names == {*ASKERS, *EVERYBODYS}


@pytest.mark.parametrize(
    "window",
    [
        follow_up_window(SOMEBODY),
        meant_window(LONG, SOMEBODY, ()),
        *(settings_window(name, ServerSettings(), SOMEBODY) for name in ("set-answers", "set-people")),
    ],
    ids=lambda window: window.custom_id.partition(":")[0],
)
def test_every_window_fits_and_reaches_who_answers_it(window: ui.Modal) -> None:
    assert len(window.custom_id) <= CUSTOM_ID
    assert dispatched(window.custom_id, user=SOMEBODY, kind=5).event.endswith("_sent")
