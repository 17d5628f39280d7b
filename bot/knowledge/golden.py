"""Golden questions as they are written in ``golden.jsonl``: one JSON object a line, as plain data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from bot.knowledge.faults import shown
from bot.knowledge.parsing import Location

MOST = 1000
"""How many golden questions a library may have: every reload asks them all."""

_SHAPE = 'an object such as {"q": "the question", "claims": ["the-answer"]}'
_LINE_END = re.compile(r"\r\n?|\n")


class _RepeatedKeyError(ValueError):
    """A key that an object has twice: JSON would drop the first."""


def parse_lines(text: str, report: Callable[[int, str], None]) -> tuple[list[object], dict[Location, int]]:
    """The objects of a JSON Lines text, and the line (from 1) of each by its place in the list.

    A line that is no object is left out, and passed to ``report`` with the reason. Empty lines don't count.
    """
    objects: list[object] = []
    lines: dict[Location, int] = {}
    written = [(number, line) for number, line in enumerate(_LINE_END.split(text), 1) if line.strip()]
    for number, line in written[:MOST]:
        data, reason = _parsed(line)
        if reason:
            report(number, reason)
        else:
            lines[(len(objects),)] = number
            objects.append(data)
    if len(written) > MOST:
        report(written[MOST][0], f"has more than {MOST:,} questions")
    return objects, lines


def _parsed(line: str) -> tuple[object, str | None]:
    """The object of a line; or what is wrong with it, in a curator's words."""
    try:
        data = json.loads(line, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        return None, f"is not valid JSON (character {error.colno}: {error.msg}); a line must be {_SHAPE}"
    except _RepeatedKeyError as error:
        return None, f"`{error}` appears twice"
    except (ValueError, RecursionError):  # a number of thousands of digits, or thousands of brackets
        return None, f"can't be read; a line must be {_SHAPE}"
    return data, None if isinstance(data, dict) else f"a line must be {_SHAPE}"


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data: dict[str, object] = {}
    for key, value in pairs:
        if key in data:
            raise _RepeatedKeyError(shown(key))
        data[key] = value
    return data
