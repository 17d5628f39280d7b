"""Buttons that lead to a topic, and those that lead nowhere any more."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.app import RightThings, answer, card, in_time, interaction_responder, place_of
from bot.service import Refusal, page, wording


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
            assert interaction.message is not None
            in_dm = interaction.context.dm_channel
            private = interaction.message.flags.ephemeral if may_replace else not in_dm
            chosen = self.bot.desk.topic(topic, place_of(interaction, private=private))
            reply = await in_time(interaction, chosen, private=private, update=may_replace)
            view = card(page(reply, self.bot.desk.about), interaction.user.id, follow_up=not in_dm)
            message = await answer(interaction, view, private=private, update=may_replace)
            self.bot.desk.note(interaction.message.id if may_replace else message, reply)

    @commands.Cog.listener()
    async def on_unknown_component(self, interaction: discord.Interaction[RightThings]) -> None:
        """Say why a button of another version does nothing."""
        async with self.bot.answering(interaction_responder(interaction), "unknown component"):
            raise Refusal(wording.COMPONENT_GONE)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Topics(bot))
