"""What Discord refuses in a message's body and in an interaction's callback."""

from __future__ import annotations

from enum import IntEnum

from .commands import MAX_CHOICES, check_choices
from .components import Components
from .files import attached, check_attachments, check_nothing_hidden
from .forms import Form, is_snowflake
from .messages import Flags, Message
from .modals import ModalComponents
from .wire import NO_UPLOADS, Code, Json, Refusal, Uploads
from .world import Channel

MAX_CONTENT = 2000
MAX_MENTIONED = 100

V2 = Flags.IS_COMPONENTS_V2
EDIT_FLAGS = Flags.SUPPRESS_EMBEDS | V2
POST_FLAGS = EDIT_FLAGS | Flags.SUPPRESS_NOTIFICATIONS
INTERACTION_FLAGS = POST_FLAGS | Flags.EPHEMERAL
LEFT_OUT = ("embeds", "poll", "sticker_ids")


class Asked(IntEnum):
    """The types of interaction."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Answer(IntEnum):
    """The types of callback."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    SUGGESTIONS = 8
    MODAL = 9


MESSAGES, UPDATES = (Answer.MESSAGE, Answer.DEFERRED_MESSAGE), (Answer.DEFERRED_UPDATE, Answer.UPDATE)
ANSWERS_TO = {
    Asked.COMMAND: (*MESSAGES, Answer.MODAL),
    Asked.COMPONENT: (*MESSAGES, *UPDATES, Answer.MODAL),
    Asked.AUTOCOMPLETE: (Answer.SUGGESTIONS,),
    Asked.MODAL: (*MESSAGES, *UPDATES),
}


def check_new_message(
    body: Json, allowed: Flags, channel: Channel | None = None, uploads: Uploads = NO_UPLOADS
) -> None:
    """Refuse a new message that Discord would not take, with the files that come along with it.

    ``channel`` is the place of the message that a reply answers; without it there may be no reply.
    """
    form = Form(body)
    if channel is not None:
        _check_reference(form, channel)
    _check_message(form, allowed, None, uploads)


def check_edit(body: Json, message: Message, uploads: Uploads = NO_UPLOADS) -> None:
    """Refuse an edit of ``message`` that Discord would not take."""
    _check_message(Form(body), EDIT_FLAGS, message, uploads)


def check_callback(body: Json, asked: Asked, message: Message | None, uploads: Uploads = NO_UPLOADS) -> Answer:
    """Refuse a callback that Discord would not take; gives its type.

    ``message`` is the one whose component was used, or opened the modal, if one was.
    """
    form = Form(body)
    allowed = [answer for answer in ANSWERS_TO[asked] if message is not None or answer not in UPDATES]
    kind = form.choice("type", allowed, required=True)
    form.refuse_problems()
    answer = Answer(kind or 0)
    data = form.form("data") or Form({})
    edited = message if answer is Answer.UPDATE else None
    if answer is Answer.SUGGESTIONS:
        check_choices(data.forms("choices", high=MAX_CHOICES))
    elif answer is Answer.MODAL:
        ModalComponents().check_modal(data)
    elif answer is Answer.DEFERRED_MESSAGE:
        _check_flags(data, INTERACTION_FLAGS)
    elif answer in (Answer.MESSAGE, Answer.UPDATE):
        _check_message(data, EDIT_FLAGS if edited else INTERACTION_FLAGS, edited, uploads)
    if uploads and answer not in (Answer.MESSAGE, Answer.UPDATE):
        form.problem("LOOPBACK_LEAVES_OUT", "Only a message has files", "data.attachments")
    form.refuse_problems()
    return answer


def _check_message(form: Form, allowed: Flags, edited: Message | None, uploads: Uploads) -> None:
    """Refuse a message, given what an edit leaves as it was."""
    given = _check_flags(form, allowed)
    was_v2 = edited is not None and V2 in edited.flags
    if was_v2 and form.data.get("flags") is not None and V2 not in given:
        text = "The IS_COMPONENTS_V2 flag cannot be removed"
        form.problem("MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", text, "flags")
    v2 = was_v2 or V2 in given
    stays = edited is not None and edited.content and "content" not in form.data
    if v2 and (stays or form.has("content")):
        _legacy(form, "content")
    for key in filter(form.has, LEFT_OUT):
        if v2:
            _legacy(form, key)
        else:
            form.problem("LOOPBACK_LEAVES_OUT", f"Discord would take '{key}', but the loopback doesn't", key)
    form.text("content", high=MAX_CONTENT)
    form.text("nonce", high=25)
    kept = edited.files if edited is not None else []
    check_attachments(form, kept, uploads)
    _check_allowed_mentions(form)
    files = attached(form.data, kept, uploads)
    Components({reference for file in files for reference in file.references}).check(form, v2=v2)
    form.refuse_problems()
    content, components = (form.data.get(key, getattr(edited, key, None)) for key in ("content", "components"))
    if v2:
        check_nothing_hidden(form, components or [], files)
    form.refuse_problems()
    if not (content or components or files):
        raise Refusal(Code.EMPTY_MESSAGE)


def _legacy(form: Form, key: str) -> None:
    text = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
    form.problem("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text, key)


def _check_flags(form: Form, allowed: Flags) -> Flags:
    given = Flags(form.whole("flags", 0, 2**31 - 1) or 0)
    if int(given) & ~int(allowed):
        form.problem("MESSAGE_FLAGS_INVALID", f"Only {allowed!r} may be set here", "flags")
    return given


def _check_allowed_mentions(form: Form) -> None:
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
            text = f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.'
            mentions.problem("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _check_reference(form: Form, channel: Channel) -> None:
    reference = form.form("message_reference")
    if reference is None:
        return
    reference.choice("type", (0,))
    message_id = reference.snowflake("message_id", required=True)
    elsewhere = reference.snowflake("channel_id") not in (None, channel.id)
    must_exist = reference.flag("fail_if_not_exists") is not False
    if elsewhere or (message_id not in channel.messages and must_exist):
        form.problem("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message", "message_reference")
