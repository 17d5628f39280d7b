"""Requests that are turned down.

Refusal             turned down; the message is what the person reads
└── TooFast         too many questions in a minute
"""

from __future__ import annotations


class Refusal(Exception):
    """A request that is turned down; the message is what the person reads."""


class TooFast(Refusal):
    """Too many requests in a minute; the next one is possible in ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many questions; try again in {seconds:.0f} s")
        self.seconds = seconds
