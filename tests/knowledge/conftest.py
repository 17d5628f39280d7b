"""A small valid library in a temporary folder, for a test to break on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.knowledge import LibraryError, load_library

# Faults are told by line: tests count the lines of these texts from 1.
VALID = {
    "articles/note.yaml": """\
id: note
label: A note without a title
claims:
  - id: long-view
    says: Leaders look far ahead.
""",
    "articles/post.yaml": """\
id: post
title: Two Kinds of Work
author: A. Writer
publisher: The Review
published: 2009-12-01
url: https://example.org/two-kinds
claims:
  - id: right-things
    speaker: Peter Drucker
    role: quoted
    says: One does things right, the other does the right things.
    quote: "doing the right things"
  - id: need-both
    says: A firm needs both.
""",
    "topics/difference.yaml": """\
- id: purpose
  title: What each is for
  claims: [right-things, need-both]
  answer: Managers do things right, leaders do the right things.
  leadership: does the right things
  management: does things right
  aspect: purpose
  related: [horizon]
  questions:
    - what is the difference
    - How do they differ?
- id: horizon
  title: How far each looks
  claims: [long-view]
  answer: Leaders look far ahead.
  questions:
    - how far do leaders look
""",
    "topics/summary.yaml": """\
- id: summary
  title: All of it
  overview: true
  claims: [right-things, need-both, long-view]
  answer: There are two kinds of work.
  questions:
    - sum it up
""",
    "outside.yaml": """\
- id: pay
  reply: The articles say nothing about pay.
  closest: [purpose]
  questions:
    - what does a manager earn
""",
    "smalltalk.yaml": """\
- id: greeting
  reply: Hello!
  questions:
    - hi
""",
}


@dataclass(frozen=True)
class Draft:
    """A library that is being worked on: its folder, and what a test may do to it."""

    folder: Path

    def write(self, file: str, text: str | bytes) -> None:
        """Write a file anew."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def replace(self, file: str, old: str, new: str) -> None:
        """Change the one place where ``old`` stands in a file."""
        text = (self.folder / file).read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} must stand once in {file}"
        self.write(file, text.replace(old, new))

    def append(self, file: str, text: str) -> None:
        """Add text at the end of a file."""
        self.write(file, (self.folder / file).read_bytes().decode() + text)

    def remove(self, *files: str) -> None:
        """Remove files."""
        for file in files:
            (self.folder / file).unlink()

    def faults(self) -> list[str]:
        """Every fault as ``file:line: reason``; none where the library is valid."""
        try:
            load_library(self.folder)
        except LibraryError as error:
            return [str(fault) for fault in error.faults]
        return []


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """The small valid library, written down."""
    written = Draft(tmp_path / "library")
    for file, text in VALID.items():
        written.write(file, text)
    return written
