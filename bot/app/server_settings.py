"""A server's settings as a card and as windows to change them in, and what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.app import labels
from bot.app.buttons import Used, button, custom_id
from bot.app.cards import Card, notice
from bot.app.controls import row
from bot.app.modals import Window
from bot.service import ServerSettings

ANSWERS, PEOPLE = "set-answers", "set-people"
"""The names of the two windows, and of the buttons that open them."""

_MOST = 25
_WRITTEN_TO = (discord.ChannelType.text, discord.ChannelType.news)
_NEEDED = {"view_channel": labels.VIEW_CHANNEL, "send_messages": labels.SEND_MESSAGES}
_NEEDED_IN_FORUMS = {"view_channel": labels.VIEW_CHANNEL, "send_messages_in_threads": labels.SEND_IN_THREADS}


def settings_card(settings: ServerSettings, guild: discord.Guild, asker: int, note: str = "") -> Card:
    """What is set, which permissions that lacks, and the buttons to change it; ``note`` stands above it."""
    buttons = [
        button(ANSWERS, labels.SETTINGS_ANSWERS, asker=asker),
        button(PEOPLE, labels.SETTINGS_PEOPLE, asker=asker),
    ]
    lines = [*filter(None, [note]), labels.SETTINGS_TITLE, *_lines(settings), *_lacking(settings, guild)]
    return notice("\n".join(lines), row(buttons))


def _lines(settings: ServerSettings) -> Iterator[str]:
    daily = _daily(settings)
    channel, role = settings.human_channel, settings.human_role
    human = " ".join([*([f"<@&{role}>"] if role else []), *([f"<#{channel}>"] if channel else [])])
    yield "- " + labels.SHOWN_CHANNELS.format(value=_mentions(settings.channels) or labels.EVERYWHERE)
    yield "- " + labels.SHOWN_PRIVATE.format(value=labels.PRIVATELY if settings.private else labels.AS_ASKED)
    yield "- " + labels.SHOWN_FORUMS.format(value=_mentions(settings.forums) or labels.NOWHERE)
    yield "- " + labels.SHOWN_HUMAN.format(value=human or labels.NOBODY)
    yield "- " + labels.SHOWN_DAILY.format(value=daily)


def _daily(settings: ServerSettings) -> str:
    if settings.daily_at is None or settings.daily_channel is None:
        has_half = settings.daily_at is not None or settings.daily_channel is not None
        return labels.OFF_BY_HALF if has_half else labels.OFF
    return labels.DAILY.format(at=settings.daily_at, channel=f"<#{settings.daily_channel}>")


def _mentions(channels: Iterable[int]) -> str:
    return ", ".join(f"<#{channel}>" for channel in sorted(channels))


def _lacking(settings: ServerSettings, guild: discord.Guild) -> Iterator[str]:
    """Which permissions the bot lacks in the channels that are set."""
    written_to = [*sorted(settings.channels), *filter(None, (settings.human_channel, settings.daily_channel))]
    for number in dict.fromkeys([*written_to, *sorted(settings.forums)]):
        needed = _NEEDED_IN_FORUMS if number in settings.forums else _NEEDED
        if (channel := guild.get_channel(number)) is None:
            yield labels.SHOWN_GONE.format(channel=f"<#{number}>")
            continue
        has = channel.permissions_for(guild.me)
        if lacks := [name for permission, name in needed.items() if not getattr(has, permission)]:
            yield labels.SHOWN_LACKS.format(permissions=", ".join(lacks), channel=f"<#{number}>")
    role = guild.get_role(settings.human_role) if settings.human_role else None
    if settings.human_role and role is None:
        yield labels.SHOWN_GONE.format(channel=f"<@&{settings.human_role}>")
    if role is not None and not role.mentionable and not guild.me.guild_permissions.mention_everyone:
        yield labels.SHOWN_SILENT.format(role=role.mention)


def settings_window(name: str, settings: ServerSettings, asker: int) -> Window:
    """The window of a name, with what is set now filled in."""
    fields = _answers_fields(settings) if name == ANSWERS else _people_fields(settings)
    title = labels.SETTINGS_ANSWERS if name == ANSWERS else labels.SETTINGS_PEOPLE
    return Window(title, custom_id(name, asker=asker), fields)


def _answers_fields(settings: ServerSettings) -> list[ui.Label[Any]]:
    private: ui.Checkbox[Any] = ui.Checkbox(custom_id="private", default=settings.private)
    channels = _channels("channels", settings.channels, _WRITTEN_TO, most=_MOST)
    forums = _channels("forums", settings.forums, [discord.ChannelType.forum], most=_MOST)
    return [
        _label(labels.SETTINGS_CHANNELS, channels, labels.SETTINGS_CHANNELS_MORE),
        _label(labels.SETTINGS_PRIVATE, private, labels.SETTINGS_PRIVATE_MORE),
        _label(labels.SETTINGS_FORUMS, forums, labels.SETTINGS_FORUMS_MORE),
    ]


def _people_fields(settings: ServerSettings) -> list[ui.Label[Any]]:
    kind = discord.SelectDefaultValueType.role
    known = [discord.SelectDefaultValue(id=settings.human_role, type=kind)] if settings.human_role else []
    role: ui.RoleSelect[Any] = ui.RoleSelect(custom_id="role", required=False, min_values=0, default_values=known)
    human = [settings.human_channel] if settings.human_channel else []
    time: ui.TextInput[Any] = ui.TextInput(
        custom_id="daily-at", required=False, max_length=5, default=settings.daily_at or None
    )
    daily = [settings.daily_channel] if settings.daily_channel else []
    return [
        _label(labels.SETTINGS_HUMAN_CHANNEL, _channels("human", human, _WRITTEN_TO)),
        _label(labels.SETTINGS_HUMAN_ROLE, role),
        _label(labels.SETTINGS_DAILY_CHANNEL, _channels("daily-channel", daily, _WRITTEN_TO)),
        _label(labels.SETTINGS_DAILY_AT, time, labels.SETTINGS_DAILY_AT_MORE),
    ]


def _channels(
    identity: str, chosen: Iterable[int], kinds: Sequence[discord.ChannelType], most: int = 1
) -> ui.ChannelSelect[Any]:
    kind = discord.SelectDefaultValueType.channel
    known = [discord.SelectDefaultValue(id=number, type=kind) for number in sorted(chosen)[:most]]
    return ui.ChannelSelect(
        custom_id=identity,
        channel_types=list(kinds),
        required=False,
        min_values=0,
        max_values=most,
        default_values=known,
    )


def _label(text: str, component: ui.Item[Any], more: str | None = None) -> ui.Label[Any]:
    return ui.Label(text=text, component=component, description=more)


def changed(settings: ServerSettings, used: Used) -> ServerSettings:
    """The settings after what was filled in in a window.

    Raises:
        ValueError: if the time of the daily quotation is none.
    """
    if used.name == ANSWERS:
        return replace(
            settings,
            channels=frozenset(map(int, used.values.get("channels", ()))),
            private=bool(used.value("private")),
            forums=frozenset(map(int, used.values.get("forums", ()))),
        )
    return replace(
        settings,
        human_channel=int(used.value("human") or 0) or None,
        human_role=int(used.value("role") or 0) or None,
        daily_channel=int(used.value("daily-channel") or 0) or None,
        daily_at=_padded(used.value("daily-at").strip()) or None,
    )


def _padded(time: str) -> str:
    """A time such as 9:00 as 09:00."""
    return f"0{time}" if time[1:2] == ":" else time
