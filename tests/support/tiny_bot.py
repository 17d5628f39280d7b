"""The small bot with which the loopback is tested."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections.abc import AsyncIterator

import discord
from discord import app_commands, ui

from .discord_server import LoopbackDiscord

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Again(ui.DynamicItem[ui.Button["Card"]], template=r"again:(?P<n>\d+)"):
    """A button that works whatever bot process made it."""

    def __init__(self, n: int) -> None:
        super().__init__(ui.Button(label="Again", custom_id=f"again:{n}"))
        self.n = n

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction,
        item: ui.Item[Card],
        match: re.Match[str],
    ) -> Again:
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Card("again", self.n + 1))


class Card(ui.LayoutView):
    """A message of the newer kind: a text and a button in a container."""

    def __init__(self, text: str, n: int = 0) -> None:
        super().__init__(timeout=None)
        row: ui.ActionRow[Card] = ui.ActionRow()
        row.add_item(Again(n))
        self.add_item(ui.Container(ui.TextDisplay(text), row))


class TinyBot(discord.AutoShardedClient):
    """Answers commands, a button and messages."""

    def __init__(self, intents: discord.Intents = INTENTS, heartbeat_timeout: float = 60.0) -> None:
        super().__init__(
            intents=intents,
            guild_ready_timeout=0.01,
            heartbeat_timeout=heartbeat_timeout,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.tree.add_command(echo)
        self.tree.add_command(slow)
        self.tree.add_command(LORE)
        self.add_dynamic_items(Again)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds between shards, as discord.py else does."""

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)
        if message.author != self.user and message.content:
            await message.reply(f"heard: {message.content}")


@app_commands.command(description="Say it again")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def echo(interaction: discord.Interaction, text: str, hidden: bool = False) -> None:
    """Answer at once."""
    await interaction.response.send_message(text, ephemeral=hidden)


@app_commands.command(description="Think first")
async def slow(interaction: discord.Interaction) -> None:
    """Answer after a deferral."""
    await interaction.response.defer(thinking=True)
    await interaction.edit_original_response(view=Card("done"))
    await interaction.followup.send("and more")


LORE = app_commands.Group(name="lore", description="What is known")


@LORE.command(description="Find something")
async def find(interaction: discord.Interaction, about: str) -> None:
    """Answer a subcommand with a card."""
    await interaction.response.send_message(view=Card(f"about {about}"))


@find.autocomplete("about")
async def suggest(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Suggest what begins as typed."""
    known = ("dragons", "dwarves", "elves")
    return [app_commands.Choice(name=name.title(), value=name) for name in known if name.startswith(current)]


@contextlib.asynccontextmanager
async def running(bot: TinyBot, server: LoopbackDiscord, token: str = LoopbackDiscord.token) -> AsyncIterator[None]:
    """Run a bot until it is ready, and on to the end of the block."""
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


if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
    asyncio.run(TinyBot().start(LoopbackDiscord.token))
