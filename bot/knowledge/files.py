"""The files of a library: which are read, which were meant to be, and their text."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bot.knowledge.faults import Fault, LibraryError, printable

FOLDERS, SINGLES, GOLDEN = ("articles", "topics"), ("outside", "smalltalk", "moves", "library"), "golden.jsonl"
LARGEST = 2_000_000
"""Bytes of the largest file that is read."""

_DEEPEST, _MOST = 5, 10_000
"""How many folders deep, and how many entries, are searched for files in the wrong place."""

# What editors, synchronisers and operating systems leave behind.
_PRIVATE = re.compile(
    r"\..*|.*~|~\$.*|#.*#|.*\.(bak|old|orig|rej|sw[a-p]|te?mp|part|crdownload|lock)|.*___jb_\w+___|.*:zone\.identifier"
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|lost\+found|__macosx|__pycache__|node_modules",
    re.IGNORECASE | re.DOTALL,
)
_YAML = re.compile(r"\.y(l|[aml]{2,})", re.IGNORECASE)
_LIKE_GOLDEN = re.compile(r"golden(\.(jsonl?|ndjson|txt|ya?ml))*", re.IGNORECASE)
_TEXT = {"", ".txt", ".json", ".toml"}
"""Endings that a YAML file is given by mistake, apart from variants of ``.yaml``."""


class UnreadableError(Exception):
    """A file that can't be read as text: its ``line`` and the reason, in a curator's words."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class Files:
    """The files to read, by the part of the library that they belong to, and what is wrong with the rest."""

    found: dict[str, list[str]]
    faults: list[Fault] = field(default_factory=list)


def find_files(folder: Path) -> Files:
    """Every file of the library in ``folder``, relative to it and sorted.

    What looks like a part of the library but is not where the library is read from is an error. What editors and
    operating systems leave behind is ignored.

    Raises:
        LibraryError: if it is not a folder, or can't be read.
    """
    files = Files({name: [] for name in (*FOLDERS, *SINGLES, GOLDEN)})
    for path, entry in _entries(folder, files.faults):
        if part := _part(path):
            files.found[part].append(str(path))
        elif reason := _reason_against(path, entry):
            files.faults.append(Fault(printable(str(path)), 1, reason))
    return files


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        UnreadableError: if it is not an ordinary file, too large, not UTF-8, or can't be read.
    """
    try:
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(mode := path.stat().st_mode):
            raise UnreadableError(f"is {'a folder' if stat.S_ISDIR(mode) else 'not an ordinary file'}")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(_why(error, path)) from error
    if len(data) > LARGEST:
        raise UnreadableError(f"is too large (at most {LARGEST // 1_000_000} MB)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableError("is not UTF-8 text; save it as UTF-8", line) from error


def _entries(folder: Path, faults: list[Fault]) -> Iterator[tuple[PurePosixPath, os.DirEntry[str]]]:
    """All files in the folder and below it, and the folders whose names end like files; breadth first."""
    waiting, visited, seen = [PurePosixPath()], set[tuple[int, int]](), 0
    for path in waiting:
        try:
            status = (folder / path).stat()
            if (status.st_dev, status.st_ino) in visited:  # through a link
                continue
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder / path) as scanned:
                entries = sorted(scanned, key=lambda entry: (entry.name not in FOLDERS, entry.name))
        except (OSError, ValueError) as error:
            if not path.parts:
                raise LibraryError([Fault(printable(str(folder)), 1, _why_no_library(error))]) from error
            if path.parts[0] in FOLDERS and isinstance(error, OSError):
                faults.append(Fault(printable(str(path)), 1, _why(error, folder / path)))
            continue
        for entry in entries:
            seen += 1
            if _PRIVATE.fullmatch(entry.name) or (not path.name and entry.name == "schema"):
                continue
            if _is_folder(entry) and entry.name != GOLDEN and not _YAML.search(entry.name):
                if len(path.parts) < _DEEPEST and seen < _MOST:
                    waiting.append(path / entry.name)
            else:
                yield path / entry.name, entry


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _part(path: PurePosixPath) -> str | None:
    """The part of the library that a file belongs to; None if it is not read."""
    if str(path) == GOLDEN:
        return GOLDEN
    if path.suffix != ".yaml":
        return None
    if len(path.parts) == 1:
        return path.stem if path.stem in SINGLES else None
    return path.parts[0] if len(path.parts) == 2 and path.parts[0] in FOLDERS else None


def _reason_against(path: PurePosixPath, entry: os.DirEntry[str]) -> str | None:
    """Why a file that is not read is an error; None if it does not look like a part of a library."""
    yaml = _YAML.search(path.name)
    stem = path.name[: yaml.start()] if yaml else path.stem
    is_text = path.suffix.lower() in _TEXT and not stem.isupper()
    top, *below = path.parts
    if not below and top in FOLDERS:
        return "is a link to a folder that does not exist" if entry.is_symlink() else "must be a folder"
    if not below and stem.lower() in SINGLES and (yaml or is_text):
        return f"is ignored; rename it to {stem.lower()}.yaml"
    if not below and _LIKE_GOLDEN.fullmatch(path.name):
        return f"is ignored; rename it to {GOLDEN}"
    if below and top in FOLDERS and path.name == GOLDEN:
        return "is ignored; move it beside `articles` and `topics`"
    if not below and (yaml or (is_text and stem.lower() in FOLDERS)):
        return "is ignored; move it to `articles` or `topics`"
    if len(below) == 1 and top in FOLDERS and (yaml or (is_text and not _is_with_article(path, entry))):
        return f"is ignored; rename it to {stem}.yaml"
    if yaml is None:
        return None
    if top in FOLDERS:
        return f"is ignored; move it up to `{top}`"
    if top.lower() in FOLDERS and len(below) == 1:
        return f"is ignored; rename its folder to `{top.lower()}`"
    return "is ignored; move it to `articles` or `topics`"


def _is_with_article(path: PurePosixPath, entry: os.DirEntry[str]) -> bool:
    """Whether a text has the name of a YAML file beside it: then it is an article's own text."""
    return path.suffix == ".txt" and Path(entry.path).with_suffix(".yaml").exists()


def _why_no_library(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "can't be read: permission denied"
    return "is not a folder; a library is a folder with `articles` and `topics` in it"


def _why(error: OSError, path: Path) -> str:
    """An error of the operating system in a curator's words."""
    if isinstance(error, FileNotFoundError):
        is_link = path.is_symlink()
        return "is a link to something that does not exist" if is_link else "does not exist"
    if isinstance(error, PermissionError):
        return "can't be read: permission denied"
    return f"can't be read: {(error.strerror or 'unknown error').lower()}"
