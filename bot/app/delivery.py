"""Get answers delivered: in time, once, and again if Discord did not accept them.

discord.py itself repeats a request after 429, 500, 502, 504 and 524. Any other error of Discord or of the network in
between, such as a 503 or a dropped connection, loses it; here it is sent again, in a way that cannot duplicate it.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

import aiohttp
import discord
from discord import ui

from bot.app.pictures import Picture

log = logging.getLogger(__name__)

T = TypeVar("T")

_DEFER_AFTER = 2.0
"""Seconds; Discord waits three for the first response to an interaction."""

_DELAYS = (0.3, 1.0, 3.0)
_FIRST_DELAYS = (0.1, 0.1, 0.1)
_FIRST_TIMEOUT = 0.8
"""Seconds for each try of a first response: discord.py's own repetitions would come too late."""

_TRIED = frozenset({429, 500, 502, 504, 524})
"""After these, discord.py has tried for long enough."""

_HISTORY_UNREADABLE = 160002
_POST_NOT_BEGUN = 40058
"""A forum post is there before its first message is, and nobody else may write before that."""

_ALREADY_ACKNOWLEDGED = 40060
_ARRIVED = "arrived"
_DEFERRED = "deferred"


def is_outage(error: BaseException) -> bool:
    """Whether an error is Discord's or the network's, and may be gone in a moment."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status in (408, 429)
    network = aiohttp.ClientError | discord.GatewayNotFound | discord.RateLimited | ConnectionError | TimeoutError
    return isinstance(error, network | socket.gaierror)


async def deliver(
    send: Callable[[], Awaitable[T]], delays: Sequence[float] = _DELAYS, timeout: float | None = None
) -> T:
    """Call ``send`` until Discord accepts what it sends, once more after each delay.

    Args:
        send: sends something in such a way that Discord accepts it only once.
        delays: seconds between the tries.
        timeout: seconds for each try but the last.

    Raises:
        Exception: what the last call raised.
    """
    for delay in delays:
        try:
            async with asyncio.timeout(timeout):
                return await send()
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            if isinstance(error, discord.HTTPException) and not _is_worth_a_try(error):
                raise
            log.info("Discord did not accept an answer (%r); sending it again", error)
        await asyncio.sleep(delay)
    return await send()


def _is_worth_a_try(error: discord.HTTPException) -> bool:
    return error.code == _POST_NOT_BEGUN or (is_outage(error) and error.status not in _TRIED)


async def send_message(message: discord.Message, view: ui.LayoutView) -> discord.Message:
    """Answer a message: as a reply in a channel, where others talk too; plainly in a direct message."""
    # Discord accepts a message with the same nonce once, even if the event that it answers comes twice.
    plain: dict[str, Any] = {"view": view, "nonce": str(message.id)}
    if isinstance(message.channel, discord.DMChannel):
        return await deliver(lambda: message.channel.send(**plain))
    reply = plain | {"reference": _Reference.from_message(message), "mention_author": False}
    try:
        return await deliver(lambda: message.channel.send(**reply))
    except discord.HTTPException as error:
        if error.code != _HISTORY_UNREADABLE:
            raise
    # A reply needs the permission to read the message history; an answer does not.
    return await deliver(lambda: message.channel.send(**plain))


async def send_to(
    channel: discord.abc.Messageable,
    view: ui.LayoutView,
    nonce: int | str,
    mentions: discord.AllowedMentions = discord.AllowedMentions.none(),  # noqa: B008  # never changed
) -> discord.Message:
    """Write a message that answers none; Discord accepts one with the same ``nonce`` once within a few minutes."""
    return await deliver(lambda: channel.send(view=view, nonce=str(nonce), allowed_mentions=mentions))


async def in_time(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, T], *, private: bool = False, update: bool = False
) -> T:
    """Wait for ``work``; if it takes long, let the person see that the app is thinking.

    Args:
        interaction: not responded to yet.
        work: cancelled if the interaction has expired: nobody could see its result.
        private: whether only the person will see the answer.
        update: whether the answer will replace the message of the component that was used.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=_DEFER_AFTER)
        if not task.done():
            await defer(interaction, private=private, update=update)
        return await task
    finally:
        task.cancel()


async def answer(
    interaction: discord.Interaction[Any],
    view: ui.LayoutView,
    *,
    private: bool = False,
    update: bool = False,
    picture: Picture | None = None,
) -> int | None:
    """Answer an interaction, deferred or not. Returns the message's id.

    Args:
        interaction: to answer.
        view: what to show.
        private, update: as for ``in_time``.
        picture: the one that ``view`` contains.
    """

    # A file can be sent once, so each try gets a new one.
    def files() -> list[discord.File]:
        return [picture.file()] if picture else []

    if is_answered(interaction):
        deferred = interaction.extras.pop(_DEFERRED, None)
        if deferred is not None and (deferred.private or not private):
            return (await deliver(lambda: interaction.edit_original_response(view=view, attachments=files()))).id
        # What everybody sees is thinking would be taken over, and be as public.
        if deferred is not None and not deferred.update:
            await deliver(interaction.delete_original_response)
        further = partial(interaction.followup.send, view=view, ephemeral=private, wait=True)
        return (await deliver(lambda: further(files=files()))).id
    if update:
        return await once(interaction, lambda: interaction.response.edit_message(view=view, attachments=files()))
    return await once(
        interaction, lambda: interaction.response.send_message(view=view, files=files(), ephemeral=private)
    )


async def defer(interaction: discord.Interaction[Any], *, private: bool = False, update: bool = False) -> None:
    """Let the person see that the app is thinking; the parameters are as for ``in_time``."""
    interaction.extras[_DEFERRED] = _Deferred(private, update)
    await once(interaction, lambda: interaction.response.defer(ephemeral=private, thinking=not update))


async def dismiss(interaction: discord.Interaction[Any]) -> None:
    """Delete the message of the component that was used."""
    await once(interaction, interaction.response.defer)
    await deliver(interaction.delete_original_response)


def is_answered(interaction: discord.Interaction[Any]) -> bool:
    """Whether Discord has the first response to an interaction, even if the bot lost the receipt."""
    return interaction.response.is_done() or _ARRIVED in interaction.extras


async def once(
    interaction: discord.Interaction[Any],
    respond: Callable[[], Awaitable[discord.InteractionCallbackResponse[Any] | None]],
) -> int | None:
    """Send the first response to an interaction; returns the id of its message, if Discord gave one."""
    tries = 0

    async def attempt() -> discord.InteractionCallbackResponse[Any] | None:
        nonlocal tries
        tries += 1
        try:
            return await respond()
        except discord.HTTPException as error:
            if tries > 1 and error.code == _ALREADY_ACKNOWLEDGED:
                interaction.extras[_ARRIVED] = True  # the previous try had arrived after all
                return None
            raise

    callback = await deliver(attempt, _FIRST_DELAYS, _FIRST_TIMEOUT)
    return callback.message_id if callback else None


class _Deferred(NamedTuple):
    """How a response was put off."""

    private: bool
    update: bool


class _Reference(discord.MessageReference):
    """A reference as Discord's API documents it: discord.py writes the ids as numbers."""

    def to_message_reference_dict(self) -> Any:  # noqa: ANN401  # the type is private to discord.py
        """What is sent; if the message is gone by then, the answer comes without a reference."""
        return {"message_id": str(self.message_id), "fail_if_not_exists": False}
