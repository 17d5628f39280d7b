"""/privacy: what is kept about the person who asks, as a file, or deleted so that nothing leads to them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.app import labels
from bot.service import wording
from tests.cogs.conftest import ASK_BOTH, BOTH, ask, kept, press
from tests.loopback import Channel, Message, Person, permissions
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

SETTINGS = {"KEEP_DAYS": "30"}
ASK_PAY = "what salary does a manager earn"


@pytest.fixture
def square(stage: Stage) -> Channel:
    """A channel to which the bot may send files."""
    allowed = permissions.MEMBER | permissions.ATTACH_FILES
    return stage.server.text_channel(stage.guild, "square", bot_permissions=allowed)


async def privacy(person: Person, channel: Channel) -> Message:
    """What ``/privacy`` answers."""
    asked = await person.slash("privacy", channel=channel)
    message = await asked.answer()
    assert message.ephemeral
    return message


async def leave_traces(person: Person, stage: Stage) -> None:
    """Have something kept in each of the tables."""
    await ask(person, ASK_PAY, stage.hall)
    await press(person, await ask(person, ASK_BOTH, stage.hall), labels.HELPED)
    await (await person.say(person.dm, ASK_BOTH)).replies()
    await (await person.slash("quote", channel=person.dm)).answer()


async def exported(person: Person, channel: Channel) -> list[dict[str, Any]]:
    """What is in the file that a person gets."""
    message = await press(person, await privacy(person, channel), labels.EXPORT)
    assert (message.text, message.ephemeral) == (labels.EXPORTED, True)
    [file] = message.files
    assert file.name == "what-i-keep.json"
    rows: list[dict[str, Any]] = json.loads(file.data)
    return rows


async def test_who_has_left_no_traces_is_told_so(stage: Stage, alice: Person) -> None:
    await ask(alice, ASK_BOTH, stage.hall)
    message = await privacy(alice, stage.hall)
    assert message.text == f"{labels.PRIVACY_RULE.format(days=30)}\n{wording.PRIVACY_NOTHING}"
    assert message.buttons == []


async def test_all_that_is_kept_is_told_and_exported_to_that_person_alone(
    stage: Stage, alice: Person, square: Channel
) -> None:
    await leave_traces(alice, stage)
    await leave_traces(stage.person("bob"), stage)
    told = (await privacy(alice, square)).text
    for table in wording.KEPT:
        assert wording.KEPT[table][0] in told
    rows = await exported(alice, square)
    assert sorted(row["table"] for row in rows) == ["asked", "feedback", "introduced", "quoted"]
    assert len({row["person"] for row in rows}) == 1
    assert next(row for row in rows if row["table"] == "asked")["text"] == ASK_PAY
    assert str(alice.id) not in json.dumps(rows)


async def test_file_goes_to_a_direct_message_where_none_may_be_sent(stage: Stage, alice: Person) -> None:
    await ask(alice, ASK_PAY, stage.hall)
    refusal = await press(alice, await privacy(alice, stage.hall), labels.EXPORT)
    assert (refusal.text, refusal.ephemeral) == (labels.NO_EXPORT, True)
    assert [row["text"] for row in await exported(alice, alice.dm)] == [ASK_PAY]


async def test_nothing_leads_to_a_person_once_it_is_deleted(stage: Stage, alice: Person, square: Channel) -> None:
    await leave_traces(alice, stage)
    [who] = {row["person"] for row in await exported(alice, square)}
    message = await privacy(alice, square)
    assert await press(alice, message, labels.FORGET) is message
    assert (message.text, message.buttons) == (labels.FORGOTTEN.format(count=4), [])
    for table in wording.KEPT:
        assert await kept(stage, table, 0, person=who) == []
    left = b"".join(file.read_bytes() for file in (stage.folder / "data").iterdir())
    assert who.encode() not in left
    assert str(alice.id).encode() not in left
    [reply] = await (await alice.say(alice.dm, "source?")).replies()
    assert BOTH not in reply.text, "what was talked about is forgotten, too"
    [reply] = await (await alice.say(alice.dm, ASK_BOTH)).replies()
    assert labels.FIRST_TIME in reply.text
