"""/ask with autocompletion, "Ask about this" on a message, and the field to follow up on an answer."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import (
    QUESTION_FIELD,
    RightThings,
    Used,
    answer,
    as_choices,
    asked_in,
    card,
    follow_up_window,
    in_time,
    interaction_responder,
    labels,
    offer,
    once,
    place_of,
    title_of,
    without_mentions,
)
from bot.app.limits import CHOICE, CHOICES, QUESTION
from bot.service import Conversation, Outcome, Refusal, page


class Ask(commands.Cog):
    """Answers a question where it is asked."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=labels.ASK_ABOUT_THIS, callback=self.ask_about)

    async def cog_load(self) -> None:
        """Add the command on messages, which no decorator can add to a cog."""
        self.bot.tree.add_command(self._menu)

    @app_commands.command(description=labels.ASK)
    @app_commands.describe(question=labels.ASK_QUESTION, private=labels.ASK_PRIVATE)
    async def ask(
        self,
        interaction: discord.Interaction[RightThings],
        question: app_commands.Range[str, 1, QUESTION],
        private: bool | None = None,
    ) -> None:
        """Answer one question."""
        async with self.bot.answering(interaction_responder(interaction), "/ask"):
            is_private = self.bot.is_private(interaction, private)
            await self._answer(interaction, question, private=is_private, follow_up=False)

    @ask.autocomplete("question")
    async def complete(
        self, interaction: discord.Interaction[RightThings], current: str
    ) -> list[app_commands.Choice[str]]:
        """Topics and phrasings that match what has been typed so far."""
        async with self.bot.answering(interaction_responder(interaction), "/ask completion"):
            await offer(interaction, as_choices(self.bot.desk.complete(current, most=CHOICES, longest=CHOICE)))
        return []

    async def ask_about(self, interaction: discord.Interaction[RightThings], message: discord.Message) -> None:
        """Answer somebody's message, privately; Discord hands over its text with the command."""
        async with self.bot.answering(interaction_responder(interaction), labels.ASK_ABOUT_THIS):
            written = (message.content, *(snapshot.content for snapshot in message.message_snapshots))
            question = next(filter(None, [*map(without_mentions, written), asked_in(message), title_of(message)]), "")
            if not question:
                raise Refusal(labels.NO_TEXT_IN_MESSAGE)
            is_others = message.author != interaction.user
            await self._answer(interaction, question, private=True, follow_up=False, is_others=is_others)

    @commands.Cog.listener()
    async def on_follow_up_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Open a text field."""
        async with self.bot.answering(interaction_responder(interaction), "follow-up button"):
            assert interaction.message is not None
            window = follow_up_window(interaction.message.id)
            await once(interaction, lambda: interaction.response.send_modal(window))

    @commands.Cog.listener()
    async def on_follow_up_sent(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Answer what was typed, in the light of the message that it was typed below, and as privately."""
        async with self.bot.answering(interaction_responder(interaction), "follow-up"):
            below = interaction.message
            private = below is not None and below.flags.ephemeral
            about = self.bot.desk.recall(int(used.argument or 0), title_of(below) if below else "")
            await self._answer(interaction, used.value(QUESTION_FIELD), private=private, about=about)

    async def _answer(
        self,
        interaction: discord.Interaction[RightThings],
        question: str,
        *,
        private: bool,
        follow_up: bool = True,
        about: Conversation | None = None,
        is_others: bool = False,
    ) -> None:
        """Answer a question; ``is_others``: not the question of the person who used the command."""
        desk, place = self.bot.desk, place_of(interaction, private=private)
        asking = desk.ask(question, place, follow_up=follow_up, about=about, is_own=not is_others)
        reply = await in_time(interaction, asking, private=private)
        shown = page(reply, desk.about)
        if shown.outcome is Outcome.CARE:  # for nobody else to see, nor to be read again above the answer
            private, question = True, labels.CARE_FOR_OTHERS if is_others else ""
        elif shown.outcome is Outcome.TALK:  # of no use to others
            private = True
        elif follow_up and not private:  # Discord says who used a command, but not who filled in a window
            asks = labels.ASKED_BY.format(person=interaction.user.display_name)
            shown = replace(shown, notes=(*shown.notes, asks))
        view = card(shown, self.bot.surface(interaction, private=private), question=question)
        desk.note(await answer(interaction, view, private=private), reply, interaction.user.id)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Ask(bot))
