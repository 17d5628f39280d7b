"""YAML files become plain data and lines, or errors with the line where the file is broken."""

from __future__ import annotations

import time
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
        ("a: 1\nb: [c\nd: 2\n", "3: the `[` of line 2 is not closed before here; close it, or put it in quotes"),
        ("- a\n\t- b\n", "2: a tab indents this line; use spaces"),
        ("- a\n---\n- b\n", "2: starts a second YAML document; a file has only one, so delete the `---`"),
        ("- a\n- why: not: both\n", "2: a text can't contain `: ` in YAML; put it in quotes"),
        ("- ééé\n- \a\n- b\n", "2: contains U+0007, a character that can't be shown; delete it"),
        ("[" * 900 + "]" * 900, "1: is nested too deeply"),
        ("- a\n- what is a café\n".encode("latin-1"), "2: is not UTF-8 text; save it as UTF-8"),
        (b"\xef\xbb\xbf- a\n- \xff\n", "2: is not UTF-8 text; save it as UTF-8"),
    ],
)
def test_broken_file(tmp_path: Path, content: str | bytes, error: str) -> None:
    document = read(tmp_path, content)
    assert [f"{fault.line}: {fault.reason}" for fault in document.faults] == [error]
    assert (document.data, document.is_usable) == (None, False)


def test_every_bad_key_is_reported(tmp_path: Path) -> None:
    document = read(tmp_path, "a: 1\nb: 2\na: 3\n[c]: 4\na: 5\n")
    reasons = {
        3: "`a` appears twice",
        4: "a key must be a word; if this is text, put it in quotes",
        5: "`a` appears twice",
    }
    assert {fault.line: fault.reason for fault in document.faults} == reasons


def test_file_that_is_no_file(tmp_path: Path) -> None:
    assert read_document(tmp_path, "some.yaml").faults == [Fault("some.yaml", 1, "is a folder")]


@pytest.mark.parametrize("text", ["[" * 30_000, "{a: " * 30_000, "- " * 30_000, "a:\n" + "  " * 30_000 + "- " * 30_000])
def test_deep_nesting_is_an_error_at_once(tmp_path: Path, text: str) -> None:
    start = time.process_time()
    (fault,) = read(tmp_path, text).faults
    assert fault.reason == "is nested too deeply"
    assert time.process_time() - start < 1


def test_nesting_of_mappings_takes_no_time(tmp_path: Path) -> None:
    start = time.process_time()
    (fault,) = read(tmp_path, "".join(f"{' ' * depth}a:\n" for depth in range(1_900))).faults
    assert (fault.line, fault.reason) == (22, "is nested too deeply")
    assert time.process_time() - start < 1


MANY = ["- x\n" * 100_000, "[" + "~, " * 100_000 + "]", "".join(f"k{n}: x\n" for n in range(100_000))]


@pytest.mark.parametrize("text", MANY, ids=["items", "flow", "keys"])
def test_file_with_too_many_parts_is_not_read_to_its_end(tmp_path: Path, text: str) -> None:
    (fault,) = read(tmp_path, text).faults
    assert fault.reason == "has more than 50,000 texts; split it into several files"


def test_only_some_hundred_errors_of_a_file_are_reported(tmp_path: Path) -> None:
    *errors, last = read(tmp_path, "- *a\n" * 3_000).faults
    assert [error.line for error in errors] == list(range(1, 501))
    assert last == Fault("some.yaml", 500, "has more errors; fix those above first")


@pytest.mark.parametrize("character", ["\a", "\x85", "\u2028", "\u2029", "\ufeff", "\uffff"])
def test_character_that_breaks_yaml_is_named_with_its_line(tmp_path: Path, character: str) -> None:
    (fault,) = read(tmp_path, f"- a\r\n- b\r- {character}\n").faults
    expected = f"contains U+{ord(character):04X}, a character that can't be shown; delete it"
    assert (fault.line, fault.reason) == (3, expected)
