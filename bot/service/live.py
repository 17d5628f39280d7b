"""The library in use, and how it is replaced while questions are answered."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection

from bot.assistant import Assistant
from bot.knowledge import KnowledgeBase, LibraryError
from bot.service.golden import golden_faults
from bot.service.memory import settle
from bot.service.opening import Learnt, Library, Opener


@dataclass(frozen=True)
class Changes:
    """What a reload changed: ids of entries; how many golden questions it asked; how long it took in seconds."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    golden: int
    seconds: float


class LiveLibrary:
    """The library in use. Take ``current`` once per answer, so as never to see a mixture of two.

    Args:
        opener: opens the library again at each reload.
        library: the one to begin with; it need not come from the opener.
    """

    def __init__(self, opener: Opener, library: Library) -> None:
        self._opener = opener
        self._one_at_a_time = asyncio.Lock()
        self.current = library

    async def reload(self) -> Changes:
        """Replace the library by what is in its folder now; if that fails, the old one stays.

        Raises:
            LibraryError: with what is wrong with the new one, or with its replies to its golden questions.
        """
        async with self._one_at_a_time:
            start = time.perf_counter()
            # The slow part runs in the child process; reading the library here takes about a second.
            learnt = await _learnt_elsewhere(self._opener)
            new = await asyncio.to_thread(self._opener.open, learnt=learnt)
            await asyncio.to_thread(_check_golden, new.assistant)
            changes = _changes(self.current.knowledge, new.knowledge, time.perf_counter() - start)
            self.current = new
            await asyncio.to_thread(settle)
            return changes


def _check_golden(assistant: Assistant) -> None:
    """Ask the golden questions.

    Raises:
        LibraryError: with each that gets a wrong reply.
    """
    if faults := tuple(golden_faults(assistant)):
        raise LibraryError(faults)


async def _learnt_elsewhere(opener: Opener) -> Learnt:
    """Have the library learnt by a separate process, killed if the caller stops waiting."""
    spawning = multiprocessing.get_context("spawn")
    receiver, sender = spawning.Pipe(duplex=False)
    with receiver:
        process = spawning.Process(target=_learn, args=(opener, sender), daemon=True)
        with sender, _ctrl_c_blocked():
            process.start()
        try:
            result = await asyncio.to_thread(receiver.recv)
        except EOFError:
            result = RuntimeError("the process that learns the library has died")
        finally:
            process.kill()
            await asyncio.to_thread(process.join)
            process.close()
    if isinstance(result, Exception):
        raise result
    assert isinstance(result, Learnt)
    return result


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    """A process that is started in the block never gets Ctrl-C, even while it imports: that is for the bot to handle.

    The bot itself gets it after the block. (Windows knows no such thing.)
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it unblocks Ctrl-C, so not within the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _learn(opener: Opener, sender: Connection) -> None:
    """In the other process: send what was learnt, or the error."""
    logging.disable()  # the bot said the same when it started
    try:
        sender.send(opener.learn())
    except Exception as error:
        sender.send(error)


def _changes(old: KnowledgeBase, new: KnowledgeBase, seconds: float) -> Changes:
    before, after = dict(_entries(old)), dict(_entries(new))
    return Changes(
        added=tuple(name for name in after if name not in before),
        changed=tuple(name for name in after if name in before and after[name] != before[name]),
        removed=tuple(name for name in before if name not in after),
        golden=len(new.golden),
        seconds=seconds,
    )


def _entries(knowledge: KnowledgeBase) -> Iterator[tuple[str, object]]:
    yield "library.yaml", knowledge.about
    yield "golden.jsonl", [*knowledge.golden.values()]
    kinds: list[tuple[str, Mapping[str, object]]] = [
        ("article", knowledge.articles),
        ("topic", knowledge.topics),
        ("outside group", knowledge.outside),
        ("small talk", knowledge.smalltalk),
        ("move", knowledge.moves),
    ]
    for kind, entries in kinds:
        for name, entry in entries.items():
            yield f"{kind} {name}", entry
