"""Buttons whose whole state is in their ``custom_id``: they work after a restart and after a reload."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.app.limits import BUTTON_LABEL, clip

_NOBODY = 0


class TopicButton(
    ui.DynamicItem[ui.Button[Any]], template=r"topic:(?P<topic>[A-Za-z0-9][A-Za-z0-9_.-]*):(?P<asker>[0-9]+)"
):
    """A button that asks for a topic. A click is dispatched as the event ``topic_chosen``, for a cog to answer.

    The event's arguments: the interaction, the topic's id, whether the answer may replace the button's message.

    Args:
        topic: the topic's id.
        label: the text on the button.
        asker: the user whose click replaces the message; others get a private one.
    """

    def __init__(self, topic: str, label: str, asker: int = _NOBODY) -> None:
        style = discord.ButtonStyle.primary if asker else discord.ButtonStyle.secondary
        super().__init__(
            ui.Button(label=clip(label, BUTTON_LABEL), style=style, custom_id=f"topic:{topic}:{asker}"),
        )
        self.topic, self.asker = topic, asker

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Rebuild the button from its custom_id."""
        return cls(match["topic"], getattr(item, "label", None) or "…", int(match["asker"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Say that the topic was chosen."""
        interaction.client.dispatch("topic_chosen", interaction, self.topic, interaction.user.id == self.asker)
