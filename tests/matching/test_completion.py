"""Autocompletion."""

from __future__ import annotations

import pytest

from bot.matching import Completer

COMPLETER = Completer(
    [
        ("Brewing tea", "tea"),
        ("Keeping cheese", "cheese"),
        ("How hot should tea be?", "tea"),
        ("Is tea better with milk?", "tea"),
        ("Where do I keep cheese?", "cheese"),
        ("What temperature suits cheese?", "cheese"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("how hot", ["How hot should tea be?"]),
        ("WHERE", ["Where do I keep cheese?"]),
        # Any word counts, not only the first; the last one may be unfinished; one may be mistyped, or both.
        *((typed, ["Is tea better with milk?"]) for typed in ("milk", "tea wi", "mulk tea")),
        *((typed, ["What temperature suits cheese?"]) for typed in ("temparature", "temparat")),
        # The best of each topic comes before its further texts; with nothing typed, that is its first text.
        ("te", ["What temperature suits cheese?", "Brewing tea", "How hot should tea be?"]),
        *((typed, ["Brewing tea", "Keeping cheese", "How hot should tea be?"]) for typed in ("", "  ", "?!")),
    ],
)
def test_the_likeliest_texts_come_first(typed: str, first: list[str]) -> None:
    assert COMPLETER.complete(typed, 5, 100)[: len(first)] == first


@pytest.mark.parametrize("typed", ["zzz", "漢字", "xyz abc"])
def test_nothing_is_made_up(typed: str) -> None:
    assert COMPLETER.complete(typed, 5, 100) == []


def test_no_more_and_no_longer_than_asked_for() -> None:
    assert len(COMPLETER.complete("tea", 2, 100)) == 2
    assert COMPLETER.complete("tea", 5, len("Brewing tea")) == ["Brewing tea"]


@pytest.mark.parametrize("topic", ["tea", "cups"])
def test_a_text_given_twice_is_offered_once(topic: str) -> None:
    assert Completer([("a cup", "tea"), ("a cup", topic)]).complete("cup", 5, 100) == ["a cup"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a tea cup", "a cup of something else"), ("cup of something else", "a tea cup")],
    ids=["the shorter one", "the one that begins as typed"],
)
def test_some_texts_come_first_among_those_that_share_as_much(first: str, second: str) -> None:
    assert Completer([(second, "second"), (first, "first")]).complete("cup", 5, 100) == [first, second]
