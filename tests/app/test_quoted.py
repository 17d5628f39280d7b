"""Whatever a person wrote is shown as it was written, and does nothing."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.app.cards import card
from bot.app.controls import Surface
from bot.app.limits import quoted
from bot.service import Page
from tests.conftest import ANY_TEXT

PIECES = [
    "<#123456789012345678>",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "</ask:123456789012345678>",
    "<t:1700000000:R>",
    "<a:wave:123456789012345678>",
    "<:hm:123456789012345678>",
    "<id:customize>",
    "<+4912345678>",
    "<mail@example.org>",
    "@everyone",
    "@here",
    "https://example.org/a_b",
    "HTTP://example.org",
    "discord.gg/abc",
    "Discord.com/invite/abc",
    ":smile:",
    *"\\ \n\t*_`~|>#-[]()<@:/!&1.a",
    "\u202e",
    "\u2066",
    "\x00",
    "\x1b",
    "\ud800",
    "\u200b",
]
PASTED = st.lists(st.sampled_from(PIECES)).map("".join)
ACTS = [
    r"[*_`~|\[]",
    r"^[>#-]",
    r"^\d+\.",
    r"<[^\u200b@]",
    r"@(?:everyone|here|[!&]?\d)",
    r"(?i)https?://",
    r"(?i)discord(?:app)?\.(?:gg|com)",
    r":[a-z_]\w*:",
]


def is_inert(shown: str) -> bool:
    bare = re.sub(r"\\([^\w\s]|_)", "\ufffc", shown)
    return not any(re.search(act, bare) for act in ACTS) and "\\" not in bare


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<#123456789012345678>", "<\u200b#123456789012345678>"),
        ("</ask:123456789012345678>", "<\u200b/ask:123456789012345678>"),
        ("<t:1700000000:R>", "<\u200bt:1700000000:R>"),
        ("<:hm:123456789012345678>", "<\u200b\\:hm:123456789012345678>"),
        ("<https://example.org>", "<\u200bhttps:\u200b//example.org>"),
        ("join discord.gg/abc", "join discord\u200b.gg/abc"),
        ("1. first", "1\\. first"),
        ("- item", "\\- item"),
        (">>> all of it", "\\>>> all of it"),
        ("-# small", "\\-# small"),
        ("at 10:30, 2 < 3", "at 10:30, 2 <\u200b 3"),
        ("\u202eevil\u202c \x1b[31mred", "evil \\[31mred"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_what_would_act_does_not(text: str, shown: str) -> None:
    assert quoted(text) == shown


@given(PASTED | ANY_TEXT, st.integers(0, 60))
@example("a" * 8 + "\\", 9)
@example("*" * 50, 25)
def test_a_quoted_text_fits_and_is_inert_wherever_it_is_cut(text: str, longest: int) -> None:
    shown = quoted(text, longest)
    assert len(shown) <= longest
    assert is_inert(shown)
    assert shown.isprintable() or not {unicodedata.category(c) for c in shown.replace("\u200b", "")} & {"Cc", "Cs"}
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\n")


@given(PASTED | ANY_TEXT)
def test_nothing_else_of_a_text_is_changed(text: str) -> None:
    shown = re.sub(r"\\([^\w\s]|_)|\u200b", r"\1", quoted(text))
    kept = (c for c in text if c.isspace() or c in "\u200c\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    assert shown == " ".join("".join(kept).split())


def test_a_long_text_is_cut_after_a_word() -> None:
    assert quoted("one *two* three", 12) == "one \\*two\\*…"


def test_a_question_of_nothing_visible_takes_no_line() -> None:
    assert card(Page(text="hello"), Surface(1), question="\u202e\x00").content_length() == len("hello")
