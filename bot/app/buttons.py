"""Buttons, menus and text fields whose whole state is in their ``custom_id``: they work after a restart and a reload.

A ``custom_id`` is a name, an argument and the person who asked, with colons between them; what is missing at the end is
empty. Using one dispatches an event with the interaction and a ``Used``, which a cog answers:

| name | argument | who may use it | event |
|---|---|---|---|
| ``topic`` | a topic's id | anybody | ``topic_used`` |
| ``choose`` | | anybody | ``topic_used``, with the chosen topic as the argument |
| ``page`` | an overview, a topic's id and the number of a page, with slashes between them | anybody | ``page_used`` |
| ``another`` | of which quotations: ``all/``, ``on/TOPIC``, ``by/CLAIM`` | anybody | ``another_used`` |
| ``passages`` | a topic's id | anybody | ``passages_used`` |
| ``follow-up`` | | anybody | ``follow_up_used`` |
| ``why`` | the id of the topic that answered | anybody | ``why_used`` |
| ``helped`` | the same | anybody | ``helped_used`` |
| ``not-meant`` | the same | who asked | ``not_meant_used`` |
| ``share`` | the same | who asked | ``share_used`` |
| ``human`` | the same | who asked | ``human_used`` |
| ``pass-on`` | the id of the answer and, after a slash, 1 if others can see it | who asked | ``pass_on_used`` |
| ``dismiss`` | the same | who asked, or may manage messages | ``dismiss_used`` |
| ``set-answers``, ``set-people`` | | who asked | ``set_answers_used``, ``set_people_used`` |
| ``export``, ``forget`` | | who asked | ``export_used``, ``forget_used`` |
| anything else | | | ``unknown_component`` |

A filled-in modal dispatches its name with ``_sent`` in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from bot.app import labels
from bot.app.limits import BUTTON_LABEL, clip
from bot.service import Refusal

NOBODY = 0
_CUSTOM_ID = re.compile(r"(?P<name>[a-z-]+)(?::(?P<argument>[^:]*))?(?::(?P<asker>\d+))?")
_FOR_ALL = {"topic", "choose", "page", "passages", "another", "follow-up", "why", "helped"}
_FOR_ASKER = {"not-meant", "share", "human", "pass-on", "dismiss", "set-answers", "set-people", "export", "forget"}
_MODALS = {"follow-up", "not-meant", "set-answers", "set-people"}


@dataclass(frozen=True)
class Used:
    """What somebody used: a component's argument, its asker, and what was typed or chosen, by ``custom_id``."""

    name: str
    argument: str = ""
    asker: int = NOBODY
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, custom_id: str) -> str:
        """The one thing that was typed or chosen; empty if nothing was."""
        return next(iter(self.values.get(custom_id, ())), "")


def custom_id(name: str, argument: str = "", asker: int = NOBODY) -> str:
    """The ``custom_id`` of a component that tells these three when it is used."""
    return f"{name}:{argument}:{asker}"


def button(
    name: str, label: str, argument: str = "", asker: int = NOBODY, *, is_primary: bool = False
) -> ui.Button[Any]:
    """A button that dispatches the event of its name."""
    style = discord.ButtonStyle.primary if is_primary else discord.ButtonStyle.secondary
    return ui.Button(label=clip(label, BUTTON_LABEL), style=style, custom_id=custom_id(name, argument, asker))


def dispatch_component(client: discord.Client, interaction: discord.Interaction) -> None:
    """Dispatch the use of a component or a modal."""
    is_modal = interaction.type is discord.InteractionType.modal_submit
    if not is_modal and interaction.type is not discord.InteractionType.component:
        return
    data: dict[str, Any] = dict(interaction.data or {})
    match = _CUSTOM_ID.fullmatch(str(data.get("custom_id")))
    name = match["name"] if match else ""
    if match is None or name not in (_MODALS if is_modal else _FOR_ALL | _FOR_ASKER):
        client.dispatch("unknown_component", interaction)
        return
    values = dict(_values(data)) if is_modal else {"": tuple(data.get("values") or ())}
    used = Used(name, match["argument"] or "", int(match["asker"] or NOBODY), values)
    moderates = name == "dismiss" and interaction.permissions.manage_messages
    if name in _FOR_ASKER and used.asker != interaction.user.id and not moderates:
        client.dispatch("refused", interaction, Refusal(labels.NOT_YOURS))
    elif name == "choose":
        client.dispatch("topic_used", interaction, Used("topic", used.value("")))
    else:
        client.dispatch(f"{name.replace('-', '_')}_{'sent' if is_modal else 'used'}", interaction, used)


def _values(component: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What was typed or chosen in the fields of a modal, each with its ``custom_id``."""
    if "custom_id" in component and ("value" in component or "values" in component):
        values = component.get("values")
        given = values if isinstance(values, list) else [component.get("value")]
        yield str(component["custom_id"]), tuple(str(value) for value in given if value not in (None, "", False))
    for inner in [*component.get("components", ()), *filter(None, [component.get("component")])]:
        yield from _values(inner)
