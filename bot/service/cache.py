"""Arrays that take long to compute, kept on disk between starts.

The name of a file says what it was computed from, so a stale one is never found. A file that is broken,
foreign or of another shape counts as absent and is replaced.
"""

from __future__ import annotations

import hashlib
import io
import logging
import math
import os
import secrets
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.service.tidying import lock, tidy

log = logging.getLogger(__name__)

_SEAL = hashlib.sha256().digest_size
"""Every file begins with the hash of the rest: any damage is noticed, and nothing else is ever parsed."""

_MOST_ROWS = 4_000_000
"""The most rows of an array of any length: more than the texts of any library have tokens."""

_BYTES_EACH, _HEADERS = 8, 4096
"""The most bytes that a number takes, and everything else in a file."""

Array = NDArray[np.generic]
Shapes = Mapping[str, tuple[int, ...]]


def content_hash(parts: Iterable[str]) -> str:
    """A hash of the parts and of where each ends (hexadecimal SHA-256)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Cache:
    """A folder of array files; without a folder it remembers nothing.

    A folder that cannot be read or written is logged once and ignored: the cache only saves time.

    Args:
        folder: where files are kept; None: nowhere.
        shipped: a folder of files that came with the library; nothing is ever written there.
    """

    def __init__(self, folder: Path | None = None, shipped: Path | None = None) -> None:
        self._folder = folder
        self._shipped = shipped

    def read(self, name: str, shapes: Shapes) -> dict[str, Array] | None:
        """The arrays of file ``name``, if all are there, finite and shaped as ``shapes`` says (-1: any length)."""
        folders = filter(None, [self._folder, self._shipped])
        return next(filter(None, (self._arrays(folder / f"{name}.npz", shapes) for folder in folders)), None)

    def _arrays(self, path: Path, shapes: Shapes) -> dict[str, Array] | None:
        try:
            file = _content(path, shapes)
            if file is None or hashlib.sha256(memoryview(file)[_SEAL:]).digest() != file[:_SEAL]:
                return None
            arrays = _unpacked(file, shapes)
        except PermissionError as error:
            _warn_once(f"The cache file {path} cannot be read ({error.strerror}); its content is computed again")
            return None
        except Exception:  # a zip file may be broken in more ways than its module documents
            return None
        if path.parent != self._shipped:
            with suppress(OSError):
                os.utime(path)  # what is in use is not tidied away
        return arrays

    def write(self, name: str, arrays: Mapping[str, Array]) -> None:
        """Keep ``arrays`` as file ``name``, which appears whole or not at all; tidy the folder."""
        if self._folder is None:
            return
        buffer = io.BytesIO()
        np.savez(buffer, allow_pickle=False, **arrays)
        content = buffer.getbuffer()
        # Two processes may write at once; on two machines that share the folder, even with the same process id.
        temporary = self._folder / f"{name}.{secrets.token_hex(4)}.tmp"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with temporary.open("xb") as file:
                lock(file)
                file.write(hashlib.sha256(content).digest())
                file.write(content)
            temporary.replace(self._folder / f"{name}.npz")
        except (OSError, ValueError) as error:
            _warn_once(f"The cache {self._folder} cannot be written: {error}")
            with suppress(OSError, ValueError):
                temporary.unlink()
        tidy(self._folder)


@cache
def _warn_once(message: str) -> None:
    """Each reload would otherwise repeat it."""
    log.warning("%s", message)


def _content(path: Path, shapes: Shapes) -> bytes | None:
    """What is in a regular file, unless that is more than arrays of these shapes take."""
    most = _HEADERS + sum(math.prod(_MOST_ROWS if n < 0 else n for n in s) for s in shapes.values()) * _BYTES_EACH
    # A pipe or a device is not even opened: it may wait, or go on for ever.
    if not path.is_file():
        return None
    with path.open("rb") as file:
        content = file.read(most + 1) if os.fstat(file.fileno()).st_size <= most else None
    return content if content is not None and len(content) <= most else None


def _unpacked(file: bytes, shapes: Shapes) -> dict[str, Array]:
    """The arrays of a sealed zip file; raises all kinds of exceptions if it contains others."""
    arrays = {}
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for key, shape in shapes.items():
            member = archive.getinfo(f"{key}.npy")
            if member.compress_type != zipfile.ZIP_STORED:
                raise ValueError("compressed, which ours never are: there is no telling how large it is")
            arrays[key] = _array(archive.read(member), shape)
    return arrays


def _array(data: bytes, shape: tuple[int, ...]) -> Array:
    """An array in numpy's format, whose header must promise neither another shape nor more than there is."""
    stream = io.BytesIO(data)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError("another version")
    found, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    fits = len(found) == len(shape) and all(want in (-1, have) for want, have in zip(shape, found, strict=True))
    if not fits or fortran or dtype.kind not in "Sfi":
        raise ValueError("another array")
    array: Array = np.frombuffer(data, dtype, offset=stream.tell()).reshape(found)
    if dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError("not all numbers are finite")
    return array
