"""Servers' settings as plain data."""

from __future__ import annotations

import json

import pytest

from bot.store import ServerSettings

EVERYTHING = ServerSettings(
    channels=frozenset({3, 1}),
    private=True,
    forums=frozenset({5}),
    human_channel=8,
    human_role=9,
    daily_channel=9,
    daily_at="09:30",
)


@pytest.mark.parametrize("settings", [ServerSettings(), EVERYTHING])
def test_settings_come_back_from_json(settings: ServerSettings) -> None:
    assert ServerSettings.from_json(json.loads(json.dumps(settings.to_json()))) == settings


def test_settings_of_another_version_are_understood() -> None:
    assert ServerSettings.from_json({"channels": [4], "colour": "red"}) == ServerSettings(channels=frozenset({4}))


@pytest.mark.parametrize("time", ["24:00", "9:30", "09:60", "09:30\n", "٠٩:٣٠", ""])
def test_what_is_no_time_of_day_is_refused(time: str) -> None:
    with pytest.raises(ValueError, match="no time of day"):
        ServerSettings(daily_at=time)
