"""Settings come from the environment and from `.env`; what is wrong is said at once, the token never."""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path

import pytest
from platformdirs import user_cache_path, user_data_path
from pydantic import SecretStr, ValidationError

from bot.settings import PROJECT, Settings, SettingsError, load_settings, settings_file

TOKEN = "MTIzNDU2.secret-Token_value"
DATABASE = "postgres://bot:pass-word@db.example.org:5432/answers?sslmode=require"
# Each setting as a person writes it, and what it then means; an empty value means the default.
WRITTEN: dict[str, tuple[str, object]] = {
    "discord_token": (TOKEN, SecretStr(TOKEN)),
    "admin_ids": ("1, 22 ,333", frozenset({1, 22, 333})),
    "knowledge_dir": ("other/library", Path("other/library")),
    "cache_dir": ("/var/cache/bot", Path("/var/cache/bot")),
    "data_dir": ("~/bot", Path("~/bot").expanduser()),
    "database_url": (DATABASE, SecretStr(DATABASE)),
    "keep_days": ("30", 30),
    "encoder": ("off", "off"),
    "message_content": ("ON", "on"),
    "questions_per_minute": ("7", 7),
    "discord_api_url": ("http://localhost:8080/api", "http://localhost:8080/api"),
    "log_level": ("debug", "DEBUG"),
}
EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")
# `NAME=value`, or `#NAME=value` if the default is meant; a comment has a space after its `#`.
EXAMPLE_LINE = re.compile(r"^(#?)([A-Z_]+)=(.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to start in, with no setting in the environment and no `.env` anywhere."""
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.setattr("bot.settings.PROJECT", tmp_path / "project")
    monkeypatch.setattr("bot.settings.user_config_path", lambda name: tmp_path / "config" / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal() -> SettingsError:
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert TOKEN not in repr(refused.value)
    assert TOKEN not in "".join(traceback.format_exception(refused.value))
    return refused.value


def test_everything_may_be_left_out() -> None:
    assert (PROJECT / "bot" / "settings.py").is_file()
    assert load_settings().model_dump() == {
        "discord_token": None,
        "admin_ids": frozenset(),
        "knowledge_dir": PROJECT / "knowledge",
        "cache_dir": user_cache_path("right-things"),
        "data_dir": user_data_path("right-things"),
        "database_url": None,
        "keep_days": 90,
        "encoder": "on",
        "message_content": "off",
        "questions_per_minute": 60,
        "discord_api_url": None,
        "log_level": "INFO",
    }


@pytest.mark.parametrize("name", Settings.model_fields)
@pytest.mark.parametrize("place", ["environment", "file"])
def test_setting_is_read(name: str, place: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def value_of(written: str) -> object:
        if place == "file":
            lines = f"# a comment\n{name.upper()}={written}\nUNKNOWN=ignored\n"
            (folder / ".env").write_text(lines, encoding="utf-8")
        else:
            monkeypatch.setenv(name.upper(), written)
        return getattr(load_settings(), name)

    default = getattr(load_settings(), name)
    written, meant = WRITTEN[name]
    assert value_of(written) == meant != default
    assert value_of("") == default


def test_environment_goes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("LOG_LEVEL=ERROR\nENCODER=off\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    settings = load_settings()
    assert (settings.log_level, settings.encoder) == ("WARNING", "off")


def test_file_of_a_windows_editor(folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xef\xbb\xbfLOG_LEVEL=ERROR\r\nADMIN_IDS=1,2\r\n")
    assert load_settings().log_level == "ERROR"
    assert load_settings().admin_ids == {1, 2}


@pytest.mark.parametrize("written", ["1,2,3", "1 2 3", " 3, 2,\t1,, ", "1,2,3,3"])
def test_admin_ids_are_separated_by_commas_or_spaces(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    assert load_settings().admin_ids == {1, 2, 3}


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://bot@localhost",
        "postgresql:///answers?host=/run/postgresql",
        "sqlite:////var/lib/bot/answers.db",
        "sqlite:///answers.db",
    ],
)
def test_addresses_of_databases(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", written)
    assert load_settings().database_url == SecretStr(written)


@pytest.mark.parametrize(
    "written",
    [
        "mysql://bot:pass-word@localhost/answers",
        "postgresql://bot:pass-word/@localhost/answers",
        "postgresql://",
        "sqlite:///",
        "sqlite:///:memory:",
        "answers.db",
    ],
)
def test_other_addresses_of_databases_are_refused_without_their_password(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", written)
    error = refusal()
    assert "DATABASE_URL: The value is neither" in str(error)
    assert "pass-word" not in "".join(traceback.format_exception(error))


def test_password_of_the_database_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", DATABASE)
    settings = load_settings()
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert "database_url" in shown
        assert "pass-word" not in shown


@pytest.mark.parametrize("first", [".", "project", "config/right-things", None])
def test_first_file_of_the_expected_places_counts_alone(first: str | None, folder: Path) -> None:
    """That is: in the current folder, else in the project, else in the user's settings folder."""
    places = [".", "project", "config/right-things", None]
    for place in filter(None, places[places.index(first) :]):
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / ".env").write_text(f"KNOWLEDGE_DIR={place}\n", encoding="utf-8")
    assert settings_file() == (folder / first / ".env" if first else None)
    from_here = {None: PROJECT / "knowledge", ".": Path()}
    assert load_settings().knowledge_dir == from_here.get(first, folder / str(first) / str(first))


def test_settings_are_immutable() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.encoder = "off"  # type: ignore[misc]  # what is being tested


def test_all_errors_are_in_one_message(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\nENCODER=maybe\nLOG_LEVEL=loud\n", encoding="utf-8")
    monkeypatch.setenv("ADMIN_IDS", "1, two, 3, four")
    monkeypatch.setenv("QUESTIONS_PER_MINUTE", "0")
    monkeypatch.setenv("DISCORD_API_URL", "discord.com")
    assert str(refusal()).splitlines() == [
        f"These settings (environment or {folder / '.env'}) are wrong:",
        "  ADMIN_IDS: Input should be a valid integer, unable to parse string as an integer",
        "  ENCODER: Input should be 'on' or 'off'",
        "  QUESTIONS_PER_MINUTE: Input should be greater than or equal to 1",
        "  DISCORD_API_URL: String should match pattern '^https?://'",
        "  LOG_LEVEL: Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'",
    ]


def test_file_that_is_not_utf8(folder: Path) -> None:
    (folder / ".env").write_bytes(f"DISCORD_TOKEN={TOKEN}\n# caf\xe9\n".encode("latin-1"))
    assert str(refusal()) == f"The file {folder / '.env'} is not UTF-8 text."


@pytest.mark.parametrize("name", ["admin_ids", "encoder", "questions_per_minute", "discord_api_url", "log_level"])
def test_token_in_the_wrong_place_does_not_show(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name.upper(), TOKEN)
    assert name.upper() in str(refusal())


def test_token_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = load_settings()
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert "token" in shown
        assert TOKEN not in shown


def test_example_means_the_defaults(folder: Path) -> None:
    """As it is, and also if what is commented out in it is not."""
    example, default = EXAMPLE_LINE.findall(EXAMPLE), load_settings()
    assert sorted(name.lower() for _, name, _ in example) == sorted(Settings.model_fields)
    (folder / ".env").write_text(EXAMPLE, encoding="utf-8")
    assert load_settings() == default
    (folder / ".env").write_text(EXAMPLE_LINE.sub(r"\2=\3", EXAMPLE), encoding="utf-8")
    assert load_settings() == default
