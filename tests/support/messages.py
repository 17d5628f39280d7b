"""Messages: what was sent, what a person sees of it and what the bot is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntFlag, unique

from .places import Channel, User
from .signals import Signal
from .wire import Json
from .world import DISCORD_EPOCH_MS


@unique
class Flags(IntFlag):
    """The message flags a bot may meet or set."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_COMPONENTS_V2 = 1 << 15


@dataclass(frozen=True)
class Button:
    """A button as a person sees it."""

    label: str
    style: int
    custom_id: str | None
    url: str | None
    disabled: bool


@dataclass(eq=False)
class Message:
    """One message; its fields hold what Discord would show now."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    flags: Flags = field(default_factory=lambda: Flags(0))
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    type: int = 0
    reply_to: Message | None = None
    pings: list[User] = field(default_factory=list)
    pings_everyone: bool = False
    reactions: dict[str, list[User]] = field(default_factory=dict)
    interaction: Json | None = None
    application_id: int | None = None
    followers: list[Signal] = field(default_factory=list)
    nonce: str | None = None
    edits: list[str] = field(default_factory=list)
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees it."""
        return bool(self.flags & Flags.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still shows "the app is thinking"."""
        return bool(self.flags & Flags.LOADING)

    @property
    def text(self) -> str:
        """All the text a person reads in it, from top to bottom, buttons apart."""
        lines = [self.content]
        for embed in self.embeds:
            lines += [embed.get("title") or "", embed.get("description") or ""]
            for part in embed.get("fields") or ():
                lines += [part["name"], part["value"]]
            lines.append((embed.get("footer") or {}).get("text") or "")
        lines += [c["content"] for c in walk(self.components) if c["type"] == 10]
        return "\n".join(line for line in lines if line)

    @property
    def buttons(self) -> list[Button]:
        """Its buttons, from top to bottom."""
        return [
            Button(
                _label(c),
                c["style"],
                c.get("custom_id"),
                c.get("url"),
                bool(c.get("disabled")),
            )
            for c in walk(self.components)
            if c["type"] == 2
        ]

    def notify(self) -> None:
        """Wake those who wait for something to happen to it."""
        for signal in (self.channel.changed, *self.followers):
            signal.notify()

    def component(self, custom_id_or_label: str) -> Json:
        """The button or select known by this custom_id, or the button so labelled."""
        for component in walk(self.components):
            if custom_id_or_label in (component.get("custom_id"), _label(component)):
                return component
        shown = [button.label for button in self.buttons]
        raise LookupError(f"no {custom_id_or_label!r} among {shown} of: {self.text}")

    def payload(self, reader: User, *, quoted: bool = False) -> Json:
        """The message as told to the bot, ``reader``.

        Without the message-content intent a guild message is told with its
        content only to the bot that wrote it or is mentioned in it. A message
        ``quoted`` in a reply does not quote another in its turn.
        """
        in_dm = self.channel.guild is None
        told = in_dm or self.author is reader or reader in self.pings
        payload: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "type": self.type,
            "author": self.author.payload(),
            "content": self.content if told else "",
            "components": self.components if told else [],
            "embeds": self.embeds if told else [],
            "attachments": self.attachments if told else [],
            "flags": int(self.flags),
            "timestamp": moment(self.id),
            "edited_timestamp": self.edits[-1] if self.edits else None,
            "mentions": [user.payload() for user in self.pings],
            "mention_roles": [],
            "mention_everyone": self.pings_everyone,
            "pinned": False,
            "tts": False,
        }
        if self.nonce is not None:
            payload["nonce"] = self.nonce
        if self.application_id is not None:
            payload["application_id"] = str(self.application_id)
        if self.interaction is not None:
            payload["webhook_id"] = str(self.application_id)
            payload["interaction_metadata"] = self.interaction
        if self.reactions:
            payload["reactions"] = [self._reaction(emoji, users, reader) for emoji, users in self.reactions.items()]
        if self.reply_to is not None:
            payload["message_reference"] = self._reference(self.reply_to)
            if not quoted:
                payload["referenced_message"] = (
                    None if self.reply_to.deleted else self.reply_to.payload(reader, quoted=True)
                )
        return payload

    @staticmethod
    def _reference(to: Message) -> Json:
        reference: Json = {
            "type": 0,
            "message_id": str(to.id),
            "channel_id": str(to.channel.id),
        }
        if to.channel.guild is not None:
            reference["guild_id"] = str(to.channel.guild.id)
        return reference

    @staticmethod
    def _reaction(emoji: str, users: list[User], reader: User) -> Json:
        return {
            "emoji": {"id": None, "name": emoji},
            "count": len(users),
            "count_details": {"normal": len(users), "burst": 0},
            "burst_colors": [],
            "me": reader in users,
            "me_burst": False,
        }


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, each before what it holds."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        if accessory := component.get("accessory"):
            yield accessory


def _label(button: Json) -> str:
    """What a person reads on a button: its label, or else its emoji."""
    emoji: Json = button.get("emoji") or {}
    return str(button.get("label") or emoji.get("name") or "")


def numbered(components: list[Json]) -> list[Json]:
    """Give each component without an ``id`` the next free one, as Discord does."""
    taken = {c.get("id") for c in walk(components)}
    free = (number for number in range(1, 1000) if number not in taken)
    for component in walk(components):
        if not component.get("id"):
            component["id"] = next(free)
    return components


def moment(snowflake: int) -> str:
    """The time an id was made, as Discord writes times."""
    seconds = ((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def now() -> str:
    """This moment, as Discord writes times."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
