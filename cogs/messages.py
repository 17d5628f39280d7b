"""Direct messages, mentions, and replies to the bot."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord.ext import commands

from bot.app import RightThings, card, notice
from bot.service import Place, page, wording


class _Reference(discord.MessageReference):
    """A reference as Discord's API description asks for it: discord.py writes the ids as numbers."""

    def to_message_reference_dict(self) -> Any:  # noqa: ANN401  # the type is private to discord.py
        """What is sent; if the message is gone by then, the answer comes without a reference."""
        return {"message_id": str(self.message_id), "fail_if_not_exists": False}


class Messages(commands.Cog):
    """Answers what is written to the bot."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot: any direct message, a mention elsewhere."""
        if message.author.bot or message.webhook_id is not None or message.is_system() or self.bot.user is None:
            return
        if message.guild is not None and self.bot.user not in message.mentions:
            return

        async def respond(sentence: str) -> None:
            await self._send(message, notice(sentence))

        async with self.bot.answering(respond, "message"):
            question = re.sub(rf"<@!?{self.bot.user.id}>", " ", message.content).strip()
            if not question:
                await self._send(message, notice(wording.introduction(self.bot.desk.about)))
                return
            reply = await self.bot.desk.ask(question, Place(message.channel.id, message.author.id))
            await self._send(message, card(page(reply, self.bot.desk.about), message.author.id))

    async def _send(self, message: discord.Message, view: discord.ui.LayoutView) -> None:
        """Send a card: as a reply in a channel, where others talk too; plainly in a direct message."""
        if message.guild is None:
            await message.channel.send(view=view)
        else:
            await message.channel.send(view=view, reference=_Reference.from_message(message), mention_author=False)


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Messages(bot))
