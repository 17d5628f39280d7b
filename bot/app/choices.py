"""What the options of commands offer while somebody types."""

from __future__ import annotations

from collections.abc import Iterable

from discord import app_commands

from bot.app.limits import CHOICE, CHOICES


def matching(names: Iterable[str], typed: str) -> list[app_commands.Choice[str]]:
    """The names that contain what was typed, as far as Discord takes them."""
    found = (name for name in names if typed.casefold() in name.casefold() and len(name) <= CHOICE)
    return [app_commands.Choice(name=name, value=name) for name, _ in zip(found, range(CHOICES), strict=False)]
