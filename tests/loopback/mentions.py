"""Who gets pinged by a message."""

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
    """Which of a message's mentions may ping; None allows any."""

    users: frozenset[int] | None = None
    roles: frozenset[int] | None = None
    everyone: bool = True
    replied_user: bool = True

    @classmethod
    def by(cls, body: Json) -> Allowed:
        """What a request's ``allowed_mentions`` allows; without it, everything."""
        given = body.get("allowed_mentions")
        if given is None:
            return cls()
        parse = given.get("parse") or ()

        def of(key: str) -> frozenset[int] | None:
            return None if key in parse else frozenset(map(int, given.get(key) or ()))

        return cls(of("users"), of("roles"), "everyone" in parse, bool(given.get("replied_user")))


def set_pings(message: Message, allowed: Allowed, world: World) -> None:
    """Work out who gets pinged by ``message``."""
    text = message.text
    mentioned = [world.users.get(int(digits)) for digits in USER_MENTION.findall(text)]
    pinged = {user.id: user for user in mentioned if user and (allowed.users is None or user.id in allowed.users)}
    to = message.reply_to
    # Answers to interactions are a webhook's, which nobody can ping, although the bot is named as their author.
    if to and to.author is not message.author and to.interaction is None and allowed.replied_user:
        pinged[to.author.id] = to.author
    message.pings_replied = allowed.replied_user
    message.pings = list(pinged.values())
    guild = message.channel.guild
    rights = 0 if guild is None else guild.permissions_of(message.author)
    if message.author.bot:
        rights = message.channel.rights
    may_ping_all = bool(guild is not None and rights & permissions.MENTION_EVERYONE)
    mentioned_roles = [role for role in guild.roles if role.mention in text] if guild is not None else []
    message.role_pings = [
        role
        for role in mentioned_roles
        if (allowed.roles is None or role.id in allowed.roles)
        # What people write has all that they mention.
        and (role.mentionable or may_ping_all or not message.author.bot)
    ]
    message.pings_everyone = bool(allowed.everyone and may_ping_all and EVERYONE.search(text))
