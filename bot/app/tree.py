"""The command tree: where its errors go, and when its commands are synced."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path

import discord
from discord import app_commands

from bot.app import errors

log = logging.getLogger(__name__)


class CommandTree(app_commands.CommandTree[discord.Client]):
    """A tree whose errors are handled by the one policy."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Handle what a check, a command or its autocompletion raised outside of an answer."""
        name = interaction.command.qualified_name if interaction.command else "unknown"
        await errors.handle(error, errors.interaction_responder(interaction), f"/{name}")


async def sync_commands(tree: CommandTree, application: int, folder: Path) -> None:
    """Sync the commands with Discord, if they changed since the last time.

    A hash of what was synced last is kept in ``folder``; if that cannot be written, they are synced at every start.
    """
    described = [command.to_dict(tree) for command in tree.get_commands()]
    synced = folder / f"commands-{application}.sha256"
    now = hashlib.sha256(json.dumps(described, sort_keys=True, default=str).encode()).hexdigest()
    try:
        if synced.read_text(encoding="utf-8") == now:
            return
    except (OSError, UnicodeDecodeError):
        pass  # never synced, as far as is known
    await tree.sync()
    log.info("Synced %d commands", len(described))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        synced.write_text(now, encoding="utf-8")
    except OSError as error:
        log.warning("Could not save the command hash in %s: %s", folder, error)
