"""Typo repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.matching import everyday_words
from bot.matching.spelling import Speller, is_strange, slipped
from bot.text import words


def speller(text: str, everyday: Sequence[str] = ()) -> Speller:
    return Speller(Counter(words(text)), everyday)


SPELL = speller(
    "does a leader lead the team; a leader and a manager; leadership; read the plan; a plan's aim", ["leaden", "manger"]
)


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        # One letter missing, one too many, one wrong, two swapped; two slips in a long word.
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


# How likely a slip is against how often a word is used


@pytest.mark.parametrize(
    ("count", "typo", "meant"),
    [
        # A letter doubled against a letter replaced, then both in one word against a single one.
        ({"cart": 1, "chart": 100}, "caart", "cart"),
        ({"cart": 1, "chart": 200}, "caart", "chart"),
        ({"readership": 3000, "leadership": 1}, "leadershib", "leadership"),
        ({"readership": 4000, "leadership": 1}, "leadershib", "readership"),
        # Two slips in six letters need a word that is used a few times, and one does not.
        ({"leader": 7}, "lxaxer", "lxaxer"),
        ({"leader": 8}, "lxaxer", "leader"),
        ({"leader": 1}, "leaxer", "leader"),
        # The longer a word, the less two slips in it say.
        ({"leadership": 1}, "lxadxrship", "leadership"),
        # Nor is the first letter often wrong.
        ({"leadership": 1}, "xxadership", "leadership"),
        ({"leader": 20}, "xxader", "xxader"),
    ],
)
def test_a_slip_is_weighed_against_how_often_a_word_is_used(count: dict[str, int], typo: str, meant: str) -> None:
    assert Speller(Counter(count))(typo) == meant


@pytest.mark.parametrize(
    ("text", "everyday", "typo", "meant"),
    [
        ("tea", ["house"], "huose", "house"),
        ("horse", ["their", "house"], "hoxse", "horse"),  # the library's own, though only a little likelier
        ("tea", ["horse", "house"], "hoxse", "horse"),
        ("tea", ["house", "horse"], "hoxse", "house"),
        # A letter left out is a little likelier than one replaced; a word that is hardly used is not.
        ("tea", ["pint", *map("other{}".format, range(20)), "plant"], "plnt", "plant"),
        ("tea", ["pint", *map("other{}".format, range(100)), "plant"], "plnt", "pint"),
        ("tea", ["pint", *map(str, range(100, 200)), "plant"], "plnt", "plant"),  # others so short are no rivals
        ("horse house", ["house"], "hoxse", "house"),  # used in both
        ("tea", ["the", "an", "tea"], "taen", "taen"),  # short words have too many neighbours
    ],
)
def test_an_everyday_word_may_be_meant_and_the_more_so_the_more_frequent_it_is(
    text: str, everyday: list[str], typo: str, meant: str
) -> None:
    assert speller(text, everyday)(typo) == meant


def test_a_derived_word_is_not_taken_for_a_slip_in_an_everyday_word() -> None:
    assert speller("tea", ["plane", "planning"]).repair("planing") == {}
    assert speller("planning", ["plane"]).repair("planing") == {"planing": "planning"}


# Inflections of an everyday word and of one that the library knows.
@pytest.mark.parametrize("word", ["sprinting", "sprinters", "planned", "planless"])
def test_a_word_derived_from_a_known_one_is_spelled_right(word: str) -> None:
    assert speller("printing printers plan planner", ["sprint"]).repair(word) == {}


@pytest.mark.parametrize(("typo", "meant"), [("planing", "planning"), ("mnager", "manger"), ("carreless", "careless")])
def test_a_swapped_or_doubled_letter_is_likelier_than_a_derived_word(typo: str, meant: str) -> None:
    spell = speller("planning manger careless", ["plane", "mnage", "carre"])
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


def test_everyday_words_are_whole_words_the_most_frequent_first() -> None:
    everyday = everyday_words()
    assert len(everyday) == len({*everyday}) > 20_000
    assert {"house", "bread", "because"} <= {*everyday}
    assert not {"laeder", "mangaer", "[UNK]", "##ing", "'", ""} & {*everyday}
    assert all(map(str.isalpha, everyday))
    assert everyday.index("would") < everyday.index("bread") < everyday.index("sculptor")


# Slips made on purpose


def slips(text: str, times: int = 200) -> list[str]:
    random = np.random.default_rng(0)
    return [slipped(text, random) for _ in range(times)]


def test_one_longer_word_gets_one_slip() -> None:
    made = {*slips("how does a leader lead")}
    for text in made:
        how, does, a, slip, lead = text.split()
        assert (how, does, a, lead) == ("how", "does", "a", "lead")
        assert OSA.distance(slip, "leader") <= 1
    words_made = {text.split()[3] for text in made}
    assert {"laeder", "leder", "leeader"} <= words_made, "swapped, left out, doubled"
    assert {*"bcf"} & {letter for word in words_made for letter in word}, "replaced"
    assert all(slip[-1] == "r" for slip in words_made)


def test_every_longer_word_may_get_it() -> None:
    changed = {
        place
        for text in slips("leader and manager, plans")
        for place, (slip, word) in enumerate(zip(text.split(), "leader and manager, plans".split(), strict=True))
        if slip != word
    }
    assert changed == {0, 2, 3}


@pytest.mark.parametrize("text", ["", "who", "who does what"])
def test_without_a_longer_word_there_is_no_slip(text: str) -> None:
    assert {*slips(text, times=5)} == {text}


def test_the_same_random_numbers_make_the_same_slip() -> None:
    assert slips("how does a leader lead", 20) == slips("how does a leader lead", 20)


def test_most_slips_are_repaired() -> None:
    made = slips("how does a leader lead")
    assert sum(SPELL(text) == "how does a leader lead" for text in made) > 0.9 * len(made)


# English


def test_everyday_words_come_in_the_order_of_their_frequency() -> None:
    places = [everyday_words().index(word) for word in ("the", "time", "leader", "dough")]
    assert places == sorted(places)
    assert len(everyday_words()) == len({*everyday_words()}) > 20_000


@pytest.mark.parametrize("word", ["zorblax", "drucker"])
def test_a_word_unknown_to_english_is_strange(word: str) -> None:
    assert is_strange(word)


# Everyday words; derived from one; chat; too short; no words.
@pytest.mark.parametrize("word", [*"time dough bakers leaders unhurried dunno qqx tea5 zor-blax 2024".split(), ""])
def test_no_other_word_is_strange(word: str) -> None:
    assert not is_strange(word)
