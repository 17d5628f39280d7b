"""What waits is bounded."""

from __future__ import annotations

import pytest

from bot.store.servers import ServerSettings
from bot.store.tables import Row, server_row
from bot.store.waiting import Waiting


def row(server: int) -> Row:
    return server_row(server, ServerSettings())


@pytest.mark.asyncio
async def test_oldest_are_dropped_and_counted() -> None:
    waiting = Waiting(most=2)
    first, second, third = row(1), row(2), row(3)
    receipts = [waiting.add(each) for each in (first, second, third)]
    assert receipts[0].result() is False
    assert (waiting.all(), waiting.dropped) == ([second, third], 1)
    waiting.written([first, second])
    assert receipts[1].result() is True
    assert not receipts[2].done()
    assert (waiting.all(), waiting.dropped) == ([third], 1)
