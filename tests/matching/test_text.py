"""Folding what was typed to plain text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given

from bot.matching.text import LONGEST, normalise, replace_words, words
from tests.conftest import ANY_TEXT


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Is EVERY Manager a Leader?", "is every manager a leader"),
        ("Straße", "strasse"),
        ("Café Émigré", "cafe emigre"),
        ("  who \t said\n\nthat ?\u2003", "who said that"),
        ("ｌｅａｄｅｒ", "leader"),
        ("ﬁrst", "first"),
        ("lead\u200ber", "leader"),
        ("lead\x00er", "leader"),
        ("man\u00adage", "manage"),
        ("\u202eleader\u202c", "leader"),
        ("\ud800leader\udfff", "leader"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\U0001f4bb"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_only_the_meaning_stays(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@pytest.mark.parametrize("apostrophe", "'’‘‛`´＇")
def test_every_apostrophe_is_the_same(apostrophe: str) -> None:
    assert normalise(f"don{apostrophe}t") == "don't"


@pytest.mark.parametrize("quotes", ['""', "“”", "„“"])
def test_every_quotation_mark_is_the_same(quotes: str) -> None:
    assert normalise(f"{quotes[0]}why{quotes[1]}") == '"why"'


@given(ANY_TEXT)
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_no_single_character_changes_when_normalised_again() -> None:
    # Letters without case, and what stands for no character, are many and trivial.
    characters = (chr(code) for code in range(sys.maxunicode + 1))
    telling = [character for character in characters if unicodedata.category(character) not in {"Lo", "Cn", "Co", "Cs"}]
    once = {character: normalise(f"a{character}b") for character in telling}
    assert len(once) > 10_000
    assert [character for character, text in once.items() if normalise(text) != text] == []


@given(ANY_TEXT)
def test_nothing_invisible_is_left(text: str) -> None:
    left = normalise(text)
    assert left == left.strip()
    assert "  " not in left
    assert not {unicodedata.category(character) for character in left} & {"Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"}


@pytest.mark.parametrize("text", ["a" * 5000, "b " * 5000, "\ufdfa" * 5000, "é" * 5000])
def test_a_long_text_is_cut(text: str) -> None:
    cut = normalise(text)
    assert LONGEST - 1 <= len(cut) <= LONGEST
    assert normalise(cut) == cut


def test_a_text_of_the_longest_length_stays_whole() -> None:
    assert normalise("x" * LONGEST) == "x" * LONGEST


def test_noise_in_front_does_not_use_up_the_length() -> None:
    assert normalise("\u200b" * LONGEST + "why?") == "why"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("who said that?", ["who", "said", "that"]),
        ("don't", ["dont"]),
        ("'tis the leader's", ["tis", "the", "leaders"]),
        ("short-term/long_term", ["short", "term", "long", "term"]),
        ("2009, no. 4", ["2009", "no", "4"]),
        ("?! ... __ ''", []),
        ("", []),
    ],
)
def test_words_are_free_of_punctuation(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_whole_words_are_replaced_and_the_rest_stays() -> None:
    assert replace_words("a man, a manager!", {"man": "leader"}) == "a leader, a manager!"


def test_replacements_find_a_word_with_an_apostrophe() -> None:
    assert replace_words("dont' or don't", {"dont": "do not"}) == "do not' or do not"


@given(ANY_TEXT)
def test_replacing_each_word_by_itself_changes_no_word(text: str) -> None:
    plain = normalise(text)
    assert words(replace_words(plain, {word: word for word in words(plain)})) == words(plain)
