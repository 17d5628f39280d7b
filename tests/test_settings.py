"""Settings come from the environment and from `.env`; what is wrong is said at once, the token never."""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path

import pytest
from platformdirs import user_cache_path
from pydantic import SecretStr, ValidationError

from bot.settings import PROJECT, Settings, SettingsError, load_settings, settings_file

NAMES = list(Settings.model_fields)
TOKEN = "MTIzNDU2.secret-Token_value"
# Each setting as a person writes it, and what it then means; an empty value means the default.
WRITTEN: dict[str, tuple[str, object]] = {
    "discord_token": (TOKEN, SecretStr(TOKEN)),
    "admin_ids": ("1, 22 ,333", frozenset({1, 22, 333})),
    "knowledge_dir": ("other/library", Path("other/library")),
    "cache_dir": ("/var/cache/bot", Path("/var/cache/bot")),
    "encoder": ("off", "off"),
    "questions_per_minute": ("7", 7),
    "discord_api_url": ("http://localhost:8080/api", "http://localhost:8080/api"),
    "log_level": ("debug", "DEBUG"),
}
EXAMPLE = PROJECT / ".env.example"
# `NAME=value`, or `#NAME=value` if the default is meant; a comment has a space after its `#`.
EXAMPLE_LINE = re.compile(r"^(#?)([A-Z_]+)=(.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to start in, with no setting in the environment and no `.env` anywhere."""
    for name in list(os.environ):
        if name.lower() in NAMES:
            monkeypatch.delenv(name)
    monkeypatch.setattr("bot.settings.PROJECT", tmp_path / "project")
    monkeypatch.setattr("bot.settings.user_config_path", lambda name: tmp_path / "config" / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_may_be_left_out() -> None:
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.admin_ids == frozenset()
    assert settings.knowledge_dir == PROJECT / "knowledge"
    assert settings.cache_dir == user_cache_path("right-things")
    assert settings.encoder == "on"
    assert settings.questions_per_minute == 60
    assert settings.discord_api_url is None
    assert settings.log_level == "INFO"


def test_project_is_the_folder_of_the_checkout() -> None:
    assert (PROJECT / "bot" / "settings.py").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_setting_from_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written, meant = WRITTEN[name]
    assert getattr(load_settings(), name) != meant
    monkeypatch.setenv(name.upper(), written)
    assert getattr(load_settings(), name) == meant


@pytest.mark.parametrize("name", NAMES)
def test_setting_from_the_file(name: str, folder: Path) -> None:
    written, meant = WRITTEN[name]
    assert getattr(load_settings(), name) != meant
    (folder / ".env").write_text(f"# a comment\n{name.upper()}={written}\nUNKNOWN=ignored\n", encoding="utf-8")
    assert getattr(load_settings(), name) == meant


@pytest.mark.parametrize("name", NAMES)
def test_empty_value_means_the_default(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default = getattr(load_settings(), name)
    (folder / ".env").write_text(f"{name.upper()}=\n", encoding="utf-8")
    assert getattr(load_settings(), name) == default
    monkeypatch.setenv(name.upper(), "")
    assert getattr(load_settings(), name) == default


def test_environment_goes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("LOG_LEVEL=ERROR\nENCODER=off\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    settings = load_settings()
    assert (settings.log_level, settings.encoder) == ("WARNING", "off")


def test_file_of_a_windows_editor(folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xef\xbb\xbfLOG_LEVEL=ERROR\r\nADMIN_IDS=1,2\r\n")
    settings = load_settings()
    assert settings.log_level == "ERROR"
    assert settings.admin_ids == {1, 2}


@pytest.mark.parametrize("written", ["1,2,3", "1 2 3", " 3, 2,\t1,, ", "1,2,3,3"])
def test_admin_ids_are_separated_by_commas_or_spaces(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    assert load_settings().admin_ids == {1, 2, 3}


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([".", "project", "config/right-things"], "."),
        (["project", "config/right-things"], "project"),
        (["config/right-things"], "config/right-things"),
        ([], None),
    ],
)
def test_file_is_looked_up_where_it_is_expected(places: list[str], expected: str | None, folder: Path) -> None:
    """In the current folder, else in the project, else in the user's settings folder; the first one counts alone."""
    for place in places:
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / ".env").write_text(f"KNOWLEDGE_DIR={place}\n", encoding="utf-8")
    assert settings_file() == (folder / expected / ".env" if expected else None)
    from_here = {None: PROJECT / "knowledge", ".": Path()}
    assert load_settings().knowledge_dir == from_here.get(expected, folder / str(expected) / str(expected))


def test_settings_are_immutable() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.encoder = "off"  # type: ignore[misc]  # what is being tested


def test_all_faults_in_one_message(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("ENCODER=maybe\nLOG_LEVEL=loud\n", encoding="utf-8")
    monkeypatch.setenv("ADMIN_IDS", "1, two, 3, four")
    monkeypatch.setenv("QUESTIONS_PER_MINUTE", "0")
    monkeypatch.setenv("DISCORD_API_URL", "discord.com")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert str(error.value).splitlines() == [
        f"These settings (environment or {folder / '.env'}) are wrong:",
        "  ADMIN_IDS: Input should be a valid integer, unable to parse string as an integer",
        "  ENCODER: Input should be 'on' or 'off'",
        "  QUESTIONS_PER_MINUTE: Input should be greater than or equal to 1",
        "  DISCORD_API_URL: String should match pattern '^https?://'",
        "  LOG_LEVEL: Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'",
    ]


def test_file_that_is_not_utf8(folder: Path) -> None:
    (folder / ".env").write_bytes(f"DISCORD_TOKEN={TOKEN}\n# caf\xe9\n".encode("latin-1"))
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert str(error.value) == f"The file {folder / '.env'} is not UTF-8 text."
    assert TOKEN not in "".join(traceback.format_exception(error.value))


# The token


def test_token_is_there_for_those_who_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    token = load_settings().discord_token
    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_token_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = load_settings()
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert "token" in shown
        assert TOKEN not in shown


def test_token_never_shows_among_faults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("ENCODER", "maybe")
    with pytest.raises(SettingsError) as error:
        load_settings()
    for shown in (repr(error.value), "".join(traceback.format_exception(error.value))):
        assert "ENCODER" in shown
        assert TOKEN not in shown


@pytest.mark.parametrize("name", ["admin_ids", "encoder", "questions_per_minute", "discord_api_url", "log_level"])
def test_token_in_the_wrong_place_does_not_show(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name.upper(), TOKEN)
    with pytest.raises(SettingsError, match=name.upper()) as error:
        load_settings()
    assert TOKEN not in "".join(traceback.format_exception(error.value))


# .env.example


def test_example_names_every_setting_once() -> None:
    names = [name.lower() for _, name, _ in EXAMPLE_LINE.findall(EXAMPLE.read_text(encoding="utf-8"))]
    assert sorted(names) == sorted(NAMES)


def test_example_as_it_is_means_the_defaults(folder: Path) -> None:
    default = load_settings()
    (folder / ".env").write_bytes(EXAMPLE.read_bytes())
    assert load_settings() == default


def test_example_shows_the_default_of_what_is_commented_out(folder: Path) -> None:
    default = load_settings()
    (folder / ".env").write_text(EXAMPLE_LINE.sub(r"\2=\3", EXAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    shown = load_settings()
    for commented, name, value in EXAMPLE_LINE.findall(EXAMPLE.read_text(encoding="utf-8")):
        if commented and value:
            # Paths in the example start from the project, where the person is expected to be.
            written, meant = getattr(shown, name.lower()), getattr(default, name.lower())
            assert (PROJECT / written if isinstance(written, Path) else written) == meant
