"""The public question sets as published -> the files that the benchmarks read.

``python -m benchmarks.conversion CLONES DATA``: CLONES contains clones of the three repositories that README.md
names, each under its own name.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_PARTS = ("train", "test")
_HINT3_BOTS = ("curekart", "powerplay11", "sofmattress")

Row = tuple[str, str | None]


def convert(clones: Path, data: Path) -> None:
    """Write each set that is among the clones; white space is folded, nothing else is changed."""
    data.mkdir(parents=True, exist_ok=True)
    for repository, read in (("oos-eval", _clinc150), ("task-specific-datasets", _banking77), ("HINT3", _hint3)):
        if (clone := clones / repository).is_dir():
            for name, rows in read(clone):
                (data / f"{name}.jsonl").write_text("".join(map(_line, rows)), encoding="utf-8")


def _line(row: Row) -> str:
    text, intent = row
    return json.dumps({"q": " ".join(text.split()), "intent": intent}, ensure_ascii=False) + "\n"


def _clinc150(clone: Path) -> Iterator[tuple[str, list[Row]]]:
    parts = json.loads((clone / "data" / "data_full.json").read_text(encoding="utf-8"))
    for part in _PARTS:
        out_of_scope: list[Row] = [(text, None) for text, _ in parts[f"oos_{part}"]]
        yield f"clinc150.{part}", [*((text, intent) for text, intent in parts[part]), *out_of_scope]


def _banking77(clone: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    for part in _PARTS:
        yield f"banking77.{part}", _table(clone / "banking_data" / f"{part}.csv")


def _hint3(clone: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    for bot in _HINT3_BOTS:
        for part in _PARTS:
            rows = _table(clone / "dataset" / "v1" / part / f"{bot}_{part}.csv")
            yield (
                f"hint3.{bot}.{part}",
                [(text, None if intent == "NO_NODES_DETECTED" else intent) for text, intent in rows],
            )


def _table(path: Path) -> list[tuple[str, str]]:
    """The rows of a file with two columns, without its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(text, label) for text, label in csv.reader(file)][1:]


if __name__ == "__main__":
    convert(*map(Path, sys.argv[1:]))
