"""Who gets pinged by a message: whoever it mentions, as far as its sender allows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import permissions
from .messages import Message
from .wire import Json
from .world import World

USER_MENTION = re.compile(r"<@!?(\d+)>")
EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True)
class Allowed:
    """Which of a message's mentions may ping; None allows any user."""

    users: frozenset[int] | None = None
    everyone: bool = True
    replied_user: bool = True

    @classmethod
    def by(cls, body: Json) -> Allowed:
        """What a request's ``allowed_mentions`` allows; without it, everything."""
        given = body.get("allowed_mentions")
        if given is None:
            return cls()
        parse = given.get("parse") or ()
        named = frozenset(int(user) for user in given.get("users") or ())
        return cls(None if "users" in parse else named, "everyone" in parse, bool(given.get("replied_user")))


def set_pings(message: Message, allowed: Allowed, world: World) -> None:
    """Work out who gets pinged by ``message``."""
    text = message.text
    mentioned = [world.users.get(int(digits)) for digits in USER_MENTION.findall(text)]
    pinged = {user.id: user for user in mentioned if user and (allowed.users is None or user.id in allowed.users)}
    replied_to = message.reply_to.author if message.reply_to else None
    if replied_to and replied_to is not message.author and allowed.replied_user:
        pinged[replied_to.id] = replied_to
    message.pings = list(pinged.values())
    may_ping_all = bool(_permissions(message) & permissions.MENTION_EVERYONE)
    message.pings_everyone = allowed.everyone and may_ping_all and bool(EVERYONE.search(text))


def _permissions(message: Message) -> int:
    guild = message.channel.guild
    if guild is None:
        return 0
    return message.channel.bot_permissions if message.author.bot else guild.permissions_of(message.author)
