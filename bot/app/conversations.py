"""What was said in each place, so that a follow-up can be understood."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from bot.assistant import Conversation

_MOST = 2000
_SECONDS = 30 * 60.0


class Place(NamedTuple):
    """Where a conversation is held, and with whom (Discord ids)."""

    channel: int
    person: int


class Conversations:
    """The latest conversations; one is forgotten after half an hour of silence, or when too many are newer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[Place, tuple[float, Conversation]] = OrderedDict()

    def get(self, place: Place) -> Conversation:
        """The conversation at a place; an empty one where there is none."""
        since, conversation = self._held.get(place, (0.0, Conversation()))
        return conversation if self._clock() - since <= _SECONDS else Conversation()

    def keep(self, place: Place, conversation: Conversation) -> None:
        """Remember the state of a conversation."""
        self._held[place] = self._clock(), conversation
        self._held.move_to_end(place)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)
