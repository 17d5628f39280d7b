"""A server's settings as people see and change them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio

from bot.app import RightThings, Used, changed, labels, settings_card, settings_window
from bot.app.server_settings import ANSWERS, PEOPLE
from bot.store import ServerSettings
from tests.app.conftest import settings_for
from tests.app.test_cards import assert_discord_takes, text_of
from tests.app.test_modals import taken
from tests.loopback import LoopbackDiscord, permissions
from tests.small_library import small_desk

ALICE, MANY = 7, frozenset(range(1000, 1025))
TEXT, NEWS, FORUM = 0, 5, 15


# The windows


@pytest.mark.parametrize(
    "settings",
    [
        ServerSettings(),
        ServerSettings(channels=MANY, private=True, forums=MANY, human_channel=1, daily_channel=2, daily_at="09:00"),
        ServerSettings(human_channel=1, human_role=3),
    ],
)
def test_windows_have_what_is_set_filled_in(settings: ServerSettings) -> None:
    fields = {**taken(settings_window(ANSWERS, settings, ALICE)), **taken(settings_window(PEOPLE, settings, ALICE))}

    def chosen(name: str) -> list[int]:
        return [int(value["id"]) for value in fields[name].get("default_values", [])]

    assert chosen("channels") == sorted(settings.channels)
    assert chosen("forums") == sorted(settings.forums)
    assert fields["private"]["default"] is settings.private
    assert chosen("human") == ([settings.human_channel] if settings.human_channel else [])
    assert chosen("role") == ([settings.human_role] if settings.human_role else [])
    assert chosen("daily-channel") == ([settings.daily_channel] if settings.daily_channel else [])
    assert fields["daily-at"].get("value") == settings.daily_at


def test_only_channels_of_a_kind_can_be_chosen() -> None:
    fields = taken(settings_window(ANSWERS, ServerSettings(), ALICE))
    assert fields["channels"]["channel_types"] == [TEXT, NEWS]
    assert fields["forums"]["channel_types"] == [FORUM]


# What is changed

BEFORE = ServerSettings(channels=frozenset({1}), forums=frozenset({2}), human_role=3, daily_at="09:00")


@pytest.mark.parametrize(
    ("name", "values", "changes"),
    [
        (
            ANSWERS,
            {"channels": ("4", "5"), "private": ("True",), "forums": ()},
            {"channels": [4, 5], "private": True, "forums": []},
        ),
        (ANSWERS, {}, {"channels": [], "private": False, "forums": []}),
        (PEOPLE, {}, {"human_role": None, "daily_at": None}),
        (PEOPLE, {"role": ("6",), "daily-at": (" 9:59 ",)}, {"human_role": 6, "daily_at": "09:59"}),
        (PEOPLE, {"role": ("6",), "human": ("7",)}, {"human_channel": 7, "human_role": 6, "daily_at": None}),
        (PEOPLE, {"role": ("6",), "daily-channel": ("8",)}, {"human_role": 6, "daily_channel": 8, "daily_at": None}),
    ],
)
def test_what_is_filled_in_changes_what_the_window_shows_and_nothing_else(
    name: str, values: dict[str, tuple[str, ...]], changes: dict[str, Any]
) -> None:
    expected = ServerSettings.from_json(BEFORE.to_json() | changes)
    assert changed(BEFORE, Used(name, values=values)) == expected


@pytest.mark.parametrize("text", ["24:00", "noon", "09.00", "٠٩:٠٠", "09:00\n1"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        changed(BEFORE, Used(PEOPLE, values={"daily-at": (text,)}))


# The card

OPEN, HIDDEN, SILENT, POSTS, GONE = 11, 12, 13, 14, 99
DENIED = {
    HIDDEN: permissions.VIEW_CHANNEL,
    SILENT: permissions.SEND_MESSAGES,
    POSTS: permissions.SEND_MESSAGES_IN_THREADS,
}


@pytest_asyncio.fixture
async def guild(server: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[discord.Guild]:
    """A server in which the bot may do something else in each channel."""
    async with RightThings(settings_for(server, tmp_path / "cache"), small_desk(tmp_path)) as client:
        await client.login(server.token)
        data: Any = server.guild("Keep").create_payload(server.bot)
        for number in (OPEN, HIDDEN, SILENT, POSTS):
            denied = {"id": data["id"], "type": 0, "allow": "0", "deny": str(DENIED.get(number, 0))}
            kind = FORUM if number == POSTS else TEXT
            channel = {"id": str(number), "type": kind, "name": "c", "position": 0, "permission_overwrites": [denied]}
            data["channels"].append(channel | {"available_tags": [], "parent_id": None})
        # Discord's @everyone has the id of its server.
        data["roles"] = [{**role, "id": data["id"]} if role["name"] == "@everyone" else role for role in data["roles"]]
        yield discord.Guild(data=data, state=client._connection)


@pytest.mark.asyncio
async def test_permissions_that_are_missing_where_it_should_work_are_named(guild: discord.Guild) -> None:
    settings = ServerSettings(
        channels=frozenset({OPEN, HIDDEN}), forums=frozenset({POSTS}), human_channel=GONE, daily_channel=SILENT
    )
    lines = text_of(settings_card(settings, guild, ALICE)).splitlines()
    assert [line for line in lines if line.startswith("⚠")] == [
        f"⚠ I lack View Channel, Send Messages in <#{HIDDEN}>.",
        f"⚠ <#{GONE}> was deleted.",
        f"⚠ I lack Send Messages in <#{SILENT}>.",
        f"⚠ I lack Send Messages in Threads in <#{POSTS}>.",
    ]


@pytest.mark.asyncio
async def test_card_says_what_is_set_below_its_note(guild: discord.Guild) -> None:
    settings = ServerSettings(channels=MANY, forums=MANY, human_channel=5, daily_channel=OPEN, daily_at="09:00")
    shown = settings_card(settings, guild, ALICE, note="Not yet written.")
    assert_discord_takes(shown)
    note, title, *lines = text_of(shown).splitlines()
    assert (note, title) == ("Not yet written.", labels.SETTINGS_TITLE)
    assert "- “Ask a human” asks: <#5>" in lines
    assert f"- Daily quotation: at 09:00 UTC in <#{OPEN}>" in lines
    for half in (replace(settings, daily_at=None), replace(settings, daily_channel=None)):
        assert "- Daily quotation: off" in text_of(settings_card(half, guild, ALICE))
