"""Writing, changing and removing messages, and letting the bot know."""

from __future__ import annotations

import time

from .files import Attached, File, attached, media_in
from .gateway import Gateway
from .mentions import Allowed, set_pings
from .messages import Flags, Message, numbered, timestamp
from .wire import NO_UPLOADS, Json, Uploads
from .world import World

LASTING = Flags.EPHEMERAL | Flags.LOADING


class Board:
    """Puts messages into channels, for people and the bot to see."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def write(self, message: Message, body: Json, uploads: Uploads = NO_UPLOADS) -> None:
        """Give a message what a request says, and leave the rest of it alone."""
        message.files = [self._file(one, message) for one in attached(body, message.files, uploads)]
        if "content" in body:
            message.content = body["content"] or ""
        if "components" in body:
            message.components = numbered(body["components"] or [])
            by_name = {f"attachment://{file.name}": file for file in message.files}
            for media, _ in media_in(message.components):
                if file := by_name.get(media["url"]):
                    media |= file.media()
        if body.get("flags") is not None:
            message.flags = message.flags & LASTING | Flags(body["flags"])
        set_pings(message, Allowed.by(body), self._world)

    def post(self, message: Message) -> None:
        """Show a written message."""
        if not message.ephemeral:
            message.channel.messages[message.id] = message
        self._dispatch("MESSAGE_CREATE", message, message.payload(self._world.bot))

    def edit(self, message: Message, body: Json, uploads: Uploads = NO_UPLOADS) -> None:
        """Change a message; an app that was thinking no longer is."""
        self.write(message, body, uploads)
        message.flags &= ~Flags.LOADING
        self._changed(message)

    def reword(self, message: Message, text: str) -> None:
        """Change what a person has written, and with it who is mentioned."""
        message.content = text
        set_pings(message, Allowed(replied_user=message.pings_replied), self._world)
        self._changed(message)

    def delete(self, message: Message) -> None:
        """Remove a message."""
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
        self._dispatch("MESSAGE_DELETE", message, gone)

    def _changed(self, message: Message) -> None:
        message.edited = timestamp(time.time())
        self._dispatch("MESSAGE_UPDATE", message, message.payload(self._world.bot))

    def _file(self, one: Attached, message: Message) -> File:
        """A file as it is after a request; a new one gets its place on the web."""
        if isinstance(one.source, File):
            one.source.name, one.source.description = one.name, one.description
            return one.source
        number = self._world.new_id()
        url = f"https://cdn.discordapp.com/attachments/{message.channel.id}/{number}/{one.name}"
        return File(number, one.name, one.source.data, one.description, url)

    def _dispatch(self, event: str, message: Message, payload: Json) -> None:
        channel, guild = message.channel, message.channel.guild
        channel.changed.notify()
        if message.ephemeral or not channel.seen_by(self._world.bot):
            return
        if guild is None:
            self._gateway.dispatch(event, payload | {"channel_type": channel.type})
            return
        payload["guild_id"] = str(guild.id)
        if "author" in payload:
            payload["member"] = guild.member_payload(message.author)
        self._gateway.dispatch(event, payload, in_guild=True)
