"""Direct messages, mentions, and replies to the bot."""

from __future__ import annotations

import re

import discord
from discord.ext import commands

from bot.app import RightThings, card, notice, send_message, title_of
from bot.service import Conversation, Place, TooFast, page, says_something, wording


class Messages(commands.Cog):
    """Answers what is written to the bot."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot: any direct message, a mention elsewhere."""
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return
        if not isinstance(message.channel, discord.DMChannel) and not self._is_mentioned(message):
            return

        async def respond(sentence: str) -> None:
            await send_message(message, notice(sentence))

        async with self.bot.answering(respond, "message"):
            try:
                question = self._question(message)
                if question is not None:
                    await self._answer(message, question)
                else:
                    self.bot.desk.count(message.author.id)
                    await respond(self._what_to_do(message))
            except TooFast as refusal:
                # Others can see this one, so once a minute is enough.
                if not refusal.repeated:
                    raise

    def _is_mentioned(self, message: discord.Message) -> bool:
        """Whether the bot is mentioned, by name or by its own role, which Discord offers first."""
        return self.bot.user in message.mentions or _own_role(message) in message.role_mentions

    def _question(self, message: discord.Message) -> str | None:
        """What is asked: in the message, in what it forwards, or in the message that it replies to; None if nothing."""
        assert self.bot.user is not None
        role = _own_role(message)
        own = re.sub(rf"<@[!&]?(?:{self.bot.user.id}|{role.id if role else 0})>", " ", message.content)
        replied_to = self._replied_to(message)
        texts = [own, *(snapshot.content for snapshot in message.message_snapshots)]
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
            return wording.NO_TEXT.format(me=self.bot.user.mention)
        if replied_to is not None and replied_to.author != self.bot.user:
            return wording.NO_TEXT_THERE.format(me=self.bot.user.mention)
        return wording.introduction(self.bot.desk.about)

    async def _answer(self, message: discord.Message, question: str) -> None:
        place = Place(message.channel.id, message.author.id)
        about = self._referred_to(message, question)
        if about is None and not self.bot.desk.has_begun(place):
            # A thread has the id of the message that it began from; no other channel has that of a message.
            about = self.bot.desk.recall(message.channel.id)
        reply = await self.bot.desk.ask(question, place, about=about)
        sent = await send_message(message, card(page(reply, self.bot.desk.about), message.author.id))
        # A thread may begin from the question as well as from the answer.
        for shown in (message, sent):
            self.bot.desk.note(shown.id, reply)

    def _referred_to(self, message: discord.Message, question: str) -> Conversation | None:
        """The conversation as of the answer, or of its question, that a message replies to; None if there is none."""
        replied_to = self._replied_to(message)
        if replied_to is None or replied_to.content == question:  # which is asked, then
            return None
        return self.bot.desk.recall(replied_to.id, title_of(replied_to))

    @staticmethod
    def _replied_to(message: discord.Message) -> discord.Message | None:
        """The message that a message replies to, if Discord shows it."""
        is_reply = message.type is discord.MessageType.reply and message.reference is not None
        resolved = message.reference.resolved if is_reply and message.reference else None
        return resolved if isinstance(resolved, discord.Message) else None


def _own_role(message: discord.Message) -> discord.Role | None:
    """The role that Discord made for the bot in a message's server, if the server is known."""
    return message.guild.self_role if message.guild else None


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Messages(bot))
