"""The text fields and choices that open in a window of their own. discord.py need not remember any of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.app import labels
from bot.app.buttons import custom_id
from bot.app.limits import CHOICE, QUESTION, clip
from bot.service import Choice

QUESTION_FIELD, TOPIC_FIELD = "question", "topic"
"""The ``custom_id`` of each field."""

NONE_OF_THESE = "-"
_MOST_CHOICES = 9
"""Discord takes ten; the last one is for none of them."""


class Window(ui.Modal):
    """A modal whose state is in its ``custom_id``, as that of a button is."""

    def __init__(self, title: str, identity: str, fields: Sequence[ui.Label[Any]]) -> None:
        super().__init__(title=title, custom_id=identity, timeout=None)
        for field in fields:
            self.add_item(field)
        self.stop()


def follow_up_window(message: int) -> Window:
    """A text field for a question that refers to the answer in a message."""
    field: ui.TextInput[Any] = ui.TextInput(custom_id=QUESTION_FIELD, max_length=QUESTION)
    label: ui.Label[Any] = ui.Label(text=labels.FOLLOW_UP_FIELD, component=field)
    return Window(labels.FOLLOW_UP, custom_id("follow-up", str(message)), [label])


def meant_window(topic: str, asker: int, nearest: Sequence[Choice]) -> Window:
    """What was meant instead of a reply: one of the nearest topics, or other words.

    Args:
        topic: the id of the topic that answered; empty if none did.
        asker: who asked.
        nearest: what may have been meant.
    """
    fields: list[ui.Label[Any]] = []
    if nearest:
        options = [
            discord.RadioGroupOption(label=clip(c.title, CHOICE), value=c.topic) for c in nearest[:_MOST_CHOICES]
        ]
        options.append(discord.RadioGroupOption(label=labels.MEANT_NONE, value=NONE_OF_THESE))
        group: ui.RadioGroup[Any] = ui.RadioGroup(custom_id=TOPIC_FIELD, required=False, options=options)
        fields.append(ui.Label(text=labels.MEANT_TOPIC, component=group))
    text: ui.TextInput[Any] = ui.TextInput(custom_id=QUESTION_FIELD, required=False, max_length=QUESTION)
    fields.append(ui.Label(text=labels.MEANT_TEXT, component=text))
    return Window(labels.MEANT, custom_id("not-meant", topic, asker), fields)
