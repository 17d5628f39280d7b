"""Our files in the cache folder that nobody needs any more. Other files are never touched."""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_OURS = re.compile(r"(?P<kind>model|encodings|vectors)-[0-9a-f]{32}(-[0-9a-z]+)?(\.\w+)?\.(?P<suffix>npz|tmp)")
_KEPT = 5
"""How many files of a kind are kept, the last used ones: libraries share the folder, and edits are undone."""

_UNUSED_SECONDS = 30 * 24 * 3600

if sys.platform == "win32":

    def lock(file: BinaryIO) -> bool:
        """Do nothing: Windows doesn't delete open files."""
        return True
else:
    import fcntl

    def lock(file: BinaryIO) -> bool:
        """Mark a file as being written until it is closed or its process dies; False if another has marked it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def tidy(folder: Path) -> None:
    """Remove what killed writes left behind, and all but the last used files of each kind. Never raises."""
    used: dict[str, list[tuple[float, Path]]] = defaultdict(list)
    for path, kind in _ours(folder):
        with suppress(OSError):
            if kind:
                used[kind].append((path.stat().st_mtime, path))
            elif not _is_being_written(path):
                path.unlink()
    for files in used.values():
        for place, (seconds, path) in enumerate(sorted(files, reverse=True)):
            if place >= _KEPT or time.time() - seconds > _UNUSED_SECONDS:
                with suppress(OSError):
                    path.unlink()


def _ours(folder: Path) -> Iterator[tuple[Path, str]]:
    """Our files, each with its kind; an empty kind if it is unfinished."""
    with suppress(OSError, ValueError):
        for path in folder.iterdir():
            name = _OURS.fullmatch(path.name)
            if name and path.is_file() and not path.is_symlink():
                yield path, name["kind"] if name["suffix"] == "npz" else ""


def _is_being_written(path: Path) -> bool:
    with path.open("rb") as file:
        return not lock(file)
