"""Settings as people leave them: wrapped in quotes, in a folder or a pipe, from another place."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import Mock

import pytest
from platformdirs import user_cache_path

from bot.settings import Settings, SettingsError, load_settings

TOKEN = "MTIzNDU2.secret-Token_value"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with no setting in the environment and no `.env` anywhere."""
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.setattr("bot.settings.PROJECT", tmp_path / "project")
    monkeypatch.setattr("bot.settings.user_config_path", lambda name: tmp_path / "config")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def refusal() -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings()
    return str(refused.value)


# The token


@pytest.mark.parametrize(
    "wrapped",
    [" {}", "{}\r\n", '"{}"', "'{}'", "`{}`", "“{}”", "\u200b{}\ufeff", '\t "{}\u2028" ', "Bot {}", '"Bot {}"'],
)
def test_what_copying_put_around_the_token_is_stripped(wrapped: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", wrapped.format(TOKEN))
    token = load_settings().discord_token
    assert token is not None
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("token", "problem"),
    [
        ("MTIz NDU2.secret", "has white space in it"),
        ("MTIz.sec\nret", "has white space in it"),
        ('MTIz."secret', "has quotes in it"),
        ("MTIz.sec\u200bret", "has invisible characters in it"),
        ("MTIz.sec\x07ret", "has invisible characters in it"),
        ("MTIz.secrét", "has characters in it that no token has"),
        ("https://discord.com/secret", "has characters in it that no token has"),
        ("123456789012345678", "is not a token, which has dots in it"),
        ("your-secret-here", "is not a token, which has dots in it"),
    ],
)
def test_what_is_wrong_with_the_token_is_said_without_it(
    token: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", token)
    assert refusal().splitlines() == [
        "These settings (environment) are wrong:",
        f"  DISCORD_TOKEN: The value {problem}: copy it again from your application's Bot page",
    ]


@pytest.mark.parametrize("name", ["ENCODER", "CACHE_DIR", "KNOWLEDGE_DIR"])
def test_quotes_around_any_setting_say_nothing(name: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As those that `docker run --env-file` keeps."""
    monkeypatch.setenv(name, '"off"')
    assert str(getattr(load_settings(), name.lower())) == "off"
    monkeypatch.setenv(name, '""')
    assert getattr(load_settings(), name.lower()) == Settings.model_fields[name.lower()].default


# The file


def test_a_folder_in_its_place_is_named(here: Path) -> None:
    (here / ".env").mkdir()
    assert refusal() == f"{here / '.env'} is a folder; the settings file must have that name."


def test_a_pipe_in_its_place_is_named_and_not_waited_for(here: Path) -> None:
    os.mkfifo(here / ".env")
    assert refusal() == f"{here / '.env'} is not a regular file, so the settings cannot be read."


def test_a_link_to_nothing_is_named(here: Path) -> None:
    (here / ".env").symlink_to("nowhere")
    assert refusal() == f"The settings file {here / '.env'} cannot be read: No such file or directory."


def test_a_file_that_must_not_be_read_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / ".env").touch()
    # Simulated: the superuser may read everything.
    monkeypatch.setattr(Path, "open", Mock(side_effect=PermissionError(13, "Permission denied")))
    assert refusal() == f"The settings file {here / '.env'} cannot be read: Permission denied."


def test_a_current_folder_that_is_gone_is_passed_over(here: Path) -> None:
    here.rmdir()
    assert load_settings().encoder == "on"


# Paths


def test_home_is_understood(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(here))
    monkeypatch.setenv("CACHE_DIR", "~/cache")
    (here / ".env").write_text("KNOWLEDGE_DIR=~\n", encoding="utf-8")
    settings = load_settings()
    assert (settings.cache_dir, settings.knowledge_dir) == (here / "cache", here)


def test_an_unknown_home_is_a_name_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_DIR", "~nobody-of-that-name/cache")
    assert load_settings().cache_dir == Path("~nobody-of-that-name/cache")


def test_relative_paths_start_from_their_file_or_from_the_current_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = here.parent / "project"
    project.mkdir()
    (project / ".env").write_text("KNOWLEDGE_DIR=mine\nCACHE_DIR=/var/cache/bot\n", encoding="utf-8")
    settings = load_settings()
    assert (settings.knowledge_dir, settings.cache_dir) == (project / "mine", Path("/var/cache/bot"))
    monkeypatch.setenv("KNOWLEDGE_DIR", "other")
    assert load_settings().knowledge_dir == Path("other")
    (project / ".env").write_text("ENCODER=off\n", encoding="utf-8")
    assert load_settings().cache_dir == user_cache_path("right-things")
