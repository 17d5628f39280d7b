"""Messages: what people and the bot see of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntFlag

from .accounts import Role, User
from .display import Button, Select, buttons_in, selects_in, walk
from .files import File, Picture, media_in, pictures_in
from .wire import Json
from .world import DISCORD_EPOCH_MS, Channel

TEXT, CONTAINER = 10, 17
# The types of message that the loopback makes.
PLAIN, REPLY, COMMAND_RESPONSE, MENU_RESPONSE = 0, 19, 20, 23
# The types of reference to another message.
ANSWERED, FORWARDED = 0, 1


class Flags(IntFlag):
    """The message flags that a bot may meet or set."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    IS_COMPONENTS_V2 = 1 << 15


@dataclass(eq=False)
class Message:
    """One message; its fields have what Discord would show now."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    flags: Flags = field(default_factory=lambda: Flags(0))
    components: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    type: int = PLAIN
    reply_to: Message | None = None
    forwarded: Message | None = None
    pings: list[User] = field(default_factory=list)
    pings_replied: bool = True
    role_pings: list[Role] = field(default_factory=list)
    pings_everyone: bool = False
    interaction: Json | None = None
    edited: str | None = None
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees it."""
        return Flags.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether it still shows "the app is thinking"."""
        return Flags.LOADING in self.flags

    @property
    def text(self) -> str:
        """All the text that a person reads in it, from top to bottom, without buttons and selects."""
        texts = [self.content, *(part["content"] for part in walk(self.components) if part["type"] == TEXT)]
        return "\n".join(filter(None, texts))

    @property
    def buttons(self) -> list[Button]:
        """Its buttons, from top to bottom."""
        return buttons_in(self.components)

    @property
    def selects(self) -> list[Select]:
        """Its selects, from top to bottom."""
        return selects_in(self.components)

    @property
    def pictures(self) -> list[Picture]:
        """The pictures of its galleries and thumbnails, from top to bottom."""
        return pictures_in(self.components, self.files)

    @property
    def accent(self) -> int | None:
        """The colour of its first container's edge, if it has one."""
        containers = [part for part in self.components if part["type"] == CONTAINER]
        return containers[0].get("accent_color") if containers else None

    def component(self, custom_id_or_label: str) -> Json:
        """The component with this custom_id, or the button with this label."""
        for component in walk(self.components):
            if custom_id_or_label in (component.get("custom_id"), component.get("label")):
                return component
        shown = [button.label for button in self.buttons]
        raise LookupError(f"no {custom_id_or_label!r} among {shown} of: {self.text}")

    def payload(self, reader: User, *, shown: bool = False, quoted: bool = False) -> Json:
        """The message as the bot, ``reader``, gets it.

        Without the message-content intent the bot gets the content of a guild's message only if it wrote the message,
        is mentioned in it, or is ``shown`` it by somebody. A message ``quoted`` in a reply does not quote another in
        its turn.
        """
        shown = shown or reader.reads_all or self.channel.guild is None or self.author is reader or reader in self.pings
        payload: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "author": self.author.payload(),
            **self._snapshot(shown),
            "mention_everyone": self.pings_everyone,
            "pinned": False,
            "tts": False,
        }
        if self.interaction is not None:
            payload["application_id"] = payload["webhook_id"] = str(self.author.id)
            payload["interaction_metadata"] = self.interaction
        if self.forwarded is not None:
            payload["message_reference"] = self.forwarded._reference(FORWARDED)
            payload["message_snapshots"] = [{"message": self.forwarded._snapshot(shown)}]
        if (to := self.reply_to) is not None:
            payload["message_reference"] = to._reference(ANSWERED)
            if not quoted:
                payload["referenced_message"] = None if to.deleted else to.payload(reader, quoted=True)
        return payload

    def _snapshot(self, shown: bool) -> Json:
        """What a forward has of a message."""
        return {
            "type": self.type,
            "content": self.content if shown else "",
            "components": self.components if shown else [],
            "embeds": [],
            "attachments": self._attachments() if shown else [],
            "flags": int(self.flags),
            "timestamp": timestamp(((self.id >> 22) + DISCORD_EPOCH_MS) / 1000),
            "edited_timestamp": self.edited,
            "mentions": [user.payload() for user in self.pings],
            "mention_roles": [str(role.id) for role in self.role_pings],
        }

    def _attachments(self) -> list[Json]:
        """The files that no component shows."""
        shown = {media["url"] for media, _ in media_in(self.components)}
        return [file.payload() for file in self.files if file.url not in shown]

    def _reference(self, kind: int) -> Json:
        reference: Json = {"type": kind, "message_id": str(self.id), "channel_id": str(self.channel.id)}
        guild = self.channel.guild
        return reference if guild is None else reference | {"guild_id": str(guild.id)}


def numbered(components: list[Json]) -> list[Json]:
    """Give each component without an ``id`` the next free one, as Discord does."""
    taken = {component.get("id") for component in walk(components)}
    free = (number for number in range(1, 1000) if number not in taken)
    for component in walk(components):
        if not component.get("id"):
            component["id"] = next(free)
    return components


def timestamp(seconds: float) -> str:
    """A time, in seconds since 1970, as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
