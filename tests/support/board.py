"""Writing, changing and removing messages, and telling the bot of it."""

from __future__ import annotations

from . import permissions
from .gateway import Gateway
from .mentions import Allowed, set_pings
from .messages import Flags, Message, now, numbered
from .places import Channel, User
from .record import Upload
from .wire import Json
from .world import World

LASTING = Flags.EPHEMERAL | Flags.LOADING


class Board:
    """Puts messages into channels, where people and the bot see them."""

    def __init__(self, world: World, gateway: Gateway, bot: User) -> None:
        self._world = world
        self._gateway = gateway
        self._bot = bot

    def write(self, message: Message, body: Json, files: list[Upload]) -> None:
        """Give a message what a request's body says, leaving out what it does not."""
        if "content" in body:
            message.content = body["content"] or ""
        if "components" in body:
            message.components = numbered(body["components"] or [])
        if "embeds" in body:
            message.embeds = [{"type": "rich", **e} for e in body["embeds"] or ()]
        if body.get("flags") is not None:
            message.flags = message.flags & LASTING | Flags(body["flags"])
        if body.get("nonce") is not None:
            message.nonce = str(body["nonce"])
        described = body.get("attachments")
        if described is not None:
            kept = {str(attachment["id"]) for attachment in described}
            message.attachments = [a for a in message.attachments if a["id"] in kept]
        message.attachments += [self._attachment(message, file) for file in files]
        set_pings(message, Allowed.by(body), self._world)

    def post(self, message: Message) -> None:
        """Let a written message be seen."""
        if not message.ephemeral:
            message.channel.messages[message.id] = message
        self._tell("MESSAGE_CREATE", message, message.payload(self._bot))
        message.notify()

    def edit(self, message: Message, body: Json, files: list[Upload]) -> None:
        """Change a message; an app that was thinking no longer is."""
        self.write(message, body, files)
        message.flags &= ~Flags.LOADING
        message.edits.append(now())
        self._tell("MESSAGE_UPDATE", message, message.payload(self._bot))
        message.notify()

    def delete(self, message: Message) -> None:
        """Remove a message."""
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
        self._tell("MESSAGE_DELETE", message, gone)
        message.notify()

    def react(self, message: Message, user: User, emoji: str, *, add: bool) -> None:
        """Add someone's reaction to a message, or take it away."""
        users = message.reactions.setdefault(emoji, [])
        if add is (user in users):
            return
        if add:
            users.append(user)
        else:
            users.remove(user)
        if not users:
            del message.reactions[emoji]
        event = "MESSAGE_REACTION_ADD" if add else "MESSAGE_REACTION_REMOVE"
        reaction: Json = {
            "user_id": str(user.id),
            "channel_id": str(message.channel.id),
            "message_id": str(message.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        if add:
            reaction["message_author_id"] = str(message.author.id)
        self._tell(event, message, reaction)
        message.notify()

    def bot_sees(self, channel: Channel) -> bool:
        """Whether the bot is told of what happens in the channel."""
        if not channel.holds(self._bot):
            return False
        seen = channel.bot_permissions & permissions.VIEW_CHANNEL
        return channel.guild is None or bool(seen)

    def _tell(self, event: str, message: Message, payload: Json) -> None:
        channel, guild = message.channel, message.channel.guild
        if message.ephemeral or not self.bot_sees(channel):
            return
        if guild is None:
            self._gateway.tell(event, payload | {"channel_type": int(channel.type)})
            return
        payload["guild_id"] = str(guild.id)
        if "author" in payload:
            payload["member"] = guild.member_payload()
        self._gateway.tell(event, payload, guild.id)

    def _attachment(self, message: Message, file: Upload) -> Json:
        number = self._world.new_id()
        url = f"https://cdn.discordapp.com/attachments/{message.channel.id}/{number}/{file.name}"
        return {
            "id": str(number),
            "filename": file.name,
            "size": len(file.data),
            "url": url,
            "proxy_url": url,
        }
