"""Gateway sessions, which outlive their connections.

A session keeps every event it was sent, in order; event number n is the one with
sequence number n + 1. A connection merely tells its client the events after the
last the client has seen, so that a RESUME needs nothing special.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from enum import IntEnum

from aiohttp import web

from . import compression
from .wire import Json, encode


class Op(IntEnum):
    """Gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Close codes by which Discord says what a client did wrong."""

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    INVALID_SHARD = 4010
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Session:
    """What one shard of the bot has been told since it identified."""

    def __init__(self, shard: int, shards: int, asked_intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.shard = shard
        self.shards = shards
        self.intents = asked_intents
        self.events: list[str] = []
        self.connection: Connection | None = None
        self.resumes = 0

    def owns(self, guild_id: int | None) -> bool:
        """Whether events of this guild are told to this shard; DMs go to the first."""
        return ((guild_id or 0) >> 22) % self.shards == self.shard

    def tell(self, event: str, data: Json) -> None:
        """Add an event; it is sent at once, or when the client resumes."""
        payload = {"op": Op.DISPATCH, "s": len(self.events) + 1, "t": event, "d": data}
        self.events.append(encode(payload))
        if self.connection is not None:
            self.connection.wake.set()


class Connection:
    """One websocket of a client."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, compress: str | None) -> None:
        self.request = request
        self.ws = ws
        self.session: Session | None = None
        self.wake = asyncio.Event()
        self._feeding: asyncio.Task[None] | None = None
        self._compress = compression.STREAMS[compress]() if compress else None

    async def send(self, op: Op, data: object = None) -> None:
        """Send a payload that is no event."""
        await self._send_text(encode({"op": op, "d": data, "s": None, "t": None}))

    def begin(self, session: Session, seen: int) -> None:
        """Become the session's connection, whose client has ``seen`` so many events."""
        self.session = session
        session.connection = self
        self._feeding = asyncio.create_task(self._feed(session, seen))

    async def end(self) -> None:
        """Leave the session to the connection that will resume it."""
        if self._feeding is not None:
            self._feeding.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await self._feeding
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def _feed(self, session: Session, seen: int) -> None:
        while True:
            self.wake.clear()
            while seen < len(session.events):
                await self._send_text(session.events[seen])
                seen += 1
            await self.wake.wait()

    async def _send_text(self, text: str) -> None:
        # The compressor's output is handed to the socket before anything else can
        # run, so that two senders cannot swap pieces of the one stream.
        if self._compress is None:
            await self.ws.send_str(text)
        else:
            await self.ws.send_bytes(self._compress(text.encode()))
