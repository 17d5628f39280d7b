"""The gateway: websockets of the bot, and the sessions that outlive them.

A session keeps every event in order: event number n has the sequence number n + 1. A connection only sends the events
that its client hasn't seen yet, so a RESUME needs nothing special.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from dataclasses import dataclass, field

from aiohttp import web

from . import intents
from .signals import Signal
from .wire import Json, encode
from .world import World

HEARTBEAT_MS = 41250
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11
# The codes that a websocket is closed with say what the client did wrong.
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014


@dataclass(eq=False)
class Session:
    """What the bot has heard since it identified."""

    intents: int
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    events: list[str] = field(default_factory=list)
    connection: Connection | None = None
    resumes: int = 0

    def dispatch(self, event: str, data: Json) -> None:
        """Add an event; it is sent at once, or when the client resumes."""
        self.events.append(encode({"op": DISPATCH, "s": len(self.events) + 1, "t": event, "d": data}))
        if self.connection is not None:
            self.connection.wake.set()


@dataclass(eq=False)
class Connection:
    """One websocket of a client."""

    request: web.Request
    ws: web.WebSocketResponse
    session: Session | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    feeding: asyncio.Task[None] | None = None

    async def send(self, op: int, data: object = None) -> None:
        """Send a payload that isn't an event."""
        await self.ws.send_str(encode({"op": op, "d": data, "s": None, "t": None}))

    def begin(self, session: Session, seen: int) -> None:
        """Become the session's connection, whose client has ``seen`` so many events."""
        self.session, session.connection = session, self
        self.feeding = asyncio.create_task(self._feed(session, seen))

    async def end(self) -> None:
        """Leave the session to the connection that will resume it."""
        if self.feeding is not None:
            self.feeding.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await self.feeding
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def _feed(self, session: Session, seen: int) -> None:
        while True:
            self.wake.clear()
            while seen < len(session.events):
                await self.ws.send_str(session.events[seen])
                seen += 1
            await self.wake.wait()


class Gateway:
    """The websocket end of the loopback, and what a test can do to its connections."""

    def __init__(self, world: World, token: str, *, message_content: bool = False) -> None:
        self.application_flags = intents.MESSAGE_CONTENT_FLAG if message_content else 0
        self._granted = intents.MESSAGE_CONTENT if message_content else 0
        self.sessions: dict[str, Session] = {}
        self.changed = Signal()
        self.url = ""
        self._world = world
        self._token = token

    def dispatch(self, event: str, data: Json, *, in_guild: bool = False) -> None:
        """Let the bot know of an event."""
        for session in self.sessions.values():
            if intents.wanted(session.intents, event, in_guild=in_guild):
                session.dispatch(event, data)

    async def ready(self, timeout: float = 10.0) -> None:
        """Wait until the bot is connected and has its session."""
        await self.changed.until(self._connections, timeout, "the bot")

    async def resumed(self, times: int = 1, timeout: float = 10.0) -> None:
        """Wait until the session has been resumed so many times."""
        await self.changed.until(
            lambda: sum(session.resumes for session in self.sessions.values()) >= times, timeout, f"{times} resumes"
        )

    async def drop(self, code: int | None = None) -> None:
        """End the connection: with a close code, or by cutting the wire without one."""
        for connection in self._connections():
            if code is not None:
                await connection.ws.close(code=code)
            elif connection.request.transport is not None:
                connection.request.transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Send op 7, by which Discord asks a client to come back and resume."""
        for connection in self._connections():
            await connection.send(RECONNECT)

    async def send_raw(self, frame: str) -> None:
        """Send a text that need not be a payload."""
        for connection in self._connections():
            await connection.ws.send_str(frame)

    def repeat(self, event: str, about: int) -> None:
        """Send the event of a kind about the thing with this id once more."""
        for session in self.sessions.values():
            for sent in [json.loads(text) for text in session.events]:
                if sent["t"] == event and sent["d"]["id"] == str(about):
                    session.dispatch(event, sent["d"])

    def _connections(self) -> list[Connection]:
        return [session.connection for session in self.sessions.values() if session.connection is not None]

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket for as long as it lasts."""
        ws = web.WebSocketResponse(compress=False)
        await ws.prepare(request)
        connection = Connection(request, ws)
        await connection.send(HELLO, {"heartbeat_interval": HEARTBEAT_MS})
        try:
            async for message in ws:
                if wrong := await self._received(connection, json.loads(message.data)):
                    await ws.close(code=wrong)
        finally:
            await connection.end()
            self.changed.notify()
        return ws

    async def _received(self, connection: Connection, payload: Json) -> int | None:
        """Act on a client's payload; gives the close code for one that it may not send."""
        op, data = payload["op"], payload["d"]
        if op == HEARTBEAT:
            await connection.send(HEARTBEAT_ACK)
        elif op in (IDENTIFY, RESUME):
            if data["token"] != self._token:
                return AUTHENTICATION_FAILED
            if op == IDENTIFY:
                return self._identify(connection, data)
            await self._resume(connection, data)
        return None

    def _identify(self, connection: Connection, data: Json) -> int | None:
        if data["intents"] & intents.PRIVILEGED & ~self._granted:
            return DISALLOWED_INTENTS
        self._world.bot.reads_all = bool(data["intents"] & intents.MESSAGE_CONTENT)
        session = Session(data["intents"])
        self.sessions = {session.id: session}
        self._greet(session)
        connection.begin(session, seen=0)
        self.changed.notify()
        return None

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await connection.send(INVALID_SESSION, False)
            return
        session.resumes += 1
        session.dispatch("RESUMED", {})
        connection.begin(session, data["seq"] or 0)
        self.changed.notify()

    def _greet(self, session: Session) -> None:
        """Begin a session: the bot's own account, then the guilds that it is in."""
        bot = self._world.bot
        guilds = [guild for guild in self._world.guilds.values() if bot.id in guild.members and guild.announced]
        ready = {
            "user": bot.payload(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [0, 1],
            "application": {"id": str(bot.id), "flags": self.application_flags},
        }
        session.dispatch("READY", ready)
        for guild in guilds:
            self.dispatch("GUILD_CREATE", guild.create_payload(bot), in_guild=True)
