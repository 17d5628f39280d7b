"""The command tree: where its errors go, and when Discord is told of its commands."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.app import errors

if TYPE_CHECKING:
    from bot.app.client import RightThings

log = logging.getLogger(__name__)


class CommandTree(app_commands.CommandTree["RightThings"]):
    """A tree whose errors are treated by the one policy."""

    async def on_error(
        self, interaction: discord.Interaction[RightThings], error: app_commands.AppCommandError, /
    ) -> None:
        """Treat what a command or its autocompletion raised outside of an answer."""
        name = interaction.command.qualified_name if interaction.command else "unknown"
        await errors.handle(error, errors.interaction_responder(interaction), f"/{name}")


async def sync_commands(tree: app_commands.CommandTree[RightThings], application: int, folder: Path) -> None:
    """Tell Discord the commands, if they changed since it was last told.

    What was told last is kept as a hash in ``folder``; where that cannot be written, Discord is told at every start.
    """
    described = [command.to_dict(tree) for command in tree.get_commands()]
    told = folder / f"commands-{application}.sha256"
    now = hashlib.sha256(json.dumps(described, sort_keys=True, default=str).encode()).hexdigest()
    try:
        if told.read_text(encoding="utf-8") == now:
            return
    except (OSError, UnicodeDecodeError):
        pass  # never told, as far as is known
    await tree.sync()
    log.info("Told Discord %d commands", len(described))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        told.write_text(now, encoding="utf-8")
    except OSError as error:
        log.warning("What Discord was told cannot be kept in %s: %s", folder, error)
