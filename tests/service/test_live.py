"""A reload swaps the library as a whole, or not at all."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace as changed
from pathlib import Path

import pytest

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reply
from bot.knowledge import LibraryError
from bot.service import Library, LiveLibrary, Opener
from bot.service.encodings import Report
from bot.service.opening import Learnt
from tests.small_library import replace, shared_cache, write_small_library

pytestmark = pytest.mark.asyncio

DIFFERENCE = "topics/difference.yaml"
GOLDEN = '{"q": "why does a firm need both?", "claims": ["need-both"]}\n{"q": "how do i cook rice", "claims": []}\n'
ASK_BOTH = "does a firm need both of them"
BOTH = "A firm needs both of them, for one without the other fails."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_library(tmp_path / "library")


@pytest.fixture
def opener(folder: Path, tmp_path: Path) -> Opener:
    return Opener(folder, encoder="off", cache=shared_cache(tmp_path))


@pytest.fixture
def live(opener: Opener) -> LiveLibrary:
    return LiveLibrary(opener, opener.open())


async def test_reload_says_what_was_added_changed_and_removed(live: LiveLibrary, folder: Path) -> None:
    before = live.current
    replace(folder / DIFFERENCE, BOTH, "Yes.")
    replace(folder / "articles/note.yaml", "change is their daily bread", "change is welcome")
    replace(folder / "topics/leaders.yaml", "id: change", "id: novelty")
    (folder / "outside.yaml").unlink()
    changes = await live.reload()
    assert changes.added == ("topic novelty",)
    assert changes.changed == ("article note", "topic both")
    assert set(changes.removed) == {"topic change", "outside group pay", "outside group cooking"}
    assert changes.seconds > 0
    assert live.current is not before
    assert live.current.knowledge.topics["both"].answer == "Yes."
    assert before.knowledge.topics["both"].answer == BOTH
    again = await live.reload()
    assert (again.added, again.changed, again.removed) == ((), (), ())


async def test_reload_without_a_cache_learns_in_the_other_process_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = Opener(folder, encoder="off", cache=None)
    live = LiveLibrary(opener, opener.open())
    replace(folder / DIFFERENCE, "id: both", "id: two")
    replace(folder / "outside.yaml", "closest: [both, horizon]", "closest: [two]")
    replace(folder / DIFFERENCE, "related: [risk, both, horizon]", "related: [risk, two]")
    monkeypatch.setattr("bot.service.opening.train", None)
    assert (await live.reload()).added == ("topic two",)


async def test_old_library_stays_until_a_broken_one_is_mended(live: LiveLibrary, folder: Path) -> None:
    before = live.current
    replace(folder / DIFFERENCE, "claims: [need-both]", "claims: [no-such-claim]")
    with pytest.raises(LibraryError) as error:
        await live.reload()
    [fault] = error.value.faults
    assert fault.file == DIFFERENCE
    assert "no-such-claim" in fault.reason
    assert live.current is before
    assert isinstance(before.assistant.reply(ASK_BOTH), Answer)
    write_small_library(folder)
    replace(folder / DIFFERENCE, BOTH, "Yes.")
    assert (await live.reload()).changed == ("topic both",)


class Dying(Opener):
    """Cannot learn."""

    def learn(self) -> Learnt:
        os._exit(3)


async def test_process_that_dies_leaves_the_old_library(folder: Path, live: LiveLibrary) -> None:
    dying = LiveLibrary(Dying(folder, encoder="off", cache=None), live.current)
    with pytest.raises(Exception, match="process"):
        await dying.reload()
    assert dying.current is live.current


class Forgetful(Assistant):
    """Answers none of its own phrasings."""

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008  # immutable
        return Abstain(question=question)


class Spoiling(Opener):
    """Opens a library that forgets everything, and counts how many it opens at a time."""

    now = most = times = 0

    def open(self, report: Report = lambda done, total: None, learnt: Learnt | None = None) -> Library:
        Spoiling.now, Spoiling.times = Spoiling.now + 1, Spoiling.times + 1
        Spoiling.most = max(Spoiling.most, Spoiling.now)
        try:
            library = super().open(report, learnt)
            return changed(library, assistant=Forgetful(library.knowledge, library.assistant._librarian._matcher))
        finally:
            Spoiling.now -= 1


async def test_golden_questions_are_counted(live: LiveLibrary, folder: Path) -> None:
    assert (await live.reload()).golden == 0
    (folder / "golden.jsonl").write_text(GOLDEN, encoding="utf-8")
    changes = await live.reload()
    assert (changes.golden, changes.changed, changes.added) == (2, ("golden.jsonl",), ())
    (folder / "golden.jsonl").write_text(f"\n{GOLDEN}", encoding="utf-8")
    assert (await live.reload()).changed == (), "only the lines moved"


async def test_library_that_fails_golden_questions_is_refused_with_all_of_them(live: LiveLibrary, folder: Path) -> None:
    before = live.current
    wrong = GOLDEN.replace("need-both", "upside").replace("how do i cook rice", ASK_BOTH)
    (folder / "golden.jsonl").write_text(wrong, encoding="utf-8")
    with pytest.raises(LibraryError) as error:
        await live.reload()
    assert [(fault.file, fault.line) for fault in error.value.faults] == [("golden.jsonl", 1), ("golden.jsonl", 2)]
    assert all("answered with the topic `both` (confidence " in fault.reason for fault in error.value.faults)
    assert live.current is before
    (folder / "golden.jsonl").write_text(GOLDEN, encoding="utf-8")
    assert (await live.reload()).golden == 2


async def test_new_library_is_asked_and_not_the_old_one(live: LiveLibrary, opener: Opener, folder: Path) -> None:
    (folder / "golden.jsonl").write_text(GOLDEN, encoding="utf-8")
    spoilt = LiveLibrary(Spoiling(opener.folder, opener.encoder, opener.cache), live.current)
    results = await asyncio.gather(*(spoilt.reload() for _ in range(3)), return_exceptions=True)
    assert [type(result) for result in results] == [LibraryError] * 3
    assert [str(result).partition(":1: ")[0] for result in results] == ["golden.jsonl"] * 3
    assert all("is not answered at all" in str(result) for result in results)
    assert spoilt.current is live.current
    assert (Spoiling.times, Spoiling.most) == (3, 1), "one reload after the other"


async def test_reload_that_waited_sees_what_was_written_meanwhile(live: LiveLibrary, folder: Path) -> None:
    first, second = (asyncio.create_task(live.reload()) for _ in range(2))
    await first
    replace(folder / DIFFERENCE, BOTH, "Yes.")
    assert (await second).changed == ("topic both",)


async def test_readers_see_the_old_or_the_new_library(live: LiveLibrary, folder: Path) -> None:
    """Every part of an answer is of one version, however often the library is replaced meanwhile."""

    def write(version: int) -> None:
        write_small_library(folder)
        replace(folder / DIFFERENCE, "Why a firm needs both", f"Version {version}")
        replace(folder / DIFFERENCE, BOTH, f"This is version {version}.")
        replace(folder / "articles/review.yaml", "One without the other fails.", f"version {version}")

    def ask() -> set[str]:
        """What the parts of one answer call their version."""
        reply = live.current.assistant.reply(ASK_BOTH)
        assert isinstance(reply, Answer)
        parts = (reply.topic.title, reply.topic.answer, str(reply.evidence[0].claim.quote))
        return {part.strip(".").split()[-1] for part in parts}

    seen, done = set[str](), False

    async def read() -> None:
        while not done:
            versions = await asyncio.to_thread(ask)
            assert len(versions) == 1, f"a mixture of {versions}"
            seen.update(versions)
            await asyncio.sleep(0.002)  # the one who learns needs the processor, too

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
