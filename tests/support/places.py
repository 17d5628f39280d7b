"""Accounts, guilds and channels, and how Discord describes each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from . import permissions
from .signals import Signal
from .wire import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from .messages import Message

LONG_AGO = "2020-01-01T00:00:00.000000+00:00"


class Context(IntEnum):
    """Where an interaction happens, by Discord's numbers."""

    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


class ChannelType(IntEnum):
    """The kinds of channel the loopback has, by Discord's numbers."""

    TEXT = 0
    DM = 1
    GROUP_DM = 3


@dataclass(eq=False)
class User:
    """An account: a person's or the bot's."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    installed_app: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        """The text that mentions this account."""
        return f"<@{self.id}>"

    def payload(self) -> Json:
        """This account as Discord describes it to others."""
        payload: Json = {
            "id": str(self.id),
            "username": self.name,
            "global_name": self.name.title(),
            "avatar": None,
            "avatar_decoration_data": None,
            "discriminator": "0",
            "primary_guild": None,
            "public_flags": 0,
            "flags": 0,
        }
        return payload | {"bot": True} if self.bot else payload


@dataclass(eq=False)
class Guild:
    """A server: its members, and what each of them may do there."""

    id: int
    name: str
    owner: User
    members: dict[int, User]
    locale: str = "en-US"
    channels: list[Channel] = field(default_factory=list)
    member_permissions: dict[int, int] = field(default_factory=dict)

    def permissions_of(self, user: User) -> int:
        """What a member may do; set ``member_permissions`` to give more or less."""
        if user is self.owner:
            return permissions.ALL
        return self.member_permissions.get(user.id, permissions.MEMBER)

    def member_payload(self) -> Json:
        """A member without the account, as it stands in a message."""
        return {
            "nick": None,
            "avatar": None,
            "banner": None,
            "roles": [],
            "joined_at": LONG_AGO,
            "premium_since": None,
            "communication_disabled_until": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }

    def create_payload(self, bot: User) -> Json:
        """GUILD_CREATE, as sent without the members and presences intents."""
        everyone = {
            "id": str(self.id),
            "name": "@everyone",
            "permissions": str(permissions.MEMBER),
            "position": 0,
            "color": 0,
            "colors": {
                "primary_color": 0,
                "secondary_color": None,
                "tertiary_color": None,
            },
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "owner_id": str(self.owner.id),
            "preferred_locale": self.locale,
            "features": [],
            "roles": [everyone],
            "emojis": [],
            "stickers": [],
            "channels": [c.payload() for c in self.channels],
            "threads": [],
            "members": [{**self.member_payload(), "user": bot.payload()}],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "member_count": len(self.members),
            "joined_at": LONG_AGO,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "system_channel_flags": 0,
            "large": False,
            "unavailable": False,
        }


@dataclass(eq=False)
class Channel:
    """A place where messages are: a guild's text channel, a DM or a group DM."""

    id: int
    type: ChannelType
    name: str | None = None
    guild: Guild | None = None
    recipients: list[User] = field(default_factory=list)
    bot_permissions: int = permissions.MEMBER
    messages: dict[int, Message] = field(default_factory=dict)
    by_nonce: dict[str, Message] = field(default_factory=dict)
    typing: list[User] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    def holds(self, user: User) -> bool:
        """Whether ``user`` is in this channel."""
        if self.guild is not None:
            return user.id in self.guild.members
        return user in self.recipients

    def context(self, bot: User) -> Context:
        """What Discord calls an interaction's context in this channel."""
        if self.guild is not None:
            return Context.GUILD
        if self.type is ChannelType.DM and bot in self.recipients:
            return Context.BOT_DM
        return Context.PRIVATE_CHANNEL

    async def message(self, wanted: Callable[[Message], bool], timeout: float = 5.0) -> Message:
        """Wait for a message here of which ``wanted`` is true, and return it."""
        return await self.changed.until(
            lambda: next(filter(wanted, self.messages.values()), None),
            timeout,
            f"a wanted message in channel {self.name or self.id}",
        )

    def payload(self, reader: User | None = None) -> Json:
        """This channel; a DM names the recipients other than its ``reader``."""
        latest = next(reversed(self.messages), None)
        payload: Json = {
            "id": str(self.id),
            "type": int(self.type),
            "flags": 0,
            "last_message_id": None if latest is None else str(latest),
        }
        if self.guild is not None:
            return payload | {
                "guild_id": str(self.guild.id),
                "name": self.name,
                "position": self.guild.channels.index(self),
                "permission_overwrites": self._overwrites(),
                "parent_id": None,
                "topic": None,
                "nsfw": False,
                "rate_limit_per_user": 0,
            }
        others = [user.payload() for user in self.recipients if user is not reader]
        payload["recipients"] = others
        if self.type is ChannelType.GROUP_DM:
            payload |= {
                "name": self.name,
                "icon": None,
                "owner_id": str(self.recipients[0].id),
            }
        return payload

    def _overwrites(self) -> list[Json]:
        """What the bot may do here, told as a client works it out: by overwrites."""
        bots = [u for u in self.guild.members.values() if u.bot] if self.guild else []
        return [
            {
                "id": str(bot.id),
                "type": 1,
                "allow": str(self.bot_permissions & ~permissions.MEMBER),
                "deny": str(permissions.MEMBER & ~self.bot_permissions),
            }
            for bot in bots
            if self.bot_permissions != permissions.MEMBER
        ]
