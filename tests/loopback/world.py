"""Guilds, channels and the world around them: all that exists in the loopback, and how Discord describes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import permissions
from .accounts import Role, User
from .signals import Signal
from .wire import Json

if TYPE_CHECKING:
    from .messages import Message

DISCORD_EPOCH_MS = 1_420_070_400_000
LONG_AGO = "2020-01-01T00:00:00.000000+00:00"
LOCALE = "en-US"
# Discord's numbers: for the kinds of channel, and for the contexts of interactions.
TEXT, DM, GROUP_DM, THREAD, FORUM = 0, 1, 3, 11, 15
IN_GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2


@dataclass(eq=False)
class Guild:
    """A server: its members, and what each of them may do there.

    Of a guild that is not ``announced`` the bot only gets messages and interactions.
    """

    id: int
    name: str
    owner: User
    members: dict[int, User]
    announced: bool = True
    roles: list[Role] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    threads: list[Channel] = field(default_factory=list)
    member_permissions: dict[int, int] = field(default_factory=dict)

    @property
    def bot_role(self) -> Role | None:
        """The role that Discord made for the bot; None if that is not a member."""
        return next((role for role in self.roles if role.bot is not None), None)

    def permissions_of(self, user: User) -> int:
        """What a member may do; set ``member_permissions`` to change it."""
        return permissions.ALL if user is self.owner else self.member_permissions.get(user.id, permissions.MEMBER)

    def member_payload(self, user: User) -> Json:
        """A member without the account, as in a message."""
        role = self.bot_role
        return {
            "nick": None,
            "avatar": None,
            "roles": [str(role.id)] if role is not None and role.bot is user else [],
            "joined_at": LONG_AGO,
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
            "roles": [everyone, *(role.payload() for role in self.roles)],
            "channels": [channel.payload() for channel in self.channels],
            "threads": [thread.payload() for thread in self.threads if not thread.archived],
            "members": [{**self.member_payload(bot), "user": bot.payload()}],
            "member_count": len(self.members),
            "joined_at": LONG_AGO,
            "unavailable": False,
        }


@dataclass(frozen=True)
class Tag:
    """A tag that a forum offers for its posts."""

    id: int
    name: str

    def payload(self) -> Json:
        """This tag as Discord describes it."""
        return {"id": str(self.id), "name": self.name, "moderated": False, "emoji_id": None, "emoji_name": None}


@dataclass(eq=False)
class Channel:
    """A place for messages: a guild's text channel, a thread below its ``parent``, a DM or a group DM.

    A forum is a place for threads alone, its posts; its ``tags`` are those it offers, a post's those it has.
    A thread that is ``archived`` is locked as well, or the next message would open it again.
    """

    id: int
    type: int
    name: str | None = None
    guild: Guild | None = None
    recipients: list[User] = field(default_factory=list)
    bot_permissions: int = permissions.MEMBER
    parent: Channel | None = None
    owner: User | None = None
    tags: list[Tag] = field(default_factory=list)
    archived: bool = False
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
        return self.guild is None or self.rights & needed == needed

    @property
    def rights(self) -> int:
        """What the bot may do here; a thread has the permissions of its parent."""
        return (self.parent or self).bot_permissions

    def tagged(self, names: Collection[str]) -> list[Tag]:
        """The tags with these names, of those that a forum offers."""
        offered = {tag.name: tag for tag in self.tags}
        if unknown := set(names) - offered.keys():
            raise LookupError(f"{self.name} has no tags {unknown} among {list(offered)}")
        return [offered[name] for name in names]

    def context(self, bot: User) -> int:
        """What Discord calls an interaction's context in this channel."""
        if self.guild is not None:
            return IN_GUILD
        return BOT_DM if bot in self.recipients else PRIVATE_CHANNEL

    async def message(self, wanted: Callable[[Message], bool], timeout: float = 5.0) -> Message:
        """Wait for a message here of which ``wanted`` is true, and return it."""

        def look() -> Message | None:
            return next(filter(wanted, self.messages.values()), None)

        return await self.changed.until(look, timeout, f"a wanted message in channel {self.name or self.id}")

    def payload(self, reader: User | None = None) -> Json:
        """This channel; a DM names the recipients other than its ``reader``."""
        payload: Json = {"id": str(self.id), "type": self.type, "flags": 0, "name": self.name}
        if self.guild is None:
            return payload | {"recipients": [user.payload() for user in self.recipients if user is not reader]}
        payload["guild_id"] = str(self.guild.id)
        if self.parent is not None:
            return payload | self._thread_payload(self.parent, self.owner or self.guild.owner)
        position = self.guild.channels.index(self)
        payload |= {"position": position, "permission_overwrites": [], "parent_id": None}
        if self.type == FORUM:
            payload |= {"available_tags": [tag.payload() for tag in self.tags], "topic": None}
        return payload

    def _thread_payload(self, parent: Channel, owner: User) -> Json:
        metadata: Json = dict.fromkeys(("archived", "locked"), self.archived)
        metadata |= {"auto_archive_duration": 1440, "archive_timestamp": LONG_AGO, "create_timestamp": LONG_AGO}
        # A post's own message has the post's id and does not count.
        count = len(self.messages.keys() - {self.id})
        applied = {"applied_tags": [str(tag.id) for tag in self.tags]} if parent.type == FORUM else {}
        return applied | {
            "parent_id": str(parent.id),
            "owner_id": str(owner.id),
            "message_count": count,
            "total_message_sent": count,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "thread_metadata": metadata,
        }


class World:
    """The accounts, guilds and channels there are, and the ids they have."""

    def __init__(self) -> None:
        self._last_id = 0
        self.bot = User(self.new_id(), "loopback-bot", bot=True)
        self.users = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}

    def new_id(self) -> int:
        """A snowflake: of this moment, and greater than every one before."""
        now = int(time.time() * 1000) - DISCORD_EPOCH_MS << 22
        self._last_id = max(now, self._last_id + 1)
        return self._last_id

    def private_channel(self, *users: User) -> Channel:
        """The DM of two people, made if they have none yet; a new group of more."""
        kind = DM if len(users) == 2 else GROUP_DM
        if kind == DM:
            for channel in self.channels.values():
                if channel.type == kind and set(channel.recipients) == set(users):
                    return channel
        channel = Channel(self.new_id(), kind, recipients=list(users))
        self.channels[channel.id] = channel
        return channel
