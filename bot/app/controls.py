"""The rows of buttons below a page: what can be done with it, where it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.app import labels
from bot.app.buttons import NOBODY, button, custom_id
from bot.app.limits import CHOICE, CHOICES, clip
from bot.service import Leaf, Outcome, Page, wording

Row = ui.ActionRow[Any]

_BUTTONS = 5
"""How many buttons fit a row."""

_RELATED = 3
"""How many topics an answer leads on to: more buttons are clutter."""

_RATED = (Outcome.ANSWER, Outcome.SUGGEST, Outcome.ABSTAIN)


@dataclass(frozen=True)
class Surface:
    """Where a page is shown, as far as its buttons depend on that.

    asker: the id of the person who asked.
    is_private: whether only that person sees it, and Discord lets them dismiss it.
    is_direct: whether the person talks to the bot alone, so that it hears whatever they write.
    has_human: whether there is somebody whom "Ask a human" asks.
    may_share: whether the bot may speak to everybody there.
    """

    asker: int
    is_private: bool = False
    is_direct: bool = False
    has_human: bool = False
    may_share: bool = True


def controls(page: Page, surface: Surface) -> Iterator[Row]:
    """The rows of buttons below a page."""
    if page.outcome is Outcome.OVERVIEW:
        yield from row(_related(page))
    elif page.outcome in _RATED:
        topics = _choices(page, surface.asker) if page.is_question else _related(page)
        yield from row([*topics, *_passages(page)])
        actions = list(_actions(page, surface))
        yield from row(actions)
        yield from row(actions[_BUTTONS:])
    elif page.choices:
        yield from row(_choices(page, surface.asker))


def browsing(leaf: Leaf, asker: int) -> Iterator[Row]:
    """A menu of the topics on a page of an overview, and the buttons that turn it: for ``asker``, a user's id."""
    if choices := leaf.page.choices[:CHOICES]:
        options = [discord.SelectOption(label=clip(c.title, CHOICE), value=c.topic) for c in choices]
        menu: ui.Select[Any] = ui.Select(custom_id=custom_id("choose"), placeholder=wording.CHOOSE, options=options)
        yield ui.ActionRow(menu)
    turns = ((leaf.number - 1, labels.PREVIOUS), (leaf.number + 1, labels.NEXT))
    yield from row(
        button("page", label, f"{leaf.overview}/{leaf.topic}/{to}", asker)
        for to, label in turns
        if 0 <= to < leaf.count
    )


def numbered(texts: Iterable[str]) -> Iterator[str]:
    """The texts, each after its number."""
    return (wording.NUMBERED.format(number=number, text=text) for number, text in enumerate(texts, 1))


def _choices(page: Page, asker: int) -> Iterator[ui.Button[Any]]:
    """What may be meant: numbered, the likeliest first, and it alone stands out."""
    labels = numbered(choice.label for choice in page.choices)
    for number, (choice, label) in enumerate(zip(page.choices[:_BUTTONS], labels, strict=False)):
        yield button("topic", label, choice.topic, asker, is_primary=number == 0 and page.outcome is Outcome.SUGGEST)


def _related(page: Page) -> Iterator[ui.Button[Any]]:
    for choice in page.choices[:_RELATED]:
        yield button("topic", choice.label, choice.topic, NOBODY)


def _passages(page: Page) -> Iterator[ui.Button[Any]]:
    if page.passages:
        yield button("passages", labels.ALL_PASSAGES.format(count=page.passages), page.topic)


def _actions(page: Page, surface: Surface) -> Iterator[ui.Button[Any]]:
    """What can be done with an answer, the commonest first."""
    if not surface.is_direct:
        yield button("follow-up", labels.FOLLOW_UP)
    yield button("why", wording.WHY, page.topic, surface.asker)
    if page.outcome is Outcome.ANSWER:
        yield button("helped", labels.HELPED, page.topic, surface.asker)
    yield button("not-meant", labels.NOT_MEANT, page.topic, surface.asker)
    if not surface.is_private or surface.is_direct:
        yield button("dismiss", labels.DISMISS, page.topic, surface.asker)
    elif surface.may_share and page.outcome is Outcome.ANSWER:
        yield button("share", labels.SHARE, page.topic, surface.asker)
    if surface.has_human:
        yield button("human", labels.ASK_A_HUMAN, page.topic, surface.asker)


def row(buttons: Iterable[ui.Button[Any]]) -> Iterator[Row]:
    """A row with these buttons, if there are any."""
    if shown := list(buttons)[:_BUTTONS]:
        yield ui.ActionRow(*shown)
