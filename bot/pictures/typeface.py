"""The fonts that come with the pictures, and what they can show."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from PIL import ImageFont

_FONTS = Path(__file__).parent / "fonts"
REGULAR, ITALIC = _FONTS / "Vollkorn-Regular.ttf", _FONTS / "Vollkorn-Italic.ttf"

_NO_CHARACTER = "\uffff"
_NOT_ALONE = "MC"
"""The first letters of the categories of marks to be combined, and of what is no character of a text."""

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
"""White space, but for the spaces at which no line may end."""


def tidied(text: str) -> str:
    """The text with single spaces, accented letters in one piece, and no invisible characters."""
    shown = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return _BREAKS.sub(" ", "".join(shown)).strip()


def can_show(text: str, file: Path) -> bool:
    """Whether the font in a file has every character of a text, and none must be combined with another."""
    characters = set(text)
    if any(unicodedata.category(character)[0] in _NOT_ALONE for character in characters):
        return False
    font = ImageFont.truetype(file, 20, layout_engine=ImageFont.Layout.BASIC)

    def drawn(character: str) -> tuple[tuple[int, int], bytes]:
        mask = font.getmask(character)
        return mask.size, bytes(mask)

    # Pillow doesn't tell what a font has, but it draws the same for everything that it lacks.
    missing = drawn(_NO_CHARACTER)
    return all(drawn(character) != missing for character in characters)
