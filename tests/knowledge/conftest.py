"""Broken files that announce their errors in comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.knowledge import LibraryError, load_library

Library = Callable[..., Path]
Check = Callable[[Mapping[str, str]], None]


def errors_in(folder: Path) -> list[str]:
    """Every error as ``file:line: reason``; empty if the library is valid."""
    try:
        load_library(folder)
    except LibraryError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.fixture
def check(library: Library) -> Check:
    """Puts files into the small library and compares its errors with those that the files announce.

    A line that ends with ``  #! reason`` has that error, or ``  #! reason & reason`` these two; the files are
    written without. ``<n>`` is n letters.
    """

    def check(files: Mapping[str, str]) -> None:
        files = {file: re.sub(r"<(\d+)>", lambda n: "x" * int(n[1]), text) for file, text in files.items()}
        expected = [
            f"{file}:{line}: {reason}"
            for file in sorted(files)
            for line, text in enumerate(files[file].splitlines(), start=1)
            for reason in sorted(filter(None, text.partition("#! ")[2].split(" & ")))
        ]
        written = {file: re.sub(r"  #! .*", "", text) for file, text in files.items()}
        assert errors_in(library(written)) == expected

    return check
