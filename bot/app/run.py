"""Start the Discord bot and end it in one clear sentence, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys

import aiohttp
import discord

from bot.app.client import RightThings
from bot.app.library import LiveLibrary
from bot.settings import Settings

log = logging.getLogger(__name__)

CONFIGURATION, UNAVAILABLE = 78, 69
"""Exit codes, as in sysexits.h: something must be set right; or Discord cannot be reached just now."""


def run_bot(settings: Settings, library: LiveLibrary) -> int:
    """Run the bot until it is told to end; returns the exit code."""
    if settings.discord_api_url:
        discord.http.Route.BASE = settings.discord_api_url.rstrip("/")
    # Nothing here speaks; what voice would need is not missed.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    # Reading a new library is Python at work in another thread: hand over to the answers every millisecond.
    sys.setswitchinterval(0.001)
    try:
        asyncio.run(_run(settings, library))
    except discord.LoginFailure:
        log.critical("Discord refuses the token: copy it anew from your application's Bot page into DISCORD_TOKEN.")
        return CONFIGURATION
    except discord.PrivilegedIntentsRequired:
        log.critical(
            "Discord refuses the bot's intents: see Privileged Gateway Intents on your application's Bot page."
        )
        return CONFIGURATION
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError, TimeoutError) as error:
        log.critical("Discord cannot be reached (%s). Is there a network? Try again later.", error)
        return UNAVAILABLE
    except KeyboardInterrupt:
        pass  # only where signals cannot be handled in the loop, as on Windows
    log.info("Ended.")
    return 0


async def _run(settings: Settings, library: LiveLibrary) -> None:
    assert settings.discord_token is not None
    async with RightThings(settings, library) as client:
        running = asyncio.create_task(client.start(settings.discord_token.get_secret_value()))
        loop, ending = asyncio.get_running_loop(), asyncio.Event()
        with contextlib.suppress(NotImplementedError):
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, ending.set)
        waiting = asyncio.create_task(ending.wait())
        await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not running.done():
            await client.close()
            # It may be waiting to try Discord again, for minutes.
            running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
