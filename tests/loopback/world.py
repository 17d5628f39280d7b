"""Accounts, guilds and channels: all that exists in the loopback, and how Discord describes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from . import permissions
from .signals import Signal
from .wire import Json

if TYPE_CHECKING:
    from .messages import Message

DISCORD_EPOCH_MS = 1_420_070_400_000
LONG_AGO = "2020-01-01T00:00:00.000000+00:00"
LOCALE = "en-US"


class Context(IntEnum):
    """Where an interaction happens, by Discord's numbers."""

    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


class ChannelType(IntEnum):
    """The kinds of channel that the loopback has, by Discord's numbers."""

    TEXT = 0
    DM = 1
    GROUP_DM = 3


@dataclass(eq=False)
class User:
    """An account: a person's or a bot's."""

    id: int
    name: str
    bot: bool = False
    installed_app: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        """The text that mentions this account."""
        return f"<@{self.id}>"

    def payload(self) -> Json:
        """This account as Discord describes it to others."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": self.name.title(),
            "discriminator": "0",
            "avatar": None,
            "public_flags": 0,
            "bot": self.bot,
        }


@dataclass(eq=False)
class Guild:
    """A server: its members, and what each of them may do there."""

    id: int
    name: str
    owner: User
    members: dict[int, User]
    channels: list[Channel] = field(default_factory=list)
    member_permissions: dict[int, int] = field(default_factory=dict)

    def permissions_of(self, user: User) -> int:
        """What a member may do; set ``member_permissions`` to change it."""
        return permissions.ALL if user is self.owner else self.member_permissions.get(user.id, permissions.MEMBER)

    def member_payload(self) -> Json:
        """A member without the account, as in a message."""
        return {
            "nick": None,
            "avatar": None,
            "roles": [],
            "joined_at": LONG_AGO,
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }

    def create_payload(self, bot: User) -> Json:
        """GUILD_CREATE, as sent without the members and presences intents."""
        everyone = {"id": str(self.id), "name": "@everyone", "permissions": str(permissions.MEMBER), "position": 0}
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "owner_id": str(self.owner.id),
            "preferred_locale": LOCALE,
            "features": [],
            "roles": [everyone],
            "emojis": [],
            "stickers": [],
            "channels": [channel.payload() for channel in self.channels],
            "threads": [],
            "members": [{**self.member_payload(), "user": bot.payload()}],
            "presences": [],
            "voice_states": [],
            "member_count": len(self.members),
            "joined_at": LONG_AGO,
            "verification_level": 0,
            "default_message_notifications": 0,
            "large": False,
            "unavailable": False,
        }


@dataclass(eq=False)
class Channel:
    """A place for messages: a guild's text channel, a DM or a group DM."""

    id: int
    type: ChannelType
    name: str | None = None
    guild: Guild | None = None
    recipients: list[User] = field(default_factory=list)
    bot_permissions: int = permissions.MEMBER
    messages: dict[int, Message] = field(default_factory=dict)
    by_nonce: dict[str, Message] = field(default_factory=dict)
    changed: Signal = field(default_factory=Signal)

    def has(self, user: User) -> bool:
        """Whether ``user`` is in this channel."""
        return user in self.recipients if self.guild is None else user.id in self.guild.members

    def seen_by(self, bot: User) -> bool:
        """Whether the bot hears what happens here."""
        return self.has(bot) and self.bot_may(permissions.VIEW_CHANNEL)

    def bot_may(self, needed: int) -> bool:
        """Whether the bot has these permissions here; outside of guilds there are none to lack."""
        return self.guild is None or self.bot_permissions & needed == needed

    def context(self, bot: User) -> Context:
        """What Discord calls an interaction's context in this channel."""
        if self.guild is not None:
            return Context.GUILD
        return Context.BOT_DM if bot in self.recipients else Context.PRIVATE_CHANNEL

    async def message(self, wanted: Callable[[Message], bool], timeout: float = 5.0) -> Message:
        """Wait for a message here of which ``wanted`` is true, and return it."""

        def look() -> Message | None:
            return next(filter(wanted, self.messages.values()), None)

        return await self.changed.until(look, timeout, f"a wanted message in channel {self.name or self.id}")

    def payload(self, reader: User | None = None) -> Json:
        """This channel; a DM names the recipients other than its ``reader``."""
        payload: Json = {"id": str(self.id), "type": int(self.type), "flags": 0, "name": self.name}
        if self.guild is None:
            return payload | {"recipients": [user.payload() for user in self.recipients if user is not reader]}
        return payload | {
            "guild_id": str(self.guild.id),
            "position": self.guild.channels.index(self),
            "permission_overwrites": [],
            "parent_id": None,
            "topic": None,
            "nsfw": False,
        }


class World:
    """The accounts, guilds and channels there are, and the ids they have."""

    def __init__(self) -> None:
        self._last_id = 0
        self.bot = User(self.new_id(), "loopback-bot", bot=True)
        self.users = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}

    @property
    def application_id(self) -> int:
        """The id of the application, which is its bot's id too."""
        return self.bot.id

    def new_id(self) -> int:
        """A snowflake: of this moment, and greater than every one before."""
        now = int(time.time() * 1000) - DISCORD_EPOCH_MS << 22
        self._last_id = max(now, self._last_id + 1)
        return self._last_id

    def add_guild(self, name: str, members: Iterable[User]) -> Guild:
        """Make a guild, which the first of its members owns."""
        everybody = {user.id: user for user in members}
        guild = Guild(self.new_id(), name, next(iter(everybody.values())), everybody)
        self.guilds[guild.id] = guild
        return guild

    def add_text_channel(self, guild: Guild, name: str, bot_permissions: int) -> Channel:
        """Make a text channel that every member sees."""
        channel = Channel(self.new_id(), ChannelType.TEXT, name, guild, bot_permissions=bot_permissions)
        guild.channels.append(channel)
        self.channels[channel.id] = channel
        return channel

    def private_channel(self, *users: User) -> Channel:
        """The DM of two people, made if they have none yet; a new group of more."""
        kind = ChannelType.DM if len(users) == 2 else ChannelType.GROUP_DM
        if kind is ChannelType.DM:
            for channel in self.channels.values():
                if channel.type is kind and set(channel.recipients) == set(users):
                    return channel
        channel = Channel(self.new_id(), kind, recipients=list(users))
        self.channels[channel.id] = channel
        return channel
