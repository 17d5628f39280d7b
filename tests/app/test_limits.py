"""Texts are cut after a word, and what a person wrote neither formats nor pings."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.app.limits import clip, quoted
from tests.loopback import EVERYONE, USER_MENTION

# Pieces of text that mean something to Discord.
MARKDOWN = ["a", "b ", " ", "\n", "\u2028", "*", "_", "`", "~~", "||", "[", "](", ")", "#", "- ", ">", "\\", "1. "]
MENTIONS = ["@", "everyone", "here", "<", ">", "!", "&", " ", "123456789012345678"]
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=10), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("as it is", 8, "as it is"),
        ("two words more", 10, "two words…"),
        ("one, two, three", 12, "one, two…"),
        ("a dash – cut", 9, "a dash…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("a Donaudampfschifffahrt", 12, "a Donaudamp…"),
        ("no room", 1, "…"),
        ("no room", 0, ""),
        ("", 5, ""),
    ],
)
def test_long_text_is_cut_after_a_word(text: str, longest: int, shown: str) -> None:
    assert clip(text, longest) == shown


@given(st.text(), st.integers(0, 50))
def test_cut_text_is_short_enough(text: str, longest: int) -> None:
    shown = clip(text, longest)
    assert len(shown) <= longest
    assert shown == text or shown == "" or (shown.endswith("…") and text.startswith(shown[:-1]))


@given(WORDS, st.integers(25, 200))
def test_words_stay_whole(words: list[str], longest: int) -> None:
    shown = clip(" ".join(words), longest)
    told = shown.removesuffix("…").split()
    assert told == words[: len(told)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("who leads?", "who leads?"),
        ("*very* __bold__", r"\*very\* \_\_bold\_\_"),
        ("||secret|| ~~gone~~ `code`", r"\|\|secret\|\| \~\~gone\~\~ \`code\`"),
        ("[click](https://evil.example)", "\\[click](https:\u200b//evil.example)"),
        ("> a quotation", r"\> a quotation"),
        ("# a heading", r"\# a heading"),
        ("one\nline\r\n\tonly ", "one line only"),
        ("@everyone", "@\u200beveryone"),
        ("<@123456789012345678>", "<@\u200b123456789012345678>"),
        ("<@&123456789012345678>", "<@\u200b&123456789012345678>"),
    ],
)
def test_what_a_person_wrote_is_shown_as_written(text: str, shown: str) -> None:
    assert quoted(text) == shown


@given(st.lists(st.sampled_from(MARKDOWN)).map("".join))
@example("[a](*b*)")
@example("[free gifts](https://x.example)")
@example("[a](b) and [free gifts](https://x.example)")
def test_nothing_that_a_person_wrote_formats(text: str) -> None:
    shown = quoted(text)
    left = re.sub(r"\\.", "", shown)
    assert not re.search(r"[*_`~|]", left)
    assert not re.search(r"\[[^\]]*\]\(https:", left), "a masked link"
    assert len(shown.splitlines()) <= 1


@given(st.lists(st.sampled_from(MENTIONS)).map("".join))
def test_nothing_that_a_person_wrote_pings(text: str) -> None:
    shown = quoted(text)
    assert not EVERYONE.search(shown)
    assert not USER_MENTION.search(shown)
