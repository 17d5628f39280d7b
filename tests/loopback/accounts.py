"""Accounts and roles, as Discord describes them."""

from __future__ import annotations

from dataclasses import dataclass

from . import permissions
from .wire import Json


@dataclass(eq=False)
class User:
    """An account: a person's or a bot's; one that ``reads_all`` has asked for the message-content intent."""

    id: int
    name: str
    bot: bool = False
    installed_app: bool = False
    accepts_dms: bool = True
    reads_all: bool = False

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
    """A role of a guild; the one that Discord made for a ``bot`` when it joined is managed."""

    id: int
    name: str
    mentionable: bool = False
    bot: User | None = None

    @property
    def mention(self) -> str:
        """The text that mentions this role, which is not a mention of the bot that has it."""
        return f"<@&{self.id}>"

    def payload(self) -> Json:
        """This role as Discord describes it."""
        payload: Json = {
            "id": str(self.id),
            "name": self.name,
            "permissions": "0",
            "position": 1,
            "managed": self.bot is not None,
            "mentionable": self.mentionable,
        }
        if self.bot is None:
            return payload
        return payload | {"permissions": str(permissions.MEMBER), "tags": {"bot_id": str(self.bot.id)}}
