"""Ways to break a library, each drawn from a random generator.

A mutation may write a word of its own, MARK, where a curator would write text: a library that is accepted must know it.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

MARK = "quizzaciously"

_SPECIAL = ["!word ", "&word ", "*word ", "*word* ", "[x] ", "{x} ", "| ", "> ", "? ", "- ", ", ", *"@%`'\""]
_ODD = [*"\0\a\x85\u2028\u202e\u200b\ufeff\u00a0\t\ré\uffff\U000e0041", "👩\u200d💻"]
_ODD_BYTES = b"\0\xff\xc3\xe9\n\t -:#[]{}&*!|>'\"%@`,?abc\x80"
_ODD_LINES = ["---", "...", "x", "- ", "? x", ": x", "# x", "%x", "<<: x", "\tx: y"]
_TEXTS = re.compile(r"^(\s*(?:- )?(?:title|answer|says|reply|label): |\s+- )(?=\w[^:]*$)([^\r]+)\r?$")
_VALUES: list[Any] = [None, "", "x", "?", "x" * 5000, "two words", 7, True, "2009"]
_VALUES += [[], {}, ["x", "x"], {"x": ["y"]}, [[None]]]
_KEYS = ["x", 7, None, "Title", "roll"]
_PLACES = """
outside.yml moves.yml Smalltalk.yaml outsides.yaml topics.yaml new.yaml Topics/x.yaml topic/x.yaml drafts/x.YML
articles/x/y/z.yml topics/sub/x.yaml topics/x.YAML topics/x.yml topics/x.yaml.txt topics/x topics/x.txt topics/x.json
topics/x.yamll
""".split()
_IGNORED = """
.#x.yaml ._x.yaml x.yaml~ #x.yaml# .x.yaml.swp .~lock.x.yaml# x.yaml.bak Thumbs.db desktop.ini README.md .git/x.yaml
""".split()
_NAMES = ["x.yaml", "é.yaml", "a b.yaml", "new\nline.yaml", "x:1.yaml", "\udcff.yaml", ".yaml", "x.yaml.txt", "X.YAML"]
_SPECIAL_FILES = "outside.yaml smalltalk.yaml moves.yaml topics/x.yaml articles/x.yaml topics articles".split()
_ENCODINGS = ["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp500"]


@dataclass
class Broken:
    """A library under mutation. ``at``: the file and line that must be reported if nothing else is wrong."""

    folder: Path
    random: Random
    at: tuple[str, int] | None = None

    def file(self) -> Path:
        """One of the library's files."""
        return self.random.choice(sorted(p for p in self.folder.rglob("*") if p.is_file() and not p.is_symlink()))

    def mark(self, path: Path, line: int) -> None:
        """Remember where MARK was written."""
        self.at = (path.relative_to(self.folder).as_posix(), line)


def bytes_changed(broken: Broken) -> None:
    path, random = broken.file(), broken.random
    data = bytearray(path.read_bytes())
    for _ in range(random.randint(1, 3)):
        at = random.randint(0, len(data))
        match random.randrange(3):
            case 0:
                data[at : at + random.randint(1, 20)] = b""
            case 1:
                data[at:at] = bytes(random.choices(_ODD_BYTES, k=random.randint(1, 4)))
            case _:
                data[at:at] = random.choice(_ODD).encode()
    path.write_bytes(data)


def line_changed(broken: Broken) -> None:
    path, random = broken.file(), broken.random
    lines = path.read_bytes().decode(errors="replace").splitlines(keepends=True) or ["\n"]
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = " " * random.randint(1, 4) + lines[at]
        case 4:
            lines[at] = lines[at][random.randint(1, 4) :]
        case _:
            lines.insert(at, f"{random.choice(_ODD_LINES)}\n")
    path.write_bytes("".join(lines).encode())


def text_misread(broken: Broken) -> None:
    """Text that YAML would cut or take for something else."""
    path, random = broken.file(), broken.random
    lines = path.read_bytes().decode(errors="replace").split("\n")
    texts = [(at, found) for at, line in enumerate(lines) if (found := _TEXTS.match(line))]
    if not texts:
        return
    at, found = random.choice(texts)
    start, text = found.groups()
    written = [f"{random.choice(_SPECIAL)}{MARK} {text}", f"{text} #{MARK}", f"#{MARK} {text}", f"{text}: {MARK}"]
    lines[at] = start + random.choice(written)
    broken.mark(path, at + 1)
    path.write_bytes("\n".join(lines).encode())


