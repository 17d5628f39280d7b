"""The permission bits the loopback knows, and who usually has which."""

from __future__ import annotations

ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_EXTERNAL_EMOJIS = 1 << 18
USE_APPLICATION_COMMANDS = 1 << 31

ALL = (1 << 53) - 1
MEMBER = (
    ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_EXTERNAL_EMOJIS
    | USE_APPLICATION_COMMANDS
)
# What Discord says an app may do where it is no member, and in its own DMs.
APP_ABROAD = ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE
APP_IN_DM = APP_ABROAD | USE_EXTERNAL_EMOJIS
