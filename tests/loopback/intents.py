"""Gateway intents: which exist, which are privileged, and which events need one."""

from __future__ import annotations

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
# By which the description of an application says that it has the message-content intent.
MESSAGE_CONTENT_FLAG = 1 << 19


def wanted(intents: int, event: str, *, in_guild: bool) -> bool:
    """Whether a session with these intents hears of the event."""
    if event.startswith("MESSAGE_"):
        return bool(intents & (GUILD_MESSAGES if in_guild else DIRECT_MESSAGES))
    if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return bool(intents & GUILDS)
    return True
