"""Threads and forum posts: whether the bot may speak in one without being asked by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import discord
from cachetools import TTLCache

from bot.app import labels
from bot.service import Turns

_REMEMBERED, _A_DAY = 10_000, 24 * 60 * 60.0
_LOOKED_AT = 50
"""How many of the latest messages are looked at after a restart."""


@dataclass
class _State:
    """Whether somebody other than the person who began a thread has written in it, and what the bot wrote last."""

    is_taken: bool = False
    last: discord.Message | None = None


class Threads:
    """What is going on in threads; after a restart, Discord is asked."""

    def __init__(self) -> None:
        self._known: TTLCache[int, _State] = TTLCache(_REMEMBERED, _A_DAY)
        # Those about which Discord is being asked: what is heard meanwhile may not be in its answer.
        self._asked: dict[int, _State] = {}
        self._turns: Turns[int] = Turns()

    def begin(self, thread: discord.Thread) -> None:
        """Note that a thread is new: nobody else has written there."""
        self._known.setdefault(thread.id, _State())

    def hear(self, message: discord.Message) -> None:
        """Note who writes in a thread."""
        thread = message.channel
        if not isinstance(thread, discord.Thread) or not _is_others(message, thread):
            return
        if (known := self._known.get(thread.id) or self._asked.get(thread.id)) is not None:
            known.is_taken = True

    async def is_open(self, thread: discord.Thread) -> bool:
        """Whether only the person who began a thread and bots have written there, and it isn't marked as solved."""
        return not is_solved(thread) and not (await self._state(thread)).is_taken

    async def last(self, thread: discord.Thread) -> discord.Message | None:
        """What the bot wrote last in a thread before it started, as far as Discord shows it."""
        return (await self._state(thread)).last

    async def _state(self, thread: discord.Thread) -> _State:
        async with self._turns.of(thread.id):
            if (known := self._known.get(thread.id)) is not None:
                return known
            try:
                return self._known.setdefault(thread.id, await self._read(thread))
            finally:
                self._asked.pop(thread.id, None)

    async def _read(self, thread: discord.Thread) -> _State:
        may_read = thread.permissions_for(thread.guild.me).read_message_history
        state = self._asked[thread.id] = _State(is_taken=not may_read)  # better silent than in the way
        try:
            async for message in thread.history(limit=_LOOKED_AT):
                state.is_taken = state.is_taken or _is_others(message, thread)
                if state.last is None and message.author.id == thread.guild.me.id:
                    state.last = message
        except discord.HTTPException:
            state.is_taken = True
        return state


def is_solved(thread: discord.Thread) -> bool:
    """Whether a tag of a forum post says that it needs no answer any more."""
    return any(not labels.SOLVED.isdisjoint(re.findall(r"\w+", tag.name.casefold())) for tag in thread.applied_tags)


def _is_others(message: discord.Message, thread: discord.Thread) -> bool:
    is_person = not message.author.bot and message.webhook_id is None and not message.is_system()
    return is_person and message.author.id != thread.owner_id


def thread_of(message: discord.Message) -> discord.Thread | None:
    """The thread that a message is in, if the person who wrote it began that."""
    channel: Any = message.channel
    return channel if isinstance(channel, discord.Thread) and message.author.id == channel.owner_id else None
