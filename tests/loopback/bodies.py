"""Bodies of requests as tests write them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import Flags, Json
from .wire import Code, Refusal


def problems_of(check: Callable[[], object]) -> list[str]:
    """What a check finds wrong with the form of a body, which it must refuse."""
    with pytest.raises(Refusal) as refused:
        check()
    assert refused.value.code is Code.INVALID_FORM_BODY
    return refused.value.problems


def v2(*components: Json, **fields: object) -> Json:
    return {"flags": int(Flags.IS_COMPONENTS_V2), "components": list(components)} | fields


def text(content: str = "x", **fields: object) -> Json:
    return {"type": 10, "content": content} | fields


def button(**fields: object) -> Json:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x"} | fields


def row(*children: Json) -> Json:
    return v2({"type": 1, "components": list(children)})


def nested(kind: int, *children: Json, **fields: object) -> Json:
    return {"type": kind, "components": list(children)} | fields


def modal(*components: Json, **fields: object) -> Json:
    return {"type": 9, "data": {"title": "x", "custom_id": "x", "components": list(components)} | fields}


def text_input(**fields: object) -> Json:
    return {"type": 4, "custom_id": "i", "style": 1} | fields


def label(component: Json, **fields: object) -> Json:
    return {"type": 18, "label": "x", "component": component} | fields


def options(*values: str, **fields: object) -> list[Json]:
    return [{"label": value, "value": value} | fields for value in values]


def select(kind: int = 3, **fields: object) -> Json:
    """A component of this kind that offers a choice: of texts, if it offers any, of "a" and "b"."""
    offered: Json = {"options": options("a", "b")} if kind in (3, 21, 22) else {}
    return {"type": kind, "custom_id": "s"} | offered | fields


def gallery(*urls: str, **fields: object) -> Json:
    """A gallery of pictures, all described by ``fields``."""
    return {"type": 12, "items": [{"media": {"url": url}} | fields for url in urls]}
