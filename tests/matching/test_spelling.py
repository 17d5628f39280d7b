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
        ("eladerhsip leadersxip", "leadership", "leadersxip"),
        ("", "laeder", "laeder"),
        ("lead lard lard", "laed", "lead"),
        ("chart chart cart", "caart", "cart"),
        ("later later letter", "leter", "letter"),
        ("bark card card", "bard", "bark"),
        ("plant pint pint", "plnt", "plant"),
    ],
    ids=[
        "more frequent first",
        "more frequent last",
        "nearer beats more frequent",
        "nearer beats letters swapped",
        "no words",
        "letters swapped",
        "letter doubled",
        "letter not doubled",
        "same first letter",
        "letter left out",
    ],
)
def test_the_nearest_word_is_meant_and_among_equals_the_likeliest_slip_then_the_most_frequent(
    text: str, typo: str, meant: str
) -> None:
    assert speller(text)(typo) == meant


# Inflections of an everyday word and of one that the library knows.
@pytest.mark.parametrize("word", ["sprinting", "sprinters", "planned", "planless"])
def test_a_word_derived_from_a_known_one_is_spelled_right(word: str) -> None:
    assert speller("printing printers plan planner", {"sprint"}).repair(word) == {}


@pytest.mark.parametrize(("typo", "meant"), [("planing", "planning"), ("mnager", "manger"), ("carreless", "careless")])
def test_a_swapped_or_doubled_letter_is_likelier_than_a_derived_word(typo: str, meant: str) -> None:
    spell = speller("planning manger careless", {"plane", "mnage", "carre"})
    assert spell.repair(typo) == {typo: meant}


@pytest.mark.parametrize(
    ("joined", "meant"),
    [
        ("leadershipplan", "leadership plan"),
        ("managerlead", "manager lead"),
        ("leaderaim", "leaderaim"),
        ("leaderplann", "leaderplann"),
    ],
)
def test_two_words_typed_without_a_space_are_parted_if_neither_is_short(joined: str, meant: str) -> None:
    assert SPELL(joined) == meant


# The rarer of two words counts.
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("leads leads ales ales lead sales", "leads ales"),
        ("leads leads leads ales lead lead sales sales", "lead sales"),
    ],
)
def test_of_two_ways_to_part_words_the_more_frequent_is_meant(text: str, meant: str) -> None:
    assert speller(text)("leadsales") == meant


def test_a_doubled_letter_is_likelier_than_a_missing_space() -> None:
    assert speller("careful care-full")("carefull") == "careful"
    assert speller("carefuls care-full")("carefull") == "care full"


def test_only_the_misspelt_word_of_a_text_changes() -> None:
    assert SPELL('does the "laeder" lead?') == 'does the "leader" lead?'


@pytest.mark.parametrize(("unknown", "fixes"), [(11, {"laeder": "leader"}), (12, {})])
def test_repair_gives_up_after_a_dozen_unknown_words(unknown: int, fixes: dict[str, str]) -> None:
    assert SPELL.repair(" ".join(f"zz{letter}q" for letter in "abcdefghijkl"[:unknown]) + " laeder") == fixes


@given(st.text(st.sampled_from("leadrmng 'x"), max_size=40))
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    once = SPELL(text)
    assert SPELL(once) == once
    assert len(words(once)) == len(words(text)) + sum(
        SPELL.repair(text).get(word, "").count(" ") for word in words(text)
    )


def test_everyday_words_are_whole_words() -> None:
    everyday = everyday_words()
    assert len(everyday) > 20_000
    assert {"house", "bread", "because"} <= everyday
    assert not {"laeder", "mangaer", "[UNK]", "##ing", "'", ""} & everyday
    assert all(map(str.isalpha, everyday))
