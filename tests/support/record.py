"""What the bot asked of the loopback, as asked, and what it was told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .errors import INVALID_JSON, Refusal
from .wire import Json


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    data: bytes


@dataclass
class Request:
    """One request and its answer.

    ``route`` is the path with its parameters' names, as in Discord's OpenAPI
    description; it is None for a path the loopback does not know. ``status`` is 0
    until it is answered, and stays so when the connection was cut.
    """

    method: str
    path: str
    route: str | None
    params: dict[str, str]
    query: dict[str, str]
    time: float
    raw: bytes = b""
    files: list[Upload] = field(default_factory=list)
    status: int = 0
    refusal: Json | None = None

    @property
    def body(self) -> Any:  # noqa: ANN401 - JSON may be anything
        """The JSON body, read anew each time; None without one."""
        return json.loads(self.raw) if self.raw else None

    @property
    def filenames(self) -> list[str]:
        """The names of the files that came with it."""
        return [upload.name for upload in self.files]

    def json_object(self) -> Json:
        """The JSON body of a request that must have an object for one."""
        body = self._parsed()
        if not isinstance(body, dict):
            raise Refusal(INVALID_JSON)
        return body

    def json_objects(self) -> list[Json]:
        """The JSON body of a request that must have an array of objects for one."""
        body = self._parsed()
        if not isinstance(body, list) or not all(isinstance(b, dict) for b in body):
            raise Refusal(INVALID_JSON)
        return body

    def _parsed(self) -> object:
        try:
            return self.body
        except ValueError:
            raise Refusal(INVALID_JSON) from None

    @property
    def errors(self) -> list[str]:
        """Where the body was wrong and how, as in "embeds.0.title: CODE"."""
        return list(_flat((self.refusal or {}).get("errors", {}), ()))

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status} {self.refusal or ''}"


def _flat(errors: Json, path: tuple[str, ...]) -> Iterator[str]:
    for key, inner in errors.items():
        if key == "_errors":
            yield from (f"{'.'.join(path)}: {error['code']}" for error in inner)
        else:
            yield from _flat(inner, (*path, key))


class Reply(NamedTuple):
    """A status and what is sent with it; None for nothing."""

    status: int
    body: object = None


NO_CONTENT = Reply(204)


class Route(NamedTuple):
    """One method and path the loopback answers, and what does it."""

    method: str
    path: str
    handle: Callable[[Request], Reply]
    needs_token: bool = True
