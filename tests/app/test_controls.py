"""Which buttons stand below a page, depending on what it shows and on where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord
import pytest
from discord import ui

from bot.app import Surface, browsing, controls, labels
from bot.app.limits import BUTTON_LABEL
from bot.service import Choice, Leaf, Outcome, Page, wording

ALICE = 7
TITLES = ("Risk", "Both", "Purpose", "Change", "Horizon", "Alarm")
CHOICES = tuple(Choice(title.lower(), title, f"On {title}") for title in TITLES)
FOLLOW_UP, WHY, HELPED, NOT_MEANT = labels.FOLLOW_UP, wording.WHY, labels.HELPED, labels.NOT_MEANT

ANSWER = Page(outcome=Outcome.ANSWER, choices=CHOICES, topic="topic")
SUGGESTION = Page(outcome=Outcome.SUGGEST, choices=CHOICES[:2], is_question=True)
ABSTENTION = Page(outcome=Outcome.ABSTAIN, is_question=True)
CARE = Page(outcome=Outcome.CARE, choices=CHOICES[:1], is_question=True)

PUBLIC, PRIVATE, DIRECT = Surface(ALICE), Surface(ALICE, is_private=True), Surface(ALICE, is_direct=True)


def rows_of(rows: Iterable[ui.ActionRow[Any]]) -> list[list[ui.Button[Any]]]:
    return [[part for part in row.children if isinstance(part, ui.Button)] for row in rows]


def labels_of(page: Page, surface: Surface) -> list[list[str | None]]:
    return [[button.label for button in row] for row in rows_of(controls(page, surface))]


@pytest.mark.parametrize(
    ("page", "surface", "shown"),
    [
        (ANSWER, PUBLIC, [["Risk", "Both", "Purpose"], [FOLLOW_UP, WHY, HELPED, NOT_MEANT, labels.DISMISS]]),
        (ANSWER, PRIVATE, [["Risk", "Both", "Purpose"], [FOLLOW_UP, WHY, HELPED, NOT_MEANT, labels.SHARE]]),
        (ANSWER, DIRECT, [["Risk", "Both", "Purpose"], [WHY, HELPED, NOT_MEANT, labels.DISMISS]]),
        (SUGGESTION, PUBLIC, [["1. Risk", "2. Both"], [FOLLOW_UP, WHY, NOT_MEANT, labels.DISMISS]]),
        (ABSTENTION, PRIVATE, [[FOLLOW_UP, WHY, NOT_MEANT]]),
        (
            ANSWER,
            Surface(ALICE, is_private=True, may_share=False),
            [["Risk", "Both", "Purpose"], [FOLLOW_UP, WHY, HELPED, NOT_MEANT]],
        ),
        (
            ABSTENTION,
            Surface(ALICE, has_human=True),
            [[FOLLOW_UP, WHY, NOT_MEANT, labels.DISMISS, labels.ASK_A_HUMAN]],
        ),
        (CARE, Surface(ALICE, has_human=True), [["1. Risk"]]),
        (Page(outcome=Outcome.CARE), PRIVATE, []),
        (Page(), PUBLIC, []),
        (Page(outcome=Outcome.OVERVIEW), PRIVATE, []),
        (Page(outcome=Outcome.OVERVIEW, choices=CHOICES), PUBLIC, [["Risk", "Both", "Purpose"]]),
    ],
)
def test_buttons_fit_what_is_shown_and_where(page: Page, surface: Surface, shown: list[list[str]]) -> None:
    assert labels_of(page, surface) == shown


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("surface", [PUBLIC, PRIVATE, DIRECT, Surface(ALICE, has_human=True)])
def test_labels_fit_a_phone_and_one_button_at_most_stands_out(outcome: Outcome, surface: Surface) -> None:
    long = tuple(Choice(str(number), "long words " * 9, "T") for number in range(6))
    for is_question in (True, False):
        page = Page(outcome=outcome, choices=long, is_question=is_question, topic="topic", passages=99)
        rows = rows_of(controls(page, surface))
        buttons = [button for row in rows for button in row]
        assert all(len(button.label or "") <= BUTTON_LABEL for button in buttons)
        assert all(0 < len(row) <= 5 for row in rows)
        primary = [button for button in buttons if button.style is discord.ButtonStyle.primary]
        assert primary == (buttons[:1] if is_question and outcome is Outcome.SUGGEST else [])


def test_every_label_that_the_bot_has_fits_a_phone_whole() -> None:
    names = ("HELPED", "NOT_MEANT", "SHARE", "DISMISS", "ASK_A_HUMAN", "FOLLOW_UP", "ANOTHER", "PREVIOUS", "NEXT")
    more = ("EXPORT", "FORGET", "SETTINGS_ANSWERS", "SETTINGS_PEOPLE")
    texts = [*(getattr(labels, name) for name in (*names, *more)), wording.WHY, labels.ALL_PASSAGES.format(count=999)]
    assert [text for text in texts if len(text) > BUTTON_LABEL] == []


def test_actions_know_the_topic_and_who_asked() -> None:
    _, actions = rows_of(controls(ANSWER, PUBLIC))
    assert [button.custom_id for button in actions] == [
        "follow-up::0",
        *(f"{name}:topic:{ALICE}" for name in ("why", "helped", "not-meant", "dismiss")),
    ]


@pytest.mark.parametrize(
    ("number", "count", "turns"),
    [(0, 1, []), (0, 3, [("Next", 1)]), (1, 3, [("Previous", 0), ("Next", 2)]), (2, 3, [("Previous", 1)])],
)
def test_overview_can_be_turned_where_there_are_pages(number: int, count: int, turns: list[tuple[str, int]]) -> None:
    rows = rows_of(browsing(Leaf("claims", "risk", Page(), number, count), ALICE))
    assert [(button.label, button.custom_id) for row in rows for button in row] == [
        (label, f"page:claims/risk/{to}:{ALICE}") for label, to in turns
    ]


def test_menu_of_an_overview_has_the_whole_titles_as_far_as_discord_takes_them() -> None:
    choices = tuple(Choice(str(number), "Short", "A longer title " * 9) for number in range(30))
    [row] = browsing(Leaf("topics", "", Page(choices=choices), 0, 1), ALICE)
    [menu] = row.children
    assert isinstance(menu, ui.Select)
    assert (menu.custom_id, len(menu.options)) == ("choose::0", 25)
    assert all("A longer title" in option.label and len(option.label) <= 100 for option in menu.options)
