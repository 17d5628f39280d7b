"""Which words a follow-up swaps is the library's to say."""

from __future__ import annotations

import pytest

from bot.assistant.followup import leans, readings, refers

SWEET = {"sweet": "salty", "salty": "sweet"}


def test_a_follow_up_swaps_the_opposites_of_the_library() -> None:
    assert [*readings("and salty?", "is sweet dough slow", None, SWEET)] == [
        ("is salty dough slow", True),
        ("is sweet dough slow and salty", False),
    ]


def test_without_opposites_it_is_read_behind_the_question_before() -> None:
    assert [*readings("and salty?", "is sweet dough slow", None, {})] == [("is sweet dough slow and salty", False)]


@pytest.mark.parametrize(("opposites", "expected"), [(SWEET, False), ({}, True)])
def test_a_message_with_a_side_of_its_own_leans_on_nobody(opposites: dict[str, str], expected: bool) -> None:
    assert leans("what does he say of sweet dough", opposites) is expected
    assert refers("what does he say of sweet dough", opposites) is expected
