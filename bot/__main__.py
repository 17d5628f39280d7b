"""``python -m bot`` and ``right-things``: the process, whatever happens to its terminal."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

INTERRUPTED = 128 + signal.SIGINT


def main() -> int:
    """Run the command line; returns the exit code."""
    # Not as an exception: the imports, which take a second, may turn it into an ImportError.
    if quits := signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _quit)
    from bot.cli import main as run
    from bot.cli.streams import guarded

    if quits:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return guarded(run)
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)  # without waiting for threads that compute


def _quit(number: int, frame: FrameType | None) -> NoReturn:
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    sys.exit(main())
