"""New posts in the forums that a server's admins have chosen: answered when the bot is sure, and only then."""

from __future__ import annotations

import discord
from cachetools import TTLCache
from discord.ext import commands

from bot.app import RightThings, Surface, card, deliver, is_solved, send_to, silence
from bot.service import Place, Turns, page

_REMEMBERED, _A_DAY = 1000, 24 * 60 * 60.0


class Forums(commands.Cog):
    """Answers the titles of posts; their texts Discord keeps to itself."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot
        self._answers: TTLCache[int, discord.Message] = TTLCache(_REMEMBERED, _A_DAY)
        self._turns: Turns[int] = Turns()

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Answer the title of a new post, if the bot is sure."""
        settings = self.bot.desk.notes.settings_of(thread.guild.id)
        self.bot.threads.begin(thread)
        if thread.parent_id not in settings.forums or thread.owner_id is None:
            return

        async with self._turns.of(thread.id), self.bot.answering(silence, "forum post"):
            place = Place(thread.id, thread.owner_id, server=thread.guild.id)
            reply = await self.bot.desk.answer_if_sure(thread.name, place)
            if reply is None or is_solved(thread) or not await self.bot.threads.is_open(thread):
                return
            if self.bot.desk.question(thread.id):  # the post's first message, which has its id, asks the bot by name
                return
            surface = Surface(thread.owner_id, has_human=settings.has_human)
            sent = await send_to(thread, card(page(reply, self.bot.desk.about), surface), nonce=f"post {thread.id}")
            self._answers[thread.id] = sent
            for message in (thread.id, sent.id):
                self.bot.desk.note(message, reply, thread.owner_id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer to a post whose first message, which has the post's id, is deleted."""
        async with self._turns.of(payload.message_id):
            if (sent := self._answers.pop(payload.message_id, None)) is not None:
                async with self.bot.answering(silence, "deleted post"):
                    await deliver(sent.delete)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Note who writes where: once a person has answered a post, the bot is silent there."""
        self.bot.threads.hear(message)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Forums(bot))
