"""What can be wrong with a library.

LibraryError    the library can't be used; carries every Fault that was found
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_LONGEST_NAME = 80


class Position(NamedTuple):
    """A file (relative to the library's folder) and a line (from 1) in it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to fix: the file (relative to the library's folder), the line (from 1) and the reason."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class LibraryError(Exception):
    """The library can't be used. ``faults`` lists everything that is wrong, sorted by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[LibraryError], tuple[tuple[Fault, ...]]]:
        # By default an exception is unpickled from its message; this one needs its faults.
        return LibraryError, (self.faults,)


def printable(text: str) -> str:
    """A text on one line, with escapes in place of what can't be seen or encoded."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def shown(text: str) -> str:
    """A curator's words for use in a reason: printable, and cut if they are long."""
    return printable(text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…")
