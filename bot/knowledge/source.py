"""YAML files as plain data that remembers the line of every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.knowledge.faults import Fault

# libyaml if PyYAML was built with it: ten times faster on a library of thousands of phrasings.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[int | str, ...]
"""The path to a part of a document: keys and list positions, as in pydantic's errors."""


@dataclass
class Document:
    """A file as plain data, with the line of each part and everything that is wrong with it.

    is_usable: whether the file could be parsed; if not, ``data`` is None and means nothing.
    """

    file: str
    data: object = None
    is_usable: bool = False
    faults: list[Fault] = field(default_factory=list)
    _lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """The line (from 1) of a part, or of the nearest enclosing part that is in the file."""
        while location and location not in self._lines:
            location = location[:-1]
        return self._lines.get(location, 1)

    def report(self, line: int, reason: str) -> None:
        """Report an error in this document."""
        self.faults.append(Fault(self.file, line, reason))

    def parse(self, text: str) -> None:
        """Fill in the data and its lines, and report duplicate keys and aliases.

        Raises:
            yaml.YAMLError, RecursionError: if the text can't be parsed.
        """
        if aliases := _aliases(text):
            for line in aliases:
                self.report(line, "uses a YAML alias; write the text out instead")
            return
        root = yaml.compose(text, Loader=_Loader)
        self.data = self._plain(root, ()) if root else None
        self.is_usable = True

    def _plain(self, node: yaml.Node, location: Location) -> object:
        self._lines.setdefault(location, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == "tag:yaml.org,2002:null" else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*location, index)) for index, item in enumerate(node.value)]
        data: dict[str, object] = {}
        for key_node, value in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key, str):
                self.report(line, "a key must be a word")
            elif key in data:
                self.report(line, f"`{key}` appears twice")
            else:
                self._lines[(*location, key)] = line
                data[key] = self._plain(value, (*location, key))
        return data


def read_document(path: Path, file: str) -> Document:
    """Read ``path``; if it can't be parsed, the document's ``faults`` say why. Never raises.

    Scalars stay text, so that a phrasing such as ``no`` or ``2009`` is what the curator typed;
    the models convert dates and booleans.
    """
    document = Document(file)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        document.parse(text)
    except OSError as error:
        document.report(1, f"can't be read: {error.strerror}")
    except UnicodeDecodeError as error:
        document.report(error.object[: error.start].count(b"\n") + 1, "is not UTF-8 text")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = str(error.problem).removeprefix("but ")
        document.report(mark.line + 1 if mark else 1, f"is not valid YAML: {problem}")
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes, PyYAML's own reader characters.
        before = text.encode()[: error.position] if _Loader is not yaml.SafeLoader else text[: error.position].encode()
        document.report(before.count(b"\n") + 1, "is not valid YAML: there is a character that YAML does not allow")
    except RecursionError:
        document.report(1, "is not valid YAML: it is nested too deeply")
    return document


def _aliases(text: str) -> list[int]:
    """The lines of aliases. What an alias repeats has its line elsewhere, so errors would point to the wrong place."""
    if "&" not in text or "*" not in text:
        return []
    events = yaml.parse(text, Loader=_Loader)
    return [e.start_mark.line + 1 for e in events if isinstance(e, yaml.AliasEvent) and e.start_mark is not None]
