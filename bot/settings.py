"""Every setting, from the environment or a `.env` file, validated once."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).parents[1]


class SettingsError(Exception):
    """The settings cannot be used; the message names every fault."""


class Settings(BaseSettings):
    """What can be set. ``.env.example`` explains each to the person who sets it."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = None
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(frozenset(), description="Discord user ids, comma-separated")
    knowledge_dir: Path = PROJECT / "knowledge"
    cache_dir: Path = PROJECT / ".cache"
    encoder: Literal["on", "off"] = "on"
    questions_per_minute: Annotated[int, Field(ge=1)] = 60
    discord_api_url: str | None = Field(None, pattern=r"^https?://")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("discord_token", mode="before")
    @classmethod
    def _strip(cls, value: object) -> object:
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("encoder", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: naming every setting that is wrong, never its value where that is secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = [f"  {str(problem['loc'][0]).upper()}: {problem['msg']}" for problem in error.errors()]
        raise SettingsError(
            "\n".join(dict.fromkeys(["These settings (environment or .env) are wrong:", *faults]))
        ) from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text.") from None


def set_up_logging(level: str) -> None:
    """Log to stderr, one line a message."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
