"""Buttons whose whole state is in their ``custom_id``: they work after a restart and after a reload."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.app.limits import BUTTON_LABEL, clip

if TYPE_CHECKING:
    from bot.app.client import RightThings

_NOBODY = 0


class TopicButton(
    ui.DynamicItem[ui.Button[Any]], template=r"topic:(?P<topic>[A-Za-z0-9][A-Za-z0-9_.-]*):(?P<asker>[0-9]+)"
):
    """A button that answers with a topic.

    Args:
        topic: the topic's id.
        label: what stands on the button.
        asker: the id of who may have the answer in place of the message that the button is on;
            anybody else, and everybody where nobody is named, gets a message of their own.
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
        """The button as it was, from what Discord tells of a click."""
        return cls(match["topic"], getattr(item, "label", None) or "…", int(match["asker"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the click."""
        client: RightThings = interaction.client
        await client.show_topic(interaction, self.topic, in_place=interaction.user.id == self.asker)
