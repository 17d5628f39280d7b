"""Commands that Discord would not register are refused, and nobody can type what an option does not take."""

from __future__ import annotations

import pytest

from .bodies import problems_of
from .commands import check_commands, typed
from .wire import Json, Refusal


def option(**fields: object) -> Json:
    return {"type": 3, "name": "o", "description": "x"} | fields


def command(*options: Json, **fields: object) -> Json:
    return {"name": "c", "description": "x", "options": list(options)} | fields


CHOICE = {"name": "n", "value": "v"}
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
    ([command(default_member_permissions="x")], "0.default_member_permissions: NUMBER_TYPE_COERCE"),
    ([command(type=3)], "0.description: APPLICATION_COMMAND_CONTEXT_MENU"),
    ([command(option(), option(name="p", required=True))], "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
    ([command(option(), option())], "0.options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE"),
    ([command(option(), option(type=1, name="sub"))], "0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    ([command(option(type=2, options=[option(type=2)]))], "0.options.0.options.0.type: BASE_TYPE_CHOICES"),
    ([command(*(option(name=f"o{n}") for n in range(26)))], "0.options: BASE_TYPE_BAD_LENGTH"),
    ([command(option(choices=[CHOICE | {"value": "v" * 101}]))], "0.options.0.choices.0.value: BASE_TYPE_BAD_LENGTH"),
    (
        [command(option(choices=[CHOICE, CHOICE]))],
        "0.options.0.choices: APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES_DUPLICATE",
    ),
    ([command(option(type=5, autocomplete=True))], "0.options.0: APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID"),
    (
        [command(option(autocomplete=True, choices=[CHOICE]))],
        "0.options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
    ),
    ([command(option(max_length=6001))], "0.options.0.max_length: NUMBER_TYPE_RANGE"),
]


@pytest.mark.parametrize(("bodies", "problem"), COMMANDS, ids=[problem for _, problem in COMMANDS])
def test_discord_refuses(bodies: list[Json], problem: str) -> None:
    assert problems_of(lambda: check_commands(bodies)) == [problem]


def test_too_many_or_too_large_commands_are_refused() -> None:
    with pytest.raises(Refusal, match="30032"):
        check_commands([command(name=f"c{number}") for number in range(101)])
    large = [option(name=f"o{n}", choices=[{"name": f"{m}", "value": "x" * 99} for m in range(25)]) for n in range(4)]
    with pytest.raises(Refusal, match="0: APPLICATION_COMMAND_TOO_LARGE"):
        check_commands([command(*large)])


def test_good_commands_are_taken() -> None:
    check_commands([command(option(type=1, options=[option(required=True), option(name="p", choices=[CHOICE])]))])
    check_commands([{"type": 3, "name": "Ask about this"}])


SUB = command(option(type=1, name="sub"))
PLAIN = command(option(required=True, max_length=5), option(type=5, name="flag"))
CHOOSING = command(option(choices=[CHOICE]))


@pytest.mark.parametrize(
    ("registered", "path", "values", "focused", "error"),
    [
        (SUB, [], {}, None, "needs a subcommand"),
        (SUB, ["other"], {}, None, "needs a subcommand"),
        (PLAIN, [], {}, None, "needs its options"),
        (PLAIN, [], {"o": "x", "p": "x"}, None, "has no options"),
        (PLAIN, [], {"o": "longer"}, None, "out of bounds"),
        (PLAIN, [], {"o": 5}, None, "cannot be 5"),
        (PLAIN, [], {"o": "x", "flag": "yes"}, None, "cannot be 'yes'"),
        (PLAIN, [], {"o": "x"}, "o", "suggests nothing"),
        (CHOOSING, [], {"o": "x"}, None, "must be one of"),
    ],
)
def test_nobody_can_type_it(
    registered: Json, path: list[str], values: dict[str, str], focused: str | None, error: str
) -> None:
    with pytest.raises(ValueError, match=error):
        typed(registered, path, values, focused)
