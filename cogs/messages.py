"""Direct messages, mentions, and replies to the bot."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import discord
from cachetools import TTLCache
from discord.ext import commands
from discord.utils import utcnow

from bot.app import (
    Card,
    RightThings,
    Surface,
    card,
    deliver,
    labels,
    notice,
    send_message,
    silence,
    thread_of,
    title_of,
    without_mentions,
)
from bot.service import Conversation, Outcome, Place, Refusal, TooFast, Turns, page, says_something, wording

_CORRECTED_WITHIN = 60.0
_A_DAY = 24 * 60 * 60.0


class _Answered(NamedTuple):
    """A message that was answered: its question, the id of the answer, and what was said before."""

    question: str
    answer: int
    before: Conversation


class Messages(commands.Cog):
    """Answers what is written to the bot."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot
        self._answered: TTLCache[int, _Answered] = TTLCache(10_000, _A_DAY)
        self._turns: Turns[int] = Turns()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot: direct messages, mentions, and what goes on in its threads."""
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return
        is_addressed = isinstance(message.channel, discord.DMChannel) or self._is_mentioned(message)
        if not is_addressed and not message.content:
            return

        async with self._turns.of(message.id):
            await self._hear(message, is_addressed=is_addressed)

    async def _hear(self, message: discord.Message, *, is_addressed: bool) -> None:
        async def respond(sentence: str) -> None:
            sent = await send_message(message, notice(sentence))
            self._answered[message.id] = _Answered("", sent.id, self.bot.desk.conversation(_place_of(message)))

        async with self.bot.answering(respond, "message"):
            if not self.bot.may_answer_in(message.channel, _place_of(message).server):
                return
            if not is_addressed and not await self._goes_on(message):
                return
            try:
                question = self._question(message)
                if question is not None:
                    await self._answer(message, question)
                else:
                    self.bot.desk.count(message.author.id)
                    await self.bot.desk.notes.introduce(message.author.id)
                    await respond(self._what_to_do(message))
            except TooFast as refusal:
                # Others can see this one, so once a minute is enough.
                if not refusal.repeated:
                    raise

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a question anew, in place, that its author corrects within a minute; or one that lacked a mention."""
        message = payload.message
        if (utcnow() - message.created_at).total_seconds() > _CORRECTED_WITHIN:
            return
        async with self._turns.of(message.id):
            if (answered := self._answered.get(message.id)) is not None:
                await self._correct(message, answered)
            elif self._is_mentioned(message):
                await self._hear(message, is_addressed=True)

    async def _correct(self, message: discord.Message, answered: _Answered) -> None:
        answer = self.bot.get_partial_messageable(message.channel.id).get_partial_message(answered.answer)

        async def show(view: Card) -> None:
            await deliver(lambda: answer.edit(view=view, allowed_mentions=discord.AllowedMentions.none()))

        async def respond(sentence: str) -> None:
            await show(notice(sentence))
            self._answered[message.id] = answered._replace(question="")

        async with self.bot.answering(respond, "edited message"):
            question = self._question(message)
            if question is None or question == answered.question:
                return
            reply = await self.bot.desk.ask(question, _place_of(message), about=answered.before)
            await show(card(page(reply, self.bot.desk.about), self._surface(message)))
            self._answered[message.id] = answered._replace(question=question)
            for shown in (message.id, answered.answer):
                self.bot.desk.note(shown, reply, message.author.id, is_new=False)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer to a question that is deleted."""
        await self._delete(payload.message_id, payload.channel_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers to questions that are deleted."""
        for message in payload.message_ids:
            await self._delete(message, payload.channel_id)

    async def _delete(self, message: int, channel: int) -> None:
        async with self._turns.of(message):
            if (answered := self._answered.pop(message, None)) is not None:
                answer = self.bot.get_partial_messageable(channel).get_partial_message(answered.answer)
                async with self.bot.answering(silence, "deleted message"):
                    await deliver(answer.delete)

    async def _goes_on(self, message: discord.Message) -> bool:
        """Whether a message goes on in a thread in which its author and the bot alone have talked."""
        thread = thread_of(message)
        if thread is None or message.id == thread.id or message.mentions:
            return False
        return await self.bot.threads.is_open(thread) and (await self._begun(message)) is not None

    async def _begun(self, message: discord.Message) -> Conversation | None:
        """The conversation that a message goes on with, as far as it is remembered or Discord shows it."""
        here = self.bot.desk.conversation(_place_of(message))
        # A thread has the id of the message that it began from; no other channel has that of a message.
        if (begun := here if here.turns else self.bot.desk.recall(message.channel.id)) is not None:
            return begun
        thread = thread_of(message)
        last = await self.bot.threads.last(thread) if thread else None
        return self.bot.desk.recall(last.id, title_of(last)) if last else None

    def _is_mentioned(self, message: discord.Message) -> bool:
        """Whether the bot is mentioned, by name or by its own role, which Discord offers first."""
        return self.bot.user in message.mentions or _own_role(message) in message.role_mentions

    def _question(self, message: discord.Message) -> str | None:
        """What is asked: in the message, in what it forwards, or in the message that it replies to; None if nothing."""
        replied_to = self._replied_to(message)
        texts = [without_mentions(message.content), *(snapshot.content for snapshot in message.message_snapshots)]
        if replied_to is not None and replied_to.author != self.bot.user:
            texts.append(replied_to.content)
        texts = [text for text in texts if text.strip()]
        # "@bot 👆" points at the question.
        return next(filter(says_something, texts), next(iter(texts), None))

    def _what_to_do(self, message: discord.Message) -> str:
        """How to ask, in answer to a message without a question that the bot can see."""
        assert self.bot.user is not None
        replied_to = self._replied_to(message)
        if self.bot.user not in message.mentions and not isinstance(message.channel, discord.DMChannel):
            return labels.NO_TEXT.format(me=self.bot.user.mention)
        if replied_to is not None and replied_to.author != self.bot.user:
            return labels.NO_TEXT_THERE.format(me=self.bot.user.mention)
        return wording.introduction(self.bot.desk.about)

    async def _answer(self, message: discord.Message, question: str) -> None:
        place = _place_of(message)
        about = self._referred_to(message, question) or await self._pointed_at(message, question)
        begun = await self._begun(message) if about is None else None
        before = self.bot.desk.conversation(place, about, begun)
        reply = await self.bot.desk.ask(question, place, about=about, begun=begun)
        shown = page(reply, self.bot.desk.about)
        if shown.outcome not in (Outcome.CARE, Outcome.TALK) and await self.bot.desk.notes.introduce(message.author.id):
            shown = replace(shown, notes=(*shown.notes, labels.FIRST_TIME))
        sent = await send_message(message, card(shown, self._surface(message)))
        self._answered[message.id] = _Answered(question, sent.id, before)
        # A thread may begin from the question as well as from the answer.
        for number in (message.id, sent.id):
            self.bot.desk.note(number, reply, message.author.id)

    def _surface(self, message: discord.Message) -> Surface:
        """Where the answer to a message is shown."""
        settings = self.bot.desk.notes.settings_of(_place_of(message).server)
        is_direct = isinstance(message.channel, discord.DMChannel)
        return Surface(message.author.id, is_direct=is_direct, has_human=settings.has_human)

    def _referred_to(self, message: discord.Message, question: str) -> Conversation | None:
        """The conversation as of the answer, or of its question, that a message replies to; None if there is none."""
        replied_to = self._replied_to(message)
        if replied_to is None or replied_to.content == question:  # which is asked, then
            return None
        return self.bot.desk.recall(replied_to.id, title_of(replied_to))

    async def _pointed_at(self, message: discord.Message, question: str) -> Conversation | None:
        """What somebody else's message, which a message replies to, has begun; None if it replies to none.

        Raises:
            Refusal: if the question points at what is said there, and Discord doesn't show that.
        """
        replied_to = self._replied_to(message)
        if replied_to is None or replied_to.author in (self.bot.user, message.author) or replied_to.content == question:
            return None
        if (heard := await self.bot.desk.heard(question, without_mentions(replied_to.content))) is None:
            assert self.bot.user is not None
            raise Refusal(labels.NO_TEXT_THERE.format(me=self.bot.user.mention))
        return heard

    @staticmethod
    def _replied_to(message: discord.Message) -> discord.Message | None:
        """The message that a message replies to, if Discord shows it."""
        is_reply = message.type is discord.MessageType.reply and message.reference is not None
        resolved = message.reference.resolved if is_reply and message.reference else None
        return resolved if isinstance(resolved, discord.Message) else None


def _place_of(message: discord.Message) -> Place:
    """Where a message belongs."""
    return Place(message.channel.id, message.author.id, server=message.guild.id if message.guild else None)


def _own_role(message: discord.Message) -> discord.Role | None:
    """The role that Discord made for the bot in a message's server, if the server is known."""
    return message.guild.self_role if message.guild else None


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Messages(bot))
