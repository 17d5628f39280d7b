"""Discord's REST API over HTTP: credentials, limits, troubles and bookkeeping."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from aiohttp import BodyPartReader, web

from .errors import NOT_FOUND, UNAUTHORIZED, Refusal
from .faults import Fault, Faults
from .limits import VIA, RateLimits, TooMany
from .record import Reply, Request, Route, Upload
from .signals import Signal
from .wire import Json, encode

PREFIX = "/api/v10"
JSON_HEADERS = {"Content-Type": "application/json"}
UPLOAD_FIELD = re.compile(r"files\[\d+\]")

Handler = Callable[[web.Request], Awaitable[web.Response]]


class Rest:
    """Serves routes, and keeps every request that was made of them."""

    def __init__(self, token: str, clock: Callable[[], float]) -> None:
        self.requests: list[Request] = []
        self.refused: list[Request] = []
        self.faults = Faults()
        self.rate_limits = RateLimits()
        self.changed = Signal()
        self._authorization = f"Bot {token}"
        self._clock = clock

    def serve(self, application: web.Application, routes: list[Route]) -> None:
        """Add the routes, and a refusal of all others, to an aiohttp application."""
        for route in routes:
            path = PREFIX + route.path
            application.router.add_route(route.method, path, self._handler(route))
        nowhere = Route("*", "", _not_found, needs_token=False)
        application.router.add_route("*", "/{path:.*}", self._handler(nowhere))

    def _handler(self, route: Route) -> Handler:
        async def handle(http: web.Request) -> web.Response:
            request = Request(
                http.method,
                http.path.removeprefix(PREFIX),
                route.path or None,
                dict(http.match_info),
                dict(http.query),
                self._clock(),
            )
            self.requests.append(request)
            await _read(http, request)
            response = self._answer(http, route, request)
            if response is None:
                if http.transport is not None:
                    http.transport.abort()
                response = web.Response()
            else:
                request.status = response.status
            self.changed.notify()
            return response

        return handle

    def _answer(self, http: web.Request, route: Route, request: Request) -> web.Response | None:
        """Answer a request; None means by cutting the connection."""
        fault = self.faults.take(request.method, request.path)
        if fault is not None and not fault.after:
            return _trouble(fault)
        name = f"{route.method} {route.path}"
        headers, too_many = self.rate_limits.count(name, request.params)
        try:
            authorization = http.headers.get("Authorization")
            if authorization is None and not route.needs_token:
                pass
            elif authorization != self._authorization:
                raise Refusal(UNAUTHORIZED)
            if too_many is not None:
                self._refuse(request, too_many.body())
                return _too_many(too_many, headers)
            reply = route.handle(request)
        except Refusal as refusal:
            self._refuse(request, refusal.body)
            reply = Reply(refusal.status, refusal.body)
        if fault is not None:
            return _trouble(fault)
        return _response(reply, headers)

    def _refuse(self, request: Request, reason: Json) -> None:
        request.refusal = reason
        self.refused.append(request)


async def _read(http: web.Request, request: Request) -> None:
    """Read the body: JSON, or a form with JSON in one part and files in the others."""
    if not http.content_type.startswith("multipart/"):
        request.raw = await http.read()
        return
    async for part in await http.multipart():
        assert isinstance(part, BodyPartReader)
        data = bytes(await part.read())
        if part.name == "payload_json":
            request.raw = data
        elif UPLOAD_FIELD.fullmatch(part.name or ""):
            request.files.append(Upload(part.filename or "", data))


def _not_found(request: Request) -> Reply:
    raise Refusal(NOT_FOUND)


def _response(reply: Reply, headers: dict[str, str]) -> web.Response:
    if reply.body is None:
        return web.Response(status=reply.status, headers=headers)
    return web.Response(
        status=reply.status,
        body=encode(reply.body).encode(),
        headers=headers | JSON_HEADERS,
    )


def _too_many(limit: TooMany, headers: dict[str, str]) -> web.Response:
    return _response(Reply(429, limit.body()), headers | limit.headers())


def _trouble(fault: Fault) -> web.Response | None:
    if fault.too_many is not None:
        return _too_many(fault.too_many, VIA)
    if fault.status is not None:
        return web.Response(status=fault.status, text="loopback: ordered trouble")
    return None
