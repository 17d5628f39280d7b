"""/settings: what the bot does on a server, chosen by the people who manage it."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import (
    RightThings,
    Used,
    answer,
    changed,
    interaction_responder,
    labels,
    once,
    settings_card,
    settings_window,
)
from bot.app.limits import quoted
from bot.service import Refusal


class Servers(commands.Cog):
    """Shows a server's settings and changes them."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @app_commands.command(description=labels.SETTINGS)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def settings(self, interaction: discord.Interaction[RightThings]) -> None:
        """Show what is set, and the buttons to change it."""
        async with self.bot.answering(interaction_responder(interaction), "/settings"):
            guild = _managed(interaction)
            settings = self.bot.desk.notes.settings_of(guild.id)
            await answer(interaction, settings_card(settings, guild, interaction.user.id), private=True)

    @commands.Cog.listener("on_set_answers_used")
    @commands.Cog.listener("on_set_people_used")
    async def open(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Open one of the two windows."""
        async with self.bot.answering(interaction_responder(interaction), used.name):
            settings = self.bot.desk.notes.settings_of(_managed(interaction).id)
            window = settings_window(used.name, settings, used.asker)
            await once(interaction, lambda: interaction.response.send_modal(window))

    @commands.Cog.listener("on_set_answers_sent")
    @commands.Cog.listener("on_set_people_sent")
    async def change(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Change what was filled in in one of them."""
        async with self.bot.answering(interaction_responder(interaction), used.name):
            guild, notes = _managed(interaction), self.bot.desk.notes
            try:
                settings = changed(notes.settings_of(guild.id), used)
            except ValueError:
                text = quoted(used.value("daily-at"))
                raise Refusal(labels.SETTINGS_NOT_A_TIME.format(text=text)) from None
            is_kept = await notes.change_settings(guild.id, settings)
            self.bot.dispatch("settings_changed", guild.id)
            note = "" if is_kept else labels.SETTINGS_LATER
            await answer(interaction, settings_card(settings, guild, interaction.user.id, note), update=True)


def _managed(interaction: discord.Interaction[RightThings]) -> discord.Guild:
    """The server that the person who used something manages.

    Raises:
        Refusal: if they do not.
    """
    if interaction.guild is None or not interaction.permissions.manage_guild:
        raise Refusal(labels.SERVER_ADMINS_ONLY)
    return interaction.guild


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Servers(bot))
