"""Rate limits: the buckets Discord counts requests in, and the headers that tell."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .wire import Json

# A channel, a guild and a webhook (an interaction included) each have own buckets.
MAJOR = (
    "channel_id",
    "guild_id",
    "webhook_id",
    "webhook_token",
    "interaction_id",
    "interaction_token",
)
# Discord answers through a proxy; discord.py takes a 429 without it for a ban.
VIA = {"Via": "1.1 google"}


class Limit(NamedTuple):
    """So many requests in so many seconds."""

    requests: int
    seconds: float


@dataclass
class Bucket:
    """The requests counted in one window of time."""

    ends: float
    used: int = 0


@dataclass(frozen=True)
class TooMany:
    """A 429, as a limit that was overrun or a test has it answered."""

    retry_after: float
    scope: str = "user"

    def body(self) -> Json:
        """What the 429 says."""
        return {
            "message": "You are being rate limited.",
            "retry_after": self.retry_after,
            "global": self.scope == "global",
        }

    def headers(self) -> dict[str, str]:
        """The headers that a 429 alone has."""
        headers = {
            "Retry-After": str(max(1, round(self.retry_after))),
            "X-RateLimit-Scope": self.scope,
        }
        if self.scope == "global":
            headers["X-RateLimit-Global"] = "true"
        return headers


class RateLimits:
    """Counts requests; a test may set its own ``limits`` by "METHOD /route".

    The usual limit is too high to be met, for the sake of speed. Discord's own are
    not published, except by the headers.
    """

    def __init__(self) -> None:
        self.usual = Limit(1000, 1.0)
        self.limits: dict[str, Limit] = {}
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def count(self, route: str, params: dict[str, str]) -> tuple[dict[str, str], TooMany | None]:
        """Count a request; give its headers, and the refusal if it is one too many."""
        now = time.time()
        limit = self.limits.get(route, self.usual)
        key = (route, *(params[name] for name in MAJOR if name in params))
        bucket = self._buckets.get(key)
        if bucket is None or bucket.ends <= now:
            bucket = self._buckets[key] = Bucket(now + limit.seconds)
        bucket.used += 1
        left = bucket.ends - now
        headers = {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(max(0, limit.requests - bucket.used)),
            "X-RateLimit-Reset": f"{bucket.ends:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": _hash(route),
            **VIA,
        }
        return headers, TooMany(left) if bucket.used > limit.requests else None


@cache
def _hash(route: str) -> str:
    return hashlib.sha256(route.encode()).hexdigest()[:32]
