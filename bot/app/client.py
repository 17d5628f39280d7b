"""The Discord client: what every cog and button shares."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import discord
import yarl
from discord.ext import commands

from bot.app import errors
from bot.app.buttons import dispatch_component
from bot.app.controls import Surface
from bot.app.errors import Respond
from bot.app.threads import Threads
from bot.app.tree import CommandTree, sync_commands
from bot.service import Desk, Place, aspects, quotations
from bot.settings import Settings

log = logging.getLogger(__name__)

# It works with the first two alone; the last one is for pictures and exports.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    attach_files=True,
)
COGS = (
    "cogs.ask",
    "cogs.messages",
    "cogs.topics",
    "cogs.overviews",
    "cogs.quote",
    "cogs.answers",
    "cogs.forums",
    "cogs.daily",
    "cogs.servers",
    "cogs.privacy",
    "cogs.admin",
)
_DRAIN_SECONDS = 2.0


class RightThings(commands.AutoShardedBot):
    """Brings what people ask on Discord to the desk."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=_intents(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            # What a command does not say itself.
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.settings = settings
        self.desk = desk
        self.threads = Threads()
        self.was_ready = False
        self._in_progress = 0
        self._idle = asyncio.Event()
        self._idle.set()
        parsers = self._connection.parsers
        parsers.update({event: _surviving(event, parse) for event, parse in parsers.items() if event != "READY"})

    async def setup_hook(self) -> None:
        """Load the cogs, and sync the commands if Discord's differ."""
        if self.settings.discord_api_url:
            # discord.py falls back to Discord's own gateway when it has to reconnect from scratch.
            gateway = await self.http.request(discord.http.Route("GET", "/gateway"))
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway["url"])
        for cog in COGS:
            await self.load_extension(cog)
        # Look up the owner now: later, an admin's command has only three seconds.
        assert self.user is not None
        await self.is_owner(self.user)
        await self.offer_commands()

    async def offer_commands(self) -> None:
        """Offer the commands that fit the library in use."""
        assert isinstance(self.tree, CommandTree)
        knowledge = self.desk.knowledge
        has_sides, has_quotations = bool(aspects(knowledge)), bool(quotations(knowledge))
        self.tree.fit(self.desk.about.side_names, has_sides=has_sides, has_quotations=has_quotations)
        await sync_commands(self.tree)

    async def on_ready(self) -> None:
        """Log that the bot is ready, and how to invite it."""
        self.was_ready = True
        invite = discord.utils.oauth_url(self.application_id or 0, permissions=PERMISSIONS)
        log.info("Ready as %s in %d servers. Invite: %s", self.user, len(self.guilds), invite)

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: the Messages cog has its own listener."""

    async def on_interaction(self, interaction: discord.Interaction, /) -> None:
        """Dispatch what discord.py does not."""
        dispatch_component(self, interaction)

    @contextlib.asynccontextmanager
    async def answering(self, respond: Respond, what: str) -> AsyncIterator[None]:
        """Run a block that answers someone; errors follow the policy, and shutdown waits for it."""
        self._in_progress += 1
        self._idle.clear()
        try:
            async with errors.handled(respond, what):
                yield
        finally:
            self._in_progress -= 1
            if not self._in_progress:
                self._idle.set()

    async def close(self) -> None:
        """Give answers in progress two seconds to finish, then disconnect."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), _DRAIN_SECONDS)
        await super().close()

    def is_private(self, interaction: discord.Interaction[Any], wanted: bool | None = None) -> bool:
        """Whether to answer an interaction privately: if the server's admins or the person want that."""
        if not self.may_answer_in(interaction.channel, interaction.guild_id):
            return True
        return self.desk.notes.settings_of(interaction.guild_id).private or bool(wanted)

    def may_answer_in(self, channel: object, server: int | None) -> bool:
        """Whether a server's admins let the bot speak to everybody in a channel."""
        settings = self.desk.notes.settings_of(server)
        return not settings.channels or not (settings.channels | settings.forums).isdisjoint(_channels_of(channel))

    def surface(self, interaction: discord.Interaction[Any], *, private: bool) -> Surface:
        """Where the answer to an interaction is shown."""
        return Surface(
            interaction.user.id,
            is_private=private,
            is_direct=interaction.context.dm_channel,
            has_human=self.desk.notes.settings_of(interaction.guild_id).has_human,
            may_share=self.may_answer_in(interaction.channel, interaction.guild_id),
        )


def _intents(settings: Settings) -> discord.Intents:
    """What the bot hears: Discord includes the text of direct messages and of mentions without a privileged intent."""
    may_read = settings.message_content == "on"
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=may_read)


def place_of(interaction: discord.Interaction[Any], *, private: bool = False) -> Place:
    """Where an interaction belongs; a private one is a conversation of its own."""
    return Place(interaction.channel_id or 0, interaction.user.id, private, interaction.guild_id)


def _channels_of(channel: object) -> tuple[int, ...]:
    """The ids of a channel and of those that it is in."""
    ids = (getattr(channel, name, None) for name in ("id", "parent_id", "category_id"))
    return tuple(number for number in ids if number is not None)


def _surviving(event: str, parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """An event's parser that logs what it cannot read; otherwise one such event would stop the bot."""

    def parsed(data: Any) -> Any:  # noqa: ANN401  # whatever Discord sends
        try:
            return parse(data)
        except Exception as error:
            log.warning("Could not read the event %s: %r", event, error)

    return parsed
