"""The daily quotation."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import labels
from bot.store import ServerSettings
from cogs.daily import is_due
from tests.cogs.conftest import kept, settle
from tests.cogs.test_forums import from_bot, open_settings
from tests.stage import Stage

TITLE = "### Quotation of the day"
NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "last", "due"),
    [(-1, None, False), (0, None, True), (9, "2026-02-28", True), (9, "2026-03-01", False), (10, None, False)],
)
def test_it_is_due_once_a_day_at_its_time(minutes: int, last: str | None, due: bool) -> None:
    settings = ServerSettings(daily_channel=1, daily_at="09:00", daily_last=last)
    assert is_due(settings, NINE + timedelta(minutes=minutes)) is due


@pytest.mark.asyncio(loop_scope="module")
async def test_it_is_posted_once_where_and_when_the_admins_want_it(stage: Stage) -> None:
    now = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%H:%M")
    wanted = {"daily-channel": [stage.hall], "daily-at": now}
    await open_settings(stage, "People and the daily quotation", **wanted)
    quotation = await stage.hall.message(lambda message: message.text.startswith(TITLE))
    assert "Source: " in quotation.text
    await open_settings(stage, "People and the daily quotation", **wanted)
    await stage.start()
    await open_settings(stage, "People and the daily quotation", **wanted)
    assert len([m for m in from_bot(stage, stage.hall) if m.text.startswith(TITLE)]) == 1


@pytest.mark.asyncio(loop_scope="module")
async def test_what_admins_choose_while_others_get_theirs_stays_chosen(stage: Stage) -> None:
    other = stage.server.guild("Other")
    news, square = stage.server.text_channel(stage.guild, "news"), stage.server.text_channel(other, "square")
    due = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%H:%M")
    await stage.bot.end()
    with closing(sqlite3.connect(stage.folder / "data" / "right-things.db")) as database, database:
        for guild, channel in ((stage.guild, news), (other, square)):
            settings = ServerSettings(daily_channel=channel.id, daily_at=due)
            values = guild.id, json.dumps(settings.to_json())
            database.execute("INSERT OR REPLACE INTO servers (server, settings) VALUES (?, ?)", values)
    stage.server.faults.delay(f"POST /channels/{news.id}/messages", 2.0, after=True)
    await stage.start()
    await news.message(lambda message: message.text.startswith(TITLE))
    await (await settle(stage, square, labels.SETTINGS_ANSWERS, private=True, channels=[square])).answer()
    await square.message(lambda message: message.text.startswith(TITLE))
    await stage.bot.end()
    [row] = await kept(stage, "servers", server=other.id)
    assert json.loads(row["settings"])["private"] is True
    assert len([m for m in from_bot(stage, square) if m.text.startswith(TITLE)]) == 1
    await stage.start()
