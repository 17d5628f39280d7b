"""Accounts and roles, as Discord describes them."""

from __future__ import annotations

from dataclasses import dataclass

from . import permissions
from .wire import Json


@dataclass(eq=False)
class User:
    """An account: a person's or a bot's."""

    id: int
    name: str
    bot: bool = False
    installed_app: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        """The text that mentions this account."""
        return f"<@{self.id}>"

    def payload(self) -> Json:
        """This account as Discord describes it to others."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": self.name.title(),
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
        }


@dataclass(eq=False)
class Role:
    """The role that Discord makes for a bot in each guild that it joins."""

    id: int
    bot: User

    @property
    def mention(self) -> str:
        """The text that mentions this role, which is not a mention of the bot."""
        return f"<@&{self.id}>"

    def payload(self) -> Json:
        """This role as Discord describes it."""
        return {
            "id": str(self.id),
            "name": self.bot.name,
            "permissions": str(permissions.MEMBER),
            "position": 1,
            "managed": True,
            "mentionable": False,
            "tags": {"bot_id": str(self.bot.id)},
        }
