"""Broken files that say themselves, in comments, which errors to expect at which line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.knowledge import LibraryError, load_library

Library = Callable[..., Path]
Check = Callable[[Mapping[str, str | None]], None]


def errors_in(folder: Path) -> list[str]:
    """Every error as ``file:line: reason``; empty if the library is valid."""
    try:
        load_library(folder)
    except LibraryError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.fixture
def check(library: Library) -> Check:
    """Writes the small library with these files in it, and compares its errors with what the files say.

    A line ends with ``#! reason`` for the error that is expected there, or ``#! reason & reason`` for several.
    """

    def check(files: Mapping[str, str | None]) -> None:
        expected = [
            f"{file}:{line}: {reason}"
            for file in sorted(files)
            for line, text in enumerate((files[file] or "").splitlines(), start=1)
            if "#! " in text
            for reason in sorted(text.partition("#! ")[2].split(" & "))
        ]
        assert errors_in(library(files)) == expected

    return check
