"""Every setting, from the environment or a `.env` file, validated once."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_config_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_NAME = "right-things"
PROJECT = Path(__file__).parents[1]
"""The folder with `bot`, `cogs` and `knowledge`: of the checkout, or where the package is installed."""

log = logging.getLogger(__name__)


class SettingsError(Exception):
    """The settings cannot be used; the message names every problem."""


def _ids(written: object) -> object:
    return written.replace(",", " ").split() if isinstance(written, str) else written


class Settings(BaseSettings):
    """What can be set. ``.env.example`` explains each to the person who sets it."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, str_strip_whitespace=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = None
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    knowledge_dir: Path = PROJECT / "knowledge"
    cache_dir: Path = user_cache_path(_NAME)
    encoder: Annotated[Literal["on", "off"], BeforeValidator(str.lower)] = "on"
    questions_per_minute: Annotated[int, Field(ge=1)] = 60
    discord_api_url: str | None = Field(None, pattern=r"^https?://")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = "INFO"


def settings_file() -> Path | None:
    """The `.env` to read: of the current folder, else of the checkout, else of the user's settings folder."""
    folders = (Path.cwd(), PROJECT, user_config_path(_NAME))
    return next((folder / ".env" for folder in folders if (folder / ".env").is_file()), None)


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: naming every setting that is wrong, never its value if that is secret.
    """
    file = settings_file()
    try:
        return Settings(_env_file=file)
    except ValidationError as error:
        problems = [f"  {str(problem['loc'][0]).upper()}: {problem['msg']}" for problem in error.errors()]
        where = f"environment or {file}" if file else "environment"
        raise SettingsError("\n".join(dict.fromkeys([f"These settings ({where}) are wrong:", *problems]))) from None
    except UnicodeDecodeError:
        raise SettingsError(f"The file {file} is not UTF-8 text.") from None


def set_up_logging(level: str) -> None:
    """Log to stderr, one line a message."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
