"""The library in use, and how it is replaced while questions are answered."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection

from bot.assistant import Answer, Assistant
from bot.knowledge import Fault, KnowledgeBase, LibraryError

_GOLDEN = 0.9


@dataclass(frozen=True)
class Changes:
    """What a reload changed: ids of entries, and how long it took in seconds."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    seconds: float


class LiveLibrary:
    """Holds the assistant in use. Readers take ``assistant`` once for an answer and so never see a mixture."""

    def __init__(self, open_assistant: Callable[[], Assistant], prepare: Callable[[], None]) -> None:
        """Open the library for the first time.

        Args:
            open_assistant: reads the library.
            prepare: computes and caches what reading it takes; called in a process of its own, so it must pickle.

        Raises:
            LibraryError: where the library is broken from the start.
        """
        self._open, self._prepare = open_assistant, prepare
        self._one_at_a_time = asyncio.Lock()
        self.assistant = open_assistant()

    async def reload(self) -> Changes:
        """Replace the library by what now stands in its folder; where that fails, the old one stays.

        Raises:
            LibraryError: with what is wrong with the new one.
        """
        async with self._one_at_a_time:
            start = time.perf_counter()
            # The seconds of computing happen elsewhere; here it takes one, to read the result.
            await self._prepared()
            new = await asyncio.to_thread(self._checked)
            old, self.assistant = self.assistant, new
            return _changes(old.knowledge, new.knowledge, time.perf_counter() - start)

    async def _prepared(self) -> None:
        """Have the preparation done by a process of its own, which ends with whoever waits for it."""
        spawning = multiprocessing.get_context("spawn")
        receiver, sender = spawning.Pipe(duplex=False)
        process = spawning.Process(target=_report, args=(self._prepare, sender), daemon=True)
        process.start()
        sender.close()
        try:
            error = await asyncio.to_thread(receiver.recv)
        except EOFError:
            error = RuntimeError("the process that prepares the library has died")
        finally:
            process.kill()
        if error is not None:
            raise error

    def _checked(self) -> Assistant:
        """A new assistant that passes its golden questions: each topic's first phrasing leads to that topic."""
        assistant = self._open()
        topics = assistant.knowledge.topics.values()
        missed = [topic.id for topic in topics if not _leads_to(assistant, topic.questions[0], topic.id)]
        if len(missed) > (1 - _GOLDEN) * len(topics):
            reason = f"the golden questions of these topics are not answered: {', '.join(missed)}"
            raise LibraryError([Fault("topics", 1, reason)])
        return assistant


def _report(prepare: Callable[[], None], sender: Connection) -> None:
    """In the other process: prepare, and say what was wrong, if anything."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot to handle
    try:
        prepare()
    except Exception as error:
        sender.send(error)
    else:
        sender.send(None)


def _leads_to(assistant: Assistant, question: str, topic: str) -> bool:
    reply = assistant.reply(question)
    return isinstance(reply, Answer) and (reply.topic.id == topic or topic in [m.topic for m in reply.ranking[:2]])


def _changes(old: KnowledgeBase, new: KnowledgeBase, seconds: float) -> Changes:
    before, after = dict(_entries(old)), dict(_entries(new))
    return Changes(
        added=tuple(name for name in after if name not in before),
        changed=tuple(name for name in after if name in before and after[name] != before[name]),
        removed=tuple(name for name in before if name not in after),
        seconds=seconds,
    )


def _entries(knowledge: KnowledgeBase) -> Iterator[tuple[str, object]]:
    kinds: list[tuple[str, Mapping[str, object]]] = [
        ("article", knowledge.articles),
        ("topic", knowledge.topics),
        ("outside group", knowledge.outside),
        ("small talk", knowledge.smalltalk),
    ]
    for kind, entries in kinds:
        for name, entry in entries.items():
            yield f"{kind} {name}", entry
