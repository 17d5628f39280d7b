"""Buttons and text fields whose whole state is in their ``custom_id``: they work after a restart and after a reload.

Using one dispatches an event, which a cog answers:

| event | arguments |
|---|---|
| ``topic_chosen`` | the interaction, the topic's id, whether the answer may replace the button's message |
| ``follow_up_wanted`` | the interaction |
| ``follow_up`` | the interaction, the text, the id of the message that it refers to |
| ``unknown_component`` | the interaction |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Self

import discord
from discord import ui

from bot.app.limits import BUTTON_LABEL, QUESTION, clip
from bot.service import wording

_NOBODY = 0
_FOLLOW_UP_ON = re.compile(r"follow-up:(\d+)")


class TopicButton(
    ui.DynamicItem[ui.Button[Any]], template=r"topic:(?P<topic>[A-Za-z0-9][A-Za-z0-9_.-]*):(?P<asker>[0-9]+)"
):
    """A button that asks for a topic.

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
        """Announce that the topic was chosen."""
        interaction.client.dispatch("topic_chosen", interaction, self.topic, interaction.user.id == self.asker)


class FollowUpButton(ui.DynamicItem[ui.Button[Any]], template=r"follow-up"):
    """A button that opens a text field, because Discord doesn't show a bot replies that mention nobody."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=wording.FOLLOW_UP, style=discord.ButtonStyle.secondary, custom_id="follow-up"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Rebuild the button from its custom_id."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Announce that somebody wants to follow up."""
        interaction.client.dispatch("follow_up_wanted", interaction)


class FollowUpField(ui.Modal):
    """A text field for a question that refers to a message. discord.py need not remember it."""

    def __init__(self, message: int) -> None:
        super().__init__(title=wording.FOLLOW_UP, custom_id=f"follow-up:{message}", timeout=None)
        field: ui.TextInput[FollowUpField] = ui.TextInput(custom_id="question", max_length=QUESTION)
        self.add_item(ui.Label(text=wording.FOLLOW_UP_FIELD, component=field))
        self.stop()


def dispatch_component(client: discord.Client, interaction: discord.Interaction) -> None:
    """Dispatch the use of a text field, or of a component that this version does not know."""
    data: dict[str, Any] = dict(interaction.data or {})
    custom_id = str(data.get("custom_id"))
    if interaction.type is discord.InteractionType.modal_submit:
        if match := _FOLLOW_UP_ON.fullmatch(custom_id):
            client.dispatch("follow_up", interaction, next(_values(data), ""), int(match[1]))
            return
    elif interaction.type is not discord.InteractionType.component or _is_known(custom_id):
        return
    client.dispatch("unknown_component", interaction)


def _is_known(custom_id: str) -> bool:
    return any(item.__discord_ui_compiled_template__.fullmatch(custom_id) for item in (TopicButton, FollowUpButton))


def _values(component: dict[str, Any]) -> Iterator[str]:
    """What was typed into the fields of a modal."""
    if isinstance(component.get("value"), str):
        yield component["value"]
    for inner in [*component.get("components", ()), *filter(None, [component.get("component")])]:
        yield from _values(inner)
