"""What Discord refuses in a message's components."""

from __future__ import annotations

from collections.abc import Collection

from .forms import Form

ROW, BUTTON, SELECT, SECTION, TEXT, SEPARATOR, CONTAINER = 1, 2, 3, 9, 10, 14, 17
IN_CONTAINER = (ROW, SECTION, TEXT, SEPARATOR)
AT_TOP = (*IN_CONTAINER, CONTAINER)

LINK = 5
STYLES = (1, 2, 3, 4, LINK)
MAX_TEXT = 4000
MAX_COMPONENTS = 40
MAX_ROWS = 5


def check_components(message: Form, *, v2: bool) -> None:
    """Note what is wrong with the ``components`` of a message's body."""
    _Components().check(message, v2=v2)


class _Components:
    """One walk through a message's components, and what it adds up to."""

    def __init__(self) -> None:
        self._count = 0
        self._text = 0
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()
        self._checks = {
            ROW: self._row,
            BUTTON: self._button,
            SELECT: self._select,
            SECTION: self._section,
            TEXT: self._text_display,
            SEPARATOR: self._separator,
            CONTAINER: self._container,
        }

    def check(self, message: Form, *, v2: bool) -> None:
        for form in message.forms("components", high=MAX_COMPONENTS if v2 else MAX_ROWS):
            self._component(form, AT_TOP if v2 else (ROW,))
        if self._count > MAX_COMPONENTS:
            self._too_much(message, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", MAX_COMPONENTS)
        if self._text > MAX_TEXT:
            self._too_much(message, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", MAX_TEXT)

    @staticmethod
    def _too_much(message: Form, code: str, most: int) -> None:
        message.problem(code, f"The total must not exceed {most}.", "components")

    def _component(self, form: Form, allowed: Collection[int]) -> None:
        self._count += 1
        kind = form.choice("type", allowed, required=True)
        if number := form.whole("id", 0, 2**31 - 1):
            if number in self._ids:
                form.problem("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated", "id")
            self._ids.add(number)
        if kind is not None:
            self._checks[kind](form)

    def _custom_id(self, form: Form) -> None:
        if custom_id := form.text("custom_id", 1, 100, required=True):
            if custom_id in self._custom_ids:
                form.problem("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated", "custom_id")
            self._custom_ids.add(custom_id)

    def _row(self, form: Form) -> None:
        children = form.forms("components", 1, 5, required=True)
        for child in children:
            self._component(child, (BUTTON, SELECT))
        if len(children) > 1 and any(child.data.get("type") == SELECT for child in children):
            form.problem("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select fills a row of its own", "components")

    def _button(self, form: Form) -> None:
        style = form.choice("style", STYLES, required=True)
        form.text("label", high=80)
        form.flag("disabled")
        emoji = form.form("emoji")
        if emoji is not None:
            emoji.snowflake("id")
            emoji.text("name", high=32, required=not emoji.has("id"))
        elif not form.has("label"):
            form.problem("BASE_TYPE_REQUIRED", "A button must have a label or emoji")
        if style == LINK:
            url = form.text("url", 1, 512, required=True)
            if url and not url.startswith(("http://", "https://", "discord://")):
                form.problem("URL_TYPE_INVALID", f"Not a URL for a button: {url}", "url")
        else:
            self._custom_id(form)
        useless = "custom_id" if style == LINK else "url"
        if form.has(useless):
            form.problem("BASE_TYPE_NOT_ALLOWED", f"A button of this style has no {useless}", useless)

    def _select(self, form: Form) -> None:
        self._custom_id(form)
        form.text("placeholder", high=150)
        form.flag("disabled")
        low, high = form.whole("min_values", 0, 25), form.whole("max_values", 1, 25) or 1
        if low is not None and low > high:
            form.problem("NUMBER_TYPE_RANGE", "min_values exceeds max_values", "min_values")
        options = form.forms("options", 1, 25, required=True)
        values: set[str] = set()
        for option in options:
            option.text("label", 1, 100, required=True)
            option.text("description", high=100)
            value = option.text("value", 1, 100, required=True)
            if value in values:
                option.problem("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "This value is already used", "value")
            values.add(value)
        if high > max(len(options), 1):
            form.problem("BASE_TYPE_BAD_LENGTH", "max_values exceeds the options", "max_values")

    def _section(self, form: Form) -> None:
        for child in form.forms("components", 1, 3, required=True):
            self._component(child, (TEXT,))
        accessory = form.form("accessory", required=True)
        if accessory is not None:
            self._component(accessory, (BUTTON,))

    def _text_display(self, form: Form) -> None:
        self._text += len(form.text("content", 1, MAX_TEXT, required=True))

    def _separator(self, form: Form) -> None:
        form.choice("spacing", (1, 2))
        form.flag("divider")

    def _container(self, form: Form) -> None:
        form.whole("accent_color", 0, 0xFFFFFF)
        form.flag("spoiler")
        for child in form.forms("components", 1, MAX_COMPONENTS, required=True):
            self._component(child, IN_CONTAINER)
