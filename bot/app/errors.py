"""The one error policy: who sees what, and what is logged, wherever an answer fails.

| what happened | the person sees | the log gets |
|---|---|---|
| a Refusal (too fast, not allowed) | its sentence | nothing |
| the interaction expired, or was answered already | nothing: Discord would refuse it | one line |
| the bot may not write there | nothing: it cannot | one line |
| Discord or the network failed | nothing: it could not be sent | one line |
| anything else | an apology with a reference | the traceback under that reference |
"""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import discord
from discord import app_commands

from bot.app.cards import notice

log = logging.getLogger(__name__)

Respond = Callable[[str], Awaitable[object]]
"""Sends one sentence to the person, privately where that is possible."""


class Refusal(Exception):
    """A request that is turned down; the message is what the person is told."""


@contextlib.asynccontextmanager
async def handled(respond: Respond, what: str) -> AsyncIterator[None]:
    """Treat any error in the block by the policy; ``what`` names the work for the log."""
    try:
        yield
    except Exception as error:
        await handle(error, respond, what)


async def handle(error: Exception, respond: Respond, what: str) -> None:
    """Treat one error by the policy. Never raises."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    match error:
        case Refusal():
            sentence = str(error)
        # 10062: unknown interaction; 40060: already acknowledged.
        case discord.InteractionResponded() | discord.HTTPException(code=10062 | 40060):
            log.info("%s: the interaction has expired or was answered already", what)
            return
        case discord.Forbidden():
            log.info("%s: not allowed: %s", what, error)
            return
        case discord.HTTPException(status=status) if status >= 500:
            log.warning("%s: Discord failed: %s", what, error)
            return
        case aiohttp.ClientError() | TimeoutError() | ConnectionError():
            log.warning("%s: the connection failed: %r", what, error)
            return
        case _:
            reference = secrets.token_hex(4)
            log.error("%s failed, reference %s", what, reference, exc_info=error)
            sentence = f"Sorry, something went wrong on my side. If it happens again, tell an admin: `{reference}`."
    try:
        await respond(sentence)
    except Exception as failure:  # whatever it is, the person cannot be told of it
        log.info("%s: the person could not be told: %r", what, failure)


def interaction_responder(interaction: discord.Interaction) -> Respond:
    """Tells the person of an interaction one sentence that only they see."""

    async def respond(sentence: str) -> None:
        card = notice(sentence)
        if interaction.response.is_done():
            await interaction.followup.send(view=card, ephemeral=True)
        elif interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await interaction.response.send_message(view=card, ephemeral=True)

    return respond
