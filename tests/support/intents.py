"""Gateway intents: which exist, which are privileged, which events need one."""

from __future__ import annotations

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_REACTIONS = 1 << 10
GUILD_MESSAGE_TYPING = 1 << 11
DIRECT_MESSAGES = 1 << 12
DIRECT_MESSAGE_REACTIONS = 1 << 13
DIRECT_MESSAGE_TYPING = 1 << 14
MESSAGE_CONTENT = 1 << 15

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
# Bits 0-16, 20-21 (auto moderation) and 24-25 (polls) have a meaning.
KNOWN = (1 << 17) - 1 | 0b11 << 20 | 0b11 << 24

_MESSAGES = (GUILD_MESSAGES, DIRECT_MESSAGES)
_REACTIONS = (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS)
# For an event in a guild, and for one in a DM.
_NEEDED = {
    "GUILD_CREATE": (GUILDS, 0),
    "GUILD_DELETE": (GUILDS, 0),
    "CHANNEL_CREATE": (GUILDS, 0),
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "MESSAGE_REACTION_ADD": _REACTIONS,
    "MESSAGE_REACTION_REMOVE": _REACTIONS,
    "TYPING_START": (GUILD_MESSAGE_TYPING, DIRECT_MESSAGE_TYPING),
}


def wanted(intents: int, event: str, *, in_guild: bool) -> bool:
    """Whether a session with these intents is told of the event."""
    in_guilds, in_dms = _NEEDED.get(event, (0, 0))
    needed = in_guilds if in_guild else in_dms
    return intents & needed == needed
