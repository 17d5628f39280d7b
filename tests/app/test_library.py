"""A reload swaps the library as a whole, or not at all."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.app.library import LiveLibrary
from bot.assistant import Abstain, Answer, Assistant, Conversation, Reply, prepare
from bot.knowledge import LibraryError
from bot.matching import Cache
from tests.small_library import replace, shared_cache, write_small_library

pytestmark = pytest.mark.asyncio

# What is computed for a reload, where it does not matter; it is done in another process all the same.
NOTHING = partial(time.sleep, 0)
DIFFERENCE = "topics/difference.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_library(tmp_path / "library")


@pytest.fixture
def opened(folder: Path, tmp_path: Path) -> Callable[[], Assistant]:
    """Opens the library as it is now."""
    return partial(Assistant.open, folder, None, Cache(shared_cache(tmp_path)))


@pytest.fixture
def live(opened: Callable[[], Assistant]) -> LiveLibrary:
    return LiveLibrary(opened, NOTHING)


# What a reload says


async def test_reload_tells_what_was_added_changed_and_removed(live: LiveLibrary, folder: Path) -> None:
    before = live.assistant
    replace(folder / DIFFERENCE, "A firm needs both of them, for one without the other fails.", "Yes.")
    replace(folder / "topics/leaders.yaml", "id: change", "id: novelty")
    (folder / "outside.yaml").unlink()
    changes = await live.reload()
    assert changes.added == ("topic novelty",)
    assert changes.changed == ("topic both",)
    assert set(changes.removed) == {"topic change", "outside group pay", "outside group cooking"}
    assert changes.seconds > 0
    assert live.assistant is not before
    assert live.assistant.knowledge.topics["both"].answer == "Yes."
    assert before.knowledge.topics["both"].answer != "Yes."


async def test_reload_of_the_same_tells_of_nothing(live: LiveLibrary) -> None:
    changes = await live.reload()
    assert (changes.added, changes.changed, changes.removed) == ((), (), ())


async def test_change_of_a_claim_is_a_change_of_its_article(live: LiveLibrary, folder: Path) -> None:
    replace(folder / "articles/note.yaml", "change is their daily bread", "change is welcome")
    assert (await live.reload()).changed == ("article note",)


async def test_what_is_computed_elsewhere_is_used(folder: Path, tmp_path: Path) -> None:
    """The real preparation, in its own process, reads the same folder and finds the same faults."""
    cache = shared_cache(tmp_path)
    live = LiveLibrary(partial(Assistant.open, folder, None, Cache(cache)), partial(prepare, folder, False, cache))
    replace(folder / DIFFERENCE, "id: both", "id: two")
    replace(folder / "outside.yaml", "closest: [both, horizon]", "closest: [two]")
    replace(folder / DIFFERENCE, "related: [risk, both, horizon]", "related: [risk, two]")
    assert (await live.reload()).added == ("topic two",)
    (folder / DIFFERENCE).write_text("nothing but text", encoding="utf-8")
    with pytest.raises(LibraryError) as error:
        await live.reload()
    assert DIFFERENCE in {fault.file for fault in error.value.faults}


# What a reload refuses


async def test_library_that_is_broken_from_the_start_is_no_library(
    folder: Path, opened: Callable[[], Assistant]
) -> None:
    (folder / DIFFERENCE).unlink()
    with pytest.raises(LibraryError):
        LiveLibrary(opened, NOTHING)


async def test_old_library_stays_where_the_new_one_is_broken(live: LiveLibrary, folder: Path) -> None:
    before = live.assistant
    replace(folder / DIFFERENCE, "claims: [need-both]", "claims: [no-such-claim]")
    with pytest.raises(LibraryError) as error:
        await live.reload()
    [fault] = error.value.faults
    assert fault.file == DIFFERENCE
    assert "no-such-claim" in fault.reason
    assert live.assistant is before
    assert isinstance(before.reply("does a firm need both of them"), Answer)


async def test_mended_library_is_taken_after_a_broken_one(live: LiveLibrary, folder: Path) -> None:
    good = (folder / DIFFERENCE).read_text(encoding="utf-8")
    (folder / DIFFERENCE).write_text(f"{good}\n- broken: yes\n", encoding="utf-8")
    with pytest.raises(LibraryError):
        await live.reload()
    (folder / DIFFERENCE).write_text(good.replace("A firm needs both of them, for", "Yes,"), encoding="utf-8")
    assert (await live.reload()).changed == ("topic both",)


async def test_failing_preparation_leaves_the_old_library(opened: Callable[[], Assistant]) -> None:
    live = LiveLibrary(opened, partial(os._exit, 3))
    before = live.assistant
    with pytest.raises(Exception, match="process"):
        await live.reload()
    assert live.assistant is before


class Forgetful(Assistant):
    """An assistant that answers none of its own phrasings."""

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008  # immutable
        return Abstain(question=question, text="I forgot.")


async def test_library_that_does_not_answer_its_own_phrasings_is_refused(
    opened: Callable[[], Assistant], folder: Path
) -> None:
    assistants = iter([opened(), Forgetful.open(folder)])
    live = LiveLibrary(lambda: next(assistants), NOTHING)
    before = live.assistant
    with pytest.raises(LibraryError, match=r"golden questions.*purpose, risk, both"):
        await live.reload()
    assert live.assistant is before


# At the same time


async def test_two_reloads_go_one_after_the_other(opened: Callable[[], Assistant]) -> None:
    at_work = most = times = 0

    def open_assistant() -> Assistant:
        nonlocal at_work, most, times
        at_work, times = at_work + 1, times + 1
        most = max(most, at_work)
        try:
            return opened()
        finally:
            at_work -= 1

    live = LiveLibrary(open_assistant, NOTHING)
    await asyncio.gather(*(live.reload() for _ in range(3)))
    assert (times, most) == (4, 1)


async def test_reload_that_waited_sees_what_was_written_meanwhile(live: LiveLibrary, folder: Path) -> None:
    first = asyncio.create_task(live.reload())
    second = asyncio.create_task(live.reload())
    await first
    replace(folder / DIFFERENCE, "A firm needs both of them, for", "Yes,")
    assert (await second).changed == ("topic both",)


async def test_readers_see_the_old_or_the_new_library(live: LiveLibrary, folder: Path) -> None:
    """Every part of an answer is of one version, however often the library is replaced meanwhile."""
    article, topics = folder / "articles/review.yaml", folder / DIFFERENCE

    def write(version: int) -> None:
        text = topics.read_text(encoding="utf-8").splitlines()
        at = next(index for index, line in enumerate(text) if line.endswith("claims: [need-both]"))
        text[at - 1 : at + 2] = [f"  title: Version {version}", text[at], f"  answer: This is version {version}."]
        topics.write_text("\n".join(text), encoding="utf-8")
        quoted = article.read_text(encoding="utf-8").splitlines()
        at = next(index for index, line in enumerate(quoted) if line.endswith("says: A firm needs both of them."))
        quoted[at + 1] = f'    quote: "version {version}"'
        article.write_text("\n".join(quoted), encoding="utf-8")

    def ask() -> set[str]:
        """What the parts of one answer call their version."""
        reply = live.assistant.reply("does a firm need both of them")
        assert isinstance(reply, Answer)
        return {
            part.strip(".").split()[-1] for part in (reply.topic.title, reply.text, str(reply.evidence[0].claim.quote))
        }

    seen: set[str] = set()
    done = False

    async def read() -> None:
        while not done:
            versions = await asyncio.to_thread(ask)
            assert len(versions) == 1, f"a mixture of {versions}"
            seen.update(versions)

    write(0)
    await live.reload()
    readers = [asyncio.create_task(read()) for _ in range(2)]
    for version in range(1, 3):
        write(version)
        await live.reload()
        assert await asyncio.to_thread(ask) == {str(version)}
    done = True
    await asyncio.gather(*readers)
    assert seen >= {"0", "1"}
