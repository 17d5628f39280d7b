"""What a test holds after a person did something: the outcome, to be awaited."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from .interactions import Callback, Interaction
from .messages import Message
from .places import User
from .wire import Json

TIMEOUT = 5.0


class Outcome:
    """All that comes of an interaction: of a command, a button or an autocompletion."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction

    async def response(self, timeout: float = TIMEOUT) -> Callback:
        """The bot's first answer to Discord: its type and its data."""
        return await self._interaction.changed.until(
            lambda: self._interaction.callback, timeout, f"a response to {self}"
        )

    async def suggestions(self, timeout: float = TIMEOUT) -> list[Json]:
        """The choices offered, each with its name and value; of an autocompletion."""
        callback = await self.response(timeout)
        return list(callback.data.get("choices") or ())

    async def answer(self, timeout: float = TIMEOUT) -> Message:
        """The message that answers, once the app no longer shows as thinking."""
        interaction = self._interaction
        await interaction.changed.until(lambda: interaction.answered_at is not None, timeout, f"an answer to {self}")
        assert self.message is not None
        return self.message

    async def until(self, wanted: Callable[[Message], bool], timeout: float = TIMEOUT) -> Message:
        """The answering message, once ``wanted`` is true of it; for one that grows."""

        def look() -> Message | None:
            message = self.message
            return message if message is not None and wanted(message) else None

        return await self._interaction.changed.until(look, timeout, f"the wanted answer to {self}")

    async def followups(self, count: int, timeout: float = TIMEOUT) -> list[Message]:
        """The further messages, once there are so many."""
        found = self._interaction.followups
        await self._interaction.changed.until(lambda: len(found) >= count, timeout, f"{count} follow-ups to {self}")
        return list(found)

    @property
    def message(self) -> Message | None:
        """The message that answers as it is now, or whose button was used."""
        return self._interaction.original

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees the answer."""
        return self.message is not None and self.message.ephemeral

    @property
    def acknowledged_after(self) -> float | None:
        """Seconds from the person's act to the first callback."""
        return self._after(self._interaction.acknowledged_at)

    @property
    def answered_after(self) -> float | None:
        """Seconds from the person's act to the latest text the bot gave in answer."""
        return self._after(self._interaction.answered_at)

    def _after(self, moment: float | None) -> float | None:
        return None if moment is None else moment - self._interaction.begun

    def __str__(self) -> str:
        asked = self._interaction
        return f"{asked.person.name}'s {asked.asked.name.lower()} {asked.id}"


class Said:
    """What comes of a message a person wrote."""

    def __init__(self, message: Message, bot: User) -> None:
        self.message = message
        self._bot = bot

    async def replies(self, count: int = 1, timeout: float = TIMEOUT) -> list[Message]:
        """The bot's replies, oldest first, once there are so many.

        In a DM all that the bot writes afterwards counts, unless it replies to
        another message; in a guild only what replies to this one does.
        """

        def look() -> list[Message] | None:
            found = self._replies()
            return found if len(found) >= count else None

        what = f"{count} replies to {self.message.content!r}"
        return await self.message.channel.changed.until(look, timeout, what)

    def _replies(self) -> list[Message]:
        said, in_dm = self.message, self.message.channel.guild is None
        # From the newest back to this one, for the sake of channels with thousands.
        later = takewhile(
            lambda message: message.id > said.id,
            reversed(said.channel.messages.values()),
        )
        found = [
            message
            for message in later
            if message.author is self._bot and (message.reply_to is said or (in_dm and message.reply_to is None))
        ]
        return found[::-1]
