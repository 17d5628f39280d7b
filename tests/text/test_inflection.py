"""Inflections and derivations."""

from __future__ import annotations

import pytest

from bot.text import bases


@pytest.mark.parametrize(
    ("base", "derived"),
    [
        ("cat", "cats"),
        ("laugh", "laughs laughing"),
        ("month", "months"),
        ("play", "plays played"),
        ("box", "boxes"),
        ("match", "matches"),
        ("echo", "echoes"),
        ("carry", "carries carried carrier carriers carrying"),
        ("fry", "fries fried frying"),
        ("happy", "happier happiest happily happiness"),
        ("pity", "pitiless pitiful pitifully"),
        ("wolf", "wolves"),
        ("knife", "knives"),
        ("bake", "bakes baked baker bakers baking bakings"),
        ("love", "lovable lovably"),
        ("cook", "cooked cooker cookers cooking cookings"),
        ("stop", "stopped stopper stopping stoppable"),
        ("quit", "quitting quitter"),
        ("big", "bigger biggest"),
        ("travel", "travelled travelling traveller traveled traveler"),
        ("show", "showed showing"),
        ("kind", "kindly kindness"),
        ("hope", "hopeless hopeful hopefully"),
        ("gentle", "gently"),
        ("kindly", "unkindly"),
        ("build", "rebuild overbuild"),
        ("stated", "understated"),
    ],
)
def test_a_derived_word_leads_back_to_its_base(base: str, derived: str) -> None:
    assert [word for word in derived.split() if base not in bases(word)] == []


@pytest.mark.parametrize(
    ("base", "misspelt"),
    [
        ("leader", "leaderes leadeers lleaders leadrs"),
        ("stop", "stoped stoping stoper"),
        ("cook", "cookked cookking"),
        ("open", "openning oppening"),
        ("manage", "manageing manageed"),
        ("box", "boxs"),
        ("match", "matchs"),
        ("carry", "carrys carryed carryer"),
        ("happy", "happyer happyness happyly"),
        ("gentle", "gentelly"),
        ("red", "ured rered"),
        ("it", "iting ited"),
    ],
)
def test_a_misspelt_form_does_not(base: str, misspelt: str) -> None:
    assert [word for word in misspelt.split() if base in bases(word)] == []


@pytest.mark.parametrize("word", ["", "s", "es", "ed", "ing", "less", "un", "plan", "führen"])
def test_a_word_may_have_no_base(word: str) -> None:
    assert [*bases(word)] == []
