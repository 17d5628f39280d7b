"""Memory: giving it back to the system, and keeping the garbage collector short."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from functools import cache


def settle() -> None:
    """Free what nobody needs, and leave the rest, mostly the library, out of the garbage collector's rounds.

    With a library in memory, a full round takes 60 ms, during which nobody is answered.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    release_memory()


def release_memory() -> None:
    """Give back what was freed: glibc keeps it for later use, even for good after a peak. Elsewhere, do nothing."""
    if (trim := _malloc_trim()) is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """See https://man7.org/linux/man-pages/man3/malloc_trim.3.html."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    trim.argtypes = [ctypes.c_size_t]
    return trim
