"""The gateway: what a client meets there, and a test's hold on its connections."""

from __future__ import annotations

import json

from aiohttp import WSMsgType, web

from . import intents
from .places import Guild, User
from .sessions import Close, Connection, Op, Session
from .signals import Signal
from .wire import Json
from .world import World


class Gateway:
    """The websocket end of the loopback, and a test's hold on its connections."""

    def __init__(
        self,
        world: World,
        bot: User,
        application_id: int,
        token: str,
        heartbeat_interval: float,
    ) -> None:
        self.sessions: dict[int, Session] = {}
        self.changed = Signal()
        self.acknowledge_heartbeats = True
        self.heartbeats = 0
        self.url = ""
        self._world = world
        self._bot = bot
        self._application_id = application_id
        self._token = token
        self._heartbeat_interval = heartbeat_interval

    # What the rest of the loopback says

    def tell(self, event: str, data: Json, guild_id: int | None = None) -> None:
        """Tell the bot of an event, through the shard that the guild belongs to."""
        for session in self.sessions.values():
            if session.owns(guild_id) and intents.wanted(session.intents, event, in_guild=guild_id is not None):
                session.tell(event, data)

    # What a test does to the connections

    async def ready(self, shards: int = 1, timeout: float = 10.0) -> None:
        """Wait until so many shards are connected and have their session."""
        await self.changed.until(lambda: len(self._connected()) >= shards, timeout, f"{shards} shards")

    async def resumed(self, times: int = 1, timeout: float = 10.0) -> None:
        """Wait until sessions have been resumed so many times in all."""
        await self.changed.until(
            lambda: sum(s.resumes for s in self.sessions.values()) >= times,
            timeout,
            f"{times} resumes",
        )

    async def drop(self, code: int | None = None, shard: int | None = None) -> None:
        """End connections: with a close code, or by cutting the wire without one."""
        for connection in self._connected(shard):
            if code is not None:
                await connection.ws.close(code=code)
            elif connection.request.transport is not None:
                connection.request.transport.abort()

    async def ask_to_reconnect(self, shard: int | None = None) -> None:
        """Send op 7, by which Discord asks a client to come back and resume."""
        for connection in self._connected(shard):
            await connection.send(Op.RECONNECT)

    async def forget_sessions(self) -> None:
        """Cut all connections; a RESUME is then told that its session is invalid."""
        await self.drop()
        self.sessions.clear()

    def _connected(self, shard: int | None = None) -> list[Connection]:
        return [
            session.connection
            for session in self.sessions.values()
            if session.connection is not None and shard in (None, session.shard)
        ]

    # What a client meets

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket for as long as it lasts."""
        ws = web.WebSocketResponse(compress=False)
        await ws.prepare(request)
        connection = Connection(request, ws, request.query.get("compress"))
        interval = int(self._heartbeat_interval * 1000)
        await connection.send(Op.HELLO, {"heartbeat_interval": interval})
        try:
            async for message in ws:
                if message.type is not WSMsgType.TEXT:
                    await ws.close(code=Close.DECODE_ERROR)
                    break
                payload = json.loads(message.data)
                if fault := await self._received(connection, payload):
                    await ws.close(code=fault)
        finally:
            await connection.end()
            self.changed.notify()
        return ws

    async def _received(self, connection: Connection, payload: Json) -> Close | None:
        """Act on a client's payload; the close code for one it may not send."""
        op, data = payload.get("op"), payload.get("d")
        if op == Op.HEARTBEAT:
            self.heartbeats += 1
            if self.acknowledge_heartbeats:
                await connection.send(Op.HEARTBEAT_ACK)
        elif op in (Op.IDENTIFY, Op.RESUME):
            if connection.session is not None:
                return Close.ALREADY_AUTHENTICATED
            if not isinstance(data, dict) or data.get("token") != self._token:
                return Close.AUTHENTICATION_FAILED
            if op == Op.IDENTIFY:
                return self._identify(connection, data)
            return await self._resume(connection, data)
        elif connection.session is None:
            return Close.NOT_AUTHENTICATED
        elif op not in (Op.PRESENCE_UPDATE, Op.VOICE_STATE_UPDATE):
            return Close.UNKNOWN_OPCODE
        self.changed.notify()
        return None

    def _identify(self, connection: Connection, data: Json) -> Close | None:
        shard, shards = data.get("shard") or (0, 1)
        asked = data["intents"]
        if not 0 <= shard < shards:
            return Close.INVALID_SHARD
        if asked & ~intents.KNOWN:
            return Close.INVALID_INTENTS
        if asked & intents.PRIVILEGED:
            return Close.DISALLOWED_INTENTS
        session = Session(shard, shards, asked)
        self.sessions[shard] = session
        self._greet(session)
        connection.begin(session, seen=0)
        self.changed.notify()
        return None

    async def _resume(self, connection: Connection, data: Json) -> Close | None:
        known = {session.id: session for session in self.sessions.values()}
        session = known.get(str(data.get("session_id")))
        if session is None:
            await connection.send(Op.INVALID_SESSION, False)
            return None
        seen = data.get("seq") or 0
        if seen > len(session.events):
            return Close.INVALID_SEQUENCE
        session.resumes += 1
        session.tell("RESUMED", {"_trace": ["loopback"]})
        connection.begin(session, seen)
        self.changed.notify()
        return None

    def _greet(self, session: Session) -> None:
        """Tell a new session who it is, and the guilds it will hear of."""
        guilds = [g for g in self._world.guilds.values() if self._in(session, g)]
        ready = {
            "v": 10,
            "user": self._bot.payload() | {"email": None, "mfa_enabled": True, "verified": True},
            "guilds": [{"id": str(g.id), "unavailable": True} for g in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "session_type": "normal",
            "shard": [session.shard, session.shards],
            "application": {"id": str(self._application_id), "flags": 0},
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "user_settings": {},
        }
        session.tell("READY", ready)
        for guild in guilds:
            if intents.wanted(session.intents, "GUILD_CREATE", in_guild=True):
                session.tell("GUILD_CREATE", guild.create_payload(self._bot))

    def _in(self, session: Session, guild: Guild) -> bool:
        return self._bot.id in guild.members and session.owns(guild.id)
