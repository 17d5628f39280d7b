"""One interaction: what the bot hears of it, and what came of it."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import NamedTuple

from . import permissions
from .accounts import User
from .messages import Message
from .rules import Answer, Asked
from .wire import Json
from .world import LOCALE, Channel

TIMEOUT = 5.0


class Callback(NamedTuple):
    """The bot's first answer, within three seconds."""

    type: Answer
    data: Json


@dataclass(eq=False)
class Interaction:
    """One thing that a person did with the app, and everything that came of it.

    ``used_message`` has the component that was used, or that opened the modal; ``target`` is the message that a
    command of the context menu was used on.
    ``acknowledged_after`` and ``answered_after`` are the seconds to the first callback and to the latest text.
    """

    id: int
    asked: Asked
    person: User
    channel: Channel
    owners: dict[str, str]
    used_message: Message | None = None
    target: Message | None = None
    begun: float = field(default_factory=time.monotonic)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(96))
    callback: Callback | None = None
    message: Message | None = None
    followups: list[Message] = field(default_factory=list)
    acknowledged_after: float | None = None
    answered_after: float | None = None

    async def response(self, timeout: float = TIMEOUT) -> Callback:
        """The bot's first answer to Discord: its type and its data."""
        return await self.channel.changed.until(lambda: self.callback, timeout, f"a response to {self}")

    async def suggestions(self, timeout: float = TIMEOUT) -> list[Json]:
        """The choices that an autocompletion offers, each with its name and value."""
        return list((await self.response(timeout)).data.get("choices") or ())

    async def answer(self, timeout: float = TIMEOUT) -> Message:
        """The message that answers, or whose button was used, once the app no longer shows as thinking."""
        await self.channel.changed.until(lambda: self.answered_after is not None, timeout, f"an answer to {self}")
        assert self.message is not None
        return self.message

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees the answer."""
        return self.message is not None and self.message.ephemeral

    def __str__(self) -> str:
        return f"{self.person.name}'s {self.asked.name.lower()} {self.id}"

    def app_rights(self, bot: User) -> int:
        """What the app may do in this place."""
        here = self.channel.guild is not None and self.channel.has(bot)
        return self.channel.rights if here else permissions.APP_ABROAD

    def metadata(self) -> Json:
        """What a message that answers says of this."""
        metadata: Json = {
            "id": str(self.id),
            "type": int(self.asked),
            "user": self.person.payload(),
            "authorizing_integration_owners": self.owners,
        }
        return metadata if self.target is None else metadata | {"target_message_id": str(self.target.id)}

    def event(self, data: Json, bot: User) -> Json:
        """INTERACTION_CREATE; ``data`` is what was typed, pressed or filled in."""
        person, channel, guild = self.person, self.channel, self.channel.guild
        event: Json = {
            "id": str(self.id),
            "application_id": str(bot.id),
            "type": int(self.asked),
            "version": 1,
            "token": self.token,
            "data": data,
            "channel_id": str(channel.id),
            "channel": channel.payload(bot),
            "context": channel.context(bot),
            "authorizing_integration_owners": self.owners,
            "app_permissions": str(self.app_rights(bot)),
            "attachment_size_limit": 10 * 1024 * 1024,
            "entitlements": [],
            "locale": LOCALE,
        }
        if self.used_message is not None:
            event["message"] = self.used_message.payload(bot)
        if guild is None:
            return event | {"user": person.payload()}
        rights = str(guild.permissions_of(person))
        event["channel"]["permissions"] = rights
        return event | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": LOCALE, "features": []},
            "guild_locale": LOCALE,
            "member": {**guild.member_payload(person), "user": person.payload(), "permissions": rights},
        }
