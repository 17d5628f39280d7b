"""What Discord refuses in components that offer a choice, in messages and in modals."""

from __future__ import annotations

from .forms import Form

STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 3, 5, 6, 7, 8
SELECTS = (STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT)
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23

# What each select offers, by the names that its default values have.
OFFERED = {
    USER_SELECT: ("user",),
    ROLE_SELECT: ("role",),
    MENTIONABLE_SELECT: ("user", "role"),
    CHANNEL_SELECT: ("channel",),
}
CHANNEL_TYPES = (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
MAX_IN_SELECT, MAX_IN_GROUP = 25, 10


def check_select(form: Form, *, in_modal: bool) -> None:
    """Note what is wrong with a select but its custom_id; whether it is required, says a modal alone."""
    form.text("placeholder", high=150)
    if form.flag("disabled") and in_modal:
        form.problem("BASE_TYPE_NOT_ALLOWED", "Components in modals cannot be disabled", "disabled")
    low, high = _check_bounds(form, MAX_IN_SELECT, 1, may_be_empty=not in_modal)
    if form.data["type"] == STRING_SELECT:
        _check_options(form, high, MAX_IN_SELECT, high)
    else:
        _check_defaults(form, low, high)


def check_radio_group(form: Form) -> None:
    """Note what is wrong with a group of which one option is chosen."""
    form.flag("required")
    _check_options(form, 2, MAX_IN_GROUP, 1)


def check_checkbox_group(form: Form) -> None:
    """Note what is wrong with a group of which any options are chosen."""
    options = form.data.get("options")
    _, high = _check_bounds(form, MAX_IN_GROUP, len(options) if isinstance(options, list) else 1)
    _check_options(form, high, MAX_IN_GROUP, high)


def check_checkbox(form: Form) -> None:
    """Note what is wrong with a single checkbox."""
    form.flag("default")


def _check_bounds(form: Form, most: int, usual: int, *, may_be_empty: bool = False) -> tuple[int, int]:
    """How many may be chosen; none at all only if nothing is ``required``."""
    may_be_empty = form.flag("required") is False or may_be_empty
    high = min(form.whole("max_values", 1, most) or usual, most)
    low = form.whole("min_values", 0 if may_be_empty else 1, high)
    return 1 if low is None else low, high


def _check_options(form: Form, fewest: int, most: int, most_defaults: int) -> None:
    """The options, of which so many may be chosen before anybody has chosen."""
    options = form.forms("options", max(1, fewest), most, required=True)
    seen: set[str] = set()
    for option in options:
        option.text("label", 1, 100, required=True)
        option.text("description", high=100)
        if (value := option.text("value", 1, 100, required=True)) and value in seen:
            option.problem("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
        seen.add(value)
    if sum(bool(option.flag("default")) for option in options) > most_defaults:
        form.problem("BASE_TYPE_BAD_LENGTH", f"At most {most_defaults} may be chosen by default.", "options")


def _check_defaults(form: Form, low: int, high: int) -> None:
    """What a select of people, roles or channels offers, and what of it is chosen at first."""
    offered = OFFERED[form.data["type"]]
    if form.has("default_values"):
        for default in form.forms("default_values", low, high):
            default.snowflake("id", required=True)
            if default.text("type", high=10, required=True) not in offered:
                default.problem("BASE_TYPE_CHOICES", f"Value must be one of {set(offered)}.", "type")
    if not set(form.listed("channel_types", high=len(CHANNEL_TYPES))) <= set(CHANNEL_TYPES):
        form.problem("BASE_TYPE_CHOICES", f"Value must be one of {set(CHANNEL_TYPES)}.", "channel_types")
