"""The REST routes by which the bot answers interactions."""

from __future__ import annotations

from .errors import UNKNOWN_WEBHOOK, Refusal
from .interactions import Interactions
from .places import User
from .record import NO_CONTENT, Reply, Request, Route


class InteractionApi:
    """What the bot may do with an interaction's token, which is its only credential."""

    def __init__(self, interactions: Interactions, bot: User, application_id: int) -> None:
        self._interactions = interactions
        self._bot = bot
        self._application_id = str(application_id)

    def routes(self) -> list[Route]:
        """The routes served here."""
        callback = "/interactions/{interaction_id}/{interaction_token}/callback"
        webhook = "/webhooks/{webhook_id}/{webhook_token}"
        routes = [
            Route("POST", callback, self._respond, needs_token=False),
            Route("POST", webhook, self._follow_up, needs_token=False),
        ]
        for which in ("@original", "{message_id}"):
            path = f"{webhook}/messages/{which}"
            routes += [
                Route("GET", path, self._get, needs_token=False),
                Route("PATCH", path, self._edit, needs_token=False),
                Route("DELETE", path, self._delete, needs_token=False),
            ]
        return routes

    def _respond(self, request: Request) -> Reply:
        told = self._interactions.respond(
            request.params["interaction_id"],
            request.params["interaction_token"],
            request.json_object(),
            request.files,
        )
        if request.query.get("with_response") in ("1", "true", "True"):
            return Reply(200, told)
        return NO_CONTENT

    def _follow_up(self, request: Request) -> Reply:
        token = self._token(request)
        body = request.json_object()
        message = self._interactions.follow_up(token, body, request.files)
        return Reply(200, message.payload(self._bot))

    def _get(self, request: Request) -> Reply:
        message = self._interactions.message(self._token(request), _which(request))
        return Reply(200, message.payload(self._bot))

    def _edit(self, request: Request) -> Reply:
        message = self._interactions.edit(self._token(request), _which(request), request.json_object(), request.files)
        return Reply(200, message.payload(self._bot))

    def _delete(self, request: Request) -> Reply:
        self._interactions.delete(self._token(request), _which(request))
        return NO_CONTENT

    def _token(self, request: Request) -> str:
        if request.params["webhook_id"] != self._application_id:
            raise Refusal(UNKNOWN_WEBHOOK)
        return request.params["webhook_token"]


def _which(request: Request) -> str:
    return request.params.get("message_id", "@original")
