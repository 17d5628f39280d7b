"""Arrays that take long to compute, kept on disk between starts.

The name of a file says what it was computed from, so a stale one is never found. A file that is broken,
foreign or of another shape counts as absent and is replaced.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

_SEAL = hashlib.sha256().digest_size
"""Every file begins with the hash of the rest: any damage is noticed, and nothing else is ever parsed."""

Arrays = Mapping[str, NDArray[np.generic]]


def content_hash(parts: Iterable[str]) -> str:
    """A hash of the parts and of where each ends (hexadecimal SHA-256)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Cache:
    """A folder of array files; without a folder it remembers nothing.

    A folder that cannot be written is logged and ignored: the cache only saves time.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def read(self, name: str, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, NDArray[np.generic]] | None:
        """The arrays of file ``name``, if all are there, finite and shaped as ``shapes`` says (-1: any length)."""
        if self._folder is None:
            return None
        try:
            file = (self._folder / f"{name}.npz").read_bytes()
            seal, content = file[:_SEAL], file[_SEAL:]
            if hashlib.sha256(content).digest() != seal:
                return None
            with np.load(io.BytesIO(content), allow_pickle=False) as stored:
                arrays = {key: stored[key] for key in shapes}
        except (OSError, ValueError, KeyError):
            return None
        return arrays if all(_fits(arrays[key], shape) for key, shape in shapes.items()) else None

    def write(self, name: str, arrays: Arrays) -> None:
        """Keep ``arrays`` as file ``name``; the file appears whole or not at all."""
        if self._folder is None:
            return
        buffer = io.BytesIO()
        np.savez(buffer, allow_pickle=False, **arrays)
        content = buffer.getvalue()
        temporary = self._folder / f"{name}.{os.getpid()}.tmp"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(hashlib.sha256(content).digest() + content)
            temporary.replace(self._folder / f"{name}.npz")
        except OSError as error:
            log.warning("The cache %s cannot be written: %s", self._folder, error)
            with suppress(OSError):
                temporary.unlink()


def _fits(array: NDArray[np.generic], shape: tuple[int, ...]) -> bool:
    same = array.ndim == len(shape) and all(want in (-1, have) for want, have in zip(shape, array.shape, strict=True))
    return same and (array.dtype.kind == "S" or (array.dtype.kind == "f" and bool(np.isfinite(array).all())))
