"""/quote: a quotation by subject or by speaker, as text or as a picture to share."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import (
    RightThings,
    Used,
    answer,
    as_choices,
    button,
    card,
    draw,
    interaction_responder,
    labels,
    matching,
    offer,
    place_of,
    row,
)
from bot.app.limits import CHOICE, CHOICES, QUESTION
from bot.knowledge import KnowledgeBase, Topic
from bot.service import Refusal, following, quotation_page, quotations, speaker_of, speakers, telling, wording


class Quote(commands.Cog):
    """Shows one quotation after another, never the same one twice in a row in a channel."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @app_commands.command(description=labels.QUOTE)
    @app_commands.describe(about=labels.QUOTE_ABOUT, speaker=labels.QUOTE_SPEAKER, picture=labels.QUOTE_PICTURE)
    async def quote(
        self,
        interaction: discord.Interaction[RightThings],
        about: app_commands.Range[str, 1, QUESTION] | None = None,
        speaker: app_commands.Range[str, 1, CHOICE] | None = None,
        picture: bool = False,
    ) -> None:
        """Show a quotation on a subject, by a speaker, or any."""
        async with self.bot.answering(interaction_responder(interaction), "/quote"):
            self.bot.desk.count(interaction.user.id)
            topic = await self.bot.desk.find(about) if about else None
            if about and topic is None:
                raise Refusal(labels.NO_QUOTATION_ON)
            private = self.bot.is_private(interaction)
            await self._show(interaction, topic, speaker or "", private=private, picture=picture)

    @quote.autocomplete("about")
    async def complete_about(
        self, interaction: discord.Interaction[RightThings], current: str
    ) -> list[app_commands.Choice[str]]:
        """Topics and phrasings that match what has been typed so far."""
        async with self.bot.answering(interaction_responder(interaction), "/quote completion"):
            await offer(interaction, as_choices(self.bot.desk.complete(current, most=CHOICES, longest=CHOICE)))
        return []

    @quote.autocomplete("speaker")
    async def complete_speaker(
        self, interaction: discord.Interaction[RightThings], current: str
    ) -> list[app_commands.Choice[str]]:
        """Those who are quoted and whose name contains what has been typed so far."""
        async with self.bot.answering(interaction_responder(interaction), "/quote completion"):
            await offer(interaction, matching(speakers(self.bot.desk.knowledge), current))
        return []

    @commands.Cog.listener()
    async def on_another_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Show the next quotation of the same kind in place of the last one; to others, beside it."""
        async with self.bot.answering(interaction_responder(interaction), f"another {used.argument}"):
            self.bot.desk.count(interaction.user.id)
            topic, speaker = _kind(self.bot.desk.knowledge, used.argument)
            update = interaction.user.id == used.asker
            private = not update and not interaction.context.dm_channel
            await self._show(interaction, topic, speaker, private=private, update=update)

    async def _show(
        self,
        interaction: discord.Interaction[RightThings],
        topic: Topic | None,
        speaker: str,
        *,
        private: bool,
        picture: bool = False,
        update: bool = False,
    ) -> None:
        knowledge, notes = self.bot.desk.knowledge, self.bot.desk.notes
        channel = interaction.channel_id or 0
        found = quotations(knowledge, topic, speaker)
        if topic is None and not speaker:
            found = telling(found)
        item = following(found, notes.last_quoted(channel), start=0 if topic else interaction.id >> 22)
        if item is None:
            raise Refusal(labels.ONLY_QUOTATION if found else labels.NO_QUOTATION_ON)
        await notes.quoted(item.claim.id, place_of(interaction), is_direct=interaction.context.dm_channel)
        page = quotation_page(knowledge, item)
        kind = f"on/{topic.id}" if topic else f"by/{item.claim.id}" if speaker else "all/"
        buttons = [button("topic", choice.label, choice.topic) for choice in page.choices]
        if len(found) > 1 and not (topic and speaker) and not picture:
            buttons.insert(0, button("another", labels.ANOTHER, kind, interaction.user.id))
        may_attach = interaction.app_permissions.attach_files
        drawn = await draw(page) if picture and may_attach else None
        if picture and drawn is None:
            page = replace(page, notes=(labels.NO_PICTURE if may_attach else labels.NO_FILES,))
        view = card(page, self.bot.surface(interaction, private=private), rows=row(buttons), picture=drawn)
        await answer(interaction, view, private=private, update=update, picture=drawn)


def _kind(knowledge: KnowledgeBase, argument: str) -> tuple[Topic | None, str]:
    """The topic and the speaker of whom another quotation is wanted.

    Raises:
        Refusal: if they are no longer in the library.
    """
    kind, _, name = argument.partition("/")
    topic = knowledge.topics.get(name)
    if kind == "on" and topic is not None:
        return topic, ""
    if kind == "by" and name in knowledge.claims:
        return None, speaker_of(knowledge, name)
    if kind == "all":
        return None, ""
    raise Refusal(wording.TOPIC_GONE)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Quote(bot))
