"""Every page becomes a message that Discord takes, with all that a reader needs to check it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.app import Surface, card, notice
from bot.app.cards import Card
from bot.app.limits import quoted, unquoted
from bot.service import Choice, Outcome, Page, Quotation, Sides, Source
from tests.loopback import POST_FLAGS, Flags, check_new_message, walk

ALICE = 123456789012345678
HERE = Surface(ALICE)
PRIMARY, SECONDARY = 1, 2


def components(shown: ui.LayoutView) -> list[dict[str, Any]]:
    """The parts of the message as discord.py sends it."""
    return list(walk(shown.to_components()))  # type: ignore[no-untyped-call]


def text_of(shown: ui.LayoutView) -> str:
    """All texts of a message, from top to bottom."""
    return "\n".join(part["content"] for part in components(shown) if part["type"] == 10)


def lines_of(page: Page, question: str = "") -> list[str]:
    return text_of(card(page, HERE, question=question)).splitlines()


def buttons_of(shown: ui.LayoutView) -> list[dict[str, Any]]:
    return [part for part in components(shown) if part["type"] == 2]


def assert_discord_takes(shown: ui.LayoutView) -> None:
    """The loopback's rules, which are Discord's, and once more the limits that matter most here."""
    body = {"flags": int(Flags.IS_COMPONENTS_V2), "components": shown.to_components()}  # type: ignore[no-untyped-call]
    check_new_message(body, POST_FLAGS)
    parts = components(shown)
    assert sum(len(part["content"]) for part in parts if part["type"] == 10) <= 4000
    assert len(parts) <= 40
    assert all(len(button["label"]) <= 38 and len(button["custom_id"]) <= 100 for button in buttons_of(shown))


def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts up to the longest that the library's format takes, most of them of Markdown and mentions."""
    telling = st.sampled_from(["word ", "@everyone ", "<@123456789012345678>", "x", "**a** ", "https://x/("])
    pieces = st.text(min_size=1, max_size=20) | st.text(" *_`|~>#-[]()@\\\n:/<", min_size=1, max_size=20) | telling
    repeated = st.builds(lambda text, length: (text * length)[:length].strip(), pieces, st.integers(1, longest))
    return repeated.filter(bool)


def several(values: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=most).map(tuple)


IDS = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")
URLS = st.text("abc()[]*_.%?=<>", max_size=490).map("https://example.org/".__add__)
PAGES = st.builds(
    Page,
    title=st.just("") | texts(150),
    text=texts(2000) | texts(9000),
    outcome=st.sampled_from(Outcome),
    items=several(texts(300), 4),
    sides=several(
        st.builds(Sides, texts(200), st.just(("Leadership", "Management")), st.tuples(texts(200), texts(200))), 5
    ),
    quotations=several(st.builds(Quotation, texts(500), texts(450)), 4),
    notes=several(texts(100), 2),
    sources=several(st.builds(Source, texts(700), st.none() | URLS), 4),
    choices_title=st.just("") | texts(50),
    choices=st.lists(
        st.builds(Choice, IDS, texts(150), texts(150)), max_size=8, unique_by=lambda choice: choice.topic
    ).map(tuple),
    is_question=st.booleans(),
    topic=st.just("") | IDS,
    passages=st.integers(0, 99),
)


SURFACES = st.builds(Surface, st.integers(1, 2**63 - 1), st.booleans(), st.booleans(), st.booleans())


@given(PAGES, SURFACES, st.just("") | texts(4000))
def test_discord_takes_every_page(page: Page, surface: Surface, question: str) -> None:
    assert_discord_takes(card(page, surface, question=question))


@given(texts(20000))
def test_discord_takes_every_notice(text: str) -> None:
    assert_discord_takes(notice(text))


def test_what_the_library_quotes_and_names_is_shown_word_for_word() -> None:
    words = "**so** <@123456789012345678> `is` @everyone [it](https://x.example)"
    inert = quoted(words)
    page = Page(
        title=words,
        text="The answer *formats*.",
        sides=(Sides(words, ("A", "B"), (words, "b")),),
        quotations=(Quotation(words, words),),
        sources=(Source("*so* it is", None),),
    )
    assert lines_of(page) == [
        f"### {inert}",
        "The answer *formats*.",
        f"**{inert}**",
        f"**A** · {inert}",
        "**B** · b",
        f"> “{inert}”",
        f"> — {inert}",
        r"-# Source: \*so\* it is",
    ]
    assert unquoted(inert) == words


def test_what_a_person_wrote_does_nothing_in_a_note() -> None:
    """A note may repeat a question: what a follow-up was understood as."""
    asked = "**so**\n# @everyone [a source](https://x.example)"
    assert lines_of(Page(text="Yes.", notes=(asked,))) == ["Yes.", f"-# {quoted(asked)}"]


def test_a_verdict_comes_first_and_its_topic_after_it() -> None:
    page = Page(title="Do managers *copy*?", text="No: they don't.", is_verdict=True, notes=("Understood as: x",))
    assert lines_of(page) == ["No: they don't.", r"-# Topic: Do managers \*copy\*?", "-# Understood as: x"]


