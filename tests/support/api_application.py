"""The REST routes of the application itself: who it is and which commands it has."""

from __future__ import annotations

from collections.abc import Sequence

from .commands import Commands
from .errors import MISSING_ACCESS, UNKNOWN_USER, Refusal
from .gateway import Gateway
from .places import User
from .record import NO_CONTENT, Reply, Request, Route
from .wire import Json
from .world import World


class ApplicationApi:
    """What the bot may ask about itself, and its commands."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        commands: Commands,
        bot: User,
        application_id: int,
        owner: User,
        team: Sequence[User],
        shards: int,
    ) -> None:
        self._world = world
        self._gateway = gateway
        self._commands = commands
        self._bot = bot
        self._application_id = application_id
        self._owner = owner
        self._team = team
        self._shards = shards

    def routes(self) -> list[Route]:
        """The routes served here."""
        application = "/applications/{application_id}"
        routes = [
            Route("GET", "/gateway", self._get_gateway, needs_token=False),
            Route("GET", "/gateway/bot", self._get_bot_gateway),
            Route("GET", "/users/@me", self._get_self),
            Route("GET", "/users/{user_id}", self._get_user),
            Route("GET", "/applications/@me", self._get_application),
            Route("GET", "/oauth2/applications/@me", self._get_application),
        ]
        for scope in (application, f"{application}/guilds/{{guild_id}}"):
            one = f"{scope}/commands/{{command_id}}"
            routes += [
                Route("GET", f"{scope}/commands", self._list_commands),
                Route("PUT", f"{scope}/commands", self._overwrite_commands),
                Route("POST", f"{scope}/commands", self._put_command),
                Route("GET", one, self._get_command),
                Route("PATCH", one, self._change_command),
                Route("DELETE", one, self._delete_command),
            ]
        return routes

    def _get_gateway(self, request: Request) -> Reply:
        return Reply(200, {"url": self._gateway.url})

    def _get_bot_gateway(self, request: Request) -> Reply:
        limit = {
            "total": 1000,
            "remaining": 999,
            "reset_after": 0,
            "max_concurrency": 16,
        }
        return Reply(
            200,
            {
                "url": self._gateway.url,
                "shards": self._shards,
                "session_start_limit": limit,
            },
        )

    def _get_self(self, request: Request) -> Reply:
        own: Json = {"email": None, "mfa_enabled": True, "verified": True}
        return Reply(200, self._bot.payload() | own | {"locale": self._bot.locale})

    def _get_user(self, request: Request) -> Reply:
        number = request.params["user_id"]
        user = self._world.users.get(int(number)) if number.isdecimal() else None
        if user is None:
            raise Refusal(UNKNOWN_USER)
        return Reply(200, user.payload())

    def _get_application(self, request: Request) -> Reply:
        return Reply(
            200,
            {
                "id": str(self._application_id),
                "name": self._bot.name,
                "icon": None,
                "description": "",
                "type": None,
                "bot": self._bot.payload(),
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "0" * 64,
                "flags": 0,
                "flags_new": "0",
                "redirect_uris": [],
                "interactions_endpoint_url": None,
                "role_connections_verification_url": None,
                "owner": self._owner.payload(),
                "team": self._team_payload(),
                "approximate_guild_count": len(self._world.guilds),
                "approximate_user_install_count": 0,
                "approximate_user_authorization_count": 0,
                "explicit_content_filter": 0,
                "eligible_oauth2_scopes": ["bot", "applications.commands"],
                "integration_types_config": {"0": {}, "1": {}},
            },
        )

    def _team_payload(self) -> Json | None:
        if not self._team:
            return None
        team_id = str(self._application_id + 1)
        members = [
            {
                "user": user.payload(),
                "team_id": team_id,
                "membership_state": 2,
                "permissions": ["*"],
                "role": "admin",
            }
            for user in self._team
        ]
        return {
            "id": team_id,
            "icon": None,
            "name": "Team",
            "owner_user_id": str(self._team[0].id),
            "members": members,
        }

    def _list_commands(self, request: Request) -> Reply:
        return Reply(200, self._commands.all(self._scope(request)))

    def _overwrite_commands(self, request: Request) -> Reply:
        scope = self._scope(request)
        return Reply(200, self._commands.overwrite(scope, request.json_objects()))

    def _put_command(self, request: Request) -> Reply:
        scope = self._scope(request)
        command, is_new = self._commands.put(scope, request.json_object())
        return Reply(201 if is_new else 200, command)

    def _get_command(self, request: Request) -> Reply:
        command_id = request.params["command_id"]
        return Reply(200, self._commands.get(self._scope(request), command_id))

    def _change_command(self, request: Request) -> Reply:
        scope, command_id = self._scope(request), request.params["command_id"]
        return Reply(200, self._commands.change(scope, command_id, request.json_object()))

    def _delete_command(self, request: Request) -> Reply:
        self._commands.delete(self._scope(request), request.params["command_id"])
        return NO_CONTENT

    def _scope(self, request: Request) -> int | None:
        """The guild whose commands are meant, or None for the global ones."""
        if request.params["application_id"] != str(self._application_id):
            raise Refusal(MISSING_ACCESS)
        number = request.params.get("guild_id")
        if number is None:
            return None
        guild = self._world.guilds.get(int(number)) if number.isdecimal() else None
        if guild is None or self._bot.id not in guild.members:
            raise Refusal(MISSING_ACCESS)
        return guild.id
