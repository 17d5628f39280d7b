"""What is no longer used is freed, and what is freed goes back to the system."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import platform
import re
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.matching import Matcher
from bot.service import Library, LiveLibrary, Opener
from bot.service.memory import release_memory, settle
from tests.small_library import replace, shared_cache, write_small_library

ON_GLIBC = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs the GNU C library")


def resident() -> int:
    """Bytes of this process that are in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    assert found
    return int(found[1]) * 1024


@ON_GLIBC
def test_what_is_freed_goes_back_to_the_system() -> None:
    blocks = [bytes(2000) for _ in range(20_000)]
    last = bytes(2000)  # above the others, so that they do not go back by themselves
    del blocks
    before = resident()
    release_memory()
    assert before - resident() > 20_000_000
    assert last


class Node:
    """Something that may refer to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_the_collector_leaves_alone_what_settled_and_frees_what_was_left() -> None:
    kept, left = Node(), weakref.ref(Node())
    settle()
    assert left() is None
    assert not any(found is kept for found in gc.get_objects()), "in no generation that is ever looked through"
    gone = weakref.ref(kept)
    del kept
    settle()
    assert gone() is None
    gc.unfreeze()


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_other_systems_do_nothing(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.service import memory

    def no_library(name: object) -> None:
        raise error

    monkeypatch.setattr("ctypes.CDLL", no_library)
    memory._malloc_trim.cache_clear()
    try:
        release_memory()
    finally:
        memory._malloc_trim.cache_clear()


@pytest.fixture
def opener(tmp_path: Path) -> Opener:
    return Opener(write_small_library(tmp_path / "library"), encoder="off", cache=shared_cache(tmp_path))


@pytest.fixture
def without_collector() -> Iterator[None]:
    """So that nothing is freed but what nobody refers to."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def watched(library: Library) -> list[weakref.ref[object]]:
    matcher = library.assistant._librarian._matcher
    return [weakref.ref(part) for part in (library, library.assistant, matcher, library.completer)]


@pytest.mark.usefixtures("without_collector")
def test_a_matcher_that_has_answered_is_freed_at_once(opener: Opener) -> None:
    library = opener.open()
    parts = watched(library)
    library.assistant.reply("why are both nedeed")
    assert isinstance(parts[2](), Matcher)
    del library
    assert [part() for part in parts] == [None] * 4


@pytest.mark.asyncio
@pytest.mark.usefixtures("without_collector")
async def test_a_replaced_library_is_freed_at_once(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.memory.gc.collect", lambda: 0)
    live = LiveLibrary(opener, opener.open())
    for version in range(3):
        parts = watched(live.current)
        live.current.assistant.reply("why are both nedeed")
        if version == 1:
            replace(opener.folder / "topics/difference.yaml", "A firm needs both of them, for", "Yes,")
        await live.reload()
        await asyncio.to_thread(int)  # the worker refers to what it returned last
        assert [part() for part in parts] == [None] * 4
    assert multiprocessing.active_children() == []
