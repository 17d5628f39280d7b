"""What the people who run a Discord server can set for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """The settings of one server.

    Raises:
        ValueError: if ``daily_at`` is no time of day.
    """

    channels: frozenset[int] = frozenset()
    """Where the bot answers; none: everywhere."""
    private: bool = False
    """Whether only the person who asks sees the answer to a command."""
    forums: frozenset[int] = frozenset()
    """The forums whose new posts it answers."""
    human_channel: int | None = None
    """Where "Ask a human" posts; None: where it was asked."""
    human_role: int | None = None
    """The role that it mentions."""
    daily_channel: int | None = None
    daily_at: str | None = None
    """When the daily post appears there, in UTC: HH:MM."""
    daily_last: str | None = None
    """The day of the last one, in UTC: YYYY-MM-DD."""

    def __post_init__(self) -> None:
        if self.daily_at is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.daily_at, re.ASCII):
            raise ValueError(f"{self.daily_at!r} is no time of day, such as 09:00")

    @property
    def has_human(self) -> bool:
        """Whether there is anybody to ask."""
        return self.human_channel is not None or self.human_role is not None

    def to_json(self) -> dict[str, object]:
        """As plain data."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}

    @classmethod
    def from_json(cls, written: Mapping[str, object]) -> ServerSettings:
        """From plain data that any version of the bot wrote: what it lacks has its default, what is unknown is ignored.

        Raises:
            ValueError, TypeError: if it cannot be understood.
        """
        known = {field.name: written[field.name] for field in fields(cls) if field.name in written}
        return cls(**{name: frozenset(value) if isinstance(value, list) else value for name, value in known.items()})  # type: ignore[arg-type]
