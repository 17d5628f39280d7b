"""/ask with autocompletion, and the field to follow up on an answer."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import FollowUpField, RightThings, answer, card, in_time, interaction_responder, once, place_of, title_of
from bot.app.limits import CHOICE, CHOICES, QUESTION
from bot.service import Conversation, page, wording


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
            await self._answer(interaction, question, private=private, follow_up=False)

    @ask.autocomplete("question")
    async def complete(
        self, interaction: discord.Interaction[RightThings], current: str
    ) -> list[app_commands.Choice[str]]:
        """Topics and phrasings that match what has been typed so far."""
        async with self.bot.answering(interaction_responder(interaction), "/ask completion"):
            completions = self.bot.desk.complete(current, most=CHOICES, longest=CHOICE)
            # Answered here, so that the error policy applies if it comes too late.
            await interaction.response.autocomplete([app_commands.Choice(name=t, value=t) for t in completions])
        return []

    @commands.Cog.listener()
    async def on_follow_up_wanted(self, interaction: discord.Interaction[RightThings]) -> None:
        """Open a text field."""
        assert interaction.message is not None
        async with self.bot.answering(interaction_responder(interaction), "follow-up button"):
            field = FollowUpField(interaction.message.id)
            await once(interaction, lambda: interaction.response.send_modal(field))

    @commands.Cog.listener()
    async def on_follow_up(self, interaction: discord.Interaction[RightThings], question: str, message_id: int) -> None:
        """Answer what was typed, in the light of the message that it was typed below, and as privately."""
        async with self.bot.answering(interaction_responder(interaction), "follow-up"):
            below = interaction.message
            private = below is not None and below.flags.ephemeral
            about = self.bot.desk.recall(message_id, title_of(below) if below else "")
            await self._answer(interaction, question, private=private, about=about)

    async def _answer(
        self,
        interaction: discord.Interaction[RightThings],
        question: str,
        *,
        private: bool,
        follow_up: bool = True,
        about: Conversation | None = None,
    ) -> None:
        desk, place = self.bot.desk, place_of(interaction, private=private)
        reply = await in_time(interaction, desk.ask(question, place, follow_up=follow_up, about=about), private=private)
        # Where others talk too, Discord shows a bot only what mentions it.
        go_on = not interaction.context.dm_channel
        view = card(page(reply, desk.about), interaction.user.id, question=question, follow_up=go_on)
        desk.note(await answer(interaction, view, private=private), reply)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Ask(bot))
