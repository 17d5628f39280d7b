"""/admin: for who runs the bot."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Changes, Refusal, RightThings, interaction_responder, notice
from bot.app.limits import clip, quoted
from bot.knowledge import LibraryError

_FAULTS = 10
_NAMES = 15


@app_commands.default_permissions(administrator=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Admin(commands.GroupCog, name="admin", description="For who runs the bot"):
    """Commands for the application's owner or team, and the ids in ADMIN_IDS."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @app_commands.command(description="Read the library anew")
    async def reload(self, interaction: discord.Interaction[RightThings]) -> None:
        """Reload the library and say privately what changed, or why nothing did."""
        async with self.bot.answering(interaction_responder(interaction), "/admin reload"):
            await self._check(interaction.user)
            await interaction.response.defer(ephemeral=True, thinking=True)
            try:
                text = describe_changes(await self.bot.library.reload())
            except LibraryError as error:
                text = describe_faults(error)
            await interaction.edit_original_response(view=notice(text))

    async def _check(self, user: discord.User | discord.Member) -> None:
        """Whoever a server lets see the command, only admins may use it."""
        if user.id not in self.bot.settings.admin_ids and not await self.bot.is_owner(user):
            raise Refusal("Only who runs this bot may do that.")


def describe_changes(changes: Changes) -> str:
    """What a reload changed, in lines."""
    lines = [f"The library is reloaded, in {changes.seconds:.1f} s."]
    for what, names in (("Added", changes.added), ("Changed", changes.changed), ("Removed", changes.removed)):
        if names:
            more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
            lines.append(f"**{what}:** {quoted(', '.join(names[:_NAMES]))}{more}")
    return "\n".join(lines if len(lines) > 1 else [*lines, "Nothing changed."])


def describe_faults(error: LibraryError) -> str:
    """The first faults of a broken library, and how many more there are."""
    lines = ["The new library has faults; the old one stays in use."]
    lines += [f"- {quoted(clip(str(fault), 300))}" for fault in error.faults[:_FAULTS]]
    if (more := len(error.faults) - _FAULTS) > 0:
        lines.append(f"and {more} more")
    return "\n".join(lines)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Admin(bot))
