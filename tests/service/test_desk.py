"""The desk answers from the library in use, in the light of what was said at a place."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.assistant import Abstain, Answer, Form, Reply
from bot.service import Desk, LiveLibrary, Opener, Place, Refusal, TooFast
from tests.small_library import replace, small_desk, write_small_library

pytestmark = pytest.mark.asyncio

HERE, ELSEWHERE = Place(1, 1), Place(2, 1)
BOTH = "does a firm need both of them"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return small_desk(tmp_path)


def topic_of(reply: Reply) -> str | None:
    return reply.topic.id if isinstance(reply, Answer) else None


async def test_follow_up_is_understood_at_its_place_until_the_conversation_is_forgotten(desk: Desk) -> None:
    assert topic_of(await desk.ask(BOTH, HERE)) == "both"
    assert topic_of(await desk.ask("source?", ELSEWHERE)) is None
    source = await desk.ask("source?", HERE)
    assert isinstance(source, Answer)
    assert (source.topic.id, source.form) == ("both", Form.SOURCE)
    desk.forget(HERE)
    assert topic_of(await desk.ask("source?", HERE)) is None


async def test_somebody_in_distress_is_never_too_fast(tmp_path: Path) -> None:
    library = write_small_library(tmp_path / "library")
    with (library / "outside.yaml").open("a", encoding="utf-8") as outside:
        outside.write("- {id: crisis, reply: Call somebody., questions: [i want to die, nobody would miss me]}\n")
    opener = Opener(library, encoder="off", cache=None)
    desk = Desk(LiveLibrary(opener, opener.open()), per_minute=1)
    await desk.ask(BOTH, HERE)
    reply = await desk.ask("i want to die", HERE)
    assert isinstance(reply, Abstain)
    assert reply.is_care
    with pytest.raises(TooFast):
        await desk.ask(BOTH, HERE)


async def test_question_of_its_own_starts_a_new_conversation(desk: Desk) -> None:
    await desk.ask(BOTH, HERE)
    assert topic_of(await desk.ask("source?", HERE, follow_up=False)) is None


async def test_chosen_topic_goes_on_with_the_conversation_and_may_be_gone(desk: Desk) -> None:
    reply = await desk.topic("change", HERE)
    assert (reply.topic.id, reply.question) == ("change", reply.topic.title)
    with pytest.raises(Refusal, match="no longer in the library"):
        await desk.topic("no-such-topic", HERE)
    assert topic_of(await desk.ask("source?", HERE)) == "change"


async def test_messages_sent_at_once_are_answered_in_turn(desk: Desk) -> None:
    """Neither is lost, and the later one is read in the light of the earlier."""
    replies = await asyncio.gather(*(desk.ask(text, HERE) for text in (BOTH, "source?", "what else?", "source?")))
    assert [topic_of(reply) for reply in replies] == ["both", "both", "purpose", "purpose"]


async def test_pace_counts_whatever_is_asked(tmp_path: Path) -> None:
    desk = small_desk(tmp_path, per_minute=2)
    await desk.ask(BOTH, HERE)
    await desk.topic("change", ELSEWHERE)
    for again in (desk.ask(BOTH, HERE), desk.topic("change", HERE)):
        with pytest.raises(TooFast):
            await again
    assert topic_of(await desk.ask(BOTH, Place(1, 2))) == "both"


async def test_what_is_typed_is_completed(desk: Desk) -> None:
    completions = desk.complete("raising the al", most=3, longest=100)
    assert completions[0] == "raising the alarm"
    assert all(len(text) <= 100 for text in desk.complete("", most=25, longest=100))


async def test_reload_answers_from_the_new_library(desk: Desk, tmp_path: Path) -> None:
    replace(tmp_path / "library/topics/leaders.yaml", "Leaders welcome change.", "They do.")
    assert (await desk.reload()).changed == ("topic change",)
    reply = await desk.ask("do leaders like change", HERE)
    assert isinstance(reply, Answer)
    assert reply.topic.answer == "They do."
    assert isinstance(await desk.ask("what salary does a manager earn", HERE), Abstain)


async def test_why_explains_a_question_asked_on_its_own_and_leaves_the_conversation_as_it_was(desk: Desk) -> None:
    await desk.ask(BOTH, HERE)
    why = await desk.why("do leaders like chnage", HERE.person)
    assert why.candidates[0].topic == "change"
    assert why.text == "do leaders like change"
    assert topic_of(await desk.ask("source?", HERE)) == "both"


async def test_why_is_of_the_library_in_use(desk: Desk, tmp_path: Path) -> None:
    replace(tmp_path / "library/topics/leaders.yaml", "do leaders like change", "does change please a leader")
    assert (await desk.why("do leaders like change", HERE.person)).candidates[0].phrasing == "do leaders like change"
    await desk.reload()
    why = await desk.why("does change please a leader", HERE.person)
    assert why.candidates[0].phrasing == "does change please a leader"


async def test_pace_counts_why_too(tmp_path: Path) -> None:
    desk = small_desk(tmp_path, per_minute=1)
    await desk.why(BOTH, HERE.person)
    with pytest.raises(TooFast):
        await desk.why(BOTH, HERE.person)
