"""What the desk keeps in the store, and what it never does: nothing at all of people in distress."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from bot.assistant import Abstain, Reason, Reply, Suggest
from bot.service import wording
from bot.service.conversations import Place
from bot.service.refusals import Refusal
from bot.store import Asked, Entry, Feedback, Introduced, Quoted, ServerSettings, StoreUnavailable

if TYPE_CHECKING:  # SQLAlchemy is loaded only if it is needed
    from bot.store.store import Store

_SOON = 1.0
"""Seconds for which a person who waits for it waits until something is written."""


class Notes:
    """Keeps what must outlive a restart. Without a store it keeps nothing, and says that it did not.

    Args:
        store: where; None: nowhere.
        fingerprint: gives that of the library in use.
    """

    def __init__(self, store: Store | None, fingerprint: Callable[[], str]) -> None:
        self.store = store
        self._fingerprint = fingerprint

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Keep what is noted in the block."""
        if self.store is None:
            yield
            return
        await self.store.start()
        try:
            yield
        finally:
            await self.store.close()

    def settings_of(self, server: int | None) -> ServerSettings:
        """What a server's admins have chosen; the defaults where there is no server."""
        return self.store.settings_of(server) if self.store and server is not None else ServerSettings()

    def servers(self) -> Mapping[int, ServerSettings]:
        """The servers whose admins have chosen anything."""
        return self.store.servers() if self.store else {}

    async def change_settings(self, server: int, settings: ServerSettings) -> bool:
        """Choose anew for a server, in force at once. Returns whether that is written.

        Raises:
            Refusal: if what was chosen before has not been read yet.
        """
        with _refusing():
            return self.store is not None and await self.store.change_settings(server, settings, within=_SOON)

    async def replied(self, reply: Reply, place: Place, fingerprint: str) -> None:
        """Note a question that was asked in vain of the library with this fingerprint."""
        if self.store is None or not _is_in_vain(reply):
            return
        group = reply.group.id if isinstance(reply, Abstain) and reply.group else None
        asked = Asked(
            text=reply.understood or reply.question,
            outcome="suggest" if isinstance(reply, Suggest) else "abstain",
            group=group,
            nearest=reply.ranking[0].topic if reply.ranking else None,
            confidence=reply.confidence,
            fingerprint=fingerprint,
            person=self.store.person(place.person),
            server=place.server,
        )
        await self.store.note(asked, within=0)

    async def helped(self, message: int, topic: str, place: Place) -> bool:
        """Note that an answer helped. Returns whether that is written."""
        return await self._rate(message, topic, place, helpful=True)

    async def not_meant(
        self,
        message: int,
        topic: str,
        question: str,
        place: Place,
        *,
        meant_topic: str = "",
        meant_text: str = "",
        within: float = _SOON,
    ) -> bool:
        """Note that a reply was not what a person meant, and what they meant. Returns whether that is written.

        Args:
            message: that shows the reply.
            topic: its id; empty if none answered.
            question: that it answered.
            place: where, and who.
            meant_topic, meant_text: which topic they meant, or their other words; never those of somebody in distress.
            within: how many seconds to wait until it is written.
        """
        said = question or None, meant_topic or None, meant_text or None
        return await self._rate(message, topic, place, *said, helpful=False, within=within)

    async def _rate(
        self,
        message: int,
        topic: str,
        place: Place,
        question: str | None = None,
        meant_topic: str | None = None,
        meant_text: str | None = None,
        *,
        helpful: bool,
        within: float = _SOON,
    ) -> bool:
        if self.store is None:
            return False
        feedback = Feedback(
            message=message,
            person=self.store.person(place.person),
            topic=topic or None,
            outcome="answer" if topic else "none",
            helpful=helpful,
            fingerprint=self._fingerprint(),
            server=place.server,
            question=question,
            meant_topic=meant_topic,
            meant_text=meant_text,
        )
        return await self._keep(feedback, within=within)

    async def introduce(self, person: int) -> bool:
        """Whether a person writes to the bot for the first time; from now on they do not."""
        if self.store is None or self.store.was_introduced(who := self.store.person(person)):
            return False
        await self._keep(Introduced(person=who), within=0)
        return True

    def last_quoted(self, channel: int) -> str | None:
        """The id of the claim that was quoted last in a channel."""
        return self.store.last_quoted(channel) if self.store else None

    async def quoted(self, claim: str, place: Place, *, is_direct: bool) -> None:
        """Note which claim was quoted in a channel."""
        if self.store is not None:
            person = self.store.person(place.person) if is_direct else None
            await self._keep(Quoted(channel=place.channel, claim=claim, person=person), within=0)

    async def about(self, person: int) -> list[dict[str, object]]:
        """All that is kept about a person, as data that JSON can express.

        Raises:
            Refusal: if the store can't be read right now.
        """
        if self.store is None:
            return []
        with _refusing():
            return await self.store.about(self.store.person(person))

    async def forget(self, person: int) -> int:
        """Delete all that is kept about a person; returns how many rows that was.

        Raises:
            Refusal: if the store can't be used right now.
        """
        if self.store is None:
            return 0
        with _refusing():
            return await self.store.forget(self.store.person(person))

    async def _keep(self, entry: Entry, *, within: float) -> bool:
        return self.store is not None and await self.store.note(entry, within=within)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except StoreUnavailable:
        raise Refusal(wording.STORE_UNAVAILABLE) from None


def _is_in_vain(reply: Reply) -> bool:
    """Whether a question had no answer, and whoever looks after the library may want to know."""
    if isinstance(reply, Abstain):
        return reply.reason is Reason.NOT_COVERED and not reply.is_care
    return isinstance(reply, Suggest)
