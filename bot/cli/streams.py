"""Standard input, output and errors, which may be closed or full, or whose reader may have left."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Lenient(io.FileIO):
    """Drops what cannot be written."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def guarded(command: Callable[[], int]) -> int:
    """Run a command and return its exit code: 1, and a sentence, if standard input or output fails.

    Standard error fails silently: there is no better place to say so.
    """
    _open_closed()
    if not sys.stderr.isatty():
        errors = io.BufferedWriter(_Lenient(sys.stderr.fileno(), "w", closefd=False))
        sys.stderr = io.TextIOWrapper(errors, sys.stderr.encoding, "backslashreplace", line_buffering=True)
    try:
        try:
            return command()
        finally:
            sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # then its reader has seen enough
            print(f"Reading or writing failed: {error.strerror}", file=sys.stderr)
        # At exit, Python would try again to write what is buffered.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _open_closed() -> None:
    """Open closed streams, so that no file takes their place; there is nothing to read, and writing fails."""
    if sys.stdin is None:
        sys.stdin = open(_null(0), encoding="utf-8", closefd=False)  # noqa: SIM115  # for as long as the process lives
    if sys.stdout is None:
        sys.stdout = open(_null(1), "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(_null(2), "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _null(descriptor: int) -> int:
    """Open the null device as this descriptor, read-only: writing to it fails."""
    opened = os.open(os.devnull, os.O_RDONLY)
    if opened != descriptor:
        os.dup2(opened, descriptor)
        os.close(opened)
    return descriptor
