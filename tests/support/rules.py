"""What Discord refuses in a message's body and in an interaction's callback."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from .command_rules import NUMBER, STRING, check_choices
from .component_rules import check_components
from .errors import EMPTY_MESSAGE, Refusal
from .forms import Form, Problems, is_snowflake
from .messages import Flags, Message
from .places import Channel
from .wire import Json

MAX_CONTENT = 2000
MAX_EMBED_TEXT = 6000
MAX_CHOICES = 25
MAX_MENTIONED = 100

V2 = Flags.IS_COMPONENTS_V2
EDIT_FLAGS = Flags.SUPPRESS_EMBEDS | V2
POST_FLAGS = EDIT_FLAGS | Flags.SUPPRESS_NOTIFICATIONS
INTERACTION_FLAGS = POST_FLAGS | Flags.EPHEMERAL


class Asked(IntEnum):
    """The types of interaction."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4


class Answer(IntEnum):
    """The types of callback the loopback understands."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    SUGGESTIONS = 8


ANSWERS_TO = {
    Asked.COMMAND: (Answer.MESSAGE, Answer.DEFERRED_MESSAGE),
    Asked.COMPONENT: (
        Answer.MESSAGE,
        Answer.DEFERRED_MESSAGE,
        Answer.DEFERRED_UPDATE,
        Answer.UPDATE,
    ),
    Asked.AUTOCOMPLETE: (Answer.SUGGESTIONS,),
}


def check_new_message(body: Json, files: Sequence[str], allowed: Flags, channel: Channel | None = None) -> None:
    """Refuse a new message that Discord would not take.

    ``channel`` is where a reply's message must be; None where none may be given.
    """
    problems = Problems()
    form = Form(body, problems)
    _message(form, files, allowed, None)
    if channel is not None:
        _reference(form, channel)
    problems.raise_if_any()
    _not_empty(body, files, None)


def check_edit(body: Json, files: Sequence[str], message: Message) -> None:
    """Refuse an edit of ``message`` that Discord would not take."""
    problems = Problems()
    _message(Form(body, problems), files, EDIT_FLAGS, message)
    problems.raise_if_any()
    _not_empty(body, files, message)


def check_callback(body: Json, files: Sequence[str], asked: Asked, message: Message | None) -> Answer:
    """Refuse a callback that Discord would not take; say which type it is.

    ``message`` is the one whose component was used, if one was.
    """
    problems = Problems()
    form = Form(body, problems)
    answer = form.choice("type", ANSWERS_TO[asked], required=True)
    problems.raise_if_any()
    data = form.form("data") or Form({}, problems, ("data",))
    if answer == Answer.SUGGESTIONS:
        for choice in data.forms("choices", high=MAX_CHOICES):
            is_text = isinstance(choice.data.get("value"), str)
            check_choices([choice], STRING if is_text else NUMBER)
    elif answer == Answer.MESSAGE:
        _message(data, files, INTERACTION_FLAGS, None)
    elif answer == Answer.DEFERRED_MESSAGE:
        _flags(data, INTERACTION_FLAGS)
    elif answer == Answer.UPDATE:
        _message(data, files, EDIT_FLAGS, message)
    problems.raise_if_any()
    if answer in (Answer.MESSAGE, Answer.UPDATE):
        _not_empty(data.data, files, message if answer == Answer.UPDATE else None)
    return Answer(int(str(answer)))


def _message(form: Form, files: Sequence[str], allowed: Flags, edited: Message | None) -> None:
    given = _flags(form, allowed)
    was_v2 = edited is not None and V2 in edited.flags
    if was_v2 and form.data.get("flags") is not None and V2 not in given:
        form.problem(
            "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG",
            "The IS_COMPONENTS_V2 flag cannot be removed",
            "flags",
        )
    v2 = was_v2 or V2 in given
    if v2:
        _no_legacy_fields(form, edited)
    form.text("content", high=MAX_CONTENT)
    form.text("nonce", high=25)
    form.flag("tts")
    _embeds(form)
    kept = [a["filename"] for a in edited.attachments] if edited else []
    check_components(form, v2=v2, filenames=[*kept, *files])
    _allowed_mentions(form)


def _flags(form: Form, allowed: Flags) -> Flags:
    given = Flags(form.whole("flags", 0, 2**31 - 1) or 0)
    if int(given) & ~int(allowed):
        form.problem("MESSAGE_FLAGS_INVALID", f"Only {allowed!r} may be set here", "flags")
    return given


def _no_legacy_fields(form: Form, edited: Message | None) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        stays = key not in form.data and bool(getattr(edited, key, None))
        if form.has(key) or stays:
            form.problem(
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                key,
            )


def _embeds(form: Form) -> None:
    total = 0
    for embed in form.forms("embeds", high=10):
        texts = [embed.text("title", high=256), embed.text("description", high=4096)]
        for part in embed.forms("fields", high=25):
            texts.append(part.text("name", 1, 256, required=True))
            texts.append(part.text("value", 1, 1024, required=True))
        for key, inner, most in (("footer", "text", 2048), ("author", "name", 256)):
            if (nested := embed.form(key)) is not None:
                texts.append(nested.text(inner, high=most))
        total += sum(len(text or "") for text in texts)
    if total > MAX_EMBED_TEXT:
        form.problem(
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {MAX_EMBED_TEXT}",
            "embeds",
        )


def _allowed_mentions(form: Form) -> None:
    mentions = form.form("allowed_mentions")
    if mentions is None:
        return
    mentions.flag("replied_user")
    parse = mentions.listed("parse", high=3)
    if len(set(parse)) < len(parse) or not set(parse) <= {"users", "roles", "everyone"}:
        mentions.problem("BASE_TYPE_CHOICES", "Value must be one of users, roles, everyone.", "parse")
    for key in ("users", "roles"):
        ids = mentions.listed(key, high=MAX_MENTIONED)
        if not all(is_snowflake(item) for item in ids):
            mentions.problem("NUMBER_TYPE_COERCE", "Not a snowflake.", key)
        if ids and key in parse:
            mentions.problem(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.',
            )


def _reference(form: Form, channel: Channel) -> None:
    reference = form.form("message_reference")
    if reference is None:
        return
    reference.choice("type", (0,))
    message_id = reference.snowflake("message_id", required=True)
    elsewhere = reference.snowflake("channel_id") not in (None, channel.id)
    must_exist = reference.flag("fail_if_not_exists") is not False
    if elsewhere or (message_id not in channel.messages and must_exist):
        form.problem("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message", "message_reference")


def _not_empty(body: Json, files: Sequence[str], edited: Message | None) -> None:
    """Refuse a message that shows nothing, given what an edit leaves as it was."""
    shown = bool(files)
    for key in ("content", "embeds", "components", "attachments"):
        before = getattr(edited, key, None)
        shown = shown or bool(body.get(key, before))
    if not (shown or body.get("poll") or body.get("sticker_ids")):
        raise Refusal(EMPTY_MESSAGE)