def test_page_from_top_to_bottom() -> None:
    page = Page(
        title="Purpose",
        text="The answer.",
        sides=(Sides("in short", ("Leadership", "Management"), ("leads", "manages")),),
        quotations=(Quotation("do the right things", "Peter Drucker"),),
        notes=("and 1 more passage",),
        sources=(Source("“Two [part](1)” by A. Writer", "https://example.org/w_(part_1)"), Source("a note", None)),
    )
    assert lines_of(page) == [
        "### Purpose",
        "The answer.",
        "**in short**",
        "**Leadership** · leads",
        "**Management** · manages",
        "> “do the right things”",
        "> — Peter Drucker",
        "-# and 1 more passage",
        "-# Source: [“Two (part)(1)” by A. Writer](https://example.org/w_%28part_1%29)",
        "-# Source: a note",
    ]
    assert {part["type"] for part in components(card(page, HERE))} == {17, 10, 14}, "no row of buttons"


def test_long_question_and_quotation_are_cut_after_a_word() -> None:
    page = Page(quotations=(Quotation("word " * 99 + "end", "Ross"),))
    asked, quoted, _ = lines_of(page, question="why " * 250)
    assert re.fullmatch(r"-# (why )+why…", asked)
    assert re.fullmatch(r"> “(word )+word…”", quoted)
    assert len(asked.removeprefix("-# ")) <= 300
    assert len(quoted.removeprefix("> “").removesuffix("”")) <= 300


@pytest.mark.parametrize(
    ("question", "above"),
    [
        ("is *this* for @everyone?", ["-# is \\*this\\* for @\u200beveryone?"]),
        *((nothing, []) for nothing in ("", " ", "\n\t ")),
    ],
)
def test_question_is_shown_above_if_there_is_one(question: str, above: list[str]) -> None:
    assert lines_of(Page(text="Yes."), question=question) == [*above, "Yes."]


def full(words: str, length: int) -> str:
    """A text of exactly so many characters."""
    return (words * length)[:length].strip().ljust(length, ".")


@pytest.mark.parametrize("quotations", [1, 4])
def test_longest_answer_keeps_what_proves_it(quotations: int) -> None:
    """A reader must be able to check: rather one quotation less than half a link, or none."""
    source = Source(full("the article ", 160), "https://example.org/".ljust(300, "x"))
    page = Page(
        title=full("long title ", 150),
        text=full("long answer ", 2000),
        sides=() if quotations == 1 else (Sides(full("aspect ", 200), ("a", "b"), (full("a ", 200), full("b ", 200))),),
        quotations=(Quotation(full("quoted words ", 500), "Peter Drucker"),) * quotations,
        sources=(source,),
    )
    text = "\n".join(lines_of(page, question=full("a long question ", 1000)))
    assert page.text in text
    assert "> — Peter Drucker" in text
    assert text.endswith(f"]({source.url})")


NUMBERED = ["Yes.", "-# Closest:", "1. The risk", "2. Why both"]
TWO = (Choice("risk", "Risk", "The risk"), Choice("both", "Both", "Why both"))


@pytest.mark.parametrize(
    ("outcome", "asker", "styles", "labels", "lines"),
    [
        (Outcome.ANSWER, 0, (SECONDARY, SECONDARY), ("Risk", "Both"), ["Yes."]),
        (Outcome.SUGGEST, ALICE, (PRIMARY, SECONDARY), ("1. Risk", "2. Both"), NUMBERED),
        (Outcome.ABSTAIN, ALICE, (SECONDARY, SECONDARY), ("1. Risk", "2. Both"), NUMBERED),
    ],
)
def test_choices_are_buttons(
    outcome: Outcome, asker: int, styles: tuple[int, ...], labels: tuple[str, ...], lines: list[str]
) -> None:
    """Those that answer the question are the asker's, and numbered; those that lead on from it are everybody's."""
    page = Page(outcome=outcome, text="Yes.", choices=TWO, choices_title="Closest:", is_question=asker == ALICE)
    shown = [(b["label"], b["custom_id"], b["style"]) for b in buttons_of(card(page, HERE))[:2]]
    assert shown == [
        (label, f"topic:{topic}:{asker}", style)
        for label, topic, style in zip(labels, ("risk", "both"), styles, strict=True)
    ]
    assert lines_of(page) == lines


def test_buttons_fit_in_a_row_with_cut_titles_and_the_longest_ids() -> None:
    choices = tuple(Choice(str(number) * 64, "long words " * 9, "long words " * 13) for number in range(9))
    shown = card(Page(outcome=Outcome.SUGGEST, text="?", choices=choices, is_question=True), Surface(2**63 - 1))
    assert_discord_takes(shown)
    assert [button["label"] for button in buttons_of(shown)[:5]] == [
        f"{number}. {'long words ' * 2}long words…" for number in range(1, 6)
    ]


@pytest.mark.asyncio
async def test_message_is_not_kept_in_memory() -> None:
    """discord.py remembers the views that it sends, but for finished ones."""
    assert card(Page(text="Yes.", choices=TWO), HERE).is_finished()


@pytest.mark.parametrize("before", [[], ["one"], ["one " * 500]])
def test_long_word_at_the_cut_does_not_make_a_message_too_long(before: list[str]) -> None:
    """A cut after a word is some characters shorter than it might be, here some hundred."""
    assert_discord_takes(Card([*before, "ab " * 640 + "c" * 150 + " " + "ab " * 2000]))
