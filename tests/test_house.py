"""The arrows between the rooms of the house: who may import whom."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SOURCES = [path.relative_to(PROJECT) for room in ("bot", "cogs") for path in sorted((PROJECT / room).rglob("*.py"))]

BENCHMARKS = [path.relative_to(PROJECT) for path in sorted((PROJECT / "benchmarks").glob("*.py"))]

LOOPBACK = [path.relative_to(PROJECT) for path in sorted((PROJECT / "tests" / "loopback").glob("*.py"))]


@dataclass(frozen=True)
class Room:
    """What a room may import of the house, and what it must not import from elsewhere."""

    may_import: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


def room(may_import: str = "", *, never: str = "") -> Room:
    return Room(frozenset(may_import.split()), frozenset(never.split()))


# cogs -> app -> service -> assistant -> matching, knowledge -> text; service -> store; the command line composes them.
ROOMS = {
    "__init__": room(never="discord"),
    "__main__": room("cli", never="discord"),
    "app": room("pictures service settings"),
    "assistant": room("knowledge matching text", never="discord"),
    "cli": room("app assistant knowledge service settings store"),
    "cogs": room("app knowledge service"),
    "knowledge": room("text", never="discord"),
    "matching": room("text", never="discord yaml"),
    "pictures": room(never="discord yaml"),
    "service": room("assistant knowledge matching store text", never="discord yaml"),
    "settings": room(never="discord"),
    "store": room(never="discord yaml"),
    "text": room(never="discord yaml"),
}

LONGEST_MODULE, LONGEST_FUNCTION = 250, 40


@dataclass(frozen=True)
class Import:
    """One imported name in full, its line, and whether it waits for a function to be called."""

    name: str
    line: int
    waits: bool = False


def imports_of(source: str, package: str = "") -> Iterator[Import]:
    """Everything that a module's source imports; ``package`` is where its relative imports start."""

    def within(node: ast.AST, waits: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, waits)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            for alias in node.names:
                yield Import(".".join([*above, *filter(None, [node.module, alias.name])]), node.lineno, waits)
        for child in ast.iter_child_nodes(node):
            yield from within(child, waits or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))

    return within(ast.parse(source), waits=False)


def imports_in(path: Path) -> Iterator[Import]:
    return imports_of((PROJECT / path).read_text(encoding="utf-8"), ".".join(path.parent.parts))


def room_of(name: str) -> str | None:
    """The room that a module or a name in it belongs to; None where that is not of the house."""
    first, second, *_ = [*name.split("."), "__init__"]
    return second if first == "bot" else "cogs" if first == "cogs" else None


def is_astray(imported: Import, at: str) -> bool:
    to = room_of(imported.name)
    if to is None:
        return imported.name.split(".")[0] in ROOMS[at].never
    return to != at and to not in ROOMS[at].may_import


def file_of(name: str, files: Iterable[str]) -> str | None:
    """The file that an imported name comes from: the longest module that it begins with."""
    return max((file for file in files if f"{name}.".startswith(f"{file}.")), key=len, default=None)


def circles(graph: Mapping[str, Iterable[str | None]]) -> list[str]:
    """The nodes that are left once everything without arrows to the rest is taken away, again and again."""
    left = set(graph)
    while free := {node for node in left if not left.intersection(graph[node])}:
        left -= free
    return sorted(left)


def lines_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def named(path: Path) -> str:
    return path.as_posix()


# The house


def test_every_source_is_in_a_room_with_rules() -> None:
    found = {room_of(".".join(path.with_suffix("").parts)) for path in SOURCES}
    assert found <= ROOMS.keys()
    assert found == ROOMS.keys()


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_arrows_run_one_way(path: Path) -> None:
    at = room_of(".".join(path.with_suffix("").parts))
    assert at is not None
    astray = [f"{path}:{imported.line}: {imported.name}" for imported in imports_in(path) if is_astray(imported, at)]
    assert astray == []


def test_no_circle_between_files() -> None:
    """Not even for types: an import under TYPE_CHECKING counts."""
    files = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in SOURCES}
    graph = {
        name: {found for imported in imports_in(path) if (found := file_of(imported.name, files)) not in (None, name)}
        for name, path in files.items()
    }
    assert circles(graph) == []


@pytest.mark.parametrize("path", [*SOURCES, *BENCHMARKS], ids=named)
def test_modules_and_functions_fit_in_the_head(path: Path) -> None:
    source = (PROJECT / path).read_text(encoding="utf-8")
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f"{f.name}: {length}" for f in functions if (length := lines_in(f)) > LONGEST_FUNCTION]
    assert long == []
    assert source.count("\n") <= LONGEST_MODULE


@pytest.mark.parametrize("path", [path for path in SOURCES if path.parts[:2] == ("bot", "cli")], ids=named)
def test_command_line_waits_with_discord_until_it_is_needed(path: Path) -> None:
    early = [
        f"{path}:{imported.line}: {imported.name}"
        for imported in imports_in(path)
        if not imported.waits and (imported.name.split(".")[0] == "discord" or room_of(imported.name) == "app")
    ]
    assert early == []


