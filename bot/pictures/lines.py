"""Text broken into lines, as even as they can be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Width = Callable[[str], float]
"""How wide a text is in one line."""

_ELLIPSIS = "…"


def balanced(text: str, width: Width, room: float) -> list[str]:
    """The lines of ``text``, of which none is wider than ``room``.

    What is left of the lines is as even as it can be: the sum of the squares is the least. The last line counts like
    the others, so it is hardly ever a single word. Only a word that is wider than a line is broken.
    """
    words = [piece for word in text.split(" ") if word for piece in _pieces(word, width, room)]
    places = placed(words, width)
    # Of the first words, as many as the index says: how uneven their lines are, and where the last of these starts.
    best = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, int]] = []
        for start in reversed(range(end)):
            left = room - (places[end - 1][1] - places[start][0])
            if choices and left < 0:
                break
            choices.append((best[start][0] + left**2, start))
        best.append(min(choices))
    lines, end = [], len(words)
    while end:
        start = best[end][1]
        lines.append(" ".join(words[start:end]))
        end = start
    return lines[::-1]


def clipped(text: str, width: Width, room: float, most: int) -> list[str]:
    """The lines of ``text``; if they are more than ``most``, only so many and an ellipsis."""
    lines = balanced(text, width, room)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while placed(f"{last}{_ELLIPSIS}".split(" "), width)[-1][1] > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;:–—") + _ELLIPSIS]


def placed(words: Sequence[str], width: Width) -> list[tuple[float, float]]:
    """Where each word starts and ends if all are in one line.

    A space may be wider than usual for the letters beside it, as after an f, but not narrower: in a small picture the
    words would run together.
    """
    widths, space = [width(word) for word in words], width(" ")
    places = [(0.0, widths[0])] if words else []
    for (first, second), (before, after) in zip(pairwise(words), pairwise(widths), strict=True):
        start = places[-1][1] + max(space, width(f"{first} {second}") - before - after)
        places.append((start, start + after))
    return places


def _pieces(word: str, width: Width, room: float) -> Iterator[str]:
    """The word, or pieces of it that fill a line each but for the last."""
    while width(word) > room and len(word) > 1:
        fitting = bisect_right(range(1, len(word)), room, key=lambda length: width(word[:length])) or 1
        yield word[:fitting]
        word = word[fitting:]
    yield word
