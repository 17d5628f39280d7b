"""Which files are read, which are errors because they were meant to be, and which are nobody's business."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import load_library
from bot.knowledge.files import LARGEST, UnreadableError, read_text
from tests.knowledge.conftest import Library, errors_in

MISPLACED = {
    "outside.yml": "rename it to outside.yaml",
    "Smalltalk.yaml": "rename it to smalltalk.yaml",
    "outside.yaml.txt": "rename it to outside.yaml",
    "outside.json": "rename it to outside.yaml",
    "smalltalk": "rename it to smalltalk.yaml",
    "moves.yml": "rename it to moves.yaml",
    "Moves.txt": "rename it to moves.yaml",
    "outsides.yaml": "move it to `articles` or `topics`",
    "topics.yaml": "move it to `articles` or `topics`",
    "Golden.jsonl": "rename it to golden.jsonl",
    "golden.json": "rename it to golden.jsonl",
    "golden.jsonl.txt": "rename it to golden.jsonl",
    "golden.yaml": "rename it to golden.jsonl",
    "golden": "rename it to golden.jsonl",
    "topics/golden.jsonl": "move it beside `articles` and `topics`",
    "new-article.yaml": "move it to `articles` or `topics`",
    "topics/x.YAML": "rename it to x.yaml",
    "topics/a.b.yml": "rename it to a.b.yaml",
    "topics/x.yaml.txt": "rename it to x.yaml",
    "topics/x.yaml (1)": "rename it to x.yaml",
    "topics/x": "rename it to x.yaml",
    "topics/x.txt": "rename it to x.yaml",
    "articles/x.ymal": "rename it to x.yaml",
    "articles/x.json": "rename it to x.yaml",
    "topics/sub/x.yaml": "move it up to `topics`",
    "articles/2024/05/x.yml": "move it up to `articles`",
    "Topics/x.yaml": "rename its folder to `topics`",
    "topic/x.yaml": "move it to `articles` or `topics`",
    "drafts/old/x.yaml": "move it to `articles` or `topics`",
}
IGNORED = """
.#x.yaml ._x.yaml
.x.yaml.swp .~lock.x.yaml# x.yaml~ #x.yaml# ~$x.yaml x.yaml.bak x.yaml.orig x.yaml.tmp x.yaml___jb_tmp___
x.yaml:Zone.Identifier
Thumbs.db desktop.ini .DS_Store README.md LICENSE picture.png .git/x.yaml .idea/x.yml __MACOSX/x.yaml
golden.jsonl~ .golden.jsonl.swp golden.jsonl.bak goldens.jsonl notes/x.txt empty/
""".split()


@pytest.mark.parametrize("file", MISPLACED)
def test_file_that_was_meant_to_be_read_is_an_error(library: Library, file: str) -> None:
    assert errors_in(library({file: "- {id: x}\n"})) == [f"{file}:1: is ignored; {MISPLACED[file]}"]


@pytest.mark.parametrize("folder", ["", "articles", "topics"])
def test_what_programs_leave_behind_is_ignored(library: Library, folder: str) -> None:
    at = library() / folder
    for name in IGNORED:
        (at / name).parent.mkdir(exist_ok=True)
        (at / name).write_bytes(b"\xff{") if not name.endswith("/") else (at / name).mkdir()
    assert errors_in(library()) == []


def test_schemas_and_texts_of_articles_are_ignored(library: Library) -> None:
    assert errors_in(library({"schema/x.yaml": "x", "articles/kitchen.txt": "x", "texts/kitchen.txt": "x"})) == []


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # a socket's name must be short


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


NO_FILES = {
    "a pipe": (_pipe, "is not an ordinary file"),
    "a socket": (_socket, "is not an ordinary file"),
    "a device": (_link("/dev/zero"), "is not an ordinary file"),
    "a folder": (Path.mkdir, "is a folder"),
    "a link to a folder": (_link("."), "is a folder"),
    "a dangling link": (_link("nowhere"), "is a link to something that does not exist"),
    "a link in a circle": (_link("x.yaml"), "can't be read: too many levels of symbolic links"),
}


@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("name", ["outside.yaml", "golden.jsonl", "topics/x.yaml", "articles/x.yaml"])
def test_only_ordinary_files_are_opened(
    library: Library, kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, reason = NO_FILES[kind]
    folder = library({"outside.yaml": None})
    monkeypatch.chdir(folder)
    make(folder / name)
    errors = errors_in(folder)
    if kind == "a link in a circle" and "/" not in name:
        reason = "is a link to something that does not exist"
    assert errors == [f"{name}:1: {reason}"]


def test_links_to_files_are_followed_and_circles_of_folders_are_not(library: Library, tmp_path: Path) -> None:
    folder = library({"outside.yaml": None})
    (tmp_path / "elsewhere").write_text("[]\n", encoding="utf-8")
    (folder / "outside.yaml").symlink_to(tmp_path / "elsewhere")
    (folder / "topics" / "again").symlink_to("..")
    (folder / "loop").symlink_to(".")
    assert errors_in(folder) == []


@pytest.mark.parametrize("name", ["articles", "topics"])
def test_parts_must_be_folders(library: Library, name: str) -> None:
    folder = library()
    (folder / name).rename(folder / ".old")
    (folder / name).write_text("x", encoding="utf-8")
    assert f"{name}:1: must be a folder" in errors_in(folder)
    (folder / name).unlink()
    (folder / name).symlink_to("nowhere")
    assert f"{name}:1: is a link to a folder that does not exist" in errors_in(folder)
    assert not any("contains no .yaml files" in error for error in errors_in(folder))


def test_folders_may_be_links(library: Library, tmp_path: Path) -> None:
    folder = library()
    (folder / "topics").rename(tmp_path / "elsewhere")
    (folder / "topics").symlink_to(tmp_path / "elsewhere")
    assert len(load_library(folder).topics) == 4


@pytest.mark.parametrize("denied", ["", "topics", "topics/kitchen.yaml", "outside.yaml"])
def test_what_may_not_be_read_is_an_error(library: Library, denied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the refusal is the system's only in effect."""
    path = (folder := library()) / denied

    def refusing(function: Callable[..., object]) -> Callable[..., object]:
        def refuse(at: Path, *arguments: str) -> object:
            if at == path:
                raise PermissionError(13, "Permission denied", str(at))
            return function(at, *arguments)

        return refuse

    monkeypatch.setattr(os, "scandir", refusing(os.scandir))
    monkeypatch.setattr(Path, "open", refusing(Path.open))
    assert f"{denied or path}:1: can't be read: permission denied" in errors_in(folder)


