"""The small bot that the loopback is tested with."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from typing import Any

import discord
from discord import app_commands, ui

from . import LoopbackDiscord

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Again(ui.DynamicItem[ui.Button[Any]], template=r"again:(?P<n>\d+)"):
    """A button that works whichever bot process made it."""

    def __init__(self, n: int) -> None:
        super().__init__(ui.Button(label="Again", custom_id=f"again:{n}"))
        self.n = n

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str]) -> Again:
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Card("again", self.n + 1))


class Card(ui.LayoutView):
    """A message with Components V2: a text and a button in a container."""

    def __init__(self, text: str, n: int = 0) -> None:
        super().__init__(timeout=None)
        row: ui.ActionRow[Card] = ui.ActionRow()
        row.add_item(Again(n))
        self.add_item(ui.Container(ui.TextDisplay(text), row))


class TinyBot(discord.AutoShardedClient):
    """Answers commands, a button and messages."""

    def __init__(self, intents: discord.Intents = INTENTS) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.01, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.tree.add_command(echo)
        self.tree.add_command(slow)
        self.add_dynamic_items(Again)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)
        if message.author != self.user and message.content:
            await message.reply(f"heard: {message.content}")


@app_commands.command(description="Say it again")
@app_commands.allowed_installs(guilds=True, users=True)
async def echo(interaction: discord.Interaction, text: str, hidden: bool = False) -> None:
    """Answer at once."""
    await interaction.response.send_message(text, ephemeral=hidden)


@echo.autocomplete("text")
async def suggest(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Suggest whatever begins as typed."""
    known = ("dragons", "dwarves", "elves")
    return [app_commands.Choice(name=name.title(), value=name) for name in known if name.startswith(current)]


@app_commands.command(description="Think first")
async def slow(interaction: discord.Interaction) -> None:
    """Answer after a deferral."""
    await interaction.response.defer(thinking=True)
    await interaction.edit_original_response(view=Card("done"))
    await interaction.followup.send("and more")


@contextlib.asynccontextmanager
async def running(bot: TinyBot, token: str = LoopbackDiscord.token) -> AsyncIterator[None]:
    """Run a bot in the block; it is ready there."""
    async with bot:
        task = asyncio.create_task(bot.start(token))
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            ready.cancel()
            await task
        try:
            yield
        finally:
            await bot.close()
            await task
