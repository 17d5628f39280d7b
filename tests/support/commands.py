"""The application commands the bot has registered."""

from __future__ import annotations

from .command_rules import CHAT_INPUT, check_command, check_commands
from .errors import UNKNOWN_COMMAND, Refusal
from .wire import Json
from .world import World


class Commands:
    """Commands by guild id, or None for global ones, and by type and name."""

    def __init__(self, world: World, application_id: int) -> None:
        self._world = world
        self._application_id = application_id
        self._scopes: dict[int | None, dict[tuple[int, str], Json]] = {}

    def all(self, guild_id: int | None) -> list[Json]:
        """What is registered in one scope."""
        return list(self._scopes.get(guild_id, {}).values())

    def overwrite(self, guild_id: int | None, bodies: list[Json]) -> list[Json]:
        """Take a whole new set; a command of the same name keeps its id."""
        check_commands(bodies)
        before = self._scopes.get(guild_id, {})
        made = [self._made(guild_id, body, before.get(_key(body))) for body in bodies]
        self._scopes[guild_id] = {_key(command): command for command in made}
        return made

    def put(self, guild_id: int | None, body: Json) -> tuple[Json, bool]:
        """Register one command, and say whether it is a new one."""
        check_command(body)
        scope = self._scopes.setdefault(guild_id, {})
        before = scope.get(_key(body))
        scope[_key(body)] = command = self._made(guild_id, body, before)
        return command, before is None

    def change(self, guild_id: int | None, command_id: str, body: Json) -> Json:
        """Change the fields of a command that ``body`` has."""
        before = self.get(guild_id, command_id)
        changed = {**before, **body}
        check_command(changed)
        del self._scopes[guild_id][_key(before)]
        command = self._made(guild_id, changed, before)
        self._scopes[guild_id][_key(command)] = command
        return command

    def get(self, guild_id: int | None, command_id: str) -> Json:
        """One command by its id."""
        for command in self.all(guild_id):
            if command["id"] == command_id:
                return command
        raise Refusal(UNKNOWN_COMMAND)

    def delete(self, guild_id: int | None, command_id: str) -> None:
        """Remove one command."""
        del self._scopes[guild_id][_key(self.get(guild_id, command_id))]

    def find(self, name: str, guild_id: int | None) -> Json:
        """The slash command a person who types ``/name`` gets."""
        for scope in (guild_id, None):
            if found := self._scopes.get(scope, {}).get((CHAT_INPUT, name)):
                return found
        offered = [n for scope in self._scopes.values() for _, n in scope]
        raise LookupError(f"no command /{name}; registered are {offered}")

    def _made(self, guild_id: int | None, body: Json, before: Json | None) -> Json:
        command = {
            "type": CHAT_INPUT,
            "description": "",
            "default_member_permissions": None,
            "nsfw": False,
            "contexts": None,
            "integration_types": [0, 1],
            **{key: value for key, value in body.items() if value is not None},
            "id": before["id"] if before else str(self._world.new_id()),
            "application_id": str(self._application_id),
            "version": str(self._world.new_id()),
        }
        rights = command["default_member_permissions"]
        if rights is not None:
            command["default_member_permissions"] = str(rights)
        if guild_id is not None:
            command["guild_id"] = str(guild_id)
        return command


def _key(command: Json) -> tuple[int, str]:
    return command.get("type") or CHAT_INPUT, command["name"]
