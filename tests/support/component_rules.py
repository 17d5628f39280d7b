"""What Discord refuses in a message's components."""

from __future__ import annotations

from collections.abc import Sequence

from .forms import Form

ROW, BUTTON, STRING_SELECT = 1, 2, 3
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER = 17
SELECTS = (STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT)
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
AT_TOP = (*IN_CONTAINER, CONTAINER)

LINK, PREMIUM = 5, 6
MAX_TEXT = 4000
MAX_COMPONENTS = 40
MAX_ROWS = 5
MAX_BUTTONS_IN_ROW = 5
WEB = ("http://", "https://")


def check_components(message: Form, *, v2: bool, filenames: Sequence[str]) -> None:
    """Note what is wrong with the ``components`` of a message's body."""
    _Components(filenames).check(message, v2=v2)


class _Components:
    """One walk through a message's components, and what it adds up to."""

    def __init__(self, filenames: Sequence[str]) -> None:
        self._attachments = tuple(f"attachment://{name}" for name in filenames)
        self._count = 0
        self._text = 0
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()
        self._checks = {
            ROW: self._row,
            BUTTON: self._button,
            **dict.fromkeys(SELECTS, self._select),
            SECTION: self._section,
            TEXT: self._text_display,
            THUMBNAIL: self._thumbnail,
            GALLERY: self._gallery,
            FILE: self._file,
            SEPARATOR: self._separator,
            CONTAINER: self._container,
        }

    def check(self, message: Form, *, v2: bool) -> None:
        most = MAX_COMPONENTS if v2 else MAX_ROWS
        for form in message.forms("components", high=most):
            self._component(form, AT_TOP if v2 else (ROW,))
        if self._count > MAX_COMPONENTS:
            message.problem(
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                f"The total number of components must not exceed {MAX_COMPONENTS}.",
                "components",
            )
        if self._text > MAX_TEXT:
            message.problem(
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                f"The total displayable text size exceeds {MAX_TEXT}.",
                "components",
            )

    def _component(self, form: Form, allowed: Sequence[int]) -> None:
        self._count += 1
        kind = form.choice("type", allowed, required=True)
        number = form.whole("id", 0, 2**31 - 1)
        if number and number in self._ids:
            form.problem("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated", "id")
        if number:
            self._ids.add(number)
        if isinstance(kind, int):
            self._checks[kind](form)

    def _custom_id(self, form: Form) -> None:
        custom_id = form.text("custom_id", 1, 100, required=True)
        if custom_id in self._custom_ids:
            form.problem(
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
                "custom_id",
            )
        if custom_id:
            self._custom_ids.add(custom_id)

    def _row(self, form: Form) -> None:
        children = form.forms("components", 1, MAX_BUTTONS_IN_ROW, required=True)
        for child in children:
            self._component(child, (BUTTON, *SELECTS))
        kinds = [child.data.get("type") for child in children]
        if len(kinds) > 1 and any(kind != BUTTON for kind in kinds):
            form.problem(
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "A select fills a row of its own",
                "components",
            )

    def _button(self, form: Form) -> None:
        style = form.choice("style", (1, 2, 3, 4, LINK, PREMIUM), required=True)
        form.text("label", high=80)
        form.text("url", high=512)
        form.flag("disabled")
        emoji = form.form("emoji")
        if emoji is not None:
            emoji.snowflake("id")
            emoji.text("name", high=32, required=not emoji.has("id"))
        if style == PREMIUM:
            form.snowflake("sku_id", required=True)
            self._forbid(form, "custom_id", "url", "label", "emoji")
            return
        if not form.has("label") and emoji is None:
            form.problem("BASE_TYPE_REQUIRED", "A button must have a label or emoji")
        if style == LINK:
            self._url(form, "url", (*WEB, "discord://"))
            self._forbid(form, "custom_id")
        else:
            self._custom_id(form)
            self._forbid(form, "url")

    def _select(self, form: Form) -> None:
        self._custom_id(form)
        form.text("placeholder", high=150)
        form.flag("disabled")
        low = form.whole("min_values", 0, 25)
        high = form.whole("max_values", 1, 25) or 1
        if low is not None and low > high:
            form.problem("NUMBER_TYPE_RANGE", "min_values exceeds max_values", "min_values")
        if form.data["type"] != STRING_SELECT:
            return
        options = form.forms("options", 1, 25, required=True)
        values = set()
        for option in options:
            option.text("label", 1, 100, required=True)
            value = option.text("value", 1, 100, required=True)
            option.text("description", high=100)
            option.flag("default")
            if value in values:
                option.problem(
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used",
                    "value",
                )
            values.add(value)
        if high > max(len(options), 1):
            form.problem("BASE_TYPE_BAD_LENGTH", "max_values exceeds the options", "max_values")
        if sum(bool(option.data.get("default")) for option in options) > high:
            form.problem(
                "SELECT_COMPONENT_TOO_MANY_DEFAULT_OPTIONS",
                "More defaults than max_values",
                "options",
            )

    def _section(self, form: Form) -> None:
        for child in form.forms("components", 1, 3, required=True):
            self._component(child, (TEXT,))
        accessory = form.form("accessory", required=True)
        if accessory is not None:
            self._component(accessory, (BUTTON, THUMBNAIL))

    def _text_display(self, form: Form) -> None:
        content = form.text("content", 1, MAX_TEXT, required=True)
        self._text += len(content or "")

    def _thumbnail(self, form: Form) -> None:
        form.text("description", high=1024)
        form.flag("spoiler")
        self._media(form, "media", WEB)

    def _gallery(self, form: Form) -> None:
        for item in form.forms("items", 1, 10, required=True):
            self._thumbnail(item)

    def _file(self, form: Form) -> None:
        form.flag("spoiler")
        self._media(form, "file", ())

    def _separator(self, form: Form) -> None:
        form.choice("spacing", (1, 2))
        form.flag("divider")

    def _container(self, form: Form) -> None:
        form.whole("accent_color", 0, 0xFFFFFF)
        form.flag("spoiler")
        for child in form.forms("components", 1, MAX_COMPONENTS, required=True):
            self._component(child, IN_CONTAINER)

    def _media(self, form: Form, key: str, schemes: Sequence[str]) -> None:
        media = form.form(key, required=True)
        if media is not None:
            self._url(media, "url", (*schemes, *self._attachments), high=2048)

    @staticmethod
    def _url(form: Form, key: str, starts: Sequence[str], high: int = 512) -> None:
        url = form.text(key, 1, high, required=True)
        if url and not url.startswith(tuple(starts)):
            form.problem("URL_TYPE_INVALID", f"Not a URL that may stand here: {url}", key)

    @staticmethod
    def _forbid(form: Form, *keys: str) -> None:
        for key in keys:
            if form.has(key):
                form.problem("BASE_TYPE_NOT_ALLOWED", f"A button of this style has no {key}", key)
