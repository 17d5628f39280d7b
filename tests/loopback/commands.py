"""The application commands that the bot has registered, which of them Discord refuses, and what people type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from .forms import Form
from .wire import Code, Json, Refusal
from .world import BOT_DM, World

Value = str | int | float | bool

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, NUMBER = 1, 2, 3, 4, 5, 10
PLAIN_OPTIONS = range(STRING, 12)
OPTIONS_OF: dict[int | None, Collection[int]] = {GROUP: (SUBCOMMAND,), SUBCOMMAND: PLAIN_OPTIONS}

MOST_OF_TYPE = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
MAX_OPTIONS = MAX_CHOICES = 25
MAX_CHARACTERS = 8000
# Letters of any script, digits, and - _ ' ; and nothing in upper case.
NAME = re.compile(r"[-_'\w]+")
KINDS: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), NUMBER: (int, float), BOOLEAN: (bool,)}


class Commands:
    """The commands of the bot; all are global, as none of ours is a guild's."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._registered: list[Json] = []

    def all(self) -> list[Json]:
        """What is registered, as Discord describes it."""
        return self._registered

    def clear(self) -> None:
        """Remove everything behind the bot's back."""
        self._registered = []

    def overwrite(self, bodies: list[Json]) -> None:
        """Take a whole new set; a command of the same name keeps its id."""
        check_commands(bodies)
        ids = {_key(command): command["id"] for command in self._registered}
        self._registered = [self._made(body, ids.get(_key(body))) for body in bodies]

    def find(self, name: str, kind: int = CHAT_INPUT) -> Json:
        """The command that a person who types ``/name`` gets, or chooses by its name from a context menu."""
        for command in self._registered:
            if _key(command) == (kind, name):
                return command
        shown = f"/{name}" if kind == CHAT_INPUT else f"{name!r} in a context menu"
        raise LookupError(f"no command {shown}; registered are {[command['name'] for command in self._registered]}")

    def _made(self, body: Json, known_id: str | None) -> Json:
        rights, contexts = body.get("default_member_permissions"), body.get("contexts")
        return _described({"description": "", **body}) | {
            "type": body.get("type") or CHAT_INPUT,
            "default_member_permissions": None if rights is None else str(rights),
            "dm_permission": contexts is None or BOT_DM in contexts,
            "contexts": contexts,
            "integration_types": body.get("integration_types") or [0, 1],
            "nsfw": bool(body.get("nsfw")),
            "id": known_id or str(self._world.new_id()),
            "application_id": str(self._world.bot.id),
            "version": str(self._world.new_id()),
        }


def _described(data: Json) -> Json:
    """A command, an option or a choice as Discord gives it back: with localisations, without what is false or empty."""
    described = {key: value for key, value in data.items() if value is not None and value is not False and value != []}
    for key in ("name", "description"):
        if key in data:
            described[f"{key}_localizations"] = data.get(f"{key}_localizations")
    for key in described.keys() & {"options", "choices"}:
        described[key] = [_described(item) for item in data[key]]
    return described


def _key(command: Json) -> tuple[int, str]:
    return command.get("type") or CHAT_INPUT, command["name"]


def check_commands(bodies: list[Json]) -> None:
    """Refuse a set of commands that Discord would not take, as a whole."""
    problems = Form({})
    seen: Counter[tuple[int, object]] = Counter()
    for index, body in enumerate(bodies):
        form = problems.at(body, index)
        key = _check_command(form), body.get("name")
        if key in seen:
            form.problem("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique", "name")
        seen[key] += 1
    problems.refuse_problems()
    counts = Counter(kind for kind, _ in seen)
    if any(counts[kind] > most for kind, most in MOST_OF_TYPE.items()):
        raise Refusal(Code.TOO_MANY_COMMANDS)


