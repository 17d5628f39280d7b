"""Whom a message pings: what it mentions, as far as its sender allows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import permissions
from .messages import Message, walk
from .places import User
from .wire import Json
from .world import World

USER_MENTION = re.compile(r"<@!?(\d+)>")
EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True)
class Allowed:
    """What of a message's mentions may ping; None allows any user."""

    users: frozenset[int] | None = None
    everyone: bool = True
    replied_user: bool = True

    @classmethod
    def by(cls, body: Json) -> Allowed:
        """What a request's ``allowed_mentions`` allows; everything without it."""
        given = body.get("allowed_mentions")
        if given is None:
            return cls()
        parse = given.get("parse") or ()
        named = frozenset(int(user) for user in given.get("users") or ())
        return cls(
            users=None if "users" in parse else named,
            everyone="everyone" in parse,
            replied_user=bool(given.get("replied_user")),
        )


def set_pings(message: Message, allowed: Allowed, world: World) -> None:
    """Work out whom ``message`` pings."""
    shown = [message.content]
    shown += [c["content"] for c in walk(message.components) if c["type"] == 10]
    text = "\n".join(shown)
    pinged: dict[int, User] = {}
    for digits in USER_MENTION.findall(text):
        user = world.users.get(int(digits))
        if user and (allowed.users is None or user.id in allowed.users):
            pinged[user.id] = user
    replied_to = message.reply_to.author if message.reply_to else None
    if replied_to and replied_to is not message.author and allowed.replied_user:
        pinged[replied_to.id] = replied_to
    message.pings = list(pinged.values())
    message.pings_everyone = (
        allowed.everyone and bool(EVERYONE.search(text)) and bool(_permissions(message) & permissions.MENTION_EVERYONE)
    )


def _permissions(message: Message) -> int:
    guild = message.channel.guild
    if guild is None:
        return 0
    if message.author.bot:
        return message.channel.bot_permissions
    return guild.permissions_of(message.author)
