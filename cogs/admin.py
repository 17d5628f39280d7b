"""/admin: for the people who run the bot."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import RightThings, answer, defer, interaction_responder, labels, notice
from bot.app.limits import quoted
from bot.knowledge import LibraryError
from bot.service import Changes

_FAULTS, _LONGEST_FAULT = 10, 300
_NAMES = 15


@app_commands.default_permissions(administrator=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Admin(commands.GroupCog, name="admin", description=labels.ADMIN):
    """Commands for the application's owner or team, and the ids in ADMIN_IDS."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Servers choose who sees the group; only admins may use what is in it."""
        if interaction.user.id in self.bot.settings.admin_ids or await self.bot.is_owner(interaction.user):
            return True
        raise app_commands.CheckFailure(labels.ADMINS_ONLY)

    @app_commands.command(description=labels.ADMIN_RELOAD)
    async def reload(self, interaction: discord.Interaction[RightThings]) -> None:
        """Reload the library and say privately what changed, or why nothing did."""
        async with self.bot.answering(interaction_responder(interaction), "/admin reload"):
            await defer(interaction, private=True)
            try:
                text = describe_changes(await self.bot.desk.reload())
                await self.bot.offer_commands()
            except LibraryError as error:
                text = describe_faults(error)
            await answer(interaction, notice(text), private=True)


def describe_changes(changes: Changes) -> str:
    """What a reload changed, in lines."""
    lines = [labels.RELOADED.format(seconds=changes.seconds)]
    kinds = ((labels.ADDED, changes.added), (labels.CHANGED, changes.changed), (labels.REMOVED, changes.removed))
    for what, names in kinds:
        if names:
            more = f" {labels.AND_MORE.format(count=len(names) - _NAMES)}" if len(names) > _NAMES else ""
            listed = quoted(", ".join(names[:_NAMES])) + more
            lines.append(labels.RELOADED_NAMES.format(what=what, names=listed))
    if len(lines) == 1:
        lines.append(labels.RELOADED_SAME)
    if changes.golden:
        lines.append(labels.RELOADED_GOLDEN.format(count=changes.golden))
    return "\n".join(lines)


def describe_faults(error: LibraryError) -> str:
    """The first errors of a broken library, and how many more there are."""
    lines = [labels.RELOAD_FAILED]
    lines += [f"- {quoted(str(fault), _LONGEST_FAULT)}" for fault in error.faults[:_FAULTS]]
    if (more := len(error.faults) - _FAULTS) > 0:
        lines.append(labels.AND_MORE.format(count=more))
    return "\n".join(lines)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Admin(bot))
