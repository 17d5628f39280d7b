"""What a person sees of a message's components."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .choices import SELECTS
from .wire import Json

BUTTON = 2


@dataclass(frozen=True)
class Button:
    """A button; one with a ``url`` is a link."""

    label: str
    custom_id: str | None
    style: int = 1
    disabled: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Option:
    """An option of a select."""

    label: str
    value: str
    description: str | None
    default: bool


@dataclass(frozen=True)
class Select:
    """A select; only one of texts has ``options``."""

    custom_id: str
    placeholder: str | None
    options: tuple[Option, ...]
    disabled: bool


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, each before the ones inside it."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[key] for key in ("accessory", "component") if component.get(key)])


def buttons_in(components: list[Json]) -> list[Button]:
    """The buttons, from top to bottom."""
    return [
        Button(
            part.get("label") or "",
            part.get("custom_id"),
            part["style"],
            bool(part.get("disabled")),
            part.get("url"),
        )
        for part in walk(components)
        if part["type"] == BUTTON
    ]


def selects_in(components: list[Json]) -> list[Select]:
    """The selects, from top to bottom."""
    return [
        Select(
            part["custom_id"],
            part.get("placeholder"),
            tuple(_option(option) for option in part.get("options") or ()),
            bool(part.get("disabled")),
        )
        for part in walk(components)
        if part["type"] in SELECTS
    ]


def _option(option: Json) -> Option:
    return Option(option["label"], option["value"], option.get("description"), bool(option.get("default")))
