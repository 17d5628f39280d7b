"""The Discord client: what every cog and button shares."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import discord
import yarl
from discord.ext import commands

from bot.app import errors
from bot.app.buttons import TopicButton
from bot.app.cards import reply_card
from bot.app.commands import CommandTree, sync_commands
from bot.app.conversations import Conversations, Place
from bot.app.errors import Refusal, Respond, interaction_responder
from bot.app.library import LiveLibrary
from bot.assistant import Conversation, Reply
from bot.settings import Settings

log = logging.getLogger(__name__)

# Neither is privileged: Discord hands over the text of direct messages and of mentions without asking more.
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)
COGS = ("cogs.ask", "cogs.messages", "cogs.admin")
_DRAIN_SECONDS = 2.0


class RightThings(commands.AutoShardedBot):
    """Answers from ``library`` wherever it is asked."""

    def __init__(self, settings: Settings, library: LiveLibrary) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.settings = settings
        self.library = library
        self._conversations = Conversations()
        self._cooldown = commands.CooldownMapping[int].from_cooldown(
            settings.questions_per_minute, 60.0, lambda person: person
        )
        self._at_work = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def setup_hook(self) -> None:
        """Load the cogs and tell Discord the commands, if they are new."""
        if self.settings.discord_api_url:
            # discord.py falls back to Discord's own gateway when it has to connect afresh.
            gateway = await self.http.request(discord.http.Route("GET", "/gateway"))
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway["url"])
        self.add_dynamic_items(TopicButton)
        for cog in COGS:
            await self.load_extension(cog)
        await sync_commands(self.tree, self.application_id or 0, self.settings.cache_dir)

    async def on_ready(self) -> None:
        """Say in the log that the bot is there, and how to invite it."""
        invite = discord.utils.oauth_url(self.application_id or 0, permissions=PERMISSIONS)
        log.info("Ready as %s in %d servers. Invite: %s", self.user, len(self.guilds), invite)

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: there are no prefix commands, and the messages cog listens by itself."""

    async def reply(self, question: str, place: Place, *, follow_up: bool) -> Reply:
        """Answer a question off the event loop.

        Args:
            question: any text.
            place: where and by whom it is asked.
            follow_up: whether what was said there before counts.

        Raises:
            Refusal: when the person asks too fast.
        """
        self.check_pace(place.person)
        before = self._conversations.get(place) if follow_up else Conversation()
        reply = await asyncio.to_thread(self.library.assistant.reply, question, before)
        self._conversations.keep(place, before.then(reply))
        return reply

    def check_pace(self, person: int) -> None:
        """Count one request of a person.

        Raises:
            Refusal: when there were too many in the last minute; it says when to try again.
        """
        wait = self._cooldown.update_rate_limit(person)
        if wait is not None:
            again = discord.utils.format_dt(discord.utils.utcnow() + timedelta(seconds=wait + 1), "R")
            raise Refusal(f"That was a lot of questions in a minute. Please try again {again}.")

    async def show_topic(self, interaction: discord.Interaction, topic_id: str, *, in_place: bool) -> None:
        """Answer a button with a topic, in place of its message or privately beside it."""
        async with self.answering(interaction_responder(interaction), f"button {topic_id}"):
            self.check_pace(interaction.user.id)
            assistant = self.library.assistant
            topic = assistant.knowledge.topics.get(topic_id)
            if topic is None:
                raise Refusal("That topic is no longer in the library.")
            reply = assistant.answer(topic.title, topic)
            card = reply_card(reply, interaction.user.id)
            if in_place:
                await interaction.response.edit_message(view=card)
            else:
                await interaction.response.send_message(view=card, ephemeral=not interaction.context.dm_channel)
            place = Place(interaction.channel_id or 0, interaction.user.id)
            self._conversations.keep(place, self._conversations.get(place).then(reply))

    @contextlib.asynccontextmanager
    async def answering(self, respond: Respond, what: str) -> AsyncIterator[None]:
        """Work on an answer: errors are treated by the policy, and a shutdown waits for the end of the block."""
        self._at_work += 1
        self._idle.clear()
        try:
            async with errors.handled(respond, what):
                yield
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._idle.set()

    async def close(self) -> None:
        """Deliver the answers at work, within two seconds, then disconnect."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), _DRAIN_SECONDS)
        await super().close()
