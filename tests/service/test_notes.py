"""What is kept of what people do, and what never is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assistant import Abstain, Answer, Reason, Reply, Smalltalk, Suggest
from bot.knowledge import OutsideGroup, SmalltalkKind, Topic
from bot.matching import Match
from bot.service import Place, Refusal
from bot.service.notes import Notes
from bot.store import ServerSettings
from bot.store.location import sqlalchemy_url
from bot.store.store import Store

pytestmark = pytest.mark.asyncio

ALICE, BOB, SERVER = 1001, 1002, 7
HERE = Place(channel=5, person=ALICE, server=SERVER)
PAY = OutsideGroup(id="pay", reply="Nothing on pay.", questions=("pay?",))
CRISIS = OutsideGroup(id="crisis", reply="Call for help.", questions=("help?",))
GREETING = SmalltalkKind(id="greeting", reply="Hello!", questions=("hi",))
RISK = Topic(id="risk", title="Risk", claims=("c1",), answer="The answer.", questions=("why?",))
RANKING = (Match("risk", 0.375), Match("both", 0.1))


@pytest_asyncio.fixture
async def notes(tmp_path: Path) -> AsyncIterator[Notes]:
    notes = Notes(Store.at(sqlalchemy_url(None, tmp_path), bytes(32)), lambda: "f2")
    async with notes.kept():
        yield notes


async def kept(notes: Notes, person: int = ALICE) -> list[dict[str, object]]:
    """The rows about a person, without their keys and times, and without what says nothing."""
    rows = [{key: value for key, value in row.items() if value is not None} for row in await notes.about(person)]
    return [{key: value for key, value in row.items() if key not in ("id", "at", "person")} for row in rows]


# Questions


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Suggest(question="risky?", topics=(RISK,), ranking=RANKING), {"text": "risky?", "outcome": "suggest"}),
        (
            Abstain(question="and money?", understood="do leaders earn money?", group=PAY, ranking=RANKING),
            {"text": "do leaders earn money?", "outcome": "abstain", "group": "pay"},
        ),
    ],
)
async def test_question_asked_in_vain_is_noted_as_it_was_understood(
    notes: Notes, reply: Reply, expected: dict[str, object]
) -> None:
    await notes.replied(reply, HERE, "f1")
    about = {"table": "asked", "nearest": "risk", "confidence": 0.375, "fingerprint": "f1", "server": SERVER}
    assert await kept(notes) == [about | expected]


@pytest.mark.parametrize(
    "reply",
    [
        Abstain(question="i want to die", group=CRISIS, ranking=RANKING),
        Answer(question="why?", topic=RISK, evidence=()),
        Smalltalk(question="hi", kind=GREETING),
        *(Abstain(question="?", reason=reason) for reason in Reason if reason is not Reason.NOT_COVERED),
    ],
)
async def test_nothing_else_is_noted_least_of_all_of_people_in_distress(notes: Notes, reply: Reply) -> None:
    await notes.replied(reply, HERE, "f1")
    await notes.introduce(BOB)  # whatever came before it is written or waits by now
    assert len(await kept(notes, BOB)) == 1
    assert await kept(notes) == []


# What people press


async def test_what_helped_is_noted_without_words_and_the_last_press_counts(notes: Notes) -> None:
    assert await notes.not_meant(9, "", "why?", HERE, meant_text="other words")
    [row] = await kept(notes)
    assert (row["helpful"], row["outcome"], row["question"], row["meant_text"]) == (
        False,
        "none",
        "why?",
        "other words",
    )
    assert await notes.helped(9, "risk", HERE)
    about = {"table": "feedback", "fingerprint": "f2", "server": SERVER, "message": 9}
    assert await kept(notes) == [about | {"topic": "risk", "outcome": "answer", "helpful": True}]


async def test_people_are_kept_as_hashes(notes: Notes) -> None:
    for place in (HERE, HERE._replace(person=BOB)):
        await notes.helped(9, "risk", place)
    [[alice], [bob]] = [await notes.about(person) for person in (ALICE, BOB)]
    assert alice["person"] != bob["person"]
    assert str(ALICE) not in str(alice)


# Introductions and quotations


async def test_everybody_is_introduced_once(notes: Notes) -> None:
    assert [await notes.introduce(person) for person in (ALICE, ALICE, BOB)] == [True, False, True]


@pytest.mark.parametrize(("is_direct", "count"), [(True, 1), (False, 0)])
async def test_last_quotation_leads_to_a_person_in_a_direct_message_alone(
    notes: Notes, is_direct: bool, count: int
) -> None:
    await notes.quoted("upside", HERE, is_direct=is_direct)
    assert notes.last_quoted(HERE.channel) == "upside"
    assert notes.last_quoted(6) is None
    assert len(await kept(notes)) == count


async def test_what_is_forgotten_is_counted(notes: Notes) -> None:
    await notes.replied(Suggest(question="?", topics=(RISK,)), HERE, "f1")
    await notes.introduce(ALICE)
    assert await notes.forget(ALICE) == 2
    assert await kept(notes) == []
    assert await notes.introduce(ALICE)


# Servers


async def test_settings_are_a_servers_own(notes: Notes) -> None:
    private = ServerSettings(private=True)
    assert await notes.change_settings(SERVER, private)
    assert [notes.settings_of(server) for server in (SERVER, 8, None)] == [private, ServerSettings(), ServerSettings()]


# Without a store, and with one that doesn't work


async def test_without_a_store_nothing_is_kept_and_that_is_said() -> None:
    notes = Notes(None, lambda: "f1")
    async with notes.kept():
        await notes.replied(Suggest(question="?", topics=(RISK,)), HERE, "f1")
        await notes.quoted("upside", HERE, is_direct=True)
        assert not await notes.helped(9, "risk", HERE)
        assert not await notes.not_meant(9, "risk", "why?", HERE)
        assert not await notes.introduce(ALICE)
        assert not await notes.change_settings(SERVER, ServerSettings(private=True))
        assert (notes.settings_of(SERVER), notes.last_quoted(5)) == (ServerSettings(), None)
        assert (await notes.about(ALICE), await notes.forget(ALICE)) == ([], 0)


async def test_store_that_cannot_be_used_refuses_to_tell_and_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.touch()  # a file in the folder's place
    notes = Notes(Store.at(sqlalchemy_url(None, folder), bytes(32)), lambda: "f1")
    async with notes.kept():
        assert not await notes.not_meant(9, "risk", "why?", HERE, within=0.01)
        for asked in (notes.about(ALICE), notes.forget(ALICE)):
            with pytest.raises(Refusal, match="try again in a minute"):
                await asked
        assert await notes.introduce(ALICE)
        assert not await notes.introduce(ALICE)
