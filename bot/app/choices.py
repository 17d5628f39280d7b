"""What the options of commands offer while somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import discord
from discord import app_commands

from bot.app.limits import CHOICE, CHOICES

Choices = list[app_commands.Choice[str]]


def as_choices(names: Iterable[str]) -> Choices:
    """Names as choices that say what they are."""
    return [app_commands.Choice(name=name, value=name) for name in names]


def matching(names: Iterable[str], typed: str) -> Choices:
    """The names that contain what was typed, as far as Discord takes them."""
    found = (name for name in names if typed.casefold() in name.casefold() and len(name) <= CHOICE)
    return as_choices(islice(found, CHOICES))


async def offer(interaction: discord.Interaction[Any], choices: Choices) -> None:
    """Answer a completion ourselves, so that the error policy applies if that comes too late."""
    await interaction.response.autocomplete(choices)
