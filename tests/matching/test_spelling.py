"""Typo repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import everyday_words
from bot.matching.spelling import Speller, slips_in
from bot.text import words


def speller(*texts: str, everyday: Collection[str] = ()) -> Speller:
    return Speller(Counter(word for text in texts for word in words(text)), everyday)


SPELL = speller(
    "does a leader lead the team",
    "a leader and a manager",
    "leadership",
    "read the plan",
    "a plan's aim",
    everyday={"leaden", "manger"},
)


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("leadr", "leader"),  # one letter missing
        ("leeader", "leader"),  # one too many
        ("leaxer", "leader"),  # one wrong
        ("laeder", "leader"),  # two swapped count as one slip
        ("mnaager", "manager"),
        ("leadrshp", "leadership"),  # from eight letters on, two slips
        ("leedershipp", "leadership"),
    ],
)
def test_a_slip_is_repaired(typo: str, meant: str) -> None:
    assert SPELL.repair(typo) == {typo: meant}


@pytest.mark.parametrize(
    "word",
    [
        "leader",  # known
        "plans",  # known, written with an apostrophe
        "leaden",  # unknown, but everyday
        "manger",
        "lxaxer",  # two slips in a short word
        "leadxxxhip",  # three slips in a long one
        "pln",  # too short to tell
        "leader5",  # no word
        "zebra",  # near nothing
    ],
)
def test_other_words_stay(word: str) -> None:
    assert SPELL.repair(word) == {}


@pytest.mark.parametrize(("length", "slips"), [(1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (30, 2)])
def test_longer_words_may_have_more_slips(length: int, slips: int) -> None:
    assert slips_in("x" * length) == slips


@pytest.mark.parametrize(
    ("texts", "typo", "meant"),
    [
        ("card card cart", "carx", "card"),
        ("card cart cart", "carx", "cart"),
        ("readership readership leadership", "leadershib", "leadership"),
        ("", "laeder", "laeder"),
    ],
    ids=["more frequent first", "more frequent last", "nearer beats more frequent", "no words"],
)
def test_the_nearest_word_is_meant_and_among_equals_the_most_frequent(texts: str, typo: str, meant: str) -> None:
    assert speller(texts)(typo) == meant


def test_only_the_misspelt_word_of_a_text_changes() -> None:
    assert SPELL('does the "laeder" lead?') == 'does the "leader" lead?'


def test_repair_gives_up_after_a_dozen_unknown_words() -> None:
    unknown = [f"zz{letter}q" for letter in "abcdefghijkl"]
    assert SPELL.repair(" ".join([*unknown[1:], "laeder"])) == {"laeder": "leader"}
    assert SPELL.repair(" ".join([*unknown, "laeder"])) == {}


@given(st.text(st.sampled_from("leadrmng 'x"), max_size=40))
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    once = SPELL(text)
    assert SPELL(once) == once
    assert len(words(once)) == len(words(text))


def test_everyday_words_are_whole_words() -> None:
    everyday = everyday_words()
    assert len(everyday) > 20_000
    assert {"house", "bread", "because"} <= everyday
    assert not {"laeder", "mangaer", "[UNK]", "##ing", "'", ""} & everyday
    assert all(map(str.isalpha, everyday))
