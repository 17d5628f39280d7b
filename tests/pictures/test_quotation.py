"""A picture of a quotation shows all of it, inside its margins, and is readable; or there is none."""

from __future__ import annotations

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageColor

from bot.knowledge import load_library
from bot.pictures import quotation
from bot.pictures.layout import ACCENT, INK, LEAST_HEIGHT, MARGIN, PAPER, QUIET, WIDTH
from bot.pictures.typeface import ITALIC, REGULAR, can_show
from bot.service import wording
from bot.settings import PROJECT

LONG = " ".join(["It is a truth that nobody who has worked in a big kitchen will deny,"] * 9)[:500]
NAME, SOURCE = "Anna Müller, the author", "“On Bread” by Anna Müller, The Baker, 1 May 2009"
BIGGEST_FILE = 100_000


@cache
def characters() -> list[str]:
    """All letters and signs of the font."""
    candidates = map(chr, [*range(0x20, 0x530), *range(0x2010, 0x2060)])
    return [c for c in candidates if c.isprintable() and can_show(c, REGULAR) and can_show(c, ITALIC)]


def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts of words, or without a space, in all letters and signs of the font."""

    def of_words() -> st.SearchStrategy[str]:
        word = st.text(st.sampled_from(characters()), min_size=1, max_size=9)
        return st.text(st.sampled_from(characters()), max_size=longest) | st.lists(word, max_size=longest // 10).map(
            " ".join
        )

    return st.deferred(of_words)


def drawn(quote: str, by: str = NAME, source: str = SOURCE) -> Image.Image:
    """The picture, once it is sure that it is whole."""
    png = quotation(quote, by, source)
    assert png is not None
    assert len(png) < BIGGEST_FILE
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.width == WIDTH
    left, top, right, bottom = ink(image)
    assert left >= MARGIN
    assert top >= MARGIN
    assert right <= WIDTH - MARGIN
    assert bottom <= image.height - MARGIN
    return image


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    found = ImageChops.difference(image, Image.new("RGB", image.size, PAPER)).getbbox()
    assert found is not None
    return found


def contrast(one: str, other: str) -> float:
    """As the Web Content Accessibility Guidelines define it."""

    def luminance(colour: str) -> float:
        shares = [value / 255 for value in ImageColor.getrgb(colour)]
        linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_quotation_of_the_shipped_library_is_drawn() -> None:
    library = load_library(PROJECT / "knowledge")
    quoted = [
        (claim.quote, claim.speaker or article.author or "", wording.citation(article))
        for article in library.articles.values()
        for claim in article.claims
        if claim.quote
    ]
    assert len(quoted) > 30
    for texts in quoted:
        assert drawn(*texts).height == LEAST_HEIGHT


@pytest.mark.parametrize(
    ("quote", "by", "source"),
    [
        ("Yes.", NAME, SOURCE),
        ("Yes.", "", ""),
        ("Yes.", NAME, ""),
        ("Yes.", "", SOURCE),
        (LONG, NAME, SOURCE),
        (LONG, f"{NAME}, " * 12, f"{SOURCE}, " * 6),
        ("W" * 500, "W" * 300, "W" * 300),
        ("f" * 500, "f" * 300, "f" * 300),
        ("of " * 166, "of " * 100, "of " * 100),
        ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", NAME, SOURCE),
        ("Все счастливые семьи похожи друг на друга.", "Лев Толстой", "Анна Каренина"),
        ("Ένα μόνο ξέρω, ότι δεν ξέρω τίποτα.", "Σωκράτης", "Απολογία"),
        ("Ångström, Ǻ, Ệ and Ỹ; ﬁ, ÿ, ç and ţ", "Ặj", "Ặj"),
        ("three\nlines\tof\r\ntext", NAME, SOURCE),
    ],
)
def test_whatever_its_length_it_stays_inside_the_margins(quote: str, by: str, source: str) -> None:
    drawn(quote, by, source)


@settings(max_examples=25, deadline=None)
@given(texts(500), texts(300), texts(300))
def test_odd_texts_stay_inside_the_margins(quote: str, by: str, source: str) -> None:
    drawn(f"a{quote}", by, source)


def test_more_words_are_smaller_and_then_the_picture_grows() -> None:
    heights = [drawn("word " * count).height for count in (1, 20, 40, 99)]
    assert heights[0] == heights[1] == LEAST_HEIGHT
    assert heights[1] <= heights[2] < heights[3]


def test_long_names_and_sources_take_no_more_room() -> None:
    tops = [ink(drawn("Yes.", "name " * count, "source " * count))[1] for count in (30, 60, 300)]
    assert tops[0] == tops[1] == tops[2] < ink(drawn("Yes."))[1]


@pytest.mark.parametrize(
    "text",
    [
        "an emoji 🙂",
        "שלום",
        "مرحبا",
        "नमस्ते",
        "漢字",
        "q\u0301 has no letter of its own",
        "a nul \x00",
        "half a \ud83d character",
        "a filler \u115f",
        "no character \uffff",
    ],
)
def test_what_the_font_cannot_show_is_not_drawn(text: str) -> None:
    assert quotation(text, NAME, SOURCE) is None
    assert quotation("Yes.", text, SOURCE) is None
    assert quotation("Yes.", NAME, text) is None


@pytest.mark.parametrize("quote", ["", " \u00a0\n", "\u200b", "word " * 200])
def test_nothing_and_far_too_much_are_not_drawn(quote: str) -> None:
    assert quotation(quote, NAME, SOURCE) is None


@pytest.mark.parametrize("same", ["a  café ", "a cafe\u0301", "a\u200b café", "\u202ea ca\u00adfé"])
def test_what_looks_the_same_gives_the_same_bytes(same: str) -> None:
    assert quotation(same, NAME, SOURCE) == quotation("a café", NAME, SOURCE)


def test_threads_draw_the_same_bytes() -> None:
    texts = [LONG[:length] for length in range(20, 500, 60)] * 2
    alone = [quotation(text, NAME, SOURCE) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert [*threads.map(lambda text: quotation(text, NAME, SOURCE), texts)] == alone


def test_it_is_readable() -> None:
    """AA of the guidelines: 4.5 for texts; 3 would do for the mark and the rule."""
    colours = drawn(LONG).getcolors(1000)
    assert colours is not None
    assert {ImageColor.getrgb(colour) for colour in (PAPER, INK, QUIET, ACCENT)} <= {colour for _, colour in colours}
    assert max(colours)[1] == ImageColor.getrgb(PAPER)
    assert min(contrast(PAPER, colour) for colour in (INK, QUIET, ACCENT)) >= 4.5


def test_pillow_is_loaded_with_the_first_picture() -> None:
    script = (
        "import sys; from bot.pictures import quotation; before = {*sys.modules};"
        "quotation('a', '', ''); print('PIL' in before, 'PIL' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]
