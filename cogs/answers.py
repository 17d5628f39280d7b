"""What can be done with an answer: ask why, rate it, correct it, share it, dismiss it, ask a human instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import discord
from cachetools import TTLCache
from discord.ext import commands

from bot.app import (
    NONE_OF_THESE,
    QUESTION_FIELD,
    TOPIC_FIELD,
    RightThings,
    Used,
    answer,
    asked_in,
    card,
    confirmation,
    controls,
    dismiss,
    in_time,
    interaction_responder,
    labels,
    meant_window,
    notice,
    once,
    pass_on,
    place_of,
    shared,
)
from bot.service import Outcome, Page, Refusal, ServerSettings, choices_of, page

_A_DAY, _AN_HOUR = 24 * 60 * 60.0, 60 * 60.0
_PASSED_ON_AN_HOUR = 5
"""Questions of one person: people are pinged by them."""


class Answers(commands.Cog):
    """Handles the buttons below an answer."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot
        self._passed_on: TTLCache[int, bool] = TTLCache(10_000, _A_DAY)
        self._lately: TTLCache[int, int] = TTLCache(10_000, _AN_HOUR)
        self._shared: TTLCache[int, bool] = TTLCache(10_000, _A_DAY)

    @commands.Cog.listener()
    async def on_why_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Say privately what was understood, what spoke for the answer, and how sure it was."""
        async with self.bot.answering(interaction_responder(interaction), "why"):
            if not (question := self._question(interaction)):
                raise Refusal(labels.QUESTION_FORGOTTEN)
            private = not interaction.context.dm_channel
            explained = self.bot.desk.reasons(question, used.argument, interaction.user.id)
            reasons = await in_time(interaction, explained, private=private)
            await answer(interaction, card(reasons, self.bot.surface(interaction, private=private)), private=private)

    @commands.Cog.listener()
    async def on_helped_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Note that an answer helped."""
        async with self.bot.answering(interaction_responder(interaction), "helped"):
            assert interaction.message is not None
            place, message = place_of(interaction), interaction.message.id
            is_kept = await self.bot.desk.notes.helped(message, used.argument, place)
            await answer(interaction, notice(labels.NOTED if is_kept else labels.NOTED_LATER), private=True)

    @commands.Cog.listener()
    async def on_not_meant_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Ask what was meant."""
        async with self.bot.answering(interaction_responder(interaction), "not meant"):
            nearest = await self.bot.desk.nearest(self._question(interaction), used.argument)
            window = meant_window(used.argument, used.asker, choices_of(nearest))
            await once(interaction, lambda: interaction.response.send_modal(window))

    @commands.Cog.listener()
    async def on_not_meant_sent(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Note what was meant, and answer that in place of what was not."""
        async with self.bot.answering(interaction_responder(interaction), "meant"):
            assert interaction.message is not None
            desk, message = self.bot.desk, interaction.message
            chosen = used.value(TOPIC_FIELD).removeprefix(NONE_OF_THESE)
            text = used.value(QUESTION_FIELD).strip()
            place = place_of(interaction, private=message.flags.ephemeral)
            noted = partial(desk.notes.not_meant, message.id, used.argument, self._question(interaction), place)
            if not (chosen or text):
                is_kept = await noted()
                await answer(interaction, notice(labels.MEANT_NOTHING if is_kept else labels.NOTED_LATER), private=True)
                return
            if chosen:
                await noted(meant_topic=chosen, within=0)
            meant = desk.topic(chosen, place) if chosen else desk.ask(text, place, follow_up=False)
            reply = await in_time(interaction, meant, update=True)
            shown = page(reply, desk.about)
            # Words in distress are for nobody else to see, and "thanks" is no question: neither replaces an answer.
            if shown.outcome in (Outcome.CARE, Outcome.TALK):
                await answer(interaction, card(shown, self.bot.surface(interaction, private=True)), private=True)
                return
            if not chosen:
                await noted(meant_text=text, within=0)
            question = asked_in(message) if chosen else text
            view = card(shown, self.bot.surface(interaction, private=place.private), question=question)
            await answer(interaction, view, update=True)
            desk.note(message.id, reply, interaction.user.id, is_new=False)

    @commands.Cog.listener()
    async def on_share_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Show a private answer to everybody, under the name of the person who asked."""
        async with self.bot.answering(interaction_responder(interaction), "share"):
            assert interaction.message is not None
            if not self.bot.may_answer_in(interaction.channel, interaction.guild_id):
                raise Refusal(labels.NOT_SHARED_HERE)
            with _only_once(self._shared, interaction.message.id, labels.SHARED_ALREADY):
                self.bot.desk.count(interaction.user.id)
                topic = self.bot.desk.knowledge.topics.get(used.argument)
                related = choices_of(self.bot.desk.knowledge.topics[name] for name in topic.related) if topic else ()
                shown = Page(outcome=Outcome.ANSWER if topic else Outcome.ABSTAIN, topic=used.argument, choices=related)
                rows = controls(shown, self.bot.surface(interaction, private=False))
                message = await answer(interaction, shared(interaction.message, interaction.user.mention, rows))
            self.bot.desk.note_again(interaction.message.id, message)

    @commands.Cog.listener()
    async def on_dismiss_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Delete an answer."""
        async with self.bot.answering(interaction_responder(interaction), "dismiss"):
            await dismiss(interaction)

    @commands.Cog.listener()
    async def on_human_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Show what would be passed on to whom the server's admins named."""
        async with self.bot.answering(interaction_responder(interaction), "ask a human"):
            assert interaction.message is not None
            settings = self._with_human(interaction)
            if interaction.message.id in self._passed_on:
                raise Refusal(labels.PASSED_ON_ALREADY)
            if not (question := self._question(interaction)):
                raise Refusal(labels.QUESTION_FORGOTTEN)
            await answer(interaction, confirmation(interaction, question, settings), private=True)

    @commands.Cog.listener()
    async def on_pass_on_used(self, interaction: discord.Interaction[RightThings], used: Used) -> None:
        """Pass the question on."""
        async with self.bot.answering(interaction_responder(interaction), "pass on"):
            settings = self._with_human(interaction)
            number, is_visible, channel = (*used.argument.split("/"), "", "")[:3]
            message = int(number or 0)
            if channel != str(settings.human_channel or ""):
                raise Refusal(labels.HUMAN_ELSEWHERE)
            with _only_once(self._passed_on, message, labels.PASSED_ON_ALREADY):
                if (times := self._lately.get(interaction.user.id, 0)) >= _PASSED_ON_AN_HOUR:
                    raise Refusal(labels.PASSED_ON_ENOUGH)
                self._lately[interaction.user.id] = times + 1
                try:
                    await pass_on(interaction, settings, number if is_visible == "1" else "")
                except Exception:
                    self._lately[interaction.user.id] = self._lately.get(interaction.user.id, 1) - 1
                    raise

    def _with_human(self, interaction: discord.Interaction[RightThings]) -> ServerSettings:
        """The settings of a server that names somebody to ask.

        Raises:
            Refusal: if it names nobody, or wants no posts where that one would be.
        """
        settings = self.bot.desk.notes.settings_of(interaction.guild_id)
        if not settings.has_human or interaction.guild is None:
            raise Refusal(labels.NO_HUMAN)
        if settings.human_channel is None and not self.bot.may_answer_in(interaction.channel, interaction.guild_id):
            raise Refusal(labels.NOT_SHARED_HERE)
        return settings

    def _question(self, interaction: discord.Interaction[RightThings]) -> str:
        """The question that a message answers; empty if there is no telling any more."""
        message = interaction.message
        if message is None:
            return ""
        return self.bot.desk.question(message.id) or asked_in(message)


@contextmanager
def _only_once(done: TTLCache[int, bool], message: int, refusal: str) -> Iterator[None]:
    """Mark something as done with a message before it is, lest a second press does it again; unless that fails.

    Raises:
        Refusal: if it has been done.
    """
    if message in done:
        raise Refusal(refusal)
    done[message] = True
    try:
        yield
    except Exception:
        done.pop(message, None)
        raise


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Answers(bot))
