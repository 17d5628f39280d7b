"""The REST API over HTTP: credentials, limits, troubles and bookkeeping."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from .signals import Signal
from .troubles import VIA, Fault, Faults, RateLimits, TooMany
from .wire import Code, Json, Refusal, Reply, Request, Route, encode

PREFIX = "/api/v10"


class Rest:
    """Serves routes, and keeps every request that was made."""

    def __init__(self, token: str, clock: Callable[[], float]) -> None:
        self.requests: list[Request] = []
        self.refused: list[Request] = []
        self.faults = Faults()
        self.rate_limits = RateLimits()
        self.changed = Signal()
        self._authorization = f"Bot {token}"
        self._clock = clock

    def serve(self, application: web.Application, routes: Iterable[Route]) -> None:
        """Add the routes, and a refusal of all others, to an aiohttp application."""
        for route in routes:
            application.router.add_route(route.method, PREFIX + route.path, self._handler(route))
        application.router.add_route("*", "/{path:.*}", self._handler(Route("*", "", _not_found, needs_token=False)))

    def _handler(self, route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(http: web.Request) -> web.Response:
            path, params = http.path.removeprefix(PREFIX), dict(http.match_info)
            request = Request(http.method, path, route.path or None, params, dict(http.query), self._clock())
            self.requests.append(request)
            request.raw = await http.read()
            response = self._answer(route, request, http.headers.get("Authorization"))
            if response is not None:
                request.status = response.status
            elif http.transport is not None:
                http.transport.abort()
            self.changed.notify()
            return response or web.Response()

        return handle

    def _answer(self, route: Route, request: Request, authorization: str | None) -> web.Response | None:
        """Answer a request; None means by cutting the connection."""
        fault = self.faults.take(request.method, request.path)
        if fault is not None and not fault.after:
            return _trouble(fault)
        headers, too_many = self.rate_limits.count(f"{route.method} {route.path}", request.params)
        try:
            if authorization != self._authorization and (authorization or route.needs_token):
                raise Refusal(Code.UNAUTHORIZED)
            if too_many is not None:
                self._note_refusal(request, too_many.body())
                return _too_many(too_many, headers)
            reply = route.handle(request)
        except Refusal as refusal:
            self._note_refusal(request, refusal.body)
            reply = Reply(refusal.status, refusal.body)
        return _response(reply, headers) if fault is None else _trouble(fault)

    def _note_refusal(self, request: Request, reason: Json) -> None:
        request.refusal = reason
        self.refused.append(request)


def _not_found(request: Request) -> Reply:
    raise Refusal(Code.NOT_FOUND)


def _response(reply: Reply, headers: dict[str, str]) -> web.Response:
    if reply.body is None:
        return web.Response(status=reply.status, headers=headers)
    headers = headers | {"Content-Type": "application/json"}
    return web.Response(status=reply.status, body=encode(reply.body).encode(), headers=headers)


def _too_many(limit: TooMany, headers: dict[str, str]) -> web.Response:
    return _response(Reply(429, limit.body()), headers | limit.headers())


def _trouble(fault: Fault) -> web.Response | None:
    if fault.too_many is not None:
        return _too_many(fault.too_many, VIA)
    return None if fault.status is None else web.Response(status=fault.status, text="loopback: ordered trouble")
