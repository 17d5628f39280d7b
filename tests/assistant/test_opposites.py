"""Which words a follow-up swaps is the library's to say."""

from __future__ import annotations

import pytest

from bot.assistant.followup import is_elliptic, stand_alone

SWEET = {"sweet": "salty", "salty": "sweet"}


def test_a_follow_up_swaps_the_opposites_of_the_library() -> None:
    assert [*stand_alone("and salty?", "is sweet dough slow", None, SWEET)] == [
        "is salty dough slow",
        "is sweet dough slow and salty",
    ]


def test_without_opposites_it_is_read_behind_the_question_before() -> None:
    assert [*stand_alone("and salty?", "is sweet dough slow", None, {})] == ["is sweet dough slow and salty"]


@pytest.mark.parametrize(("opposites", "leans"), [(SWEET, False), ({}, True)])
def test_a_message_with_a_side_of_its_own_does_not_lean_on_a_person(opposites: dict[str, str], leans: bool) -> None:
    assert is_elliptic("what does he say of sweet dough", opposites) is leans
