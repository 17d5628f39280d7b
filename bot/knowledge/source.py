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
    """A parsed file: its data, and where each part of it stands.

    is_usable: whether it could be parsed; where not, ``data`` is None and says nothing.
    """

    file: str
    data: object = None
    faults: list[Fault] = field(default_factory=list)
    is_usable: bool = True
    _lines: dict[Location, int] = field(default_factory=dict)

    @classmethod
    def unusable(cls, *faults: Fault) -> Document:
        """What stands for a file that cannot be read."""
        return cls(faults[0].file, faults=list(faults), is_usable=False)

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

    def unusable(line: int, reason: str) -> Document:
        return Document.unusable(Fault(file, line, reason))

    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
        if aliases := _aliases(text):
            return Document.unusable(
                *(Fault(file, n, "repeats another part by an alias; write it out") for n in aliases)
            )
        document = Document(file)
        root = yaml.compose(text, Loader=_Loader)
        document.data = _plain(root, (), document) if root else None
    except OSError as error:
        return unusable(1, f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return unusable(raw[: error.start].count(b"\n") + 1, "is not UTF-8 text")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return unusable(mark.line + 1 if mark else 1, f"is not valid YAML: {error.problem}")
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes where PyYAML's own reader counts characters; both mean the text before.
        before = text.encode()[: error.position] if _Loader is not yaml.SafeLoader else text[: error.position].encode()
        return unusable(before.count(b"\n") + 1, "is not valid YAML: there is a character that must not be in a text")
    except RecursionError:
        return unusable(1, "is not valid YAML: it is nested too deeply")
    return document


def _aliases(text: str) -> list[int]:
    """The lines of aliases: they would stand for parts whose own line is elsewhere."""
    if "&" not in text or "*" not in text:
        return []
    events = yaml.parse(text, Loader=_Loader)
    return [e.start_mark.line + 1 for e in events if isinstance(e, yaml.AliasEvent) and e.start_mark is not None]


def _plain(node: yaml.Node, location: Location, document: Document) -> object:
    document._lines[location] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*location, index), document) for index, item in enumerate(node.value)]
    data: dict[str, object] = {}
    for key_node, value in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key, str):
            document.faults.append(Fault(document.file, line, "a key must be a word"))
        elif key in data:
            document.faults.append(Fault(document.file, line, f"`{key}` stands here twice"))
        else:
            data[key] = _plain(value, (*location, key), document)
            document._lines[(*location, key)] = line
    return data
