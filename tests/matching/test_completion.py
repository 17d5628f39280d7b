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
    ("typed", "best"),
    [
        ("how hot", "How hot should tea be?"),
        ("WHERE", "Where do I keep cheese?"),
        ("milk", "Is tea better with milk?"),  # any word, not only the first
        ("tea wi", "Is tea better with milk?"),  # the last word may be unfinished
        ("temparature", "What temperature suits cheese?"),  # a typo
        ("temparat", "What temperature suits cheese?"),  # a typo in an unfinished word
        ("mulk tea", "Is tea better with milk?"),
    ],
)
def test_the_likeliest_text_comes_first(typed: str, best: str) -> None:
    assert COMPLETER.complete(typed, 5, 100)[0] == best


@pytest.mark.parametrize("typed", ["zzz", "漢字", "xyz abc"])
def test_nothing_is_made_up(typed: str) -> None:
    assert COMPLETER.complete(typed, 5, 100) == []


@pytest.mark.parametrize("typed", ["", "  ", "?!"])
def test_with_nothing_typed_each_topic_comes_first_with_its_first_text(typed: str) -> None:
    assert COMPLETER.complete(typed, 3, 100) == ["Brewing tea", "Keeping cheese", "How hot should tea be?"]


def test_the_best_of_each_topic_comes_before_its_further_texts() -> None:
    assert COMPLETER.complete("te", 5, 100)[:3] == [
        "What temperature suits cheese?",
        "Brewing tea",
        "How hot should tea be?",
    ]


def test_no_more_and_no_longer_than_asked_for() -> None:
    assert len(COMPLETER.complete("tea", 2, 100)) == 2
    assert COMPLETER.complete("tea", 5, len("Brewing tea")) == ["Brewing tea"]


def test_a_text_given_twice_is_offered_once() -> None:
    for topic in ("tea", "cups"):
        assert Completer([("a cup", "tea"), ("a cup", topic)]).complete("cup", 5, 100) == ["a cup"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a tea cup", "a cup of something else"), ("cup of something else", "a tea cup")],
    ids=["the shorter one", "the one that begins as typed"],
)
def test_some_texts_come_first_among_those_that_share_as_much(first: str, second: str) -> None:
    assert Completer([(second, "second"), (first, "first")]).complete("cup", 5, 100) == [first, second]
