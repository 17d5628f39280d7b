"""Trouble that a test orders for the requests to come."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from .limits import TooMany


@dataclass
class Fault:
    """What befalls the next ``times`` requests that match ``pattern``.

    Without a ``status`` and a ``too_many`` the connection is cut. A fault that is
    ``after`` lets the request be carried out first, and loses only the answer.
    """

    pattern: str
    times: int
    status: int | None = None
    too_many: TooMany | None = None
    after: bool = False


class Faults:
    """The trouble ordered so far.

    A pattern is matched to "METHOD /path" and may have ``*`` in it, as in
    "POST /channels/*/messages".
    """

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def rate_limit(self, pattern: str, retry_after: float, *, times: int = 1, scope: str = "user") -> None:
        """Answer with 429; ``scope`` is "user", "shared" or "global"."""
        too_many = TooMany(retry_after, scope)
        self._ordered.append(Fault(pattern, times, too_many=too_many))

    def fail(self, pattern: str, status: int = 500, *, times: int = 1, after: bool = False) -> None:
        """Answer with a server's error."""
        self._ordered.append(Fault(pattern, times, status, after=after))

    def cut(self, pattern: str, *, times: int = 1, after: bool = False) -> None:
        """Cut the connection instead of answering."""
        self._ordered.append(Fault(pattern, times, after=after))

    def take(self, method: str, path: str) -> Fault | None:
        """The fault this request meets, which is used up by it."""
        for fault in self._ordered:
            if fnmatchcase(f"{method} {path}", fault.pattern):
                fault.times -= 1
                if not fault.times:
                    self._ordered.remove(fault)
                return fault
        return None
