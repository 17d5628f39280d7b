"""What Discord refuses in the registration of application commands."""

from __future__ import annotations

import re

from .errors import TOO_MANY_COMMANDS, Refusal
from .forms import Form, Problems
from .wire import Json

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER, CHANNEL = 1, 2, 3, 4, 10, 7
PLAIN_OPTIONS = tuple(range(STRING, 12))
ALL_OPTIONS = (SUBCOMMAND, GROUP, *PLAIN_OPTIONS)
OPTIONS_OF = {GROUP: (SUBCOMMAND,), SUBCOMMAND: PLAIN_OPTIONS}

MOST_OF_TYPE = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
MAX_OPTIONS = 25
MAX_CHOICES = 25
MAX_CHARACTERS = 8000
MAX_SAFE = 2**53
# Letters of any script, digits, and - _ ' ; and nothing in upper case.
NAME = re.compile(r"[-_'\w]+")


def check_commands(bodies: list[Json]) -> None:
    """Refuse a set of commands that Discord would not take, whole."""
    problems = Problems()
    seen: set[tuple[object, object]] = set()
    counts = dict.fromkeys(MOST_OF_TYPE, 0)
    for index, body in enumerate(bodies):
        form = Form(body, problems, (index,))
        kind = _command(form)
        counts[kind] += 1
        if (kind, body.get("name")) in seen:
            form.problem(
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
                "name",
            )
        seen.add((kind, body.get("name")))
    problems.raise_if_any()
    if any(counts[kind] > most for kind, most in MOST_OF_TYPE.items()):
        raise Refusal(TOO_MANY_COMMANDS)


def check_command(body: Json) -> None:
    """Refuse one command that Discord would not take."""
    problems = Problems()
    _command(Form(body, problems))
    problems.raise_if_any()


def _command(form: Form) -> int:
    kind = form.choice("type", tuple(MOST_OF_TYPE))
    kind = kind if isinstance(kind, int) else CHAT_INPUT
    for key, most in (("contexts", 2), ("integration_types", 1)):
        values = form.listed(key, 0 if form.data.get(key) is None else 1, most + 1)
        if len(set(values)) < len(values) or not set(values) <= set(range(most + 1)):
            form.problem("BASE_TYPE_CHOICES", f"Must be distinct and from 0 to {most}.", key)
    form.flag("nsfw")
    form.flag("dm_permission")
    rights = form.data.get("default_member_permissions")
    if rights is not None and not str(rights).isdecimal():
        form.problem("NUMBER_TYPE_COERCE", "Must be a bit set.", "default_member_permissions")
    if kind == CHAT_INPUT:
        _named(form)
        _options(form, ALL_OPTIONS)
        if _characters(form.data) > MAX_CHARACTERS:
            form.problem(
                "APPLICATION_COMMAND_TOO_LARGE",
                f"Command exceeds maximum size ({MAX_CHARACTERS})",
            )
        return kind
    form.text("name", 1, 32, required=True)
    for key in ("description", "options"):
        if form.has(key):
            form.problem(
                "APPLICATION_COMMAND_CONTEXT_MENU",
                f"Context menu commands cannot have {key}",
                key,
            )
    return kind


def _named(form: Form) -> None:
    """The name and description that commands and options alike must have."""
    name = form.text("name", 1, 32, required=True)
    _check_name(form, name, "name")
    form.text("description", 1, 100, required=True)
    for key, most in (("name_localizations", 32), ("description_localizations", 100)):
        translations = form.form(key)
        for locale in translations.data if translations else ():
            assert translations is not None
            text = translations.text(locale, 1, most, required=True)
            if key == "name_localizations":
                _check_name(translations, text, locale)


def _check_name(form: Form, name: str | None, key: str) -> None:
    if name and not (NAME.fullmatch(name) and name == name.lower()):
        form.problem("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid", key)


def _options(form: Form, allowed: tuple[int, ...]) -> None:
    """The options of a command, a group or a subcommand."""
    options = form.forms("options", high=MAX_OPTIONS)
    names: set[str] = set()
    optional_seen = False
    kinds = [_option(option, allowed) for option in options]
    if any(k in PLAIN_OPTIONS for k in kinds) and any(k in OPTIONS_OF for k in kinds):
        form.problem(
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-commands are mutually exclusive to all other options",
            "options",
        )
    for option in options:
        name = option.data.get("name")
        if name in names:
            option.problem(
                "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE",
                "Option name already exists",
                "name",
            )
        names.add(str(name))
        required = bool(option.data.get("required"))
        if required and optional_seen:
            option.problem(
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not required


def _option(form: Form, allowed: tuple[int, ...]) -> object:
    kind = form.choice("type", allowed, required=True)
    _named(form)
    if isinstance(kind, int) and kind in OPTIONS_OF:
        _options(form, OPTIONS_OF[kind])
        return kind
    form.flag("required")
    listed = form.forms("choices", high=MAX_CHOICES)
    suggests = form.flag("autocomplete")
    if (listed or suggests) and kind not in (STRING, INTEGER, NUMBER):
        form.problem(
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
            "Options of this type have no choices",
        )
    if listed and suggests:
        form.problem(
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
            "Choices and autocomplete are mutually exclusive",
            "autocomplete",
        )
    if len({choice.data.get("name") for choice in listed}) < len(listed):
        form.problem(
            "APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES_DUPLICATE",
            "The specified choice name already exists",
            "choices",
        )
    if isinstance(kind, int):
        check_choices(listed, kind)
    low = form.whole("min_length", 0, 6000)
    high = form.whole("max_length", 1, 6000)
    if low is not None and high is not None and low > high:
        form.problem("NUMBER_TYPE_RANGE", "min_length exceeds max_length", "min_length")
    for key in ("min_value", "max_value"):
        if form.has(key) and kind not in (INTEGER, NUMBER):
            form.problem("BASE_TYPE_NOT_ALLOWED", "Only numbers have bounds", key)
    if form.has("channel_types") and kind != CHANNEL:
        form.problem("BASE_TYPE_NOT_ALLOWED", "Only channels have types", "channel_types")
    return kind


def check_choices(choices: list[Form], kind: int) -> None:
    """The choices of an option of type ``kind``, or those suggested while typing."""
    for choice in choices:
        choice.text("name", 1, 100, required=True)
        if kind == STRING:
            choice.text("value", 1, 100, required=True)
        elif kind == INTEGER:
            choice.whole("value", -MAX_SAFE, MAX_SAFE, required=True)
        elif not isinstance(choice.data.get("value"), int | float):
            choice.problem("NUMBER_TYPE_COERCE", "Must be a number.", "value")


def _characters(data: Json) -> int:
    """The length of all names, descriptions and values, by which size is reckoned."""
    own = sum(len(str(data.get(key) or "")) for key in ("name", "description", "value"))
    inner = [*(data.get("options") or ()), *(data.get("choices") or ())]
    return own + sum(_characters(item) for item in inner)
