"""The REST API over HTTP: credentials, limits, troubles and bookkeeping."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import BodyPartReader, web

from .signals import Signal
from .troubles import Faults, RateLimits
from .wire import Code, Refusal, Reply, Request, Route, Upload, encode

PREFIX = "/api/v10"
UPLOAD = re.compile(r"files\[(\d+)\]")


class Rest:
    """Serves routes, and keeps every request that was made."""

    def __init__(self, token: str) -> None:
        self.requests: list[Request] = []
        self.refused: list[Request] = []
        self.repeated: list[Request] = []
        self.faults = Faults()
        self.rate_limits = RateLimits()
        self.changed = Signal()
        self._authorization = f"Bot {token}"

    def serve(self, application: web.Application, routes: Iterable[Route]) -> None:
        """Add the routes, and a refusal of all others, to an aiohttp application."""
        for route in routes:
            application.router.add_route(route.method, PREFIX + route.path, self._handler(route))
        application.router.add_route("*", "/{path:.*}", self._handler(Route("*", "", _not_found, needs_token=False)))

    def _handler(self, route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(http: web.Request) -> web.Response:
            path, params = http.path.removeprefix(PREFIX), dict(http.match_info)
            request = Request(http.method, path, route.path or None, params, dict(http.query))
            self.requests.append(request)
            await _read(http, request)
            reply = await self._troubled(route, request, http.headers.get("Authorization"))
            if reply is not None:
                request.status = reply.status
            elif http.transport is not None:
                http.transport.abort()
            self.changed.notify()
            return _response(reply or Reply(500, {}))

        return handle

    async def _troubled(self, route: Route, request: Request, authorization: str | None) -> Reply | None:
        """The reply to a request, whatever trouble it meets; None cuts the connection."""
        fault = self.faults.take(request.method, request.path)
        if fault is None:
            return self._reply(route, request, authorization)
        if not fault.after:
            await asyncio.sleep(fault.delay)
        reply = self._reply(route, request, authorization) if fault.after or fault.delay else None
        if fault.after:
            await asyncio.sleep(fault.delay)
        return reply if fault.delay else fault.reply

    def _reply(self, route: Route, request: Request, authorization: str | None) -> Reply:
        headers, reply = self.rate_limits.count(f"{route.method} {route.path}", request.params)
        try:
            if authorization != self._authorization and (authorization or route.needs_token):
                raise Refusal(Code.UNAUTHORIZED)
            reply = reply or route.handle(request)
        except Refusal as refusal:
            reply = Reply(refusal.status, refusal.body)
        if reply.status >= 400:
            request.refusal = reply.body
            (self.repeated if self._is_repeat(request) else self.refused).append(request)
        return Reply(reply.status, reply.body, {**headers, **reply.headers})

    def _is_repeat(self, request: Request) -> bool:
        """Whether this is what an interaction was answered with before, word for word.

        A client sends it again if the receipt is late, as on a busy machine, and learns that the first has arrived.
        """
        return (request.refusal or {}).get("code") == Code.ALREADY_ACKNOWLEDGED.value[1] and any(
            (earlier.path, earlier.raw) == (request.path, request.raw) and earlier.refusal is None
            for earlier in self.requests
            if earlier is not request
        )


async def _read(http: web.Request, request: Request) -> None:
    """Read the body, which is JSON, or a form with JSON and files."""
    if http.content_type != "multipart/form-data":
        request.raw = await http.read()
        return
    async for part in await http.multipart():
        if isinstance(part, BodyPartReader):
            name, data = part.name or "", bytes(await part.read())
            number = UPLOAD.fullmatch(name)
            if name == "payload_json":
                request.raw = data
            elif number and part.filename:
                request.uploads[int(number[1])] = Upload(part.filename, data)
            else:
                request.strays.append(name)


def _not_found(request: Request) -> Reply:
    raise Refusal(Code.NOT_FOUND)


def _response(reply: Reply) -> web.Response:
    # A page is the proxy's. What comes from Discord has this header, without which discord.py takes a 429 for a ban.
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, text=reply.body, content_type="text/html")
    headers = {"Via": "1.1 google", **reply.headers}
    if reply.body is None:
        return web.Response(status=reply.status, headers=headers)
    body = encode(reply.body).encode()
    return web.Response(status=reply.status, body=body, headers=headers, content_type="application/json")
