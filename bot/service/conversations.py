"""What was said in each place, so that a follow-up can be understood."""

from __future__ import annotations

import time
from asyncio import Lock
from collections.abc import Callable
from typing import NamedTuple

from cachetools import TTLCache

from bot.assistant import Conversation, Reply
from bot.service.turns import Turns

_MOST = 2000
_SECONDS = 30 * 60.0
_ANSWERS = 10_000
_DAY = 24 * 60 * 60.0


class Place(NamedTuple):
    """Where a conversation takes place, with whom, whether only that person can see it, and in which server."""

    channel: int
    person: int
    private: bool = False
    server: int | None = None


class Conversations:
    """The latest conversations; one is forgotten after half an hour of silence, or when too many are newer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: TTLCache[Place, Conversation] = TTLCache(_MOST, _SECONDS, clock)
        self._answers: TTLCache[int, tuple[int, Conversation]] = TTLCache(_ANSWERS, _DAY, clock)
        self._forgotten: TTLCache[int, int] = TTLCache(_MOST, _SECONDS, clock)
        self._turns: Turns[Place] = Turns()

    def get(self, place: Place) -> Conversation:
        """The conversation at a place; an empty one if there is none."""
        return self._kept.get(place, Conversation())

    def keep(self, place: Place, conversation: Conversation, since: int | None = None) -> bool:
        """Remember the state of a conversation, unless its person has been forgotten ``since``; returns whether."""
        if since is not None and since != self.forgotten(place.person):
            return False
        self._kept.pop(place, None)  # the newest last: when there are too many, the oldest goes
        self._kept[place] = conversation
        return True

    def forgotten(self, person: int) -> int:
        """How often a person has been forgotten lately."""
        return self._forgotten.get(person, 0)

    def forget(self, place: Place) -> None:
        """Start afresh at a place."""
        self._kept.pop(place, None)

    def forget_person(self, person: int) -> None:
        """Forget every conversation with a person, and what they were answered."""
        self._forgotten[person] = self.forgotten(person) + 1
        for place in [place for place in self._kept if place.person == person]:
            self.forget(place)
        for message in [message for message, (who, _) in self._answers.items() if who == person]:
            self._answers.pop(message, None)

    def note(self, message: int, reply: Reply, person: int, *, is_new: bool) -> None:
        """Remember for a day that a message shows ``reply`` to a person, so that somebody can come back to it.

        If it is new, what is remembered of it already stays: a person may press a button before its receipt has come.
        """
        noted = person, Conversation().then(reply)
        self._answers[message] = self._answers.get(message, noted) if is_new else noted

    def note_again(self, message: int, other: int) -> None:
        """Remember of another message what is remembered of one."""
        if (noted := self._answers.get(message)) is not None:
            self._answers[other] = noted

    def at(self, message: int) -> Conversation | None:
        """The conversation as of one answer; None if nothing is known of it."""
        noted = self._answers.get(message)
        return noted[1] if noted else None

    def turn(self, place: Place) -> Lock:
        """Held while somebody is answered: what a person says in one place is answered in order."""
        return self._turns.of(place)
