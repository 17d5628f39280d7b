"""/ask, with autocompletion."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import RightThings, card, interaction_responder
from bot.app.limits import CHOICE, CHOICES, QUESTION
from bot.service import Place, page, wording


class Ask(commands.Cog):
    """Answers a question where it is asked."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @app_commands.command(description=wording.ASK)
    @app_commands.describe(question=wording.ASK_QUESTION, private=wording.ASK_PRIVATE)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: discord.Interaction[RightThings],
        question: app_commands.Range[str, 1, QUESTION],
        private: bool = False,
    ) -> None:
        """Answer one question."""
        async with self.bot.answering(interaction_responder(interaction), "/ask"):
            place = Place(interaction.channel_id or 0, interaction.user.id)
            reply = await self.bot.desk.ask(question, place, follow_up=False)
            view = card(page(reply, self.bot.desk.about), interaction.user.id, question=question)
            await interaction.response.send_message(view=view, ephemeral=private)

    @ask.autocomplete("question")
    async def complete(
        self, interaction: discord.Interaction[RightThings], current: str
    ) -> list[app_commands.Choice[str]]:
        """Topics and phrasings like what is typed so far."""
        async with self.bot.answering(interaction_responder(interaction), "/ask completion"):
            completions = self.bot.desk.complete(current, most=CHOICES, longest=CHOICE)
            return [app_commands.Choice(name=text, value=text) for text in completions]
        return []


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Ask(bot))
