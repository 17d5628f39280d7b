"""The pictures room: a quotation as a picture to share, set in the font that comes with it."""

from __future__ import annotations


def quotation(quote: str, by: str, source: str) -> bytes | None:
    """The PNG of a quotation: its words large in quotation marks, then who says them, and the source small.

    The same texts always give the same bytes on one machine; on one without FriBiDi (libfribidi), Pillow sets letters
    without kerning. Any number of threads may draw at once.

    Args:
        quote: the words without quotation marks.
        by: who says them; at most two lines, then an ellipsis.
        source: where they are found; at most three lines, then an ellipsis.

    Returns:
        None if it would not come out right: there is no quote or a very long one, a character that the font lacks, or
        a mark to be combined with the letter before it. The font has Latin, Greek and Cyrillic letters, so nothing
        that runs from right to left or changes shape with its neighbours is ever drawn.
    """
    # Pillow is loaded at the first picture, not when the bot starts.
    from bot.pictures.layout import picture

    return picture(quote, by, source)


__all__ = ["quotation"]
