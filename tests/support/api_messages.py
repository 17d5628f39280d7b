"""The REST routes of channels and their messages."""

from __future__ import annotations

from . import permissions
from .board import Board
from .errors import (
    CANNOT_DM,
    DM_ACTION,
    INVALID_RECIPIENT,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NOT_THE_AUTHOR,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    UNREADABLE_HISTORY,
    Code,
    Refusal,
)
from .messages import Message
from .places import Channel, ChannelType, User
from .record import NO_CONTENT, Reply, Request, Route
from .rules import POST_FLAGS, check_edit, check_new_message
from .wire import Json
from .world import World

REPLY = 19
DEFAULT_PAGE = 50


class MessageApi:
    """What the bot may do with channels and messages, as itself."""

    def __init__(self, world: World, board: Board, bot: User) -> None:
        self._world = world
        self._board = board
        self._bot = bot

    def routes(self) -> list[Route]:
        """The routes served here."""
        channel = "/channels/{channel_id}"
        messages = f"{channel}/messages"
        message = f"{messages}/{{message_id}}"
        reaction = f"{message}/reactions/{{emoji_name}}/@me"
        return [
            Route("POST", "/users/@me/channels", self._open_dm),
            Route("GET", channel, self._get_channel),
            Route("POST", f"{channel}/typing", self._type),
            Route("GET", messages, self._list),
            Route("POST", messages, self._post),
            Route("GET", message, self._get),
            Route("PATCH", message, self._edit),
            Route("DELETE", message, self._delete),
            Route("PUT", reaction, self._react),
            Route("DELETE", reaction, self._unreact),
        ]

    def _open_dm(self, request: Request) -> Reply:
        wanted = str(request.json_object().get("recipient_id"))
        user = self._world.users.get(int(wanted)) if wanted.isdecimal() else None
        if user is None or user is self._bot:
            raise Refusal(INVALID_RECIPIENT)
        channel = self._world.private_channel([user, self._bot])
        return Reply(200, channel.payload(self._bot))

    def _get_channel(self, request: Request) -> Reply:
        return Reply(200, self._channel(request).payload(self._bot))

    def _type(self, request: Request) -> Reply:
        channel = self._channel(request, permissions.SEND_MESSAGES)
        channel.typing.append(self._bot)
        channel.changed.notify()
        return NO_CONTENT

    def _list(self, request: Request) -> Reply:
        channel = self._channel(request, permissions.READ_MESSAGE_HISTORY)
        query = request.query
        before = int(query.get("before", 1 << 63))
        after = int(query.get("after", 0))
        limit = int(query.get("limit", DEFAULT_PAGE))
        found = [m for m in channel.messages.values() if after < m.id < before]
        # Newest first; but a page "after" begins with the oldest ones.
        page = found[:limit] if "after" in query else found[-limit:]
        return Reply(200, [m.payload(self._bot) for m in reversed(page)])

    def _post(self, request: Request) -> Reply:
        channel = self._channel(request, permissions.SEND_MESSAGES)
        if channel.type is ChannelType.DM and not all(user.accepts_dms for user in channel.recipients):
            raise Refusal(CANNOT_DM)
        body = request.json_object()
        check_new_message(body, request.filenames, POST_FLAGS, channel)
        reply_to = self._replied_to(channel, body)
        nonce = str(body.get("nonce")) if body.get("enforce_nonce") else None
        if nonce in channel.by_nonce:
            return Reply(200, channel.by_nonce[nonce].payload(self._bot))
        message = Message(
            self._world.new_id(),
            channel,
            self._bot,
            type=REPLY if reply_to else 0,
            reply_to=reply_to,
        )
        self._board.write(message, body, request.files)
        self._board.post(message)
        if nonce is not None:
            channel.by_nonce[nonce] = message
        return Reply(200, message.payload(self._bot))

    def _replied_to(self, channel: Channel, body: Json) -> Message | None:
        reference = body.get("message_reference")
        if not reference:
            return None
        self._require(channel, permissions.READ_MESSAGE_HISTORY, UNREADABLE_HISTORY)
        return channel.messages.get(int(reference["message_id"]))

    def _get(self, request: Request) -> Reply:
        message = self._message(request, permissions.READ_MESSAGE_HISTORY)
        return Reply(200, message.payload(self._bot))

    def _edit(self, request: Request) -> Reply:
        message = self._message(request)
        if message.author is not self._bot:
            raise Refusal(NOT_THE_AUTHOR)
        body = request.json_object()
        check_edit(body, request.filenames, message)
        self._board.edit(message, body, request.files)
        return Reply(200, message.payload(self._bot))

    def _delete(self, request: Request) -> Reply:
        message = self._message(request)
        if message.author is not self._bot:
            if message.channel.guild is None:
                raise Refusal(DM_ACTION)
            self._require(message.channel, permissions.MANAGE_MESSAGES)
        self._board.delete(message)
        return NO_CONTENT

    def _react(self, request: Request) -> Reply:
        needed = permissions.ADD_REACTIONS | permissions.READ_MESSAGE_HISTORY
        message = self._message(request, needed)
        emoji = request.params["emoji_name"]
        self._board.react(message, self._bot, emoji, add=True)
        return NO_CONTENT

    def _unreact(self, request: Request) -> Reply:
        emoji = request.params["emoji_name"]
        self._board.react(self._message(request), self._bot, emoji, add=False)
        return NO_CONTENT

    def _channel(self, request: Request, needed: int = 0) -> Channel:
        number = request.params["channel_id"]
        channel = self._world.channels.get(int(number)) if number.isdecimal() else None
        if channel is None:
            raise Refusal(UNKNOWN_CHANNEL)
        if not self._board.bot_sees(channel):
            raise Refusal(MISSING_ACCESS)
        self._require(channel, needed)
        return channel

    def _message(self, request: Request, needed: int = 0) -> Message:
        channel = self._channel(request, needed)
        number = request.params["message_id"]
        message = channel.messages.get(int(number)) if number.isdecimal() else None
        if message is None:
            raise Refusal(UNKNOWN_MESSAGE)
        return message

    @staticmethod
    def _require(channel: Channel, needed: int, otherwise: Code = MISSING_PERMISSIONS) -> None:
        if channel.guild is not None and channel.bot_permissions & needed != needed:
            raise Refusal(otherwise)
