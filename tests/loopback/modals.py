"""Modals: which of them Discord refuses, and what a person who fills one in sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from .accounts import User
from .choices import (
    CHECKBOX,
    CHECKBOX_GROUP,
    RADIO_GROUP,
    SELECTS,
    check_checkbox,
    check_checkbox_group,
    check_radio_group,
    check_select,
)
from .chosen import Choosing
from .components import ROW, TEXT, Components
from .display import walk
from .forms import Form
from .wire import Json
from .world import Channel

INPUT, LABEL = 4, 18
SHORT, PARAGRAPH = 1, 2
MAX_INPUT = 4000


def _check_input(form: Form) -> None:
    form.choice("style", (SHORT, PARAGRAPH), required=True)
    form.whole("min_length", 0, MAX_INPUT)
    form.whole("max_length", 1, MAX_INPUT)
    form.flag("required")
    form.text("value", high=MAX_INPUT)
    form.text("placeholder", high=100)


# What can be filled in, and what says what is wrong with it.
FIELDS: dict[int, Callable[[Form], None]] = {
    INPUT: _check_input,
    **dict.fromkeys(SELECTS, partial(check_select, in_modal=True)),
    RADIO_GROUP: check_radio_group,
    CHECKBOX_GROUP: check_checkbox_group,
    CHECKBOX: check_checkbox,
}


class ModalComponents(Components):
    """One walk through the ``components`` of a modal."""

    def __init__(self) -> None:
        super().__init__()
        self._checks = {ROW: self._row_of_input, LABEL: self._label, TEXT: self._text_display}
        for kind, check in FIELDS.items():
            self._checks[kind] = partial(self._field, check)

    def check_modal(self, modal: Form) -> None:
        """Note what is wrong with a modal."""
        modal.text("title", 1, 45, required=True)
        modal.text("custom_id", 1, 100, required=True)
        for form in modal.forms("components", 1, 5, required=True):
            self._component(form, (ROW, LABEL, TEXT))
        self._check_totals(modal)

    def _row_of_input(self, form: Form) -> None:
        for child in form.forms("components", 1, 1, required=True):
            self._component(child, (INPUT,))
            child.text("label", 1, 45, required=True)

    def _label(self, form: Form) -> None:
        form.text("label", 1, 45, required=True)
        form.text("description", high=100)
        child = form.form("component", required=True)
        if child is not None:
            self._component(child, FIELDS)
            if child.has("label"):
                child.problem("BASE_TYPE_NOT_ALLOWED", "The label is the Label's around it", "label")

    def _field(self, check: Callable[[Form], None], form: Form) -> None:
        self._custom_id(form)
        check(form)


def filled(modal: Json, values: Mapping[str, object], person: User, channel: Channel) -> Json:
    """What a modal sends once a person fills in these values, by custom_id; all else stays as it was.

    Raises LookupError for a field that it doesn't have, ValueError for what a field wouldn't take.
    """
    fields = [part["custom_id"] for part in walk(modal["components"]) if "custom_id" in part]
    if unknown := values.keys() - set(fields):
        raise LookupError(f"no inputs {unknown} among {fields} of: {modal['title']}")
    choosing = Choosing(person, channel)
    sent = [_sent(part, values, choosing) for part in modal["components"]]
    data = {"custom_id": modal["custom_id"], "components": sent}
    return data | {"resolved": choosing.resolved} if choosing.resolved else data


def _sent(part: Json, values: Mapping[str, object], choosing: Choosing) -> Json:
    """A component of a modal as it is sent."""
    kind = part["type"]
    sent = {"type": kind, "id": part["id"]}
    if kind == TEXT:
        return sent
    if kind == LABEL:
        return sent | {"component": _sent(part["component"], values, choosing)}
    if kind == ROW:
        return sent | {"components": [_sent(child, values, choosing) for child in part["components"]]}
    custom_id, optional = part["custom_id"], part.get("required") is False
    sent["custom_id"] = custom_id
    if kind == INPUT:
        return sent | {"value": _typed(part, values.get(custom_id, part.get("value") or ""))}
    if kind == CHECKBOX:
        return sent | {"value": _ticked(part, values.get(custom_id, bool(part.get("default"))))}
    value: object = values.get(custom_id, choosing.by_default(part))
    if kind == RADIO_GROUP and custom_id in values:
        value = _one(part, values[custom_id])
    chosen = choosing.choose(part, value, optional=optional)
    return sent | ({"value": chosen[0] if chosen else None} if kind == RADIO_GROUP else {"values": chosen})


def _one(part: Json, value: object) -> list[str]:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{part['custom_id']} takes one option, not {value!r}")
    return [] if value is None else [value]


def _ticked(part: Json, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{part['custom_id']} takes True or False, not {value!r}")
    return value


def _typed(part: Json, text: object) -> str:
    if not isinstance(text, str):
        raise ValueError(f"{part['custom_id']} takes a text, not {text!r}")
    required = part.get("required") is not False
    low, high = max(part.get("min_length") or 0, int(required)), part.get("max_length") or MAX_INPUT
    if (text or required) and not low <= len(text) <= high:
        raise ValueError(f"{part['custom_id']} takes {low} to {high} characters, not {len(text)}")
    if part["style"] == SHORT and "\n" in text:
        raise ValueError(f"{part['custom_id']} takes one line, not {text!r}")
    return text
