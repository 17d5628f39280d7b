"""What is needed at once, while somebody waits for an answer, and so is never read from the database then."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import cast

from bot.store.servers import ServerSettings
from bot.store.tables import INTRODUCED, QUOTED, SERVERS, Row

log = logging.getLogger(__name__)


class Memory:
    """The servers' settings, who has been introduced, and what was quoted last in each channel."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.servers: dict[int, ServerSettings] = {}
        self.introduced: set[str] = set()
        self._quoted: dict[int, Row] = {}
        for row in rows:
            self.remember(row)

    def remember(self, row: Row) -> None:
        """Remember a row, read or still to be written, if it is one of these."""
        values = row.values
        if row.table is INTRODUCED:
            self.introduced.add(str(values["person"]))
        elif row.table is QUOTED:
            self._quoted[cast(int, values["channel"])] = row
        elif row.table is SERVERS:
            server = cast(int, values["server"])
            try:
                self.servers[server] = ServerSettings.from_json(cast(dict[str, object], values["settings"]))
            except (TypeError, ValueError):
                log.warning("The settings of server %d cannot be understood; it has the default ones", server)

    def last_quoted(self, channel: int) -> str | None:
        """The id of the claim that was quoted last in a channel."""
        row = self._quoted.get(channel)
        return str(row.values["claim"]) if row else None

    def forget(self, person: str) -> None:
        """Forget what leads to a person."""
        self.introduced.discard(person)
        self._quoted = {channel: row for channel, row in self._quoted.items() if row.person != person}
