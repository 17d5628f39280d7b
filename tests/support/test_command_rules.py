"""Commands that Discord would not register are refused, all that come with them."""

from __future__ import annotations

import discord
import pytest
from discord.http import Route

from .discord_server import LoopbackDiscord
from .tiny_bot import TinyBot
from .wire import Json

pytestmark = pytest.mark.asyncio


def option(**fields: object) -> Json:
    return {"type": 3, "name": "o", "description": "x"} | fields


def command(*options: Json, **fields: object) -> Json:
    return {"name": "c", "description": "x", "options": list(options)} | fields


COMMANDS: list[tuple[list[Json], str]] = [
    ([command(name="Upper")], "0.name: APPLICATION_COMMAND_INVALID_NAME"),
    ([command(name="two words")], "0.name: APPLICATION_COMMAND_INVALID_NAME"),
    ([command(name="x" * 33)], "0.name: BASE_TYPE_BAD_LENGTH"),
    ([command(description="")], "0.description: BASE_TYPE_BAD_LENGTH"),
    ([command(description="x" * 101)], "0.description: BASE_TYPE_BAD_LENGTH"),
    ([command(), command()], "1.name: APPLICATION_COMMANDS_DUPLICATE_NAME"),
    ([command(contexts=[])], "0.contexts: BASE_TYPE_BAD_LENGTH"),
    ([command(contexts=[3])], "0.contexts: BASE_TYPE_CHOICES"),
    ([command(integration_types=[0, 0])], "0.integration_types: BASE_TYPE_CHOICES"),
    (
        [command(*(option(name=f"o{n}") for n in range(26)))],
        "0.options: BASE_TYPE_BAD_LENGTH",
    ),
    (
        [command(option(), option(name="p", required=True))],
        "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    (
        [command(option(), option())],
        "0.options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE",
    ),
    (
        [command(option(), option(type=1, name="sub"))],
        "0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    (
        [command(option(type=2, options=[option(type=2)]))],
        "0.options.0.options.0.type: BASE_TYPE_CHOICES",
    ),
    (
        [command(option(choices=[{"name": str(n), "value": "v"} for n in range(26)]))],
        "0.options.0.choices: BASE_TYPE_BAD_LENGTH",
    ),
    (
        [command(option(choices=[{"name": "n", "value": "v" * 101}]))],
        "0.options.0.choices.0.value: BASE_TYPE_BAD_LENGTH",
    ),
    (
        [command(option(autocomplete=True, choices=[{"name": "n", "value": "v"}]))],
        "0.options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
    ),
    (
        [command(type=3, options=None)],
        "0.description: APPLICATION_COMMAND_CONTEXT_MENU",
    ),
]


@pytest.mark.parametrize(("bodies", "error"), COMMANDS, ids=[e for _, e in COMMANDS])
async def test_a_bad_command_is_refused(bodies: list[Json], error: str, server: LoopbackDiscord, bot: TinyBot) -> None:
    before = server.commands.all(None)
    put = Route(
        "PUT",
        "/applications/{application_id}/commands",
        application_id=server.application_id,
    )
    with pytest.raises(discord.HTTPException):
        await bot.http.request(put, json=bodies)
    assert server.refused[-1].errors == [error]
    assert server.commands.all(None) == before
