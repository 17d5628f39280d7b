"""What is still to be written."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import islice

from bot.store.tables import Row


class Waiting:
    """Rows that wait to be written, the oldest first. When there are too many, the oldest are dropped and counted."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._rows: dict[Row, asyncio.Future[bool]] = {}
        self.dropped = 0

    def add(self, row: Row) -> asyncio.Future[bool]:
        """Let a row wait; returns what will tell whether it has been written."""
        receipt = self._rows[row] = asyncio.get_running_loop().create_future()
        if len(self._rows) > self._most:
            self.drop(self.first(1))
        return receipt

    def all(self) -> list[Row]:
        """Every row."""
        return list(self._rows)

    def first(self, number: int) -> list[Row]:
        """The rows that have waited longest."""
        return list(islice(self._rows, number))

    def of(self, person: str) -> list[Row]:
        """The rows that lead to a person."""
        return [row for row in self._rows if row.person == person]

    def written(self, rows: Iterable[Row]) -> None:
        """Take out what has been written."""
        self._settle(rows, written=True)

    def drop(self, rows: Iterable[Row]) -> None:
        """Take out what will never be written, and count it."""
        self.dropped += self._settle(rows, written=False)

    def forget(self, person: str) -> int:
        """Take out what leads to a person; returns how many rows."""
        return self._settle(self.of(person), written=False)

    def _settle(self, rows: Iterable[Row], *, written: bool) -> int:
        receipts = [receipt for row in rows if (receipt := self._rows.pop(row, None))]
        for receipt in receipts:
            if not receipt.done():
                receipt.set_result(written)
        return len(receipts)
