"""The command line: ``right-things ...``, or ``python -m bot ...``."""

from bot.cli.main import main

__all__ = ["main"]