class _Plain(yaml.SafeDumper):
    """Without aliases, so that what is wrong is what was changed."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _parts(data: object) -> list[Any]:
    """Every mapping and list of some data that has something in it."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return ([data] if inner else []) + [part for item in inner for part in _parts(item)]


def value_changed(broken: Broken) -> None:
    """Another type, an unknown key, an id used again, a lost key."""
    path, random = broken.file(), broken.random
    try:
        parts = _parts(data := yaml.safe_load(path.read_bytes()))
    except (ValueError, RecursionError, yaml.YAMLError):
        return
    if not parts:
        return
    part = random.choice(parts)
    key = random.choice(list(part) if isinstance(part, dict) else range(len(part)))
    match random.randrange(5):
        case 0:
            del part[key]
        case 1 if isinstance(part, dict):
            part[random.choice(_KEYS)] = part.pop(key)
        case 2:
            other = random.choice(parts)
            part[key] = deepcopy(random.choice(list(other.values()) if isinstance(other, dict) else other))
        case _:
            part[key] = random.choice(_VALUES)
    path.write_text(yaml.dump(data, allow_unicode=random.random() < 0.5, Dumper=_Plain), encoding="utf-8")


def file_misplaced(broken: Broken) -> None:
    """A good file in a place that is not read."""
    path = broken.folder / broken.random.choice(_PLACES)
    if path.exists() or not all(above.is_dir() for above in path.parents if above.exists()):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    topic = f"- {{id: x, title: {MARK}, claims: [upside], answer: X., questions: [{MARK}]}}\n"
    path.write_text(topic, encoding="utf-8")
    broken.mark(path, 1)


def file_ignored(broken: Broken) -> None:
    """What an editor leaves behind, which changes nothing."""
    path = broken.folder / broken.random.choice(["", "topics", "articles"]) / broken.random.choice(_IGNORED)
    if all(above.is_dir() for above in path.parents if above.exists()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff{")


def file_renamed(broken: Broken) -> None:
    path = broken.file()
    path.rename(path.with_name(broken.random.choice(_NAMES)))


def file_special(broken: Broken) -> None:
    """Links, pipes, sockets, devices and folders that are called like a file or folder of a library."""
    random = broken.random
    path = broken.folder / random.choice(_SPECIAL_FILES)
    if not path.parent.is_dir():
        return
    old = path.with_name(f".{path.name}.{random.random()}")
    if os.path.lexists(path):
        path.rename(old)
    match random.randrange(6):
        case 0:
            os.mkfifo(path)
        case 1:
            path.mkdir()
        case 2:
            path.symlink_to(random.choice(["nowhere", path.name, "/dev/zero", ".", "..", "/dev/stdin"]))
        case 3 if len(str(path)) < 100:  # the longest name of a socket
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(str(path))
        case 4:
            path.symlink_to(old)


def encoded_otherwise(broken: Broken) -> None:
    path, encoding = broken.file(), broken.random.choice(_ENCODINGS)
    path.write_bytes(path.read_bytes().decode(errors="replace").encode(encoding, "replace"))


def ends_changed(broken: Broken) -> None:
    path, end = broken.file(), broken.random.choice([b"\r\n", b"\r", b"\n\n", b"\n\r"])
    path.write_bytes(path.read_bytes().replace(b"\n", end))


def grown(broken: Broken) -> None:
    """Nested deeply, or long."""
    random, many = broken.random, broken.random.choice([30, 300, 30_000])
    keys = "".join(f"k{i}: x\n" for i in range(many))
    repeated = random.choice(["[", "{a: ", "- ", "? ", "- x\n", "- {id: [x]}\n", "x\n", "- *a\n"]) * many
    with broken.file().open("a", encoding="utf-8") as file:
        file.write(random.choice([keys, repeated, f'"{repeated}']))


MUTATIONS: tuple[Callable[[Broken], None], ...] = (
    *(bytes_changed, line_changed, text_misread, value_changed) * 2,
    *(file_misplaced, file_ignored, file_renamed, file_special, encoded_otherwise, ends_changed, grown),
)
