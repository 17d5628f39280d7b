"""Work in a process of its own, so that its memory and its imports are its own."""

from __future__ import annotations

import ctypes
import gc
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from benchmarks.product import PROJECT

T = TypeVar("T")

_STATUS = Path("/proc/self/status")


def in_own_process(work: Callable[[], T], patience: float | None = None) -> T:
    """What ``work`` returns in a new process; it and its result must be picklable.

    Args:
        work: what to do.
        patience: seconds after which the process is killed; None: never.

    Raises:
        subprocess.TimeoutExpired: if it took longer than that.
        subprocess.CalledProcessError: if it failed; what went wrong is on stderr.
    """
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.process"],
        input=pickle.dumps(work),
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        timeout=patience,
        check=True,
    )
    result: T = pickle.loads(run.stdout)
    return result


def resident() -> float | None:
    """Megabytes of this process that are in memory, once what was freed is given back; None if unknown."""
    gc.collect()
    if _STATUS.exists() and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
    return _status("VmRSS")


def peak() -> float | None:
    """The most megabytes of this process that were ever in memory; None if unknown."""
    return _status("VmHWM")


def _status(field: Literal["VmRSS", "VmHWM"]) -> float | None:
    # Not getrusage: its peak includes that of the process which started this one.
    if not _STATUS.exists():
        return None
    found = re.search(rf"{field}:\s+(\d+) kB", _STATUS.read_text(encoding="utf-8"))
    return round(int(found[1]) / 1024, 1) if found else None


def _main() -> None:
    results, sys.stdout = sys.stdout.buffer, sys.stderr  # whatever a library prints is not the result
    results.write(pickle.dumps(pickle.load(sys.stdin.buffer)()))


if __name__ == "__main__":
    _main()
