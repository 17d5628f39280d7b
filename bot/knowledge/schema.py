"""JSON Schemas of the knowledge files, for editors.

python -m bot.knowledge.schema        # rewrites knowledge/schema/*.json
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.knowledge.model import About, Article, Move, OutsideGroup, SmalltalkKind, Topic

FOLDER = Path(__file__).parents[2] / "knowledge" / "schema"
_SHAPES: dict[str, TypeAdapter[Any]] = {
    "library": TypeAdapter(About),
    "article": TypeAdapter(Article),
    "topics": TypeAdapter(list[Topic]),
    "outside": TypeAdapter(list[OutsideGroup]),
    "smalltalk": TypeAdapter(list[SmalltalkKind]),
    "moves": TypeAdapter(list[Move]),
}


def schemas() -> dict[str, str]:
    """The text of each schema file, by its name."""
    return {
        f"{name}.json": json.dumps(shape.json_schema(), indent=2, ensure_ascii=False) + "\n"
        for name, shape in _SHAPES.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
