"""The command tree: where its errors go, and when its commands are synced."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.app import errors, labels
from bot.app.limits import DESCRIPTION, clip

log = logging.getLogger(__name__)


class CommandTree(app_commands.CommandTree[discord.Client]):
    """A tree whose errors are handled by the one policy, and whose commands fit the library."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # discord.py's own
        super().__init__(*arguments, **options)
        self._left_out: dict[str, Any] = {}

    def fit(self, sides: tuple[str, str], *, has_sides: bool, has_quotations: bool) -> None:
        """Offer ``/compare`` and ``/quote`` only where the library has something for them, in its own words."""
        for name, is_wanted in (("compare", has_sides), ("quote", has_quotations)):
            if is_wanted and name in self._left_out:
                self.add_command(self._left_out.pop(name))
            elif not is_wanted and (command := self.remove_command(name)) is not None:
                self._left_out[name] = command
        if (compare := self.get_command("compare")) is not None and isinstance(compare, app_commands.Command):
            compare.description = clip(labels.COMPARE_SIDES.format(first=sides[0], second=sides[1]), DESCRIPTION)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Handle what a check, a command or its autocompletion raised outside of an answer."""
        name = interaction.command.qualified_name if interaction.command else "unknown"
        await errors.handle(error, errors.interaction_responder(interaction), f"/{name}")


async def sync_commands(tree: CommandTree) -> None:
    """Sync the commands if Discord's differ: after an update, or if another program changed them."""
    assert tree.client.application_id is not None
    known = await tree.client.http.get_global_commands(tree.client.application_id)
    wanted = [command.to_dict(tree) for command in tree.get_commands()]
    if not _are_same(_by_name(known), _by_name(wanted)):
        await tree.sync()
        log.info("Synced %d commands", len(wanted))


# What Discord adds to a command, or still sends although `contexts` has replaced it.
_ADDED = frozenset({"id", "application_id", "version", "dm_permission"})
# What a command does not specify, Discord takes from the application's settings.
_FROM_APPLICATION = frozenset({"contexts", "integration_types"})

Commands = dict[tuple[int, str], dict[str, Any]]


def _are_same(known: Commands, wanted: Commands) -> bool:
    return known.keys() == wanted.keys() and all(
        known[name] | wanted[name] == known[name] and known[name].keys() - wanted[name].keys() <= _FROM_APPLICATION
        for name in wanted
    )


def _by_name(commands: Iterable[Mapping[str, Any]]) -> Commands:
    """Commands in a form that can be compared, whether we describe them or Discord does."""
    return {(command.get("type", 1), command["name"]): _essence(command) for command in commands}


def _essence(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """A description without what Discord adds, and without what is empty or the default anyway."""
    if isinstance(value, Mapping):
        kept = {key: _essence(inner) for key, inner in value.items() if key not in _ADDED}
        if (permissions := kept.get("default_member_permissions")) is not None:
            kept["default_member_permissions"] = str(permissions)
        return {key: inner for key, inner in kept.items() if inner not in (None, False, "", [], {})}
    if isinstance(value, list):
        inner = [_essence(item) for item in value]
        # Contexts and integration types are sets of numbers; the order of options and choices matters.
        return sorted(inner) if all(isinstance(item, int) for item in inner) else inner
    return value
