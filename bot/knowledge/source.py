"""The files of a library as plain data that remembers the line of every part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.knowledge.faults import Fault, printable
from bot.knowledge.files import GOLDEN, UnreadableError, read_text
from bot.knowledge.golden import parse_lines
from bot.knowledge.parsing import Location, Parser, UnparsedError
from bot.knowledge.syntax import explain

# What YAML does not allow, and what breaks a line in YAML but in no editor.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

MOST_FAULTS = 500


@dataclass
class Document:
    """A file as plain data, with the line of each part and everything that is wrong with it.

    is_usable: whether the file could be parsed; if not, ``data`` is None and means nothing.
    """

    file: str
    data: object = None
    is_usable: bool = False
    faults: list[Fault] = field(default_factory=list)
    _lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """The line (from 1) of a part, or of the nearest enclosing part that is in the file."""
        while location and location not in self._lines:
            location = location[:-1]
        return self._lines.get(location, 1)

    @property
    def is_full(self) -> bool:
        """Whether no more errors are reported."""
        return len(self.faults) >= MOST_FAULTS

    def report(self, line: int, reason: str) -> None:
        """Report an error in this document, up to a few hundred: nobody reads more."""
        if self.is_full:
            return
        self.faults.append(Fault(self.file, line, reason))
        if self.is_full:
            self.faults.append(Fault(self.file, line, "has more errors; fix those above first"))

    def parse_golden(self, text: str) -> None:
        """Fill in the objects of a JSON Lines text, and report the lines that are none."""
        self.data, self._lines = parse_lines(text, self.report)
        self.is_usable = True

    def parse(self, text: str) -> None:
        """Fill in the data of a YAML text and its lines, and report what is not valid or was surely meant otherwise."""
        if found := _FORBIDDEN.search(text):
            line = len(re.findall(r"\r\n?|\n", text[: found.start()])) + 1
            self.report(line, f"contains U+{ord(found[0]):04X}, a character that can't be shown; delete it")
            return
        parser = Parser(text, self.report)
        try:
            self.data, self.is_usable = parser.parse(), True
            self._lines = parser.lines
        except UnparsedError as error:
            self.report(error.line, str(error))
        except yaml.MarkedYAMLError as error:
            self.report(*explain(error, parser))


def read_document(path: Path, file: str) -> Document:
    """Read ``path``; if it can't be parsed, the document's ``faults`` say why. Never raises.

    In YAML, scalars stay text, so that a phrasing such as ``no`` or ``2009`` is what the curator typed;
    the models convert dates and booleans.
    """
    document = Document(printable(file))
    try:
        text = read_text(path)
        document.parse_golden(text) if file == GOLDEN else document.parse(text)
    except UnreadableError as error:
        document.report(error.line, str(error))
    return document