def _check_command(form: Form) -> int:
    """Note what is wrong with one command; gives its type."""
    kind = form.choice("type", MOST_OF_TYPE) or CHAT_INPUT
    for key, most in (("contexts", 2), ("integration_types", 1)):
        values = form.listed(key, 0 if form.data.get(key) is None else 1, most + 1)
        if len(set(values)) < len(values) or not set(values) <= set(range(most + 1)):
            form.problem("BASE_TYPE_CHOICES", f"Must be distinct and from 0 to {most}.", key)
    rights = form.data.get("default_member_permissions")
    if rights is not None and not str(rights).isdecimal():
        form.problem("NUMBER_TYPE_COERCE", "Must be a bit set.", "default_member_permissions")
    if kind != CHAT_INPUT:
        form.text("name", 1, 32, required=True)
        for key in ("description", "options"):
            if form.has(key):
                form.problem("APPLICATION_COMMAND_CONTEXT_MENU", f"Context menu commands cannot have {key}", key)
        return kind
    _check_names(form)
    _check_options(form, (SUBCOMMAND, GROUP, *PLAIN_OPTIONS))
    if _characters(form.data) > MAX_CHARACTERS:
        form.problem("APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MAX_CHARACTERS})")
    return kind


def _check_names(form: Form) -> None:
    """The name and description that commands and options alike must have."""
    name = form.text("name", 1, 32, required=True)
    if name and not (NAME.fullmatch(name) and name == name.lower()):
        form.problem("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid", "name")
    form.text("description", 1, 100, required=True)


def _check_options(form: Form, allowed: Collection[int]) -> None:
    """The options of a command, a group or a subcommand."""
    options = form.forms("options", high=MAX_OPTIONS)
    kinds = {_check_option(option, allowed) for option in options}
    if kinds & set(PLAIN_OPTIONS) and kinds & set(OPTIONS_OF):
        text = "Sub-commands are mutually exclusive to all other options"
        form.problem("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text, "options")
    names: set[object] = set()
    optional_seen = False
    for option in options:
        if (name := option.data.get("name")) in names:
            option.problem("APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option name already exists", "name")
        names.add(name)
        required = bool(option.data.get("required"))
        if required and optional_seen:
            text = "Required options must be placed before non-required options"
            option.problem("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen = optional_seen or not required


def _check_option(form: Form, allowed: Collection[int]) -> int | None:
    """Note what is wrong with one option; gives its type."""
    kind = form.choice("type", allowed, required=True)
    _check_names(form)
    if kind in OPTIONS_OF:
        _check_options(form, OPTIONS_OF[kind])
        return kind
    form.flag("required")
    choices = form.forms("choices", high=MAX_CHOICES)
    suggests = form.flag("autocomplete")
    if (choices or suggests) and kind not in (STRING, INTEGER, NUMBER):
        form.problem("APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Options of this type have no choices")
    if choices and suggests:
        text = "Choices and autocomplete are mutually exclusive"
        form.problem("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE", text, "autocomplete")
    if len({choice.data.get("name") for choice in choices}) < len(choices):
        text = "The specified choice name already exists"
        form.problem("APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES_DUPLICATE", text, "choices")
    check_choices(choices)
    form.whole("min_length", 0, 6000)
    form.whole("max_length", 1, 6000)
    return kind


def check_choices(choices: list[Form]) -> None:
    """The choices of an option, or those suggested while someone types."""
    for choice in choices:
        choice.text("name", 1, 100, required=True)
        if not isinstance(choice.data.get("value"), int | float):
            choice.text("value", 1, 100, required=True)


def _characters(data: Json) -> int:
    """The length of all names, descriptions and values, which is how Discord measures a command."""
    own = sum(len(str(data.get(key) or "")) for key in ("name", "description", "value"))
    inner = [*(data.get("options") or ()), *(data.get("choices") or ())]
    return own + sum(_characters(item) for item in inner)


def typed(command: Json, path: list[str], values: Mapping[str, Value], focused: str | None = None) -> list[Json]:
    """The options of a command as a person typed them, the ``focused`` one not to its end.

    ``path`` has the names of its subcommands. Raises ValueError for what a person's client would not let them send.
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
    sent = {"type": kind, "name": name, "value": value}
    if is_focused:
        if not option.get("autocomplete"):
            raise ValueError(f"{name} suggests nothing")
        return sent | {"focused": True}
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise ValueError(f"{name} cannot be {value!r}")
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise ValueError(f"{name} must be one of {choices}, not {value!r}")
    if isinstance(value, str) and not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise ValueError(f"the length of {name} is out of bounds: {len(value)}")
    return sent
