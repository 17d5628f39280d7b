"""Start the Discord bot, keep it running through outages, and end with one clear sentence, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Callable

import aiohttp
import discord

from bot.app.client import RightThings
from bot.app.delivery import is_outage
from bot.app.logs import shorten_outages
from bot.service import Desk, settle
from bot.settings import Settings

log = logging.getLogger(__name__)

SOFTWARE, CONFIGURATION = 70, 78
"""Exit codes, as in sysexits.h: a bug; or a setting must be corrected."""

_LONGEST_WAIT = 60.0

_BAD_INTENTS = "Discord rejected the bot's intents: see Privileged Gateway Intents on your application's Bot page."
_BAD_TOKEN = "Discord rejected the token. Copy it again from your application's Bot page into DISCORD_TOKEN."
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_CLOSED = {
    4004: (_BAD_TOKEN, CONFIGURATION),
    4010: ("Discord rejected the shard: it is not one of the bot's shards.", SOFTWARE),
    4011: ("Discord wants the bot to use more shards: restart it, and it will.", SOFTWARE),
    4012: ("Discord no longer supports this version of its gateway: update the bot.", SOFTWARE),
    4013: ("Discord does not know one of the bot's intents: update the bot.", SOFTWARE),
    4014: (_BAD_INTENTS, CONFIGURATION),
}


def run_bot(settings: Settings, open_desk: Callable[[], Desk]) -> int:
    """Run the bot until it is told to stop; returns the exit code.

    Args:
        settings: with a token.
        open_desk: takes a while, so it is called only once Discord has accepted the token.

    Raises:
        Exception: whatever ``open_desk`` raises.
    """
    if settings.discord_api_url:
        discord.http.Route.BASE = settings.discord_api_url.rstrip("/")
    # No voice here: silence the missing-library warnings.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    shorten_outages()
    # SIGTERM ends the bot as Ctrl-C does, even before the client runs.
    signal.signal(signal.SIGTERM, lambda number, frame: signal.raise_signal(signal.SIGINT))
    # Loading a new library keeps another thread busy in Python: let the answers take over every millisecond.
    sys.setswitchinterval(0.001)
    try:
        asyncio.run(_check_token(settings))
        desk = open_desk()
        settle()
        asyncio.run(_run(settings, desk))
    except (discord.DiscordException, KeyboardInterrupt) as error:
        sentence, code = _ending(error)
        log.log(logging.CRITICAL if code else logging.INFO, "%s", sentence)
        return code
    log.info("Stopped.")
    return 0


def _ending(error: BaseException) -> tuple[str, int]:
    """The last words and the exit code."""
    match error:
        case KeyboardInterrupt():
            return "Stopped.", 0
        case discord.LoginFailure() | discord.HTTPException(status=401):
            return _BAD_TOKEN, CONFIGURATION
        case discord.PrivilegedIntentsRequired():
            return _BAD_INTENTS, CONFIGURATION
        case discord.ConnectionClosed(code=code) if code in _CLOSED:
            return _CLOSED[code]
        case discord.app_commands.CommandSyncFailure():
            return f"Discord rejected the bot's commands. Please report this as a bug: {_line(error)}", SOFTWARE
        case _:
            return f"Discord rejected the bot. Please report this as a bug: {_line(error)}", SOFTWARE


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())


async def _check_token(settings: Settings) -> None:
    """Ask Discord whether it knows the token; if it cannot be reached, go on.

    Raises:
        LoginFailure: if it does not.
    """
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
            await client.http.static_login(_token(settings))


def _token(settings: Settings) -> str:
    assert settings.discord_token is not None
    return settings.discord_token.get_secret_value()


async def _run(settings: Settings, desk: Desk) -> None:
    """Run until a signal comes."""
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    with contextlib.suppress(NotImplementedError):
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopping.set)
    async with desk.notes.kept():
        await _run_until(stopping, settings, desk)


async def _run_until(stopping: asyncio.Event, settings: Settings, desk: Desk) -> None:
    """Run the client; through an outage, wait and start again."""
    wait = 1.0
    while not stopping.is_set():
        client = RightThings(settings, desk)
        try:
            await _until(stopping, client)
            if stopping.is_set():
                return
            log.warning("Discord ended the connection. Trying again in %.0f s.", wait)
        except Exception as error:
            if isinstance(error, discord.DiscordException) and not is_outage(error):
                raise
            # Any other error is discord.py's at what it cannot read, such as a proxy's page in place of JSON.
            trouble = "cannot be reached" if is_outage(error) else f"sent what cannot be read: {type(error).__name__}"
            log.warning("Discord %s (%s). Trying again in %.0f s.", trouble, _line(error) or repr(error), wait)
        wait = 1.0 if client.was_ready else wait
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)
        wait = min(2 * wait, _LONGEST_WAIT)


async def _until(stopping: asyncio.Event, client: RightThings) -> None:
    """Run the client until it ends or has to stop."""
    async with client:
        running = asyncio.create_task(client.start(_token(client.settings)))
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not running.done():
            await client.close()
            # It may be waiting for minutes before it tries Discord again.
            running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
