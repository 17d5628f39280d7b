"""All that exists in the loopback's Discord, and the ids it is known by."""

from __future__ import annotations

import time
from collections.abc import Iterable

from . import permissions
from .places import Channel, ChannelType, Guild, User

DISCORD_EPOCH_MS = 1_420_070_400_000


class World:
    """The accounts, guilds and channels there are."""

    def __init__(self) -> None:
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self._last_id = 0

    def new_id(self) -> int:
        """A snowflake: of this moment, and greater than every one before."""
        now = int(time.time() * 1000) - DISCORD_EPOCH_MS << 22
        self._last_id = max(now, self._last_id + 1)
        return self._last_id

    def add_user(self, user: User) -> None:
        """Let an account exist."""
        self.users[user.id] = user

    def add_guild(self, name: str, owner: User, members: Iterable[User], guild_id: int | None) -> Guild:
        """Make a guild of ``owner`` and ``members``."""
        everybody = {user.id: user for user in (owner, *members)}
        guild = Guild(guild_id or self.new_id(), name, owner, everybody)
        self.guilds[guild.id] = guild
        return guild

    def add_text_channel(self, guild: Guild, name: str, bot_permissions: int) -> Channel:
        """Make a text channel that every member sees."""
        channel = Channel(
            self.new_id(),
            ChannelType.TEXT,
            name,
            guild,
            bot_permissions=bot_permissions,
        )
        guild.channels.append(channel)
        self.channels[channel.id] = channel
        return channel

    def private_channel(self, users: list[User], name: str | None = None) -> Channel:
        """The DM of two people, made when they have none yet; a new group of more."""
        kind = ChannelType.DM if len(users) == 2 else ChannelType.GROUP_DM
        if kind is ChannelType.DM:
            for channel in self.channels.values():
                if channel.type is kind and set(channel.recipients) == set(users):
                    return channel
        channel = Channel(
            self.new_id(),
            kind,
            name,
            recipients=users,
            bot_permissions=permissions.APP_IN_DM | permissions.MEMBER,
        )
        self.channels[channel.id] = channel
        return channel