def test_command_line_starts_without_what_only_the_discord_bot_needs() -> None:
    late = {"bot.app", "cogs", "discord", "onnxruntime", "PIL", "sqlalchemy"}
    script = f"import sys, bot.cli; print(*sorted({{'bot.cli', *{late}}} & {{*sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["bot.cli"]


@pytest.mark.parametrize("path", LOOPBACK, ids=named)
def test_loopback_discord_needs_nothing_else_of_the_project(path: Path) -> None:
    names = [imported.name.split(".") for imported in imports_in(path)]
    assert [name for name in names if name[0] in ("bot", "cogs", "tests") and name[:2] != ["tests", "loopback"]] == []


@pytest.mark.parametrize("path", BENCHMARKS, ids=named)
def test_benchmarks_use_the_product_in_one_module(path: Path) -> None:
    used = [imported.name for imported in imports_in(path) if room_of(imported.name)]
    assert bool(used) is (path.name == "product.py")


# What the tests above rely on


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import discord", [Import("discord", 1)]),
        ("import json, discord.ui as ui", [Import("json", 1), Import("discord.ui", 1)]),
        ("from discord.ext import commands", [Import("discord.ext.commands", 1)]),
        ("from bot import app, settings", [Import("bot.app", 1), Import("bot.settings", 1)]),
        ("from bot.knowledge import *", [Import("bot.knowledge.*", 1)]),
        ("from . import model", [Import("bot.knowledge.model", 1)]),
        ("from .model import Topic", [Import("bot.knowledge.model.Topic", 1)]),
        ("from ..matching import Matcher", [Import("bot.matching.Matcher", 1)]),
        ("from .. import app", [Import("bot.app", 1)]),
        ("if TYPE_CHECKING:\n    import discord", [Import("discord", 2)]),
        ("try:\n    import discord\nexcept ImportError:\n    pass", [Import("discord", 2)]),
        ("class Card:\n    import discord", [Import("discord", 2)]),
        ("def run():\n    if True:\n        import discord", [Import("discord", 3, waits=True)]),
        ("class Bot:\n    async def run(self):\n        import discord", [Import("discord", 3, waits=True)]),
        ("text = 'import discord'  # import discord", []),
    ],
)
def test_imports_are_found(source: str, expected: list[Import]) -> None:
    assert list(imports_of(source, "bot.knowledge")) == expected


@pytest.mark.parametrize(
    ("at", "name", "astray"),
    [
        ("knowledge", "yaml", False),
        ("knowledge", "bot.knowledge.model.Topic", False),
        ("knowledge", "bot.matching.Matcher", True),
        ("knowledge", "discord.ui", True),
        ("matching", "yaml", True),
        ("matching", "bot.knowledge", True),
        ("assistant", "bot.matching.corpus.Corpus", False),
        ("knowledge", "bot.text.normalise", False),
        ("assistant", "bot.settings.Settings", True),
        ("assistant", "bot", True),
        ("service", "discord", True),
        ("service", "bot.assistant.Reply", False),
        ("service", "bot.store.Store", False),
        ("store", "bot.settings.Settings", True),
        ("assistant", "bot.store.Store", True),
        ("service", "bot.app.cards", True),
        ("service", "bot.pictures", True),
        ("pictures", "bot.service.wording", True),
        ("app", "discord", False),
        ("app", "bot.matching", True),
        ("app", "bot.cli.main", True),
        ("app", "cogs.ask", True),
        ("cli", "cogs", True),
        ("cogs", "cogs.ask", False),
        ("cogs", "bot.app.cards", False),
        ("cogs", "bot.pictures", True),
        ("cogs", "bot.matching", True),
        ("cogs", "bot.assistant.Reply", True),
        ("cogs", "discordant", False),
    ],
)
def test_rules_tell_what_is_astray(at: str, name: str, astray: bool) -> None:
    assert is_astray(Import(name, 1), at) is astray


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b"], "b": ["a"], "c": ["a"]}, ["a", "b", "c"]),
        ({"a": ["b", "c"], "b": ["c"], "c": [], "d": ["d"]}, ["d"]),
    ],
)
def test_circles_are_found(graph: dict[str, list[str]], expected: list[str]) -> None:
    assert circles(graph) == expected


def test_the_code_does_not_know_what_the_library_is_about() -> None:
    """But for the keys of a topic's two sides, which are part of the format."""
    of_subject = re.compile(r"(?i)\b(leaders?|leadership|managers?|management)\b")
    found = {
        (room_of(".".join(path.with_suffix("").parts)), match[0])
        for path in SOURCES
        for match in of_subject.finditer((PROJECT / path).read_text(encoding="utf-8"))
    }
    assert found == {("knowledge", "leadership"), ("knowledge", "management")}
