"""The daily quotation, in the channel and at the time that a server's admins have chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
from discord.ext import commands, tasks

from bot.app import RightThings, Surface, button, card, labels, row, send_to, silence
from bot.service import Place, ServerSettings, following, quotation_page, quotations, telling

_LATEST = timedelta(minutes=10)
"""After this, a bot that was not running leaves the day out."""


class Daily(commands.Cog):
    """Posts one quotation a day."""

    def __init__(self, bot: RightThings) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin to look at the clock."""
        self.look.start()

    async def cog_unload(self) -> None:
        """Stop looking at the clock."""
        self.look.cancel()

    @tasks.loop(seconds=20)
    async def look(self) -> None:
        """Post where it is time."""
        for server in self.bot.desk.notes.servers():
            await self._post_if_due(server)

    @look.before_loop
    async def _ready(self) -> None:
        await self.bot.wait_until_ready()

    @commands.Cog.listener()
    async def on_settings_changed(self, server: int) -> None:
        """Post at once if it has just become time."""
        await self._post_if_due(server)

    async def _post_if_due(self, server: int) -> None:
        # Read anew: while others' quotations were sent, it may have been changed, or posted.
        settings, now = self.bot.desk.notes.settings_of(server), datetime.now(UTC)
        if settings.daily_channel is None or not is_due(settings, now):
            return

        async with self.bot.answering(silence, "daily quotation"):
            notes, knowledge, channel = self.bot.desk.notes, self.bot.desk.knowledge, settings.daily_channel
            # Noted before it is sent: better none than two.
            await notes.change_settings(server, replace(settings, daily_last=now.date().isoformat()))
            item = following(telling(quotations(knowledge)), notes.last_quoted(channel), start=now.toordinal())
            if item is None:
                return
            shown = replace(quotation_page(knowledge, item), title=labels.DAILY_TITLE)
            buttons = [button("topic", choice.label, choice.topic) for choice in shown.choices]
            place = self.bot.get_partial_messageable(channel, guild_id=server, type=discord.ChannelType.text)
            await send_to(place, card(shown, Surface(0), rows=row(buttons)), nonce=server + now.toordinal())
            await notes.quoted(item.claim.id, Place(channel, 0, server=server), is_direct=False)


def is_due(settings: ServerSettings, now: datetime) -> bool:
    """Whether it is time for the daily quotation, and today's has not been posted."""
    if settings.daily_at is None or settings.daily_last == now.date().isoformat():
        return False
    hour, minute = map(int, settings.daily_at.split(":"))
    return timedelta() <= now - now.replace(hour=hour, minute=minute, second=0, microsecond=0) < _LATEST


async def setup(bot: RightThings) -> None:
    """Called by discord.py."""
    await bot.add_cog(Daily(bot))
