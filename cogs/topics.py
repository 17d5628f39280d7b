"""Buttons that lead to a topic."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.app import RightThings, card, interaction_responder
from bot.service import Place, page


class Topics(commands.Cog):
    """Answers with a topic that somebody chose."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_topic_chosen(
        self, interaction: discord.Interaction[RightThings], topic: str, may_replace: bool
    ) -> None:
        """Answer in place of the button's message, or privately beside it."""
        async with self.bot.answering(interaction_responder(interaction), f"button {topic}"):
            reply = await self.bot.desk.topic(topic, Place(interaction.channel_id or 0, interaction.user.id))
            view = card(page(reply, self.bot.desk.about), interaction.user.id)
            if may_replace:
                await interaction.response.edit_message(view=view)
            else:
                await interaction.response.send_message(view=view, ephemeral=not interaction.context.dm_channel)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Topics(bot))
