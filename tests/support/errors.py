"""The errors Discord answers with, by the names its documentation gives them."""

from __future__ import annotations

from typing import NamedTuple

from .wire import Json


class Code(NamedTuple):
    """One documented error: HTTP status, JSON code and message."""

    status: int
    code: int
    message: str


UNAUTHORIZED = Code(401, 0, "401: Unauthorized")
NOT_FOUND = Code(404, 0, "404: Not Found")
UNKNOWN_CHANNEL = Code(404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE = Code(404, 10008, "Unknown Message")
UNKNOWN_USER = Code(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = Code(404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = Code(404, 10062, "Unknown interaction")
UNKNOWN_COMMAND = Code(404, 10063, "Unknown application command")
TOO_MANY_COMMANDS = Code(400, 30032, "Maximum number of application commands reached (100)")
ALREADY_ACKNOWLEDGED = Code(400, 40060, "Interaction has already been acknowledged.")
TOO_MANY_FOLLOWUPS = Code(400, 40094, "This interaction has reached the maximum number of follow-up messages")
MISSING_ACCESS = Code(403, 50001, "Missing Access")
DM_ACTION = Code(403, 50003, "Cannot execute action on this channel type")
NOT_THE_AUTHOR = Code(403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = Code(400, 50006, "Cannot send an empty message")
CANNOT_DM = Code(403, 50007, "Cannot send messages to this user")
MISSING_PERMISSIONS = Code(403, 50013, "Missing Permissions")
EXPIRED_WEBHOOK_TOKEN = Code(401, 50027, "Invalid Webhook Token")
INVALID_RECIPIENT = Code(400, 50033, "Invalid Recipient(s)")
INVALID_FORM_BODY = Code(400, 50035, "Invalid Form Body")
INVALID_JSON = Code(400, 50109, "The request body contains invalid JSON.")
UNREADABLE_HISTORY = Code(400, 160002, "Cannot reply without permission to read message history")


class Refusal(Exception):
    """A request that Discord would refuse, and how it would say so."""

    def __init__(self, code: Code, errors: Json | None = None) -> None:
        super().__init__(f"{code.code}: {code.message}")
        self.status = code.status
        self.body: Json = {"message": code.message, "code": code.code}
        if errors:
            self.body["errors"] = errors
