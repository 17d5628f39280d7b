"""The daily quotation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.store import ServerSettings
from cogs.daily import is_due
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
