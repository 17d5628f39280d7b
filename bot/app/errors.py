"""The one error policy: who sees what, and what is logged, whenever an answer fails.

| what happened | the person sees | the log gets |
|---|---|---|
| a Refusal, or a check that failed | its sentence | nothing |
| the command is another version's, which Discord still offers | that it is | nothing |
| the interaction expired, or was answered already | nothing: Discord would refuse it | one line |
| the bot may not write that there, or what it answers is gone or archived | nothing: it can't be sent | one line |
| Discord or the network failed, or Discord wants fewer requests | nothing: it can't be sent | one line |
| anything else | an apology with a reference | the traceback under that reference |
"""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import discord
from discord import app_commands
from discord.utils import format_dt, utcnow

from bot.app import labels
from bot.app.cards import notice
from bot.app.delivery import answer, is_outage
from bot.service import Refusal, TooFast, wording

log = logging.getLogger(__name__)

Respond = Callable[[str], Awaitable[object]]
"""Sends one sentence to the person, privately if that is possible."""


@contextlib.asynccontextmanager
async def handled(respond: Respond, what: str) -> AsyncIterator[None]:
    """Handle any error in the block by the policy; ``what`` names the work for the log."""
    try:
        yield
    except Exception as error:
        await handle(error, respond, what)


async def handle(error: Exception, respond: Respond, what: str) -> None:
    """Handle any error by the policy. Never raises."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if (sentence := _sentence(error, what)) is None:
        return
    try:
        await respond(sentence)
    except Exception as failure:  # nothing more can be done
        log.info("%s: could not tell the person: %r", what, failure)


def _sentence(error: Exception, what: str) -> str | None:
    """What the person reads; None if nothing can reach them. Logs what the log should get."""
    match error:
        case TooFast():
            # One second more: clocks may differ a little, and a retry too early would be refused again.
            return labels.TOO_FAST.format(again=format_dt(utcnow() + timedelta(seconds=error.seconds + 1), "R"))
        case Refusal() | app_commands.CheckFailure():
            return str(error)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return wording.COMPONENT_GONE
        # 10062: unknown interaction; 40060: already acknowledged; 50027: its fifteen minutes are over.
        case discord.InteractionResponded() | discord.HTTPException(code=10062 | 40060 | 50027):
            log.info("%s: the interaction has expired or was answered already", what)
        # 50083, 160005: the thread is archived or locked; 200000: the server's AutoMod blocks the text.
        case discord.Forbidden() | discord.NotFound() | discord.HTTPException(code=50083 | 160005 | 200000):
            log.info("%s: not possible: %s", what, error)
        case _ if is_outage(error):
            log.warning("%s: Discord or the network failed: %r", what, error)
        case _:
            reference = secrets.token_hex(4)
            log.error("%s failed, reference %s", what, reference, exc_info=error)
            return labels.SORRY.format(reference=reference)
    return None


async def silence(sentence: str) -> None:
    """Tell nobody, where nobody asked the bot."""


def interaction_responder(interaction: discord.Interaction) -> Respond:
    """Sends the person behind an interaction one sentence that only they see."""

    async def respond(sentence: str) -> None:
        card = notice(sentence)
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await answer(interaction, card, private=True)

    return respond
