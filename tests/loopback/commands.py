"""The application commands that the bot has registered, and what a person types into one."""

from __future__ import annotations

from collections.abc import Mapping

from .command_rules import BOOLEAN, CHAT_INPUT, GROUP, INTEGER, NUMBER, STRING, SUBCOMMAND, check_commands
from .wire import Json
from .world import World

Value = str | int | float | bool
KINDS: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), NUMBER: (int, float), BOOLEAN: (bool,)}


class Commands:
    """Commands by guild id, or None for the global ones."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._scopes: dict[int | None, list[Json]] = {}

    def all(self, guild_id: int | None) -> list[Json]:
        """What is registered in a guild; with None, everywhere."""
        return self._scopes.get(guild_id, [])

    def overwrite(self, guild_id: int | None, bodies: list[Json]) -> list[Json]:
        """Take a whole new set; a command of the same name keeps its id."""
        check_commands(bodies)
        ids = {_key(command): command["id"] for command in self.all(guild_id)}
        self._scopes[guild_id] = [self._made(guild_id, body, ids.get(_key(body))) for body in bodies]
        return self.all(guild_id)

    def find(self, name: str, guild_id: int | None) -> Json:
        """The slash command that a person who types ``/name`` gets."""
        offered = [*self.all(guild_id), *self.all(None)]
        for command in offered:
            if _key(command) == (CHAT_INPUT, name):
                return command
        raise LookupError(f"no command /{name}; registered are {[command['name'] for command in offered]}")

    def _made(self, guild_id: int | None, body: Json, known_id: str | None) -> Json:
        command = {
            "type": CHAT_INPUT,
            "description": "",
            "default_member_permissions": None,
            "nsfw": False,
            "contexts": None,
            "integration_types": [0, 1],
            **{key: value for key, value in body.items() if value is not None},
            "id": known_id or str(self._world.new_id()),
            "application_id": str(self._world.application_id),
            "version": str(self._world.new_id()),
        }
        return command if guild_id is None else command | {"guild_id": str(guild_id)}


def _key(command: Json) -> tuple[int, str]:
    return command.get("type") or CHAT_INPUT, command["name"]


def typed(command: Json, path: list[str], values: Mapping[str, Value], focused: str | None = None) -> list[Json]:
    """The options of a command as a person typed them; ``focused`` is the one still being typed.

    Args:
        command: as registered.
        path: the names of its subcommands.
        values: by the names of the options.
        focused: the name of an option that suggests values.

    Raises:
        ValueError: for anything that a person's client would not let them send.
    """
    options = {option["name"]: option for option in command.get("options") or ()}
    nested = {name: option for name, option in options.items() if option["type"] in (SUBCOMMAND, GROUP)}
    if path or nested:
        if not path or path[0] not in nested:
            raise ValueError(f"{command['name']} needs a subcommand, one of {list(nested)}")
        inner = nested[path[0]]
        return [{"type": inner["type"], "name": path[0], "options": typed(inner, path[1:], values, focused)}]
    if unknown := values.keys() - options.keys():
        raise ValueError(f"{command['name']} has no options {unknown}")
    missing = [name for name, option in options.items() if option.get("required") and name not in values]
    if missing and focused is None:
        raise ValueError(f"{command['name']} needs its options {missing}")
    return [_typed_option(options[name], value, name == focused) for name, value in values.items()]


def _typed_option(option: Json, value: Value, is_focused: bool) -> Json:
    kind, name = option["type"], option["name"]
    told = {"type": kind, "name": name, "value": value}
    if is_focused:
        if not option.get("autocomplete"):
            raise ValueError(f"{name} suggests nothing")
        return told | {"focused": True}
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise ValueError(f"{name} cannot be {value!r}")
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise ValueError(f"{name} must be one of {choices}, not {value!r}")
    if isinstance(value, str) and not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise ValueError(f"the length of {name} is out of bounds: {len(value)}")
    return told
