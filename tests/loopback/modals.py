"""Modals: which of them Discord refuses, and what a person who fills one in sends."""

from __future__ import annotations

from collections.abc import Mapping

from .components import ROW, Components
from .forms import Form
from .messages import walk
from .wire import Json

INPUT, LABEL = 4, 18
SHORT, PARAGRAPH = 1, 2
MAX_INPUT = 4000


class ModalComponents(Components):
    """One walk through the ``components`` of a modal."""

    def __init__(self) -> None:
        super().__init__()
        self._checks = {ROW: self._row_of_input, LABEL: self._label, INPUT: self._input}

    def check_modal(self, modal: Form) -> None:
        """Note what is wrong with a modal."""
        modal.text("title", 1, 45, required=True)
        modal.text("custom_id", 1, 100, required=True)
        for form in modal.forms("components", 1, 5, required=True):
            self._component(form, (ROW, LABEL))

    def _row_of_input(self, form: Form) -> None:
        for child in form.forms("components", 1, 1, required=True):
            self._component(child, (INPUT,))
            child.text("label", 1, 45, required=True)

    def _label(self, form: Form) -> None:
        form.text("label", 1, 45, required=True)
        form.text("description", high=100)
        child = form.form("component", required=True)
        if child is not None:
            self._component(child, (INPUT,))
            if child.has("label"):
                child.problem("BASE_TYPE_NOT_ALLOWED", "The label is the Label's around it", "label")

    def _input(self, form: Form) -> None:
        self._custom_id(form)
        form.choice("style", (SHORT, PARAGRAPH), required=True)
        form.whole("min_length", 0, MAX_INPUT)
        form.whole("max_length", 1, MAX_INPUT)
        form.flag("required")
        form.text("value", high=MAX_INPUT)
        form.text("placeholder", high=100)


def filled(modal: Json, texts: Mapping[str, str]) -> Json:
    """What a modal sends once these texts, by custom_id, are typed into it; other inputs stay as they were.

    Raises LookupError for an input that it doesn't have, ValueError for a text that an input wouldn't take.
    """
    inputs = [part["custom_id"] for part in walk(modal["components"]) if part["type"] == INPUT]
    if unknown := texts.keys() - set(inputs):
        raise LookupError(f"no inputs {unknown} among {inputs} of: {modal['title']}")
    return {"custom_id": modal["custom_id"], "components": [_sent(part, texts) for part in modal["components"]]}


def _sent(part: Json, texts: Mapping[str, str]) -> Json:
    """A component of a modal as it is sent."""
    sent = {"type": part["type"], "id": part["id"]}
    if part["type"] == LABEL:
        return sent | {"component": _sent(part["component"], texts)}
    if part["type"] == ROW:
        return sent | {"components": [_sent(child, texts) for child in part["components"]]}
    custom_id = part["custom_id"]
    return sent | {"custom_id": custom_id, "value": _typed(part, texts.get(custom_id, part.get("value") or ""))}


def _typed(part: Json, text: str) -> str:
    required = part.get("required") is not False
    low, high = max(part.get("min_length") or 0, int(required)), part.get("max_length") or MAX_INPUT
    if (text or required) and not low <= len(text) <= high:
        raise ValueError(f"{part['custom_id']} takes {low} to {high} characters, not {len(text)}")
    if part["style"] == SHORT and "\n" in text:
        raise ValueError(f"{part['custom_id']} takes one line, not {text!r}")
    return text