def test_any_path_is_a_library_or_an_error(tmp_path: Path) -> None:
    for name in ("x" * 4096, "x/" * 3000, "a\0b", "\udcff", "line\nbreak"):
        (error,) = errors_in(tmp_path / name)
        assert error.endswith(":1: is not a folder; a library is a folder with `articles` and `topics` in it")
        assert error.isprintable()


def test_names_that_cannot_be_printed_are_escaped(library: Library) -> None:
    folder = library()
    for name in ("line\nbreak.yaml", "\udcff.yaml", "\u202e.yml"):
        (folder / "topics" / name).write_text("x", encoding="utf-8")
    assert [error.partition(":")[0] for error in errors_in(folder)] == [
        "topics/\\u202e.yml",
        "topics/\\udcff.yaml",
        "topics/line\\nbreak.yaml",
    ]


def test_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"#" * LARGEST)
    assert len(read_text(path)) == LARGEST
    with path.open("ab") as file:
        file.write(b"#")
    with pytest.raises(UnreadableError, match=r"^is too large \(at most 2 MB\)$"):
        read_text(path)


def test_file_that_vanishes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"^does not exist$"):
        read_text(tmp_path / "x.yaml")


def test_search_for_misplaced_files_ends_some_folders_deep(library: Library) -> None:
    file = "/".join(["deep"] * 5) + "/x.yaml"
    assert errors_in(library({file: "x"})) == [f"{file}:1: is ignored; move it to `articles` or `topics`"]
    (library() / file).unlink()
    assert errors_in(library({"/".join(["deep"] * 100) + "/x.yaml": "x"})) == []
