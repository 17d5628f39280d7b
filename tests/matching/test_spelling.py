"""Typo repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import everyday_words
from bot.matching.spelling import Speller
from bot.text import words


def speller(text: str, everyday: Collection[str] = ()) -> Speller:
    return Speller(Counter(words(text)), everyday)


SPELL = speller(
    "does a leader lead the team; a leader and a manager; leadership; read the plan; a plan's aim", {"leaden", "manger"}
)


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        # One letter missing, one too many, one wrong, two swapped; from eight letters on, two slips.
        *((typo, "leader") for typo in ("leadr", "leeader", "leaxer", "laeder")),
        ("mnaager", "manager"),
        *((typo, "leadership") for typo in ("leadrshp", "leedershipp")),
    ],
)
def test_a_slip_is_repaired(typo: str, meant: str) -> None:
    assert SPELL.repair(typo) == {typo: meant}


# Known, the second with an apostrophe; everyday; too many slips; too short to tell; no word; near nothing.
@pytest.mark.parametrize("word", "leader plans leaden manger lxaxer leaxxer leadxxxhip pln leader5 zebra".split())
def test_other_words_stay(word: str) -> None:
    assert SPELL.repair(word) == {}


@pytest.mark.parametrize(
    ("text", "typo", "meant"),
    [
        ("card card cart", "carx", "card"),
        ("card cart cart", "carx", "cart"),
        ("readership readership leadership", "leadershib", "leadership"),
        ("", "laeder", "laeder"),
    ],
    ids=["more frequent first", "more frequent last", "nearer beats more frequent", "no words"],
)
def test_the_nearest_word_is_meant_and_among_equals_the_most_frequent(text: str, typo: str, meant: str) -> None:
    assert speller(text)(typo) == meant


def test_only_the_misspelt_word_of_a_text_changes() -> None:
    assert SPELL('does the "laeder" lead?') == 'does the "leader" lead?'


@pytest.mark.parametrize(("unknown", "fixes"), [(11, {"laeder": "leader"}), (12, {})])
def test_repair_gives_up_after_a_dozen_unknown_words(unknown: int, fixes: dict[str, str]) -> None:
    assert SPELL.repair(" ".join(f"zz{letter}q" for letter in "abcdefghijkl"[:unknown]) + " laeder") == fixes


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
