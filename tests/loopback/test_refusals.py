"""What Discord would not take is refused, with what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from . import POST_FLAGS, Flags, Message, Upload, check_new_message
from .accounts import User
from .bodies import button, gallery, label, modal, nested, options, problems_of, row, select, text, text_input, v2
from .rules import Asked, check_callback, check_edit
from .wire import Json, Refusal
from .world import TEXT, Channel

CHANNEL, AUTHOR = Channel(1, TEXT), User(2, "bot", bot=True)
OLD = Message(3, CHANNEL, AUTHOR, content="old")
NEW = Message(4, CHANNEL, AUTHOR, flags=Flags.IS_COMPONENTS_V2, components=[{"type": 10, "content": "new"}])


def post(body: Json) -> None:
    check_new_message(body, POST_FLAGS, CHANNEL)


def post_file(body: Json) -> None:
    check_new_message(body, POST_FLAGS, CHANNEL, A_FILE)


LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
ROW = "components.0.components"
A_PNG, URL = "attachment://a.png", "components.0.items.0.media.url"
THUMBNAIL: Json = {"type": 11, "media": {"url": A_PNG}}
USER: Json = {"type": "user", "id": 1}
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
    (row(select(), button()), f"{ROW}.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (row(select(5), select(6, custom_id="t")), f"{ROW}.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (row(select(21)), f"{ROW}.0.type: BASE_TYPE_CHOICES"),
    (row(select(custom_id="")), f"{ROW}.0.custom_id: BASE_TYPE_BAD_LENGTH"),
    (row(select(placeholder="x" * 151)), f"{ROW}.0.placeholder: BASE_TYPE_MAX_LENGTH"),
    (row(select(options=None)), f"{ROW}.0.options: BASE_TYPE_REQUIRED"),
    (row(select(options=options(*map(str, range(26))))), f"{ROW}.0.options: BASE_TYPE_BAD_LENGTH"),
    (row(select(max_values=3)), f"{ROW}.0.options: BASE_TYPE_BAD_LENGTH"),
    (row(select(max_values=26, options=options(*map(str, range(25))))), f"{ROW}.0.max_values: NUMBER_TYPE_RANGE"),
    (row(select(min_values=2)), f"{ROW}.0.min_values: NUMBER_TYPE_RANGE"),
    (row(select(options=options("a", "a"))), f"{ROW}.0.options.1: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
    (row(select(options=options("a", label="x" * 101))), f"{ROW}.0.options.0.label: BASE_TYPE_BAD_LENGTH"),
    (row(select(options=options("a" * 101, label="x"))), f"{ROW}.0.options.0.value: BASE_TYPE_BAD_LENGTH"),
    (row(select(options=options("a", description="x" * 101))), f"{ROW}.0.options.0.description: BASE_TYPE_MAX_LENGTH"),
    (row(select(options=options("a", "b", default=True))), f"{ROW}.0.options: BASE_TYPE_BAD_LENGTH"),
    (row(select(5, default_values=[USER, USER])), f"{ROW}.0.default_values: BASE_TYPE_BAD_LENGTH"),
    (row(select(6, default_values=[USER])), f"{ROW}.0.default_values.0.type: BASE_TYPE_CHOICES"),
    (row(select(5, default_values=[USER | {"id": "x"}])), f"{ROW}.0.default_values.0.id: NUMBER_TYPE_COERCE"),
    (row(select(8, channel_types=[99])), f"{ROW}.0.channel_types: BASE_TYPE_CHOICES"),
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
# Of messages that bring a file along.
FILES: list[tuple[Json, str]] = [
    ({"attachments": [{"id": 1}]}, "attachments.0: ATTACHMENT_NOT_FOUND"),
    ({"attachments": [{"id": "x"}]}, "attachments.0.id: NUMBER_TYPE_COERCE"),
    ({"attachments": ["x"]}, "attachments.0: BASE_TYPE_BAD_TYPE"),
    ({"attachments": [{"id": 0, "description": "x" * 1025}]}, "attachments.0.description: BASE_TYPE_MAX_LENGTH"),
    ({"attachments": [{"id": 0}] * 11}, "attachments: BASE_TYPE_BAD_LENGTH"),
    (v2(text()), "attachments: LOOPBACK_HIDDEN_ATTACHMENT"),
    (v2(text(), attachments=[{"id": 0, "filename": "a.png"}]), "attachments: LOOPBACK_HIDDEN_ATTACHMENT"),
    (v2(gallery()), "components.0.items: BASE_TYPE_BAD_LENGTH"),
    (v2(gallery(*[A_PNG] * 11)), "components.0.items: BASE_TYPE_BAD_LENGTH"),
    (v2(gallery("attachment://b.png")), f"{URL}: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"),
    (v2(gallery(A_PNG), attachments=[]), f"{URL}: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"),
    (v2(gallery("a.png")), f"{URL}: URL_TYPE_INVALID"),
    (v2({"type": 12, "items": [{}]}), "components.0.items.0.media: BASE_TYPE_REQUIRED"),
    (v2(gallery(A_PNG, description="x" * 1025)), "components.0.items.0.description: BASE_TYPE_MAX_LENGTH"),
    (v2({"type": 13, "file": {"url": "https://example.org"}}), "components.0.file.url: URL_TYPE_INVALID"),
    (v2({"type": 11, "media": {"url": A_PNG}}), "components.0.type: BASE_TYPE_CHOICES"),
    (
        v2(nested(9, text(), accessory=THUMBNAIL | {"media": {}})),
        "components.0.accessory.media.url: BASE_TYPE_REQUIRED",
    ),
    ({"components": [gallery(A_PNG)]}, "components.0.type: BASE_TYPE_CHOICES"),
]
EDITS: list[tuple[Message, Json, str]] = [
    (NEW, {"content": "x"}, f"content: {LEGACY}"),
    (NEW, {"flags": 0}, "flags: MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"),
    (OLD, v2(text()), f"content: {LEGACY}"),
]


def choices(*names: str, value: str = "v") -> Json:
    return {"type": 8, "data": {"choices": [{"name": name, "value": value} for name in names]}}


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
]


A_FILE = {0: Upload("a.png", b"a picture")}
CASES: list[tuple[Callable[[], object], str]] = [
    (partial(check_callback, {"type": 5}, Asked.COMMAND, None, A_FILE), "data.attachments: LOOPBACK_LEAVES_OUT"),
    (
        partial(check_callback, {"type": 4, "data": v2(text())}, Asked.COMMAND, None, A_FILE),
        "data.attachments: LOOPBACK_HIDDEN_ATTACHMENT",
    ),
    (partial(check_edit, v2(text()), NEW, A_FILE), "attachments: LOOPBACK_HIDDEN_ATTACHMENT"),
    *((partial(post, body), problem) for body, problem in MESSAGES),
    *((partial(post_file, body), problem) for body, problem in FILES),
    *((partial(check_edit, body, message), problem) for message, body, problem in EDITS),
    *((partial(check_callback, body, asked, NEW), problem) for asked, body, problem in CALLBACKS),
]


@pytest.mark.parametrize(("check", "problem"), CASES, ids=[problem for _, problem in CASES])
def test_discord_refuses(check: Callable[[], object], problem: str) -> None:
    assert problems_of(check) == [problem]


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": None}, v2()])
def test_empty_message_is_refused(body: Json) -> None:
    with pytest.raises(Refusal, match="50006"):
        post(body)


def test_good_messages_are_taken() -> None:
    parts = text(), {"type": 14, "spacing": 2}, nested(9, text(), accessory=button()), nested(1, button(custom_id="y"))
    post(v2(nested(17, *parts), text(), allowed_mentions={"parse": []}))
    many = select(options=options(*map(str, range(25)), default=True), min_values=0, max_values=25, required=True)
    post(v2(nested(1, many), nested(1, select(7, custom_id="t", default_values=[USER], disabled=True))))
    post({"content": "x", "components": [nested(1, select(8, channel_types=[0, 15]))]})
    post({"content": "x" * 2000, "message_reference": {"message_id": "9", "fail_if_not_exists": False}})
    check_edit({"content": None} | v2(text()), OLD)
    post_file({})
    section = nested(9, text(), accessory=THUMBNAIL)
    for shown in (section, gallery(A_PNG, "https://example.org/b.png"), {"type": 13, "file": {"url": A_PNG}}):
        post_file(v2(shown, nested(17, shown)))


@pytest.mark.parametrize("answer", [6, 7])
def test_modal_of_a_command_has_no_message_to_update(answer: int) -> None:
    body = {"type": answer, "data": {"components": [text()]}}
    with pytest.raises(Refusal, match="type: BASE_TYPE_CHOICES"):
        check_callback(body, Asked.MODAL, None)
    check_callback(body, Asked.MODAL, NEW)
