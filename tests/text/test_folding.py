"""Folding what was typed to plain text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import LONGEST, normalise, replace_words, words
from tests.conftest import ANY_TEXT

# Without U+0345, which Unicode's own case folding turns into a letter.
ACCENT = st.characters(min_codepoint=0x300, max_codepoint=0x36F, exclude_characters="\u0345")
INVISIBLE = st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202c\u2066\x00\x07\x7f\ufe0f\ud800\udfff")
SPACE = st.sampled_from([" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028", " \u200b "])
QUESTIONS = st.sampled_from(["how do i brew tea", "a loaf of bread?", "don't brew café teas, 'k?", "ship a ßig ﬁsh"])


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Is EVERY Manager a Leader?!...", "is every manager a leader"),
        ("Straße", "strasse"),
        ("Café Émigré l̷o̷a̷f̷", "cafe emigre loaf"),
        ("  who \t said\n\nthat ?\u2003", "who said that"),
        ("ｌｅａｄｅｒ ⓛⓔⓐⓓⓔⓡ 𝓵𝓮𝓪𝓭𝓮𝓻", "leader leader leader"),
        ("ﬁrst", "first"),
        ("\u202elead\u200ber lead\x00er\u202c man\u00adage", "leader leader manage"),
        ("\ud800leader\udfff", "leader"),
        ("\U0001f469\u200d\U0001f4bb", ""),
        ("", ""),
        (" \u200b ", ""),
        *((f"don{apostrophe}t", "don't") for apostrophe in "'’‘‛`´＇"),
        *((f"{left}why{right} not", '"why" not') for left, right in ('""', "“”", "„“")),
    ],
)
def test_only_the_meaning_stays(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@given(QUESTIONS, st.data())
def test_case_spacing_accents_and_invisible_characters_do_not_matter(question: str, data: st.DataObject) -> None:
    typed = []
    for character in f" {question} ":
        typed.append(data.draw(SPACE if character == " " else st.sampled_from([character, character.upper()])))
        typed += data.draw(st.lists(ACCENT | INVISIBLE, max_size=2))
    assert normalise("".join(typed)) == normalise(question)


@given(ANY_TEXT)
def test_nothing_invisible_is_left_and_normalising_again_changes_nothing(text: str) -> None:
    left = normalise(text)
    assert normalise(left) == left == left.strip()
    assert "  " not in left
    assert not {unicodedata.category(character) for character in left} & {"Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"}


def test_no_single_character_changes_when_normalised_again() -> None:
    # Letters without case, and codes without a character, are many and trivial.
    characters = (chr(code) for code in range(sys.maxunicode + 1))
    telling = [character for character in characters if unicodedata.category(character) not in {"Lo", "Cn", "Co", "Cs"}]
    once = {character: normalise(f"a{character}b") for character in telling}
    assert len(once) > 10_000
    assert [character for character, text in once.items() if normalise(text) != text] == []


@pytest.mark.parametrize("text", ["a" * 5000, "b " * 5000, "\ufdfa" * 5000, "é" * 5000])
def test_a_long_text_is_cut(text: str) -> None:
    cut = normalise(text)
    assert LONGEST - 1 <= len(cut) <= LONGEST
    assert normalise(cut) == cut


def test_a_text_of_the_longest_length_stays_whole_and_noise_does_not_use_it_up() -> None:
    assert normalise("x" * LONGEST) == "x" * LONGEST
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
    assert replace_words("dont' or don't", {"dont": "do not"}) == "do not' or do not"


@given(ANY_TEXT)
def test_replacing_each_word_by_itself_changes_no_word(text: str) -> None:
    plain = normalise(text)
    assert words(replace_words(plain, {word: word for word in words(plain)})) == words(plain)
