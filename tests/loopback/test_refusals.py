"""What Discord would not take is refused, with what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from . import POST_FLAGS, Flags, Message, check_new_message
from .accounts import User
from .commands import check_commands, typed
from .modals import filled
from .rules import Asked, check_callback, check_edit
from .wire import Code, Json, Refusal
from .world import TEXT, Channel

CHANNEL, AUTHOR = Channel(1, TEXT), User(2, "bot", bot=True)
OLD = Message(3, CHANNEL, AUTHOR, content="old")
NEW = Message(4, CHANNEL, AUTHOR, flags=Flags.IS_COMPONENTS_V2, components=[{"type": 10, "content": "new"}])


def post(body: Json) -> None:
    check_new_message(body, POST_FLAGS, CHANNEL)


def v2(*components: Json, **fields: object) -> Json:
    return {"flags": int(Flags.IS_COMPONENTS_V2), "components": list(components)} | fields


def text(content: str = "x", **fields: object) -> Json:
    return {"type": 10, "content": content} | fields


def button(**fields: object) -> Json:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x"} | fields


def row(*children: Json) -> Json:
    return v2({"type": 1, "components": list(children)})


def nested(kind: int, *children: Json, **fields: object) -> Json:
    return {"type": kind, "components": list(children)} | fields


LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
ROW = "components.0.components"
MESSAGES: list[tuple[Json, str]] = [
    ({"content": "x" * 2001}, "content: BASE_TYPE_MAX_LENGTH"),
    ({"content": 5}, "content: BASE_TYPE_BAD_TYPE"),
    ({"content": "x", "flags": int(Flags.EPHEMERAL)}, "flags: MESSAGE_FLAGS_INVALID"),
    ({"content": "x", "nonce": "x" * 26}, "nonce: BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "embeds": [{"title": "x"}]}, "embeds: LOOPBACK_LEAVES_OUT"),
    (v2(text(), content="x"), f"content: {LEGACY}"),
    (v2(text(), embeds=[{"title": "x"}]), f"embeds: {LEGACY}"),
    ({"components": [text()]}, "components.0.type: BASE_TYPE_CHOICES"),
    ({"components": ["x"]}, "components.0: BASE_TYPE_BAD_TYPE"),
    (v2(button()), "components.0.type: BASE_TYPE_CHOICES"),
    (v2(text("")), "components.0.content: BASE_TYPE_BAD_LENGTH"),
    (v2(text(id=1), text(id=1)), "components.1.id: COMPONENT_ID_DUPLICATED"),
    (v2(text("x" * 2001), text("x" * 2000)), "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (v2(nested(17, *[text()] * 40)), "components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (v2(nested(17, nested(17, text()))), f"{ROW}.0.type: BASE_TYPE_CHOICES"),
    (v2(nested(17, text(), accent_color=1 << 24)), "components.0.accent_color: NUMBER_TYPE_RANGE"),
    (v2(text(), {"type": 14, "spacing": 3}), "components.1.spacing: BASE_TYPE_CHOICES"),
    (v2(nested(9, text())), "components.0.accessory: BASE_TYPE_REQUIRED"),
    (v2(nested(9, text(), accessory=text())), "components.0.accessory.type: BASE_TYPE_CHOICES"),
    (row(), f"{ROW}: BASE_TYPE_BAD_LENGTH"),
    (row(*(button(custom_id=str(n)) for n in range(6))), f"{ROW}: BASE_TYPE_BAD_LENGTH"),
    (row(button(), button()), f"{ROW}.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED"),
    (row(button(custom_id="x" * 101)), f"{ROW}.0.custom_id: BASE_TYPE_BAD_LENGTH"),
    (row(button(custom_id=None)), f"{ROW}.0.custom_id: BASE_TYPE_REQUIRED"),
    (row(button(style=9)), f"{ROW}.0.style: BASE_TYPE_CHOICES"),
    (row(button(label="x" * 81)), f"{ROW}.0.label: BASE_TYPE_MAX_LENGTH"),
    (row(button(label="")), f"{ROW}.0: BASE_TYPE_REQUIRED"),
    (row(button(emoji={"id": "x"})), f"{ROW}.0.emoji.id: NUMBER_TYPE_COERCE"),
    (row(button(url="https://example.org")), f"{ROW}.0.url: BASE_TYPE_NOT_ALLOWED"),
    (row(button(style=5, custom_id=None)), f"{ROW}.0.url: BASE_TYPE_REQUIRED"),
    (row(button(style=5, custom_id=None, url="example.org")), f"{ROW}.0.url: URL_TYPE_INVALID"),
    (row(button(style=5, url="https://example.org")), f"{ROW}.0.custom_id: BASE_TYPE_NOT_ALLOWED"),
    ({"content": "x", "allowed_mentions": {"parse": ["all"]}}, "allowed_mentions.parse: BASE_TYPE_CHOICES"),
    ({"content": "x", "allowed_mentions": {"users": ["x"]}}, "allowed_mentions.users: NUMBER_TYPE_COERCE"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    (
        {"content": "x", "message_reference": {"message_id": "9"}},
        "message_reference: MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
]
EDITS: list[tuple[Message, Json, str]] = [
    (NEW, {"content": "x"}, f"content: {LEGACY}"),
    (NEW, {"flags": 0}, "flags: MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"),
    (OLD, v2(text()), f"content: {LEGACY}"),
]


def choices(*names: str, value: str = "v") -> Json:
    return {"type": 8, "data": {"choices": [{"name": name, "value": value} for name in names]}}


def modal(*components: Json, **fields: object) -> Json:
    return {"type": 9, "data": {"title": "x", "custom_id": "x", "components": list(components)} | fields}


def text_input(**fields: object) -> Json:
    return {"type": 4, "custom_id": "i", "style": 1} | fields


def label(component: Json, **fields: object) -> Json:
    return {"type": 18, "label": "x", "component": component} | fields


INPUT = "components.0.component"
MODALS = [
    (modal(label(text_input()), title="x" * 46), "title: BASE_TYPE_BAD_LENGTH"),
    (modal(label(text_input()), custom_id=""), "custom_id: BASE_TYPE_BAD_LENGTH"),
    (modal(), "components: BASE_TYPE_BAD_LENGTH"),
    (modal(*(label(text_input(custom_id=str(n))) for n in range(6))), "components: BASE_TYPE_BAD_LENGTH"),
    (modal(text_input()), "components.0.type: BASE_TYPE_CHOICES"),
    (modal(label(text())), f"{INPUT}.type: BASE_TYPE_CHOICES"),
    (modal(label(text_input(), label="x" * 46)), "components.0.label: BASE_TYPE_BAD_LENGTH"),
    (modal(label(text_input(), description="x" * 101)), "components.0.description: BASE_TYPE_MAX_LENGTH"),
    (modal(label(text_input(label="x"))), f"{INPUT}.label: BASE_TYPE_NOT_ALLOWED"),
    (modal(label(text_input(style=3))), f"{INPUT}.style: BASE_TYPE_CHOICES"),
    (modal(label(text_input(max_length=4001))), f"{INPUT}.max_length: NUMBER_TYPE_RANGE"),
    (modal(label(text_input(value="x" * 4001))), f"{INPUT}.value: BASE_TYPE_MAX_LENGTH"),
    (modal(label(text_input(placeholder="x" * 101))), f"{INPUT}.placeholder: BASE_TYPE_MAX_LENGTH"),
    (modal(*[label(text_input())] * 2), "components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED"),
    (modal(nested(1, text_input())), "components.0.components.0.label: BASE_TYPE_REQUIRED"),
    (
        modal(nested(1, *(text_input(custom_id=i, label=i) for i in "ij"))),
        "components.0.components: BASE_TYPE_BAD_LENGTH",
    ),
]
CALLBACKS: list[tuple[Asked, Json, str]] = [
    (Asked.COMMAND, choices(), "type: BASE_TYPE_CHOICES"),
    (Asked.COMMAND, {"type": 7, "data": {"content": "x"}}, "type: BASE_TYPE_CHOICES"),
    (Asked.COMMAND, {"type": 6}, "type: BASE_TYPE_CHOICES"),
    (Asked.COMMAND, {"type": 4, "data": {"content": "x" * 2001}}, "data.content: BASE_TYPE_MAX_LENGTH"),
    (Asked.COMMAND, {"type": 5, "data": {"flags": 1}}, "data.flags: MESSAGE_FLAGS_INVALID"),
    (Asked.COMPONENT, {"type": 7, "data": {"content": "x"}}, f"data.content: {LEGACY}"),
    (Asked.AUTOCOMPLETE, {"type": 4, "data": {"content": "x"}}, "type: BASE_TYPE_CHOICES"),
    (Asked.AUTOCOMPLETE, choices(*map(str, range(26))), "data.choices: BASE_TYPE_BAD_LENGTH"),
    (Asked.AUTOCOMPLETE, choices("x" * 101), "data.choices.0.name: BASE_TYPE_BAD_LENGTH"),
    (Asked.AUTOCOMPLETE, choices("x", value=""), "data.choices.0.value: BASE_TYPE_BAD_LENGTH"),
    (Asked.MODAL, modal(label(text_input())), "type: BASE_TYPE_CHOICES"),
    (Asked.AUTOCOMPLETE, modal(label(text_input())), "type: BASE_TYPE_CHOICES"),
    *((Asked.COMMAND, body, f"data.{problem}") for body, problem in MODALS),
]


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

CASES: list[tuple[Callable[[], object], str]] = [
    *((partial(post, body), problem) for body, problem in MESSAGES),
    *((partial(check_edit, body, message), problem) for message, body, problem in EDITS),
    *((partial(check_callback, body, asked, NEW), problem) for asked, body, problem in CALLBACKS),
    *((partial(check_commands, bodies), problem) for bodies, problem in COMMANDS),
]


@pytest.mark.parametrize(("check", "problem"), CASES, ids=[problem for _, problem in CASES])
def test_discord_refuses(check: Callable[[], object], problem: str) -> None:
    with pytest.raises(Refusal) as refused:
        check()
    assert refused.value.code is Code.INVALID_FORM_BODY
    assert refused.value.problems == [problem]


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": None}, v2()])
def test_empty_message_is_refused(body: Json) -> None:
    with pytest.raises(Refusal, match="50006"):
        post(body)


def test_too_many_or_too_large_commands_are_refused() -> None:
    with pytest.raises(Refusal, match="30032"):
        check_commands([command(name=f"c{number}") for number in range(101)])
    large = [option(name=f"o{n}", choices=[{"name": f"{m}", "value": "x" * 99} for m in range(25)]) for n in range(4)]
    with pytest.raises(Refusal, match="0: APPLICATION_COMMAND_TOO_LARGE"):
        check_commands([command(*large)])


def test_good_messages_and_commands_are_taken() -> None:
    parts = text(), {"type": 14, "spacing": 2}, nested(9, text(), accessory=button()), nested(1, button(custom_id="y"))
    post(v2(nested(17, *parts), text(), allowed_mentions={"parse": []}))
    post({"content": "x" * 2000, "message_reference": {"message_id": "9", "fail_if_not_exists": False}})
    check_edit({"content": None} | v2(text()), OLD)
    check_commands([command(option(type=1, options=[option(required=True), option(name="p", choices=[CHOICE])]))])
    check_commands([{"type": 3, "name": "Ask about this"}])
    check_callback(modal(label(text_input(label=None, required=False))), Asked.COMMAND, None)


@pytest.mark.parametrize("answer", [6, 7])
def test_modal_of_a_command_has_no_message_to_update(answer: int) -> None:
    body = {"type": answer, "data": {"components": [text()]}}
    with pytest.raises(Refusal, match="type: BASE_TYPE_CHOICES"):
        check_callback(body, Asked.MODAL, None)
    check_callback(body, Asked.MODAL, NEW)


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


@pytest.mark.parametrize(
    ("limits", "texts", "error"),
    [
        ({}, {"i": ""}, "1 to 4000 characters, not 0"),
        ({}, {}, "1 to 4000 characters, not 0"),
        ({"max_length": 3}, {"i": "long"}, "1 to 3 characters, not 4"),
        ({"min_length": 2, "required": False}, {"i": "x"}, "2 to 4000 characters, not 1"),
        ({}, {"i": "two\nlines"}, "one line"),
        ({}, {"j": "x"}, "no inputs {'j'}"),
    ],
)
def test_nobody_can_fill_it_in(limits: Json, texts: dict[str, str], error: str) -> None:
    with pytest.raises((ValueError, LookupError), match=error):
        filled(modal(label(text_input(id=2, **limits), id=1))["data"], texts)
