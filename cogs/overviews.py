"""/compare, /topics, /sources and /about: what the library contains, in pages to turn."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import RightThings, Used, answer, browsing, card, interaction_responder, labels, matching, offer
from bot.service import Refusal, aspects, leaf


class Overviews(commands.Cog):
    """Shows what the library contains."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @app_commands.command(description=labels.COMPARE)
    @app_commands.describe(aspect=labels.COMPARE_ASPECT)
    async def compare(self, interaction: discord.Interaction[RightThings], aspect: str = "") -> None:
        """Show both sides next to each other, in one aspect or in all."""
        async with self.bot.answering(interaction_responder(interaction), "/compare"):
            topic = await self._comparing(aspect) if aspect else ""
            await self._show(interaction, "compare", topic, private=self.bot.is_private(interaction))

    @compare.autocomplete("aspect")
    async def complete(
        self, interaction: discord.Interaction[RightThings], current: str
    ) -> list[app_commands.Choice[str]]:
        """The aspects that contain what has been typed."""
        async with self.bot.answering(interaction_responder(interaction), "/compare completion"):
            await offer(interaction, matching(aspects(self.bot.desk.knowledge), current))
        return []

    @app_commands.command(description=labels.TOPICS)
    async def topics(self, interaction: discord.Interaction[RightThings]) -> None:
        """Show what can be asked, by theme."""
        async with self.bot.answering(interaction_responder(interaction), "/topics"):
            await self._show(interaction, "topics")

    @app_commands.command(description=labels.SOURCES)
    async def sources(self, interaction: discord.Interaction[RightThings]) -> None:
        """Show the articles with what they say, and what they don't cover."""
        async with self.bot.answering(interaction_responder(interaction), "/sources"):
            await self._show(interaction, "sources")

    @app_commands.command(description=labels.ABOUT)
    async def about(self, interaction: discord.Interaction[RightThings]) -> None:
        """Say what the bot is, how good it is, and what it keeps."""
        async with self.bot.answering(interaction_responder(interaction), "/about"):
            private = not interaction.context.dm_channel
            view = card(self.bot.desk.introduction(), self.bot.surface(interaction, private=private))
            await answer(interaction, view, private=private)

    async def _comparing(self, typed: str) -> str:
        """The topic that compares the sides in an aspect: one that is named so, or one that the words are about."""
        known = {name.casefold(): topic for name, topic in aspects(self.bot.desk.knowledge).items()}
        containing = (topic for name, topic in known.items() if typed.casefold() in name)
        if found := known.get(typed.casefold()) or next(containing, None):
            return found
        topic = await self.bot.desk.find(typed)
        if topic is None or not topic.sides:
            raise Refusal(labels.NO_ASPECT)
        return topic.id

    @commands.Cog.listener()
    async def on_passages_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Show all that an answer rests on, beside it."""
        async with self.bot.answering(interaction_responder(interaction), f"passages {used.argument}"):
            await self._show(interaction, "claims", used.argument)

    @commands.Cog.listener()
    async def on_page_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Turn the page for the person who asked; give others a page of their own."""
        async with self.bot.answering(interaction_responder(interaction), f"page {used.argument}"):
            overview, topic, number = (*used.argument.split("/"), "", "")[:3]
            page = int(number) if number.isdecimal() else 0
            await self._show(interaction, overview, topic, page, update=interaction.user.id == used.asker)

    async def _show(
        self,
        interaction: discord.Interaction[RightThings],
        overview: str,
        topic: str = "",
        number: int = 0,
        *,
        private: bool | None = None,
        update: bool = False,
    ) -> None:
        """Show a page: privately, unless the person talks to the bot alone or ``private`` says otherwise."""
        self.bot.desk.count(interaction.user.id)
        private = not interaction.context.dm_channel if private is None else private
        shown = leaf(self.bot.desk.knowledge, overview, topic, number)
        rows = browsing(shown, interaction.user.id)
        view = card(shown.page, self.bot.surface(interaction, private=private), rows=rows)
        await answer(interaction, view, private=private, update=update)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Overviews(bot))
