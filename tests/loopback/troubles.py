"""Trouble for the bot's requests: rate limits, and whatever a test orders."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fnmatch import fnmatchcase

from .wire import Reply

USUAL = 1000, 1.0


def too_many(retry_after: float, scope: str = "user") -> Reply:
    """A 429; its scope is "user", "shared" or "global"."""
    is_global = scope == "global"
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
    headers = {"Retry-After": str(max(1, round(retry_after))), "X-RateLimit-Scope": scope}
    return Reply(429, body, headers | {"X-RateLimit-Global": "true"} if is_global else headers)


class RateLimits:
    """Counts requests; a test may set ``limits`` by "METHOD /route": so many requests in so many seconds.

    The usual limit is too high to be met, so that tests are quick.
    """

    def __init__(self) -> None:
        self.limits: dict[str, tuple[int, float]] = {}
        self._windows: dict[tuple[str, ...], tuple[float, int]] = {}

    def count(self, route: str, params: dict[str, str]) -> tuple[dict[str, str], Reply | None]:
        """Count a request; gives its headers, and the 429 if it is one too many."""
        (most, seconds), now = self.limits.get(route, USUAL), time.time()
        # Each channel, guild and webhook (and so each interaction) has its own window.
        key = (route, *(value for name, value in params.items() if name != "message_id"))
        ends, used = self._windows.get(key, (0.0, 0))
        if ends <= now:
            ends, used = now + seconds, 0
        used += 1
        self._windows[key] = ends, used
        headers = {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(0, most - used)),
            "X-RateLimit-Reset": f"{ends:.3f}",
            "X-RateLimit-Reset-After": f"{ends - now:.3f}",
            "X-RateLimit-Bucket": route,
        }
        return headers, too_many(ends - now) if used > most else None


@dataclass
class Fault:
    """What the next ``times`` requests that match ``pattern`` meet, before or ``after`` they are carried out.

    That is a delay in seconds, or a reply in place of their own; None cuts the connection.
    """

    pattern: str
    times: int
    reply: Reply | None = None
    after: bool = False
    delay: float = 0.0


class Faults:
    """The trouble that is ordered.

    A pattern is matched to "METHOD /path" and may contain ``*``: "POST /channels/*/messages".
    """

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def rate_limit(self, pattern: str, retry_after: float, *, times: int = 1, scope: str = "user") -> None:
        """Answer with a 429."""
        self._ordered.append(Fault(pattern, times, too_many(retry_after, scope)))

    def fail(
        self, pattern: str, status: int = 500, *, code: int = 0, page: str = "", times: int = 1, after: bool = False
    ) -> None:
        """Answer with an error: Discord's, with its JSON ``code``, or a ``page`` of the proxy in front of it."""
        body = page or {"message": "ordered trouble", "code": code}
        self._ordered.append(Fault(pattern, times, Reply(status, body), after))

    def delay(self, pattern: str, seconds: float, *, times: int = 1, after: bool = False) -> None:
        """Let requests wait before they are carried out; or ``after`` that, before they are answered."""
        self._ordered.append(Fault(pattern, times, after=after, delay=seconds))

    def cut(self, pattern: str, *, times: int = 1, after: bool = False) -> None:
        """Cut the connection instead of answering."""
        self._ordered.append(Fault(pattern, times, None, after))

    def clear(self) -> None:
        """Order nothing any more."""
        self._ordered.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets, which uses it up."""
        for fault in self._ordered:
            if fnmatchcase(f"{method} {path}", fault.pattern):
                fault.times -= 1
                if not fault.times:
                    self._ordered.remove(fault)
                return fault
        return None
