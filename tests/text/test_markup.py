"""Discord's markup is dropped, and what people say with it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import normalise
from bot.text.markup import without_markup
from tests.wrappings import EVERY_WRAPPING

NOTHING = [
    "<:thinking:123456789012345678>",
    "<a:wave_2:123456789012345678>",
    "<@123456789012345678>",
    "<@!123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "<t:1700000000>",
    "<t:-1:R>",
    "</ask:123456789012345678>",
    "</admin reload:123456789012345678>",
    "<id:customize>",
    "@everyone",
    "https://example.org/why?tea=1#top",
    "HTTP://EXAMPLE.ORG",
    "<https://example.org/no-preview>",
    "(https://example.org/tea_(black))",
    "discord://-/channels/1/2",
    "holiday-photo.jpeg",
    ":thinking:",
    "🤔",
    "👩🏽‍💻",
    "🇩🇪",
    "1️⃣",
    "❤️",
]
SAID = [
    ("**black** tea", "black tea"),
    ("*__black__* _tea_", "black tea"),
    ("~~black~~ tea", "black tea"),
    ("is ||tea|| hot", "is tea hot"),
    ("`black` ``tea``", "black tea"),
    ("```\nblack tea\n```", "black tea"),
    ("```py\nblack tea```", "black tea"),
    ("> black\n> tea", "black tea"),
    (">>> black\ntea", "black tea"),
    ("# black\n-# tea", "black tea"),
    ("- black\n* tea\n1. green\n2) white", "black tea green white"),
    ("> ### - black tea", "black tea"),
    ("[black tea](https://example.org/tea)", "black tea"),
    ("[black](<https://example.org> 'tea') tea", "black tea"),
    ("[*black*](https://example.org)[ tea](http://example.org)", "black tea"),
    (r"\*black\* \_tea\_", "black tea"),
    ("black🔥tea", "black tea"),
    ("@TeaBot @cook black tea", "black tea"),
    ("black<@1>tea", "black tea"),
]
STAYS = [
    "tea [black or green]",
    "brew_time and steep_time",
    "milk or tea is ___",
    "don`t brew, can`t brew",
    "1 or 2 cups, at 10:30:45",
    "tea > milk",
    "tea@home",
    "a #hashtag",
    "tea|milk",
    "{{ tea() }}",
    "5 < 6",
]


@pytest.mark.parametrize("markup", NOTHING)
def test_what_says_nothing_is_dropped(markup: str) -> None:
    assert normalise(f"{markup} how hot is {markup} tea {markup}") == "how hot is tea"
    assert normalise(f"{markup}\n{markup}") == ""
    assert normalise(markup) == ""


@pytest.mark.parametrize(("typed", "said"), SAID)
def test_words_with_markup_stay(typed: str, said: str) -> None:
    assert normalise(typed) == said


@pytest.mark.parametrize("text", STAYS)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert without_markup(text) == text


@pytest.mark.parametrize("wrapping", EVERY_WRAPPING.values(), ids=list(EVERY_WRAPPING))
def test_a_wrapped_question_is_the_bare_question(wrapping: str) -> None:
    assert normalise(wrapping.format("how hot should black tea be")) == "how hot should black tea be"


@given(
    st.lists(st.sampled_from([*NOTHING, *"*_~|`\\[]()<>@#:-. \n", "tea", "](https://a.b)", "<:a:", "1"])).map("".join)
)
def test_normalising_markup_again_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_markup_does_not_use_up_the_length_of_a_question() -> None:
    assert normalise("https://example.org/" + "x" * 1900 + " why tea?") == "why tea"
