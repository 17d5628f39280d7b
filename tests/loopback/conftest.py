"""The small bot that the loopback is tested with, and the fixtures of its tests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping

import discord
import pytest
import pytest_asyncio
import yarl
from discord import app_commands, ui

from . import Channel, LoopbackDiscord, Person

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


def card(text: str, custom_id: str = "again") -> ui.LayoutView:
    """A message with Components V2: a text and a button in a container."""
    view = ui.LayoutView(timeout=None)
    button: ui.Button[ui.LayoutView] = ui.Button(label="Again", custom_id=custom_id)
    return view.add_item(ui.Container(ui.TextDisplay(text), ui.ActionRow(button)))


class Form(ui.Modal, title="Go on"):
    """A modal with an input of each kind."""

    more: ui.Label[Form] = ui.Label(text="What else?", component=ui.TextInput(custom_id="more", max_length=9))
    why: ui.TextInput[Form] = ui.TextInput(label="Why?", custom_id="why", required=False, default="because")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say what was typed: in place of the message that opened it, or in a new one."""
        assert isinstance(self.more.component, ui.TextInput)
        text = f"{self.more.component.value} {self.why.value}"
        if interaction.message is None:
            await interaction.response.send_message(text)
        else:
            await interaction.response.edit_message(view=card(text))


class TinyBot(discord.AutoShardedClient):
    """Answers commands, a button and messages."""

    def __init__(self, intents: discord.Intents = INTENTS) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.01, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.tree.add_command(echo)
        self.tree.add_command(slow)
        self.tree.add_command(form)
        self.tree.add_command(ask_about_this)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Don't wait five seconds between two sessions."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        data: Mapping[str, object] = interaction.data or {}
        if data.get("custom_id") == "form":
            await interaction.response.send_modal(Form())
        elif data.get("component_type") == discord.ComponentType.button.value:
            await interaction.response.edit_message(view=card("again"))

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)
        if message.author != self.user and message.content:
            await message.reply(f"heard: {message.content}")


@app_commands.command(description="Say it again")
@app_commands.allowed_installs(guilds=True, users=True)
async def echo(interaction: discord.Interaction, text: str, hidden: bool = False) -> None:
    """Answer at once."""
    await interaction.response.send_message(text, ephemeral=hidden)


@app_commands.command(description="Think first")
async def slow(interaction: discord.Interaction) -> None:
    """Answer after a deferral."""
    await interaction.response.defer(thinking=True)
    await interaction.edit_original_response(view=card("done"))
    await interaction.followup.send("and more")


@app_commands.command(description="Ask for more")
async def form(interaction: discord.Interaction) -> None:
    """Answer with a modal."""
    await interaction.response.send_modal(Form())


@app_commands.context_menu(name="Ask about this")
@app_commands.allowed_installs(guilds=True, users=True)
async def ask_about_this(interaction: discord.Interaction, message: discord.Message) -> None:
    """Answer in private what the message says."""
    await interaction.response.send_message(f"{message.author.name}: {message.content}", ephemeral=True)


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


@pytest_asyncio.fixture
async def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """A Discord without anything in it, which discord.py uses during the test; a parameter is for its arguments."""
    async with LoopbackDiscord(**getattr(request, "param", {})) as server:
        monkeypatch.setattr(discord.http.Route, "BASE", server.api_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway.url))
        yield server


@pytest.fixture
def alice(server: LoopbackDiscord) -> Person:
    """Someone who has not installed the app."""
    return server.person("alice")


@pytest.fixture
def hall(server: LoopbackDiscord, alice: Person) -> Channel:
    """A text channel of a guild with Alice and the bot."""
    return server.text_channel(server.guild("Keep", [alice]), "hall")


@pytest_asyncio.fixture
async def bot(server: LoopbackDiscord, hall: Channel) -> AsyncIterator[TinyBot]:
    """The bot, ready, in the guild of ``hall``."""
    bot = TinyBot()
    async with running(bot):
        yield bot
