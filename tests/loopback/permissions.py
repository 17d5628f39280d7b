"""The permission bits that the loopback knows, and who usually has which."""

from __future__ import annotations

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
SEND_MESSAGES_IN_THREADS = 1 << 38

ALL = (1 << 53) - 1
MEMBER = VIEW_CHANNEL | SEND_MESSAGES | SEND_MESSAGES_IN_THREADS | READ_MESSAGE_HISTORY
# Embed Links, Attach Files and Mention Everyone: what Discord says an app may do wherever it is no member.
APP_ABROAD = 1 << 14 | ATTACH_FILES | MENTION_EVERYONE
