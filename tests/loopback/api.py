"""The REST routes that the loopback has."""

from __future__ import annotations

from collections.abc import Sequence

from . import permissions
from .accounts import User
from .messages import PLAIN, REPLY, Message
from .parts import Parts
from .rules import POST_FLAGS, check_edit, check_new_message
from .wire import Code, Json, Refusal, Reply, Request, Route
from .world import DM, FORUM, Channel

NOTHING = Reply(204, None)


MAX_HISTORY = 100


class Api:
    """What the bot may ask and do over HTTP; with a ``team`` its application belongs to that."""

    def __init__(self, parts: Parts, owner: User, team: Sequence[User]) -> None:
        self._parts = parts
        self._bot = parts.world.bot
        self._owner = owner
        self._team = team

    def routes(self) -> list[Route]:
        """The routes served here. An interaction's token is its only credential."""
        commands, channel = "/applications/{application_id}/commands", "/channels/{channel_id}"
        message, webhook = "/messages/{message_id}", "/webhooks/{webhook_id}/{webhook_token}"
        callback = "/interactions/{interaction_id}/{interaction_token}/callback"
        return [
            Route("GET", "/gateway", self._gateway, needs_token=False),
            Route("GET", "/gateway/bot", self._gateway),
            Route("GET", "/users/@me", lambda request: Reply(200, self._bot.payload())),
            Route("GET", "/oauth2/applications/@me", self._application),
            Route("GET", commands, self._commands),
            Route("PUT", commands, self._commands),
            Route("POST", f"{channel}/messages", self._post),
            Route("GET", f"{channel}/messages", self._history),
            Route("GET", channel + message, self._fetch),
            Route("PATCH", channel + message, self._edit),
            Route("DELETE", channel + message, self._delete),
            Route("POST", f"{channel}/typing", self._type),
            Route("POST", callback, self._respond, needs_token=False),
            Route("POST", webhook, self._follow_up, needs_token=False),
            Route("GET", webhook + message, self._fetch_answer, needs_token=False),
            Route("PATCH", webhook + message, self._edit_answer, needs_token=False),
            Route("DELETE", webhook + message, self._delete_answer, needs_token=False),
        ]

    # The application

    def _gateway(self, request: Request) -> Reply:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return Reply(200, {"url": self._parts.gateway.url, "shards": 1, "session_start_limit": limit})

    def _application(self, request: Request) -> Reply:
        application = {
            "id": str(self._bot.id),
            "name": self._bot.name,
            "icon": None,
            "description": "",
            "bot": self._bot.payload(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": self._parts.gateway.application_flags,
            "owner": (self._team[0] if self._team else self._owner).payload(),
            "team": self._team_payload() if self._team else None,
        }
        return Reply(200, application)

    def _team_payload(self) -> Json:
        number = str(self._bot.id + 1)
        member = {"team_id": number, "membership_state": 2, "permissions": ["*"], "role": "admin"}
        return {
            "id": number,
            "icon": None,
            "name": "Team",
            "owner_user_id": str(self._team[0].id),
            "members": [member | {"user": user.payload()} for user in self._team],
        }

    def _commands(self, request: Request) -> Reply:
        """The commands; after a PUT, the new ones."""
        if request.params["application_id"] != str(self._bot.id):
            raise Refusal(Code.MISSING_ACCESS)
        if request.method == "PUT":
            self._parts.commands.overwrite(request.read(list))
        return Reply(200, self._parts.commands.all())

    # Messages

    def _post(self, request: Request) -> Reply:
        channel, body = self._writable(request), request.read(dict)
        self._may_attach(request, channel)
        check_new_message(body, POST_FLAGS, channel, request.uploads)
        reference = body.get("message_reference")
        if reference and not channel.bot_may(permissions.READ_MESSAGE_HISTORY):
            raise Refusal(Code.UNREADABLE_HISTORY)
        reply_to = channel.messages.get(int(reference["message_id"])) if reference else None
        nonce = str(body["nonce"]) if body.get("enforce_nonce") else None
        if nonce in channel.by_nonce:
            return self._reply(channel.by_nonce[nonce])
        kind = REPLY if reply_to else PLAIN
        message = Message(self._parts.world.new_id(), channel, self._bot, type=kind, reply_to=reply_to)
        self._parts.board.write(message, body, request.uploads)
        self._parts.board.post(message)
        if nonce is not None:
            channel.by_nonce[nonce] = message
        return self._reply(message)

    def _history(self, request: Request) -> Reply:
        """The latest messages, newest first; none without the permission to read them."""
        channel, limit = self._channel(request), request.query.get("limit", "50")
        if not limit.isdecimal() or not 1 <= int(limit) <= MAX_HISTORY or request.query.keys() - {"limit"}:
            raise Refusal(Code.INVALID_FORM_BODY, [("limit", "NUMBER_TYPE_RANGE", f"1 to {MAX_HISTORY}, and no other")])
        may_read = channel.bot_may(permissions.READ_MESSAGE_HISTORY)
        latest = list(channel.messages.values())[: -int(limit) - 1 : -1] if may_read else []
        return Reply(200, [self._reply(message).body for message in latest])

    def _fetch(self, request: Request) -> Reply:
        channel, message = self._message(request)
        if not channel.bot_may(permissions.READ_MESSAGE_HISTORY):
            raise Refusal(Code.MISSING_ACCESS)
        return self._reply(message)

    def _edit(self, request: Request) -> Reply:
        channel, message = self._message(request)
        body = request.read(dict)
        if message.author is not self._bot:
            raise Refusal(Code.NOT_THE_AUTHOR)
        if channel.archived:
            raise Refusal(Code.ARCHIVED_THREAD)
        self._may_attach(request, channel)
        check_edit(body, message, request.uploads)
        self._parts.board.edit(message, body, request.uploads)
        return self._reply(message)

    def _delete(self, request: Request) -> Reply:
        channel, message = self._message(request)
        if message.author is not self._bot:
            if channel.guild is None:
                raise Refusal(Code.NOT_IN_DMS)
            if not channel.bot_may(permissions.MANAGE_MESSAGES):
                raise Refusal(Code.MISSING_PERMISSIONS)
        if channel.archived:
            raise Refusal(Code.ARCHIVED_THREAD)
        self._parts.board.delete(message)
        return NOTHING

    def _type(self, request: Request) -> Reply:
        self._writable(request)
        return NOTHING

    def _writable(self, request: Request) -> Channel:
        """The channel of a request, in which the bot may write."""
        channel = self._channel(request)
        if channel.type == FORUM:
            raise Refusal(Code.NOT_A_TEXT_CHANNEL)
        if not channel.bot_may(permissions.SEND_MESSAGES_IN_THREADS if channel.parent else permissions.SEND_MESSAGES):
            raise Refusal(Code.MISSING_PERMISSIONS)
        if channel.archived:
            raise Refusal(Code.ARCHIVED_THREAD)
        if channel.type == DM and not all(user.accepts_dms for user in channel.recipients):
            raise Refusal(Code.CANNOT_DM)
        return channel

    def _may_attach(self, request: Request, channel: Channel) -> None:
        if request.uploads and not channel.bot_may(permissions.ATTACH_FILES):
            raise Refusal(Code.MISSING_PERMISSIONS)

    def _message(self, request: Request) -> tuple[Channel, Message]:
        channel = self._channel(request)
        message = channel.messages.get(_number(request.params["message_id"]))
        if message is None:
            raise Refusal(Code.UNKNOWN_MESSAGE)
        return channel, message

    def _channel(self, request: Request) -> Channel:
        channel = self._parts.world.channels.get(_number(request.params["channel_id"]))
        if channel is None:
            raise Refusal(Code.UNKNOWN_CHANNEL)
        if not channel.seen_by(self._bot):
            raise Refusal(Code.MISSING_ACCESS)
        return channel

    # Answers to interactions

    def _respond(self, request: Request) -> Reply:
        number, token = request.params["interaction_id"], request.params["interaction_token"]
        return Reply(200, self._parts.interactions.respond(number, token, request.read(dict), request.uploads))

    def _follow_up(self, request: Request) -> Reply:
        token, body = self._token(request), request.read(dict)
        return self._reply(self._parts.interactions.follow_up(token, body, request.uploads))

    def _edit_answer(self, request: Request) -> Reply:
        which, body = request.params["message_id"], request.read(dict)
        return self._reply(self._parts.interactions.edit(self._token(request), which, body, request.uploads))

    def _fetch_answer(self, request: Request) -> Reply:
        return self._reply(self._parts.interactions.find(self._token(request), request.params["message_id"]))

    def _delete_answer(self, request: Request) -> Reply:
        self._parts.interactions.delete(self._token(request), request.params["message_id"])
        return NOTHING

    def _token(self, request: Request) -> str:
        if request.params["webhook_id"] != str(self._bot.id):
            raise Refusal(Code.UNKNOWN_WEBHOOK)
        return request.params["webhook_token"]

    def _reply(self, message: Message) -> Reply:
        return Reply(200, message.payload(self._bot))


def _number(text: str) -> int:
    """An id in a path; 0, which is nobody's, if it is none."""
    return int(text) if text.isdecimal() else 0
