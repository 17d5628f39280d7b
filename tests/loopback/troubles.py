"""Trouble for the bot's requests: rate limits, and whatever a test orders."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from .wire import Json

# Each channel, guild and webhook (and so each interaction) has its own windows.
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_id", "interaction_token")
# Discord answers through a proxy; discord.py takes a 429 without this header for a ban.
VIA = {"Via": "1.1 google"}


class Limit(NamedTuple):
    """So many requests in so many seconds."""

    requests: int
    seconds: float


class TooMany(NamedTuple):
    """A 429; its scope is "user", "shared" or "global"."""

    retry_after: float
    scope: str = "user"

    def body(self) -> Json:
        """What the 429 says."""
        is_global = self.scope == "global"
        return {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": is_global}

    def headers(self) -> dict[str, str]:
        """The headers that only a 429 has."""
        headers = {"Retry-After": str(max(1, round(self.retry_after))), "X-RateLimit-Scope": self.scope}
        return headers | {"X-RateLimit-Global": "true"} if self.scope == "global" else headers


class RateLimits:
    """Counts requests; a test may set its own ``limits`` by "METHOD /route".

    The usual limit is too high to be met, so that tests are quick. Discord publishes its own only in headers.
    """

    def __init__(self) -> None:
        self.usual = Limit(1000, 1.0)
        self.limits: dict[str, Limit] = {}
        self._windows: dict[tuple[str, ...], tuple[float, int]] = {}

    def count(self, route: str, params: dict[str, str]) -> tuple[dict[str, str], TooMany | None]:
        """Count a request; gives its headers, and the 429 if it is one too many."""
        limit, now = self.limits.get(route, self.usual), time.time()
        key = (route, *(params[name] for name in MAJOR if name in params))
        ends, used = self._windows.get(key, (0.0, 0))
        if ends <= now:
            ends, used = now + limit.seconds, 0
        used += 1
        self._windows[key] = ends, used
        headers = VIA | {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(max(0, limit.requests - used)),
            "X-RateLimit-Reset": f"{ends:.3f}",
            "X-RateLimit-Reset-After": f"{ends - now:.3f}",
            "X-RateLimit-Bucket": route,
        }
        return headers, TooMany(ends - now) if used > limit.requests else None


@dataclass
class Fault:
    """What happens to the next ``times`` requests that match ``pattern``.

    With neither a ``status`` nor ``too_many``, the connection is cut. A fault ``after`` the request lets it be carried
    out, and only loses the answer.
    """

    pattern: str
    times: int
    status: int | None = None
    too_many: TooMany | None = None
    after: bool = False


class Faults:
    """The trouble that is ordered.

    A pattern is matched to "METHOD /path" and may contain ``*``: "POST /channels/*/messages".
    """

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def rate_limit(self, pattern: str, retry_after: float, *, times: int = 1, scope: str = "user") -> None:
        """Answer with a 429."""
        self._ordered.append(Fault(pattern, times, too_many=TooMany(retry_after, scope)))

    def fail(self, pattern: str, status: int = 500, *, times: int = 1, after: bool = False) -> None:
        """Answer with an error of the server."""
        self._ordered.append(Fault(pattern, times, status, after=after))

    def cut(self, pattern: str, *, times: int = 1, after: bool = False) -> None:
        """Cut the connection instead of answering."""
        self._ordered.append(Fault(pattern, times, after=after))

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets, which uses it up."""
        for fault in self._ordered:
            if fnmatchcase(f"{method} {path}", fault.pattern):
                fault.times -= 1
                if not fault.times:
                    self._ordered.remove(fault)
                return fault
        return None
