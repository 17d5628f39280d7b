"""/privacy: what is kept about the person who asks, as a file, or deleted."""

from __future__ import annotations

import io
import json
from collections import Counter

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import RightThings, Used, answer, button, interaction_responder, labels, notice, once, row
from bot.service import Refusal, wording


class Privacy(commands.Cog):
    """Shows, exports and deletes what is kept about a person, who need not wait for that after many questions."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @app_commands.command(description=labels.PRIVACY)
    async def privacy(self, interaction: discord.Interaction[RightThings]) -> None:
        """Say what is kept about the person who asks."""
        async with self.bot.answering(interaction_responder(interaction), "/privacy"):
            counts = Counter(str(kept["table"]) for kept in await self.bot.desk.notes.about(interaction.user.id))
            lines = [labels.PRIVACY_RULE.format(days=self.bot.settings.keep_days), wording.kept(counts)]
            choices = {"export": labels.EXPORT, "forget": labels.FORGET} if counts else {}
            buttons = (button(name, label, asker=interaction.user.id) for name, label in choices.items())
            await answer(interaction, notice("\n".join(lines), row(buttons)), private=True)

    @commands.Cog.listener()
    async def on_export_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Hand over all that is kept, as a file."""
        async with self.bot.answering(interaction_responder(interaction), "export"):
            if not interaction.app_permissions.attach_files:
                raise Refusal(labels.NO_EXPORT)
            kept = await self.bot.desk.notes.about(interaction.user.id)
            written = json.dumps(kept, ensure_ascii=False, indent=2).encode("utf-8", "replace")

            # A file can be sent once, so each try gets a new one.
            await once(
                interaction,
                lambda: interaction.response.send_message(
                    labels.EXPORTED, file=discord.File(io.BytesIO(written), labels.EXPORT_FILE), ephemeral=True
                ),
            )

    @commands.Cog.listener()
    async def on_forget_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Delete all that is kept."""
        async with self.bot.answering(interaction_responder(interaction), "forget"):
            count = await self.bot.desk.forget_person(interaction.user.id)
            await answer(interaction, notice(labels.FORGOTTEN.format(count=count)), update=True)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Privacy(bot))
