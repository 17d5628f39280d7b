"""What Discord refuses in a message's components."""

from __future__ import annotations

from collections.abc import Callable, Collection

from .choices import SELECTS, check_select
from .files import FILE, GALLERY, MAX_DESCRIPTION, THUMBNAIL
from .forms import Form

ROW, BUTTON, SECTION, TEXT, SEPARATOR, CONTAINER = 1, 2, 9, 10, 14, 17
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
AT_TOP = (*IN_CONTAINER, CONTAINER)

LINK = 5
STYLES = (1, 2, 3, 4, LINK)
MAX_TEXT = 4000
MAX_URL = 2048
MAX_COMPONENTS = 40
MAX_ROWS = 5


class Components:
    """One walk through the ``components`` of a message's body, noting what is wrong with them.

    ``references`` are the URLs by which they can mean the message's files.
    """

    def __init__(self, references: Collection[str] = ()) -> None:
        self._references = references
        self._count = 0
        self._text = 0
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()
        self._checks: dict[int, Callable[[Form], None]] = {
            ROW: self._row,
            BUTTON: self._button,
            SECTION: self._section,
            TEXT: self._text_display,
            THUMBNAIL: self._thumbnail,
            GALLERY: self._gallery,
            FILE: self._file,
            SEPARATOR: self._separator,
            CONTAINER: self._container,
            **dict.fromkeys(SELECTS, self._select),
        }

    def check(self, message: Form, *, v2: bool) -> None:
        """Check all of them, and what they add up to."""
        for form in message.forms("components", high=MAX_COMPONENTS if v2 else MAX_ROWS):
            self._component(form, AT_TOP if v2 else (ROW,))
        self._check_totals(message)

    def _check_totals(self, form: Form) -> None:
        for total, most, code in (
            (self._count, MAX_COMPONENTS, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
            (self._text, MAX_TEXT, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
        ):
            if total > most:
                form.problem(code, f"The total must not exceed {most}.", "components")

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
            self._component(child, (BUTTON, *SELECTS))
        if len(children) > 1 and any(child.data.get("type") in SELECTS for child in children):
            children[1].problem("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")

    def _select(self, form: Form) -> None:
        self._custom_id(form)
        check_select(form, in_modal=False)

    def _button(self, form: Form) -> None:
        style = form.choice("style", STYLES, required=True)
        form.text("label", high=80)
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

    def _section(self, form: Form) -> None:
        for child in form.forms("components", 1, 3, required=True):
            self._component(child, (TEXT,))
        accessory = form.form("accessory", required=True)
        if accessory is not None:
            self._component(accessory, (BUTTON, THUMBNAIL))

    def _text_display(self, form: Form) -> None:
        self._text += len(form.text("content", 1, MAX_TEXT, required=True))

    def _thumbnail(self, form: Form) -> None:
        form.text("description", high=MAX_DESCRIPTION)
        form.flag("spoiler")
        self._media(form, "media", ("http://", "https://"))

    def _gallery(self, form: Form) -> None:
        for item in form.forms("items", 1, 10, required=True):
            self._thumbnail(item)

    def _file(self, form: Form) -> None:
        form.flag("spoiler")
        self._media(form, "file", ())

    def _media(self, form: Form, key: str, schemes: tuple[str, ...]) -> None:
        """One of the message's files, or a file elsewhere on the web."""
        media = form.form(key, required=True)
        url = media.text("url", 1, MAX_URL, required=True) if media is not None else ""
        if media is None or not url:
            return
        if not url.startswith(("attachment://", *schemes)):
            media.problem("URL_TYPE_INVALID", f"Not a URL for this: {url}", "url")
        elif url.startswith("attachment://") and url not in self._references:
            code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
            media.problem(code, "The referenced attachment was not found", "url")

    def _separator(self, form: Form) -> None:
        form.choice("spacing", (1, 2))

    def _container(self, form: Form) -> None:
        form.whole("accent_color", 0, 0xFFFFFF)
        for child in form.forms("components", 1, MAX_COMPONENTS, required=True):
            self._component(child, IN_CONTAINER)
