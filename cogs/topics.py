"""Buttons and menus that lead to a topic, and components that lead nowhere any more."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord.ext import commands

from bot.app import RightThings, Used, answer, asked_in, card, in_time, interaction_responder, place_of, question_in
from bot.service import Refusal, page, wording


class Topics(commands.Cog):
    """Answers with a topic that somebody chose."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_topic_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Answer in place of the question back to the person who asked, or privately beside the message."""
        async with self.bot.answering(interaction_responder(interaction), f"topic {used.argument}"):
            assert interaction.message is not None
            may_replace = interaction.user.id == used.asker
            in_dm = interaction.context.dm_channel
            private = interaction.message.flags.ephemeral if may_replace else not in_dm
            chosen = self.bot.desk.topic(used.argument, place_of(interaction, private=private))
            reply = await in_time(interaction, chosen, private=private, update=may_replace)
            question = question_in(interaction.message) if may_replace else ""
            surface = self.bot.surface(interaction, private=private)
            view = card(page(reply, self.bot.desk.about), surface, question=question)
            message = await answer(interaction, view, private=private, update=may_replace)
            if may_replace:
                asked = self.bot.desk.question(interaction.message.id) or asked_in(interaction.message)
                message, reply = interaction.message.id, replace(reply, question=asked or reply.question)
            self.bot.desk.note(message, reply, interaction.user.id, is_new=not may_replace)

    @commands.Cog.listener()
    async def on_refused(self, interaction: discord.Interaction[RightThings], refusal: Refusal) -> None:
        """Say why a component is not for the person who used it."""
        async with self.bot.answering(interaction_responder(interaction), "refused component"):
            raise refusal

    @commands.Cog.listener()
    async def on_unknown_component(self, interaction: discord.Interaction[RightThings]) -> None:
        """Say why a component of another version does nothing."""
        async with self.bot.answering(interaction_responder(interaction), "unknown component"):
            raise Refusal(wording.COMPONENT_GONE)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Topics(bot))
