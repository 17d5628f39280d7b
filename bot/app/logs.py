"""What discord.py logs, without what nobody should see: tracebacks of outages, and what people write."""

from __future__ import annotations

import logging

import discord

from bot.app.delivery import is_outage


def shorten_outages() -> None:
    """Log each outage that discord.py notices in one line, and never what it sends and receives."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_shortened)
    # It tries to send a completion again that failed, after the error policy has logged why.
    logging.getLogger("discord.app_commands.tree").setLevel(logging.CRITICAL)
    # At DEBUG it logs every event and request with its text.
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().level))


def _shortened(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    expected = error is not None and (is_outage(error) or isinstance(error, discord.ConnectionClosed))
    if expected and record.name.startswith("discord"):
        record.msg, record.args = f"{record.getMessage()} ({error!r})", ()
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True
