"""YAML files become plain data and lines, or errors with the line where the file is broken."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bot.knowledge import Fault
from bot.knowledge.source import Document, read_document

LIST = "- first: 1\n  second: [a, b]\n- - c\n"


def read(folder: Path, content: str | bytes) -> Document:
    file = folder / "some.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(file, "some.yaml")


@pytest.mark.parametrize("content", [LIST, "\ufeff" + LIST, LIST.replace("\n", "\r\n")], ids=["plain", "BOM", "CRLF"])
def test_parts_know_their_lines(tmp_path: Path, content: str) -> None:
    document = read(tmp_path, content)
    assert (document.data, document.is_usable) == ([{"first": "1", "second": ["a", "b"]}, ["c"]], True)
    lines = {(): 1, (0,): 1, (0, "second"): 2, (0, "second", 1): 2, (0, "absent", 3): 1, (1, 0): 3}
    assert {location: document.line(location) for location in lines} == lines


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *[(text, text) for text in ("no", "Yes", "on", "2009", "0x1F", "1.50", "12:30", "2009-12-01")],
        *[("'~'", "~"), ('"null"', "null"), ("~", None), ("", None)],
        *[("  spaced   out  ", "spaced   out"), ("what’s “right”? 🤔", "what’s “right”? 🤔")],
    ],
)
def test_scalar_is_the_text_that_the_curator_typed(tmp_path: Path, written: str, meant: str | None) -> None:
    assert read(tmp_path, f"- {written}\n").data == [meant]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("a: 1\nb: [c\nd: 2\n", "3: is not valid YAML: did not find expected ',' or ']'"),
        ("- a\n\t- b\n", "2: is not valid YAML: found a tab character that violates indentation"),
        ("- a\n---\n- b\n", "2: is not valid YAML: found another document"),
        ("- a\n- *nobody\n", "2: is not valid YAML: found undefined alias"),
        ("- a\n- why: not: both\n", "2: is not valid YAML: mapping values are not allowed in this context"),
        ("- ééé\n- \a\n- b\n", "2: is not valid YAML: there is a character that YAML does not allow"),
        ("[" * 900 + "]" * 900, "1: is not valid YAML: it is nested too deeply"),
        ("- &a b\n- *a\n", "2: uses a YAML alias; write the text out instead"),
        ("&all [*all]\n", "1: uses a YAML alias; write the text out instead"),
        ("- a\n- what is a café\n".encode("latin-1"), "2: is not UTF-8 text"),
        (b"\xef\xbb\xbf- a\n- \xff\n", "2: is not UTF-8 text"),
    ],
)
def test_broken_file(tmp_path: Path, content: str | bytes, error: str) -> None:
    document = read(tmp_path, content)
    assert [f"{fault.line}: {fault.reason}" for fault in document.faults] == [error]
    assert (document.data, document.is_usable) == (None, False)


def test_every_bad_key_is_reported(tmp_path: Path) -> None:
    document = read(tmp_path, "a: 1\nb: 2\na: 3\n[c]: 4\na: 5\n")
    reasons = {3: "`a` appears twice", 4: "a key must be a word", 5: "`a` appears twice"}
    assert {fault.line: fault.reason for fault in document.faults} == reasons


def test_unreadable_file(tmp_path: Path) -> None:
    reason = f"can't be read: {os.strerror(errno.EISDIR)}"
    assert read_document(tmp_path, "some.yaml").faults == [Fault("some.yaml", 1, reason)]
