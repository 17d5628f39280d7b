"""What is wrong with a file that is not YAML, in a curator's words."""

from __future__ import annotations

import re

import yaml

from bot.knowledge.parsing import UNCLOSED, Parser

_QUOTE = "put it in quotes"
_SPECIAL = "\"'@`*&!%|>{}[],?-:#"
_TEXT = re.compile(r"\s*(?:-\s+)*(?:[\w-]+:(?:\s+|$))?(?P<text>.*)")
_REASONS = {
    "maximum nesting depth": "is nested too deeply",
    "found a tab character": "a tab indents this line; use spaces",
    "unknown escape character": "in double quotes, `\\` needs another one before it, or use single quotes",
    "parsing a flow node": "there is nothing between two commas or brackets",
    "<document start>": "nothing can follow a line with `...`",
    "expected key": "this line is not indented like those around it, or lacks its `key:`",
    "expected '-' indicator": "each item of a list must start with `- `, all indented alike",
    "could not find expected ':'": "a line must be `key: value`, or start with `- ` in a list",
    "mapping values": f"there is a `:` that can't be one of a key; check how this line is indented, or {_QUOTE}",
}
"""What parts of YAML's own messages mean."""


def explain(error: yaml.MarkedYAMLError, parser: Parser) -> tuple[int, str]:
    """The line (from 1) and the reason of an error that ``parser`` raised."""
    mark = error.problem_mark or error.context_mark
    at, opened = mark.line if mark else 0, error.context_mark.line if error.context_mark else 0
    problem, context = str(error.problem), str(error.context)
    last = parser.last
    if "quoted scalar" in context and "escape" not in problem:
        at, reason = opened, "the quote that opens here is never closed"
    elif found := re.search(r"expected ',' or '(.)'", problem):
        at, reason = _unclosed(at, opened, "[" if found[1] == "]" else "{", parser)
    elif last and last.style in ("'", '"') and last.start_mark and last.end_mark and last.end_mark.line == at:
        is_long = last.start_mark.line < at
        reason = UNCLOSED.format(line=at + 1) if is_long else f"more follows after a closing quote; {_QUOTE}, all of it"
        at = last.start_mark.line
    else:
        if "could not find expected ':'" in problem:
            at = opened
        source = _source(at, parser)
        parts = (reason for part, reason in _REASONS.items() if part in f"{context}, {problem}")
        known = next(parts, f"is not valid YAML: {problem}")
        is_plain = any(part in f"{context}, {problem}" for part in ("quoted", "flow node", "nesting"))
        reason = known if is_plain else _misread(source) or known
    return _place(at, parser), reason


def _unclosed(at: int, opened: int, bracket: str, parser: Parser) -> tuple[int, str]:
    """The line (from 0) and the reason of an error in a list or mapping in brackets."""
    if re.search(r"\s#", _source(opened, parser)):
        return opened, f"the `{bracket}` is not closed, because what follows ` #` is a comment; {_QUOTE}"
    return at, f"the `{bracket}` of line {opened + 1} is not closed before here; close it, or {_QUOTE}"


def _misread(line: str) -> str | None:
    """What YAML misread in a line with a text, if that is what happened."""
    if re.match(" *\t", line):
        return "a tab indents this line; use spaces"
    found = _TEXT.fullmatch(line)
    text = found["text"] if found else line
    if text[:1] and text[0] in _SPECIAL:
        return f"a text can't start with {text[0]} in YAML; {_QUOTE}"
    if ": " in text or text.endswith(":"):
        return f"a text can't contain `: ` in YAML; {_QUOTE}"
    return None


def _source(line: int, parser: Parser) -> str:
    return parser.source[min(line, len(parser.source) - 1)]


def _place(line: int, parser: Parser) -> int:
    """The line from 1; if there is nothing in it, or it is beyond the end, the one before."""
    while line > 0 and (line >= len(parser.source) or not parser.source[line].strip()):
        line -= 1
    return line + 1
