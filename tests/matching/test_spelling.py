"""Typo repair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.spelling import Speller
from bot.matching.text import words

TEXTS = ["does a leader lead the team", "a leader and a manager", "leadership", "read the plan", "a plan's aim"]
SPELL = Speller(TEXTS, common={"leaden", "manger"})


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
def test_what_is_no_slip_stays(word: str) -> None:
    assert SPELL.repair(word) == {}


@pytest.mark.parametrize(("text", "meant"), [("card card cart", "card"), ("card cart cart", "cart")])
def test_among_equally_near_words_the_more_frequent_is_meant(text: str, meant: str) -> None:
    assert Speller([text])("carx") == meant


def test_the_nearer_word_wins_over_the_more_frequent() -> None:
    assert Speller(["readership readership leadership"])("leadershib") == "leadership"


def test_only_the_misspelt_word_of_a_text_changes() -> None:
    assert SPELL('does the "laeder" lead?') == 'does the "leader" lead?'


def test_a_library_without_words_repairs_nothing() -> None:
    assert Speller([])("laeder") == "laeder"


@given(st.text(st.sampled_from("leadrmng 'x"), max_size=40))
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    once = SPELL(text)
    assert SPELL(once) == once
    assert len(words(once)) == len(words(text))
