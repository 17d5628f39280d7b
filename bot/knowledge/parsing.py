"""From YAML to plain data; what YAML would silently misread is reported.

YAML takes ` #` for a comment, `!` for a tag, `&` and `*` for references: in a text, what follows would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from bot.knowledge.faults import shown

# libyaml if PyYAML was built with it: ten times faster on a library of thousands of phrasings.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[int | str, ...]
"""The path to a part of a document: keys and list positions, as in pydantic's errors."""

_DEEPEST = 20
MOST_PARTS = 50_000
_NOTHING = {"", "~", "null", "Null", "NULL"}

_QUOTE = "put it in quotes"
_CUT = "YAML takes what follows ` #` for a comment; " + _QUOTE
_SWALLOWED = "the next line is read as part of this text; indent its `- ` like the others of the list"
UNCLOSED = "the quote that opens here is not closed before line {line}; close it"
# Which comments are surely meant as comments: after a sentence, none; after a name, only those set off from it.
_SENTENCES = {
    "questions",
    "answer",
    "says",
    "quote",
    "reply",
    "affirm",
    "deny",
    "undecided",
    "because",
    "who",
    "depends",
}
_NAMES = {"title", "label"}
_LABELS = {"author", "publisher", "speaker", "leadership", "management", "aspect"}
_GLUED = re.compile(r"\s+#[^\s#]")
_AFTER_COMMA = re.compile(r",\s+#[^\s#]")
_NOT_SET_OFF = re.compile(r"\s#|\s+#[^\s#]")
_ANY = re.compile(r",?\s+#[^\s#]|\s+#")


class UnparsedError(Exception):
    """The rest of the document is not read: the line and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


class Parser:
    """Reads one document.

    Args:
        text: the YAML.
        report: called with the line and the reason of each error that does not stop the rest from being read.
    """

    def __init__(self, text: str, report: Callable[[int, str], None]) -> None:
        self.lines: dict[Location, int] = {}
        self.source = re.split(r"\r\n|\r|\n", text)
        self.last: yaml.ScalarEvent | None = None
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self._report = report

    def parse(self) -> object:
        """The document as mappings, lists and texts; None for what is empty.

        Raises:
            yaml.MarkedYAMLError: if it is not YAML; ``last`` is the last text before the error.
            UnparsedError: if it is nested too deeply, has too many parts, or another document follows.
        """
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        data = self._value(next(self._events), ())
        next(self._events)
        if isinstance(second := next(self._events), yaml.DocumentStartEvent):
            raise UnparsedError(
                _line(second), "starts a second YAML document; a file has only one, so delete the `---`"
            )
        return data

    def _value(self, event: yaml.Event, location: Location) -> object:
        self.lines.setdefault(location, _line(event))
        if len(location) > _DEEPEST:
            raise UnparsedError(_line(event), "is nested too deeply")
        if len(self.lines) > MOST_PARTS:
            raise UnparsedError(_line(event), f"has more than {MOST_PARTS:,} texts; split it into several files")
        if isinstance(event, yaml.AliasEvent):
            alias = f"`*{shown(event.anchor or '')}` is an alias to YAML"
            self._report(_line(event), f"{alias}; write the text out, and if it starts with `*`, {_QUOTE}")
            return event.anchor
        self._check_start(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, location)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location)
        assert isinstance(event, yaml.ScalarEvent)
        return self._text(event, location)

    def _check_start(self, event: yaml.Event) -> None:
        """Report what is lost at the start of a part."""
        if anchor := getattr(event, "anchor", None):
            self._report(_line(event), f"YAML takes `&{shown(anchor)}` for an anchor, not for text; {_QUOTE}")
        if getattr(event, "tag", None) is not None:
            self._report(_line(event), f"YAML takes the word that starts with `!` for a tag, not for text; {_QUOTE}")

    def _list(self, start: yaml.SequenceStartEvent, location: Location) -> list[object]:
        items: list[object] = []
        if start.flow_style and _key(location) in _SENTENCES and self._is_followed(start, _GLUED):
            self._report(_line(start), _CUT)
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*location, len(items))))
        return items

    def _mapping(self, location: Location) -> dict[str, object]:
        data: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            inside: Location = (*location, "?")
            if not isinstance(event, yaml.ScalarEvent) or event.value == "":
                self._report(_line(event), f"a key must be a word; if this is text, {_QUOTE}")
                self._value(event, inside)
                self._value(next(self._events), inside)
                continue
            self._check_start(event)
            self.last, key = event, event.value
            if key in data:
                self._report(_line(event), f"`{shown(key)}` appears twice")
                self._value(next(self._events), inside)
                continue
            self.lines[(*location, key)] = _line(event)
            data[key] = self._value(next(self._events), (*location, key))
        return data

    def _text(self, event: yaml.ScalarEvent, location: Location) -> str | None:
        self.last = event
        if event.style in ("|", ">"):
            return event.value
        is_plain = not event.style
        is_nothing = is_plain and event.value in _NOTHING
        if any(re.match(r"\s*-(\s|$)", line) for line in self.source[_line(event) : _end(event)]):
            self._report(_line(event), _SWALLOWED if is_plain else UNCLOSED.format(line=_end(event)))
        if (misread := _misread(location, is_plain, is_nothing)) and self._is_followed(event, misread):
            self._report(_end(event), _CUT)
        return None if is_nothing else event.value

    def _is_followed(self, event: yaml.Event, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern follows on the last line of an event."""
        mark = event.end_mark
        return bool(mark and mark.line < len(self.source) and pattern.match(self.source[mark.line], mark.column))


def _misread(location: Location, is_plain: bool, is_nothing: bool) -> re.Pattern[str] | None:
    """The comments after a text that were surely meant as a part of it."""
    key = _key(location)
    if not is_plain:
        return _AFTER_COMMA if key in _SENTENCES else None
    if is_nothing and location[-1:] == (key,):
        return _GLUED if key in _SENTENCES | _NAMES | _LABELS else None
    return _ANY if key in _SENTENCES else _NOT_SET_OFF if key in _NAMES else _GLUED if key in _LABELS else None


def _key(location: Location) -> str:
    """The key that a part belongs to."""
    return next((step for step in reversed(location) if isinstance(step, str)), "")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _end(event: yaml.Event) -> int:
    return event.end_mark.line + 1 if event.end_mark else 1
