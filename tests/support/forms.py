"""Reading a request's body field by field, noting all that is wrong with it.

Discord answers a bad body with a tree of errors in the body's own shape; a
`Form` knows where in the body it stands, so a rule only says what it expects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from .errors import INVALID_FORM_BODY, Refusal
from .wire import Json

K = TypeVar("K")
Path = tuple[str | int, ...]


class Problems:
    """Everything found wrong with one body."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: Path, code: str, message: str) -> None:
        """Note that the field at ``path`` is wrong."""
        node = self._tree
        for key in path:
            node = node.setdefault(str(key), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def raise_if_any(self) -> None:
        """Refuse the body if anything is wrong with it."""
        if self._tree:
            raise Refusal(INVALID_FORM_BODY, self._tree)


class Form:
    """One JSON object of a body; a null field is taken as an absent one."""

    def __init__(self, data: Json, problems: Problems, path: Path = ()) -> None:
        self.data = data
        self.problems = problems
        self.path = path

    def problem(self, code: str, message: str, *keys: str | int) -> None:
        """Note a problem with this object, or with the field under ``keys``."""
        self.problems.add((*self.path, *keys), code, message)

    def has(self, key: str) -> bool:
        """Whether the field is there and says something."""
        return self.data.get(key) not in (None, "", [])

    def text(self, key: str, low: int = 0, high: int = 0, *, required: bool = False) -> str | None:
        """A string of ``low`` to ``high`` characters."""
        value = self._value(key, str, required)
        if isinstance(value, str) and not low <= len(value) <= high:
            if low:
                message = f"Must be between {low} and {high} in length."
                self.problem("BASE_TYPE_BAD_LENGTH", message, key)
            else:
                message = f"Must be {high} or fewer in length."
                self.problem("BASE_TYPE_MAX_LENGTH", message, key)
        return value

    def whole(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        """An integer from ``low`` to ``high``."""
        value = self._value(key, int, required)
        if isinstance(value, int) and not low <= value <= high:
            message = f"int value should be between {low} and {high}."
            self.problem("NUMBER_TYPE_RANGE", message, key)
        return value

    def choice(self, key: str, allowed: Sequence[object], *, required: bool = False) -> object:
        """One of the ``allowed`` values; None is given for any other."""
        value = self._value(key, object, required)
        if value is not None and value not in allowed:
            message = f"Value must be one of {set(allowed)}."
            self.problem("BASE_TYPE_CHOICES", message, key)
            return None
        return value

    def flag(self, key: str) -> bool | None:
        """A boolean."""
        return self._value(key, bool, False)

    def snowflake(self, key: str, *, required: bool = False) -> int | None:
        """An id, as a string of digits or as a number."""
        value = self._value(key, object, required)
        if value is None:
            return None
        if not is_snowflake(value):
            self.problem("NUMBER_TYPE_COERCE", f"{value!r} is not snowflake.", key)
            return None
        return int(str(value))

    def listed(self, key: str, low: int = 0, high: int = 0, *, required: bool = False) -> list[Any]:
        """An array of ``low`` to ``high`` items, empty when absent."""
        value = self._value(key, list, required)
        if value is None:
            return []
        if not low <= len(value) <= high:
            message = f"Must be between {low} and {high} in length."
            self.problem("BASE_TYPE_BAD_LENGTH", message, key)
        return list(value)

    def forms(self, key: str, low: int = 0, high: int = 0, *, required: bool = False) -> list[Form]:
        """An array of objects, each as a Form."""
        found = []
        for index, item in enumerate(self.listed(key, low, high, required=required)):
            if isinstance(item, dict):
                found.append(Form(item, self.problems, (*self.path, key, index)))
            else:
                self._wrong_type(dict, key, index)
        return found

    def form(self, key: str, *, required: bool = False) -> Form | None:
        """A nested object."""
        value = self._value(key, dict, required)
        if value is None:
            return None
        return Form(value, self.problems, (*self.path, key))

    def _value(self, key: str, kind: type[K], required: bool) -> K | None:
        value = self.data.get(key)
        if value is None:
            if required:
                self.problem("BASE_TYPE_REQUIRED", "This field is required", key)
            return None
        # A bool is an int to Python, and is none to Discord.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._wrong_type(kind, key)
            return None
        return value

    def _wrong_type(self, kind: type, *keys: str | int) -> None:
        self.problem("BASE_TYPE_BAD_TYPE", f"This must be a {kind.__name__}.", *keys)


def is_snowflake(value: object) -> bool:
    """Whether ``value`` can stand for an id."""
    return not isinstance(value, bool) and str(value).isdecimal()
