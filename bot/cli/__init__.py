"""The command line: ``python -m bot ...``."""

from bot.cli.commands import main

__all__ = ["main"]
