"""Requests that are turned down.

Refusal             turned down; the message is what the person reads
└── TooFast         too many questions in a minute
"""

from __future__ import annotations


class Refusal(Exception):
    """A request that is turned down; the message is what the person reads."""


class TooFast(Refusal):
    """Too many requests in a minute.

    seconds: until the next one is possible.
    repeated: whether the person was told so already in the last minute.
    """

    def __init__(self, seconds: float, *, repeated: bool = False) -> None:
        super().__init__(f"too many questions; try again in {seconds:.0f} s")
        self.seconds = seconds
        self.repeated = repeated
