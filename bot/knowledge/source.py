"""YAML files as plain data that remembers the line of every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.knowledge.faults import Fault

# libyaml where PyYAML was built with it: ten times faster on a library of thousands of phrasings.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[int | str, ...]
"""The way to a part of a document: keys and list positions, as pydantic gives them."""


@dataclass
class Document:
    """A parsed file: its data, and where each part of it stands."""

    file: str
    data: object = None
    faults: list[Fault] = field(default_factory=list)
    _lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """The line (from 1) of a part, or of the nearest part around it that was written down."""
        while location and location not in self._lines:
            location = location[:-1]
        return self._lines.get(location, 1)

    def fault(self, location: Location, reason: str) -> None:
        """Note a fault at a part of this document."""
        self.faults.append(Fault(self.file, self.line(location), reason))


def read_document(path: Path, file: str) -> Document:
    """Read ``path``; what is wrong with its YAML stands in the document's ``faults``, nothing is raised.

    Scalars stay text, so that a phrasing such as ``no`` or ``2009`` is what the curator typed;
    the models turn dates and booleans into what they mean.
    """
    document = Document(file)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except OSError as error:
        document.fault((), f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        document.faults.append(Fault(file, error.object[: error.start].count(b"\n") + 1, "is not UTF-8 text"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        document.faults.append(Fault(file, mark.line + 1 if mark else 1, f"is not valid YAML: {error.problem}"))
    except (yaml.YAMLError, RecursionError) as error:
        document.fault((), f"is not valid YAML: {str(error).splitlines()[0]}")
    else:
        document.data = _plain(root, (), document, set()) if root else None
    return document


def _plain(node: yaml.Node, location: Location, document: Document, seen: set[int]) -> object:
    document._lines[location] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if id(node) in seen:
        document.fault(location, "repeats another part by an alias; write it out")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*location, index), document, seen) for index, item in enumerate(node.value)]
    data: dict[str, object] = {}
    for key_node, value in node.value:
        key = str(key_node.value)
        if key in data:
            document.faults.append(Fault(document.file, key_node.start_mark.line + 1, f"`{key}` stands here twice"))
            continue
        data[key] = _plain(value, (*location, key), document, seen)
        document._lines[(*location, key)] = key_node.start_mark.line + 1
    return data
