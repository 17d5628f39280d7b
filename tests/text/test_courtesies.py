"""Courtesies around a question are dropped; by themselves, or as what is asked about, they stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import normalise
from bot.text.courtesies import without_courtesies
from tests.conftest import ANY_TEXT

BEFORE = [
    "hey bot, ",
    "hello everyone! ",
    "so hey, ",
    "good morning folks - ",
    "hi there i hope you're all well, ",
    "please ",
    "could you tell me ",
    "can someone please explain ",
    "could you help me understand ",
    "would you kindly remind me ",
    "may i ask ",
    "quick question: ",
    "i have a quick question: ",
    "just a dumb question but ",
    "sorry to bother you, ",
    "sorry if this was already asked but ",
    "not sure if this is the right channel, but ",
    "i'm new here and i was wondering ",
    "i'd like to know ",
    "does anyone know ",
    "do you happen to know ",
    "ok so, um, ",
    "thanks but ",
]
AFTER = [
    ", please",
    " please",
    " pls",
    " thanks",
    ", thank you so much!",
    " thanks in advance",
    " and thanks a lot",
    " lol",
    " haha :)",
    " xd",
    " asap",
    " if you don't mind",
    "? any help is much appreciated :)",
    "? any ideas?",
    "? sorry for my english!",
    "? asking for a friend",
    "\nhave a nice day everyone!\ncheers",
]
STAY = [
    "hey",
    "hi there, everyone!",
    "thanks a lot",
    "no, thanks",
    "ok, thank you",
    "please",
    "quick question",
    "can i ask you something",
    "hello, how are you?",
    "sorry bot",
    "help me please",
    "should a cook say thanks",
    "should a cook always say please",
    "what is the meaning of thanks",
    "whom must a cook please",
    "is it rude to never say hello",
    "can you bake bread",
    "will you brew tea",
    "do you know everything",
    "and bread",
    "so why is rye bread dark",
    "is that a good idea? i mean rye bread",
    "my guests never say thanks. what now?",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("after", ["", *AFTER])
def test_courtesies_around_a_question_are_dropped(before: str, after: str) -> None:
    assert normalise(f"{before}how long does rye bread take{after}") == "how long does rye bread take"


@pytest.mark.parametrize("after", AFTER)
def test_courtesies_after_a_question_are_dropped(after: str) -> None:
    assert normalise(f"Rye bread{after}") == "rye bread"


@pytest.mark.parametrize("text", STAY)
def test_small_talk_and_questions_about_courtesies_stay(text: str) -> None:
    assert without_courtesies(text) == text


@pytest.mark.parametrize("text", ["thanks", "hello there", "please", "good morning everyone"])
def test_of_several_courtesies_nothing_is_lost_if_nothing_else_is_said(text: str) -> None:
    assert without_courtesies(f"{text}, {text}") == f"{text}, {text}"


@given(st.lists(st.sampled_from([*BEFORE, *AFTER, "rye bread", "why ", " "])).map("".join) | ANY_TEXT)
def test_only_what_is_at_an_end_is_dropped(text: str) -> None:
    left = without_courtesies(text)
    assert left in text
    assert bool(left) == bool(text)
