"""What a person types into a slash command, as Discord tells it to the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .command_rules import GROUP, INTEGER, NUMBER, STRING, SUBCOMMAND
from .places import Channel, User
from .wire import Json

Value = str | int | float | bool | User | Channel

BOOLEAN, USER, CHANNEL = 5, 6, 7
KINDS: dict[int, type | tuple[type, ...]] = {
    STRING: str,
    INTEGER: int,
    BOOLEAN: bool,
    USER: User,
    CHANNEL: Channel,
    NUMBER: (int, float),
}


@dataclass
class Typed:
    """The options of one command as typed so far; ``focused`` is being typed.

    Raises ValueError for what a person's client would not let them send.
    """

    values: Mapping[str, Value]
    focused: str | None = None
    resolved: Json = field(default_factory=dict)

    def nested(self, command: Json, path: list[str]) -> list[Json]:
        """The options under ``command``, with its subcommands by name in ``path``."""
        if not path:
            return self._plain(command)
        for option in command.get("options") or ():
            if option["name"] == path[0] and option["type"] in (SUBCOMMAND, GROUP):
                inner = self.nested(option, path[1:])
                return [{"type": option["type"], "name": path[0], "options": inner}]
        raise ValueError(f"{command['name']} has no subcommand {path[0]}")

    def _plain(self, command: Json) -> list[Json]:
        known = {option["name"]: option for option in command.get("options") or ()}
        if any(option["type"] in (SUBCOMMAND, GROUP) for option in known.values()):
            raise ValueError(f"{command['name']} needs a subcommand: {list(known)}")
        if unknown := set(self.values) - set(known):
            raise ValueError(f"{command['name']} has no options {unknown}")
        missing = [name for name, option in known.items() if option.get("required") and name not in self.values]
        if missing and self.focused is None:
            raise ValueError(f"{command['name']} needs its options {missing}")
        return [self._one(known[name], value) for name, value in self.values.items()]

    def _one(self, option: Json, value: Value) -> Json:
        kind, name = option["type"], option["name"]
        typed: Json = {"type": kind, "name": name}
        if name == self.focused:
            if not option.get("autocomplete"):
                raise ValueError(f"{name} suggests nothing")
            # What is half typed is told as text, even for a number.
            return typed | {"value": str(value), "focused": True}
        fits = kind in KINDS and isinstance(value, KINDS[kind])
        if not fits or (isinstance(value, bool) and kind != BOOLEAN):
            raise ValueError(f"{name} cannot be {value!r}")
        choices = [choice["value"] for choice in option.get("choices") or ()]
        if choices and value not in choices:
            raise ValueError(f"{name} must be one of {choices}, not {value!r}")
        self._bounds(option, value)
        if isinstance(value, User | Channel):
            group = "users" if isinstance(value, User) else "channels"
            self.resolved.setdefault(group, {})[str(value.id)] = value.payload()
            return typed | {"value": str(value.id)}
        return typed | {"value": value}

    @staticmethod
    def _bounds(option: Json, value: Value) -> None:
        if isinstance(value, str):
            what = "length"
        elif isinstance(value, int | float):
            what = "value"
        else:
            return
        size = len(value) if isinstance(value, str) else value
        low, high = option.get(f"min_{what}"), option.get(f"max_{what}")
        if (low is not None and size < low) or (high is not None and size > high):
            raise ValueError(f"the {what} of {option['name']} is out of bounds: {size}")
