"""What is offered while somebody types into an option."""

from __future__ import annotations

import pytest

from bot.app import matching
from bot.app.limits import CHOICE

NAMES = ["Bruce Lynn", "Peter Drucker", "x" * CHOICE, "Drucker " + "y" * CHOICE]


@pytest.mark.parametrize(
    ("typed", "offered"), [("", NAMES[:3]), ("druck", NAMES[1:2]), ("E", NAMES[:2]), ("X", NAMES[2:3]), ("z", [])]
)
def test_names_that_contain_what_was_typed_are_offered_if_they_fit(typed: str, offered: list[str]) -> None:
    assert [(choice.name, choice.value) for choice in matching(NAMES, typed)] == [(name, name) for name in offered]


def test_no_more_are_offered_than_discord_takes() -> None:
    assert [choice.name for choice in matching(map(str, range(30)), "")] == [str(number) for number in range(25)]
