"""Every setting, from the environment or a `.env` file, validated once."""

from __future__ import annotations

import logging
import os
import re
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_config_path, user_data_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError, PydanticUseDefault
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_NAME = "right-things"
PROJECT = Path(__file__).parents[1]
"""The folder with `bot`, `cogs` and `knowledge`: of the checkout, or where the package is installed."""

log = logging.getLogger(__name__)


class SettingsError(Exception):
    """The settings cannot be used; the message names every problem."""


_QUOTES = "\"'`“”‘’„‚«»"
_INVISIBLE = {"Cc", "Cf"}


def _bare(written: str) -> str:
    """Without the quotes, white space and invisible characters that copying leaves around it."""
    start, end = 0, len(written)
    while start < end and _is_wrapping(written[start]):
        start += 1
    while start < end and _is_wrapping(written[end - 1]):
        end -= 1
    return written[start:end]


def _is_wrapping(character: str) -> bool:
    return character.isspace() or character in _QUOTES or unicodedata.category(character) in _INVISIBLE


def _token(written: object) -> object:
    """The token as Discord expects it; the errors name the problem and never the value."""
    if not isinstance(written, str):
        return written
    token = written.removeprefix("Bot ")
    if re.fullmatch(r"[\w.-]*\.[\w.-]*", token, re.ASCII):
        return token
    problems = {
        "has white space in it": any(map(str.isspace, token)),
        "has quotes in it": any(character in _QUOTES for character in token),
        "has invisible characters in it": any(unicodedata.category(character) in _INVISIBLE for character in token),
        "has characters in it that no token has": not re.fullmatch(r"[\w.-]*", token, re.ASCII),
        "is not a token, which has dots in it": True,
    }
    problem = next(problem for problem, applies in problems.items() if applies)
    raise PydanticCustomError("token", f"The value {problem}: copy it again from your application's Bot page")


def _database_url(written: object) -> object:
    """The address of a database; the errors don't show it, since it may hold a password."""
    if not isinstance(written, str):
        return written
    try:
        parts = urlsplit(written)
        is_server = parts.scheme in ("postgresql", "postgres") and (parts.netloc or parts.path) and parts.port != 0
    except ValueError:  # as after a password with a slash in it
        is_server = False
    if is_server or re.match(r"sqlite:///(?!:memory:)[^?]+$", written):
        return written
    problem = "The value is neither postgresql://user:password@host/name nor sqlite:///path"
    raise PydanticCustomError("database_url", f"{problem}; in a password, write @ as %40, / as %2F and so on")


def _path(written: object) -> object:
    # Path.expanduser fails if there is no such user.
    return os.path.expanduser(written) if isinstance(written, str) else written  # noqa: PTH111


def _ids(written: object) -> object:
    return written.replace(",", " ").split() if isinstance(written, str) else written


class Settings(BaseSettings):
    """What can be set. ``.env.example`` explains each to the person who sets it."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, str_strip_whitespace=True, extra="ignore", frozen=True
    )

    discord_token: Annotated[SecretStr | None, BeforeValidator(_token)] = None
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    knowledge_dir: Annotated[Path, BeforeValidator(_path)] = PROJECT / "knowledge"
    cache_dir: Annotated[Path, BeforeValidator(_path)] = user_cache_path(_NAME)
    data_dir: Annotated[Path, BeforeValidator(_path)] = user_data_path(_NAME)
    database_url: Annotated[SecretStr | None, BeforeValidator(_database_url)] = None
    keep_days: Annotated[int, Field(ge=1)] = 90
    encoder: Annotated[Literal["on", "off"], BeforeValidator(str.lower)] = "on"
    message_content: Annotated[Literal["on", "off"], BeforeValidator(str.lower)] = "off"
    questions_per_minute: Annotated[int, Field(ge=1)] = 60
    discord_api_url: str | None = Field(None, pattern=r"^https?://")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = "INFO"

    @field_validator("*", mode="before")
    @classmethod
    def _unwrapped(cls, written: object) -> object:
        if isinstance(written, str) and not (written := _bare(written)):
            raise PydanticUseDefault
        return written


def settings_file() -> Path | None:
    """The `.env` to read: in the current folder, else in the checkout, else in the user's settings folder."""
    folders = [PROJECT, user_config_path(_NAME)]
    with suppress(OSError):  # somebody has removed the current folder
        folders.insert(0, Path.cwd())
    return next((folder / ".env" for folder in folders if os.path.lexists(folder / ".env")), None)


def load_settings() -> Settings:
    """Read the settings. Relative paths in a file start from its folder.

    Raises:
        SettingsError: naming every setting that is wrong, never its value if that is secret.
    """
    file = settings_file()
    try:
        if file:
            _check(file)
        settings = Settings(_env_file=file)
    except ValidationError as error:
        problems = [f"  {str(problem['loc'][0]).upper()}: {problem['msg']}" for problem in error.errors()]
        where = f"environment or {file}" if file else "environment"
        raise SettingsError("\n".join(dict.fromkeys([f"These settings ({where}) are wrong:", *problems]))) from None
    except UnicodeDecodeError:
        raise SettingsError(f"The file {file} is not UTF-8 text.") from None
    except OSError as error:
        raise SettingsError(f"The settings file {file} cannot be read: {error.strerror}.") from None
    return settings if file is None or _is_current(file.parent) else _anchored(settings, file.parent)


def _is_current(folder: Path) -> bool:
    with suppress(OSError):
        return folder.samefile(Path.cwd())
    return False


def _anchored(settings: Settings, folder: Path) -> Settings:
    """The settings with relative paths made absolute, if they come from the file in ``folder``, not the environment."""
    environment = {name.lower() for name, value in os.environ.items() if value}
    paths = settings.model_fields_set & {"knowledge_dir", "cache_dir", "data_dir"} - environment
    return settings.model_copy(update={name: folder / getattr(settings, name) for name in paths})


def _check(file: Path) -> None:
    """Raise if a settings file is not a regular one: a folder would be ignored, and a pipe would wait for ever."""
    if file.is_dir():
        raise SettingsError(f"{file} is a folder; the settings file must have that name.")
    if not stat.S_ISREG(file.stat().st_mode):
        raise SettingsError(f"{file} is not a regular file, so the settings cannot be read.")
    file.open("rb").close()


def set_up_logging(level: str) -> None:
    """Log to stderr, one line per message."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
