"""Reading a request's body field by field, noting everything that is wrong with it.

Discord lists all problems of a bad body at once, each at its place. A `Form` knows its own place in the body, so a
rule only says what it expects.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from .wire import Code, Json, Problem, Refusal

K = TypeVar("K")


class Form:
    """One JSON object of a body; a null field counts as absent."""

    def __init__(self, data: Json, path: tuple[object, ...] = (), problems: list[Problem] | None = None) -> None:
        self.data = data
        self._path = path
        self._problems: list[Problem] = [] if problems is None else problems

    def refuse_problems(self) -> None:
        """Refuse the body if anything is wrong with it."""
        if self._problems:
            raise Refusal(Code.INVALID_FORM_BODY, self._problems)

    def problem(self, code: str, message: str, *keys: object) -> None:
        """Note a problem with this object, or with the field under ``keys``."""
        self._problems.append((".".join(map(str, (*self._path, *keys))), code, message))

    def has(self, key: str) -> bool:
        """Whether the field is there and says something."""
        return self.data.get(key) not in (None, "", [])

    def text(self, key: str, low: int = 0, high: int = 0, *, required: bool = False) -> str:
        """A string of ``low`` to ``high`` characters; empty if absent."""
        value = self._value(key, str, required)
        if value is not None:
            self._check_length(key, value, low, high, "BASE_TYPE_BAD_LENGTH" if low else "BASE_TYPE_MAX_LENGTH")
        return value or ""

    def whole(self, key: str, low: int, high: int) -> int | None:
        """An integer from ``low`` to ``high``."""
        value = self._value(key, int)
        if value is not None and not low <= value <= high:
            self.problem("NUMBER_TYPE_RANGE", f"int value should be between {low} and {high}.", key)
        return value

    def choice(self, key: str, allowed: Collection[int], *, required: bool = False) -> int | None:
        """One of the ``allowed`` numbers; None for any other."""
        value = self._value(key, int, required)
        if value is not None and value not in allowed:
            self.problem("BASE_TYPE_CHOICES", f"Value must be one of {set(allowed)}.", key)
            return None
        return value

    def flag(self, key: str) -> bool | None:
        """A boolean."""
        return self._value(key, bool)

    def snowflake(self, key: str, *, required: bool = False) -> int | None:
        """An id, as a string of digits or as a number."""
        value = self._value(key, object, required)
        if value is not None and not is_snowflake(value):
            self.problem("NUMBER_TYPE_COERCE", f"{value!r} is not snowflake.", key)
            value = None
        return None if value is None else int(str(value))

    def listed(self, key: str, low: int = 0, high: int = 0, *, required: bool = False) -> list[Any]:
        """An array of ``low`` to ``high`` items; empty if absent."""
        value = self._value(key, list, required)
        if value is not None:
            self._check_length(key, value, low, high, "BASE_TYPE_BAD_LENGTH")
        return value or []

    def forms(self, key: str, low: int = 0, high: int = 0, *, required: bool = False) -> list[Form]:
        """An array of objects, each as a Form."""
        found = []
        for index, item in enumerate(self.listed(key, low, high, required=required)):
            if isinstance(item, dict):
                found.append(self.at(item, key, index))
            else:
                self._wrong_type(dict, key, index)
        return found

    def form(self, key: str, *, required: bool = False) -> Form | None:
        """A nested object."""
        value = self._value(key, dict, required)
        return None if value is None else self.at(value, key)

    def at(self, data: Json, *keys: object) -> Form:
        """The object found under ``keys``, whose problems are this one's too."""
        return Form(data, (*self._path, *keys), self._problems)

    def _value(self, key: str, kind: type[K], required: bool = False) -> K | None:
        value = self.data.get(key)
        if value is None:
            if required:
                self.problem("BASE_TYPE_REQUIRED", "This field is required", key)
            return None
        # To Python a bool is an int, to Discord it isn't.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._wrong_type(kind, key)
            return None
        return value

    def _check_length(self, key: str, value: str | list[Any], low: int, high: int, code: str) -> None:
        if not low <= len(value) <= high:
            self.problem(code, f"Must be between {low} and {high} in length.", key)

    def _wrong_type(self, kind: type, *keys: object) -> None:
        self.problem("BASE_TYPE_BAD_TYPE", f"This must be a {kind.__name__}.", *keys)


def is_snowflake(value: object) -> bool:
    """Whether ``value`` can be an id."""
    return not isinstance(value, bool) and str(value).isdecimal()
