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
from bot.service import Desk
from bot.settings import Settings

log = logging.getLogger(__name__)

CONFIGURATION, UNAVAILABLE = 78, 69
"""Exit codes, as in sysexits.h: a setting must be corrected; or Discord cannot be reached just now."""


def run_bot(settings: Settings, desk: Desk) -> int:
    """Run the bot until it is told to stop; returns the exit code."""
    if settings.discord_api_url:
        discord.http.Route.BASE = settings.discord_api_url.rstrip("/")
    # No voice here: silence the missing-library warnings.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    # Loading a new library is Python at work in another thread: hand over to the answers every millisecond.
    sys.setswitchinterval(0.001)
    try:
        asyncio.run(_run(settings, desk))
    except discord.LoginFailure:
        log.critical("Discord rejected the token. Copy it again from your application's Bot page into DISCORD_TOKEN.")
        return CONFIGURATION
    except discord.PrivilegedIntentsRequired:
        log.critical(
            "Discord rejected the bot's intents: see Privileged Gateway Intents on your application's Bot page."
        )
        return CONFIGURATION
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError, TimeoutError) as error:
        log.critical("Discord cannot be reached (%s). Is there a network? Try again later.", error)
        return UNAVAILABLE
    except KeyboardInterrupt:
        pass  # only where signals cannot be handled in the loop, as on Windows
    log.info("Stopped.")
    return 0


async def _run(settings: Settings, desk: Desk) -> None:
    assert settings.discord_token is not None
    async with RightThings(settings, desk) as client:
        running = asyncio.create_task(client.start(settings.discord_token.get_secret_value()))
        loop, stopping = asyncio.get_running_loop(), asyncio.Event()
        with contextlib.suppress(NotImplementedError):
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, stopping.set)
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not running.done():
            await client.close()
            # It may be waiting to try Discord again, for minutes.
            running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
