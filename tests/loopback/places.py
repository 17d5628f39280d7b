"""The channels and threads of guilds: how they come, change and go, and that the bot hears of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from . import permissions
from .accounts import User
from .gateway import Gateway
from .messages import Message
from .world import FORUM, TEXT, THREAD, Channel, Guild, Tag, World


class Places:
    """Makes, changes and removes the channels and threads of guilds."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def text_channel(self, guild: Guild, name: str, *, bot_permissions: int = permissions.MEMBER) -> Channel:
        """Make a text channel; a test may change its ``bot_permissions`` later."""
        return self._channel(Channel(self._world.new_id(), TEXT, name, guild, bot_permissions=bot_permissions))

    def forum(
        self, guild: Guild, name: str, *, tags: Iterable[str] = (), bot_permissions: int = permissions.MEMBER
    ) -> Channel:
        """Make a forum that offers these tags."""
        forum = Channel(self._world.new_id(), FORUM, name, guild, bot_permissions=bot_permissions)
        forum.tags = [Tag(self._world.new_id(), tag) for tag in tags]
        return self._channel(forum)

    def thread(self, message: Message, name: str, *, owner: User | None = None) -> Channel:
        """Begin a public thread from a message, by default its author's; it has the message's id."""
        return self._thread(Channel(message.id, THREAD, name, parent=message.channel, owner=owner or message.author))

    def post(self, forum: Channel, title: str, owner: User, tags: Collection[str]) -> Channel:
        """Begin the thread of a post in a forum."""
        thread = Channel(self._world.new_id(), THREAD, title, parent=forum, owner=owner)
        thread.tags = forum.tagged(tags)
        return self._thread(thread)

    def tag(self, thread: Channel, *tags: str) -> None:
        """Give a post these tags of its forum in place of those it has."""
        assert thread.parent is not None, "posts have tags"
        thread.tags = thread.parent.tagged(tags)
        self._announce("THREAD_UPDATE", thread)

    def archive(self, thread: Channel) -> None:
        """Archive and lock a thread."""
        thread.archived = True
        self._announce("THREAD_UPDATE", thread)

    def delete(self, channel: Channel) -> None:
        """Delete a guild's channel and its threads, or a thread."""
        guild = channel.guild
        assert guild is not None, "private channels are for ever"
        for thread in [thread for thread in guild.threads if thread.parent is channel]:
            self.delete(thread)
        self._announce("THREAD_DELETE" if channel.parent else "CHANNEL_DELETE", channel)
        (guild.threads if channel.parent else guild.channels).remove(channel)
        del self._world.channels[channel.id]

    def _channel(self, channel: Channel) -> Channel:
        assert channel.guild is not None
        channel.guild.channels.append(channel)
        self._world.channels[channel.id] = channel
        self._announce("CHANNEL_CREATE", channel)
        return channel

    def _thread(self, thread: Channel) -> Channel:
        assert thread.parent is not None
        thread.guild = thread.parent.guild
        assert thread.guild is not None, "there are no threads in private channels"
        thread.guild.threads.append(thread)
        self._world.channels[thread.id] = thread
        self._announce("THREAD_CREATE", thread, newly_created=True)
        return thread

    def _announce(self, event: str, channel: Channel, **more: object) -> None:
        bot = self._world.bot
        # Of threads the bot hears only where it may look; of channels everywhere.
        hears = channel.seen_by(bot) if channel.parent else channel.has(bot)
        if hears and channel.guild is not None and channel.guild.announced:
            self._gateway.dispatch(event, channel.payload() | more, in_guild=True)
