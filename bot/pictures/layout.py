"""How a quotation is laid out: everything flush left, the words as large as there is room for."""

from __future__ import annotations

import io
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from bot.pictures.lines import balanced, clipped, placed
from bot.pictures.typeface import ITALIC, REGULAR, can_show, tidied

WIDTH, LEAST_HEIGHT, MARGIN = 1200, 630, 64
"""Discord shows a picture of this shape as wide as its column, on a phone and on a desk."""

PAPER, INK, QUIET, ACCENT = "#f9f4ea", "#211d19", "#5f554b", "#b1491f"

_LONGEST = 600
"""Characters of the quote. Of the other texts so many never fit anyway."""

_SIZES = range(104, 43, -3)
"""Of the words. At the last one the picture grows with them: smaller ones are hard to read on a phone."""

_BY_SIZE, _BY_LINES, _SOURCE_SIZE, _SOURCE_LINES = 40, 2, 34, 3
_LEADING = 1.26
_LEFT = 180
_ROOM = WIDTH - MARGIN - 8 - _LEFT  # Some letters lean out of their line by a few pixels.
_MARK, _MARK_SIZE = "“", 240
_GAP, _RULE_WIDTH, _RULE_HEIGHT = 72, 72, 4
_SHADES = 32


@dataclass(frozen=True)
class Block:
    """Lines in one font and colour."""

    lines: list[str]
    font: ImageFont.FreeTypeFont
    colour: str

    @property
    def step(self) -> int:
        """From one baseline to the next."""
        return round(self.font.size * _LEADING)

    @property
    def height(self) -> int:
        return self.step * (len(self.lines) - 1) + sum(self.font.getmetrics()) if self.lines else 0

    def draw(self, draw: ImageDraw.ImageDraw, top: int) -> None:
        baseline = top + self.font.getmetrics()[0]
        for line in self.lines:
            words = line.split(" ")
            for word, (start, _) in zip(words, placed(words, self.font.getlength), strict=True):
                draw.text((_LEFT + start, baseline), word, self.colour, self.font, anchor="ls")
            baseline += self.step


def picture(quote: str, by: str, source: str) -> bytes | None:
    """The PNG of a quotation, as the room promises it."""
    quote, by, source = tidied(quote), tidied(by)[:_LONGEST], tidied(source)[:_LONGEST]
    if not quote or len(quote) > _LONGEST or not (can_show(quote + by, REGULAR) and can_show(source, ITALIC)):
        return None
    blocks = [
        _clipped(by, REGULAR, _BY_SIZE, _BY_LINES, INK),
        _clipped(source, ITALIC, _SOURCE_SIZE, _SOURCE_LINES, QUIET),
    ]
    below = sum(block.height for block in blocks)
    gap = _GAP if below else 0
    words = _words(f"{quote}”", LEAST_HEIGHT - 2 * MARGIN - gap - below)
    used = words.height + gap + below
    height = max(LEAST_HEIGHT, used + 2 * MARGIN)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    top = (height - used) // 2
    _draw_mark(draw, words.font, top)
    words.draw(draw, top)
    top += words.height + gap
    if gap:
        rule = top - (gap + _RULE_HEIGHT) // 2
        draw.rectangle((_LEFT, rule, _LEFT + _RULE_WIDTH - 1, rule + _RULE_HEIGHT - 1), ACCENT)
    for block in blocks:
        block.draw(draw, top)
        top += block.height
    return _png(image)


def _words(text: str, height: int) -> Block:
    """The words in the largest size in which they fit unbroken, else in the smallest."""

    def block(size: int) -> Block:
        font = ImageFont.truetype(REGULAR, size)
        return Block(balanced(text, font.getlength, _ROOM), font, INK)

    def fits(size: int) -> bool:
        return (found := block(size)).height <= height and " ".join(found.lines) == text

    return block([*_SIZES, _SIZES[-1]][bisect_left(_SIZES, True, key=fits)])


def _clipped(text: str, file: Path, size: int, most: int, colour: str) -> Block:
    font = ImageFont.truetype(file, size)
    return Block(clipped(text, font.getlength, _ROOM, most), font, colour)


def _draw_mark(draw: ImageDraw.ImageDraw, beside: ImageFont.FreeTypeFont, top: int) -> None:
    """The opening quotation mark, large in the margin, as high as the capitals of the first line."""
    font = ImageFont.truetype(REGULAR, _MARK_SIZE)
    capitals = top + beside.getmetrics()[0] + beside.getbbox("H", anchor="ls")[1]
    draw.text((MARGIN, capitals - font.getbbox(_MARK, anchor="ls")[1]), _MARK, ACCENT, font, anchor="ls")


def _png(image: Image.Image) -> bytes:
    """The image in shades from the paper to each colour, which takes a third of the bytes of full colour."""
    paper, *colours = (ImageColor.getrgb(colour) for colour in (PAPER, INK, QUIET, ACCENT))
    shades = Image.new("P", (1, 1))
    shades.putpalette(
        [
            round(start + (end - start) * step / (_SHADES - 1))
            for colour in colours
            for step in range(_SHADES)
            for start, end in zip(paper, colour, strict=True)
        ]
    )
    file = io.BytesIO()
    image.quantize(palette=shades, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()
