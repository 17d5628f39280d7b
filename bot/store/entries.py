"""What the bot notes. The names of the fields are those of the columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

_UNKEPT_GROUP = "crisis"
"""Nothing is kept of what people in distress write. Their questions are never noted; this is the safety net."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def _refuse(group: str | None) -> None:
    if group == _UNKEPT_GROUP:
        raise ValueError(f"nothing may be kept of questions in the group {_UNKEPT_GROUP!r}")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question asked in vain: the bot abstained, or only suggested something.

    Raises:
        ValueError: if the group is one of which nothing may be kept.
    """

    text: str
    outcome: Literal["abstain", "suggest"]
    group: str | None
    nearest: str | None
    """The id of the nearest topic."""
    confidence: float
    fingerprint: str
    """Of the library that was asked."""
    person: str
    server: int | None
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=lambda: uuid4().hex)

    def __post_init__(self) -> None:
        _refuse(self.group)


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What a person thinks of the answer in a message; it replaces what they thought of it before.

    Raises:
        ValueError: if the group is one of which nothing may be kept.
    """

    message: int
    person: str
    topic: str | None
    group: str | None = None
    outcome: str
    helpful: bool
    question: str | None = None
    """Only if it was asked in vain, or the answer was not helpful."""
    meant_topic: str | None = None
    meant_text: str | None = None
    fingerprint: str
    server: int | None
    at: datetime = field(default_factory=now)

    def __post_init__(self) -> None:
        _refuse(self.group)


@dataclass(frozen=True, kw_only=True)
class Introduced:
    """A person has been told what the bot is."""

    person: str
    at: datetime = field(default_factory=now)


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """The claim that was quoted last in a channel."""

    channel: int
    claim: str
    person: str | None = None
    """In a direct message: with whom, since its channel leads to that person."""
    at: datetime = field(default_factory=now)


Entry = Asked | Feedback | Introduced | Quoted
