"""Who does something in a sentence."""

from __future__ import annotations

import pytest

from bot.matching.people import doer, given_names, is_name, people, person, surnames


@pytest.mark.parametrize(
    ("word", "name"),
    [
        # "babys" is how the words of a text spell "baby's".
        *(("baker", "baker"), ("bakers", "baker"), ("boss", "boss"), ("bosses", "boss"), ("coaches", "coach")),
        *(
            ("family", "family"),
            ("families", "family"),
            ("babies", "baby"),
            ("babys", "baby"),
            ("spies", "spy"),
            ("heroes", "hero"),
        ),
        *(("alice", "alice"), ("alices", "alice"), ("nakamura", "nakamura")),
        *(("nurses", "nurse"), ("employees", "employee"), ("children", "children"), ("staff", "staff")),
    ],
)
def test_a_word_for_people_is_known_in_the_plural_too(word: str, name: str) -> None:
    assert person(word) == name


@pytest.mark.parametrize("word", ["bread", "bab", "sp", "bos", "", "s", "es", "ies", "y", "baking", "who"])
def test_other_words_name_nobody(word: str) -> None:
    assert person(word) is None


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("do bakers trust customers", "baker"),
        ("can customers trust bakers", "customer"),
        ("is bread good", None),
        ("", None),
        # Somebody's somebody is only the one who asks, or is asked about, if others are named.
        ("my sister asks whether bakers sleep", "baker"),
        ("does my boss like bread", "boss"),
        ("our teacher and his children say that cooks sing", "cook"),
        ("does my boss like his children", "boss"),
        ("does alice trust okafor", "alice"),
        ("my sister says okafor sleeps", "okafor"),
    ],
)
def test_the_doer_is_whoever_comes_first(text: str, somebody: str | None) -> None:
    assert doer(text.split()) == somebody


@pytest.mark.parametrize("names", [given_names(), surnames()], ids=["given names", "surnames"])
def test_all_names_are_single_words_in_lower_case_and_nothing_else(names: dict[str, None]) -> None:
    assert len(names) > 80
    assert all(name.isalpha() and name == name.lower() for name in names)
    assert all(person(name) == name and is_name(name) for name in names)
    assert not any(map(is_name, people()))
    assert not given_names().keys() & surnames().keys()


def test_all_people_are_single_words_in_lower_case() -> None:
    names = [*people()]
    assert len(names) > 200
    assert all(name.isalpha() and name == name.lower() for name in names)
    assert all(person(name) == name for name in names)
    # Otherwise the plural would be somebody else.
    assert not [name for name in names if {f"{name}s", f"{name}es"} & {*names}]
