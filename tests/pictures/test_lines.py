"""Lines are even, as wide as there is room at most, and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.lines import balanced, clipped, placed

TEXTS = st.lists(st.text("ab.", min_size=1, max_size=30), max_size=40).map(" ".join)
ROOMS = st.integers(1, 40)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, []),
        ("one line", 10, ["one line"]),
        ("one two three four five", 18, ["one two three", "four five"]),
        ("never a single word left over", 25, ["never a single", "word left over"]),
        ("Donaudampfschiff", 10, ["Donaudampf", "schiff"]),
        ("a Donaudampfschiff on it", 10, ["a", "Donaudampf", "schiff", "on it"]),
        ("a\u00a0b c", 3, ["a\u00a0b", "c"]),
        ("wide", 0, ["w", "i", "d", "e"]),
    ],
)
def test_lines_are_even(text: str, room: int, lines: list[str]) -> None:
    assert balanced(text, len, room) == lines


@given(text=TEXTS, room=ROOMS)
def test_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = balanced(text, len, room)
    assert max(map(len, lines), default=0) <= room
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if max(map(len, text.split()), default=0) <= room:
        assert " ".join(lines) == text


def test_spaces_may_be_wider_than_usual_but_not_narrower() -> None:
    def width(text: str) -> float:
        return len(text) + 2 * text.count("f ") - 0.5 * text.count("y ")

    assert placed(["of", "my", "tea"], width) == [(0, 2), (5, 7), (8, 11)]
    assert balanced("of my tea", width, 10) == ["of my", "tea"]


@pytest.mark.parametrize(
    ("text", "room", "most", "lines"),
    [
        ("one two three four", 9, 3, ["one two", "three", "four"]),
        ("one two three four", 9, 2, ["one two", "three…"]),
        ("one, two, three, four", 10, 1, ["one, two…"]),
        ("Donaudampfschiff", 5, 2, ["Donau", "damp…"]),
    ],
)
def test_too_many_lines_end_in_an_ellipsis(text: str, room: int, most: int, lines: list[str]) -> None:
    assert clipped(text, len, room, most) == lines
