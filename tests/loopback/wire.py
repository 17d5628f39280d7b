"""What goes over the wire: requests, replies, and refusals by the names that Discord's documentation gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

Json = dict[str, Any]
K = TypeVar("K")

# json.dumps() with options of its own makes a new encoder each time.
encode = json.JSONEncoder(separators=(",", ":")).encode


class Code(Enum):
    """A documented error: HTTP status, JSON code and message."""

    UNAUTHORIZED = 401, 0, "401: Unauthorized"
    NOT_FOUND = 404, 0, "404: Not Found"
    UNKNOWN_CHANNEL = 404, 10003, "Unknown Channel"
    UNKNOWN_MESSAGE = 404, 10008, "Unknown Message"
    UNKNOWN_WEBHOOK = 404, 10015, "Unknown Webhook"
    UNKNOWN_INTERACTION = 404, 10062, "Unknown interaction"
    TOO_MANY_COMMANDS = 400, 30032, "Maximum number of application commands reached (100)"
    ALREADY_ACKNOWLEDGED = 400, 40060, "Interaction has already been acknowledged."
    TOO_MANY_FOLLOWUPS = 400, 40094, "This interaction has reached the maximum number of follow-up messages"
    MISSING_ACCESS = 403, 50001, "Missing Access"
    NOT_IN_DMS = 403, 50003, "Cannot execute action on a DM channel"
    NOT_THE_AUTHOR = 403, 50005, "Cannot edit a message authored by another user"
    EMPTY_MESSAGE = 400, 50006, "Cannot send an empty message"
    CANNOT_DM = 403, 50007, "Cannot send messages to this user"
    NOT_A_TEXT_CHANNEL = 400, 50008, "Cannot send messages in a non-text channel"
    MISSING_PERMISSIONS = 403, 50013, "Missing Permissions"
    EXPIRED_TOKEN = 401, 50027, "Invalid Webhook Token"
    INVALID_FORM_BODY = 400, 50035, "Invalid Form Body"
    ARCHIVED_THREAD = 400, 50083, "Thread is archived"
    INVALID_JSON = 400, 50109, "The request body contains invalid JSON."
    TOO_LARGE = 413, 40005, "Request entity too large"
    UNREADABLE_HISTORY = 400, 160002, "Cannot reply without permission to read message history"


class Upload(NamedTuple):
    """A file that a request brings along."""

    name: str
    data: bytes
    description: str | None = None


# By the number that the request's body knows each by.
Uploads = Mapping[int, Upload]
NO_UPLOADS: Uploads = MappingProxyType({})
MAX_UPLOAD = 10 * 1024 * 1024

# What is wrong with one field of a body: where ("components.0.label"), the code, and a sentence.
Problem = tuple[str, str, str]


class Refusal(Exception):
    """A request that Discord would refuse, and how it would say so."""

    def __init__(self, code: Code, problems: Sequence[Problem] = ()) -> None:
        self.code = code
        self.status, number, message = code.value
        self.problems = [f"{at}: {wrong}" for at, wrong, _ in problems]
        super().__init__(f"{number}: {message} {self.problems or ''}".rstrip())
        self.body: Json = {"message": message, "code": number}
        if problems:
            self.body["errors"] = _tree(problems)


def _tree(problems: Sequence[Problem]) -> Json:
    """The problems in the shape of the body."""
    tree: Json = {}
    for at, code, message in problems:
        node = tree
        for key in filter(None, at.split(".")):
            node = node.setdefault(key, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
    return tree


@dataclass
class Request:
    """One request and its answer.

    ``route`` is the path with the names of its parameters, as in Discord's documentation, or None for a path that
    the loopback doesn't have. ``status`` is 0 until it is answered, and stays 0 if the connection was cut. ``strays``
    are the names of what a form has that is neither the JSON body nor a file.
    """

    method: str
    path: str
    route: str | None
    params: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    time: float = field(default_factory=monotonic)
    raw: bytes = b""
    uploads: dict[int, Upload] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    status: int = 0
    refusal: Json | None = None

    @property
    def body(self) -> Any:  # noqa: ANN401 - JSON may be anything
        """The JSON body; None without one."""
        return json.loads(self.raw) if self.raw else None

    def read(self, kind: type[K]) -> K:
        """The JSON body of a request that must have a ``dict`` or a ``list`` as its body."""
        try:
            body = self.body
        except ValueError:
            body = None
        if not isinstance(body, kind):
            raise Refusal(Code.INVALID_JSON)
        if self.strays:
            raise Refusal(Code.INVALID_FORM_BODY, [(name, "LOOPBACK_LEAVES_OUT", "Not a file") for name in self.strays])
        if any(len(upload.data) > MAX_UPLOAD for upload in self.uploads.values()):
            raise Refusal(Code.TOO_LARGE)
        return body


class Reply(NamedTuple):
    """A status, a body and headers."""

    status: int
    body: Any
    headers: Mapping[str, str] = MappingProxyType({})


class Route(NamedTuple):
    """One method and path that the loopback answers, and the function that does it."""

    method: str
    path: str
    handle: Callable[[Request], Reply]
    needs_token: bool = True
