"""The loopback Discord as a test starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType

from aiohttp import web

from .accounts import Role, User
from .api import Api
from .messages import Flags, Message
from .parts import Parts
from .people import Person
from .rest import PREFIX, Rest
from .rules import POST_FLAGS, check_new_message
from .wire import Json, Request
from .world import Channel, Guild

GATEWAY_PATH = "/gateway"
MAX_BODY = 100 * 1024 * 1024  # more than Discord takes, which is for it to refuse
A_YEAR = 365 * 24 * 3600 * 1000 << 22  # as a difference of two ids


class LoopbackDiscord(Parts):
    """Discord's REST API and gateway on a free port, and a world to test in.

    With a ``team`` of names, the application belongs to these people, and the first of them owns it. With
    ``message_content``, the bot may ask for that intent.
    """

    token = "loopback.token.of-no-use-elsewhere"

    def __init__(self, *, team: Sequence[str] = (), message_content: bool = False) -> None:
        super().__init__(self.token, message_content=message_content)
        places = self.places
        self.bot, self.application_id = self.world.bot, self.world.bot.id
        self.owner = self.person("owner")
        self.team = [self.person(name) for name in team]
        self.text_channel, self.forum, self.delete_channel = places.text_channel, places.forum, places.delete
        self.thread, self.tag, self.archive = places.thread, places.tag, places.archive
        self.api_url = ""
        self._rest = Rest(self.token)
        self.requests, self.refused, self.repeated = self._rest.requests, self._rest.refused, self._rest.repeated
        self.faults, self.rate_limits = self._rest.faults, self._rest.rate_limits
        self._runner: web.AppRunner | None = None

    async def requested(self, wanted: Callable[[Request], bool], count: int = 1, timeout: float = 5.0) -> list[Request]:
        """Wait until so many answered requests are as ``wanted``, and return them."""

        def look() -> list[Request] | None:
            found = [request for request in self.requests if request.status and wanted(request)]
            return found if len(found) >= count else None

        return await self._rest.changed.until(look, timeout, f"{count} requests")

    def person(self, name: str, *, installed_app: bool = False) -> Person:
        """Make someone; ``installed_app`` gives them the app as a user install."""
        person = Person(self, name, installed_app=installed_app)
        self.world.users[person.id] = person
        return person

    def guild(self, name: str, members: Iterable[User] = (), *, with_bot: bool = True, announced: bool = True) -> Guild:
        """Make a guild of the owner, these members and the bot, which never hears of one that is not ``announced``."""
        everybody = [self.owner, *([self.bot] if with_bot else []), *members]
        guild = Guild(self.world.new_id(), name, self.owner, {user.id: user for user in everybody})
        guild.announced = announced
        if with_bot:
            guild.roles.append(Role(self.world.new_id(), self.bot.name, bot=self.bot))
        self.world.guilds[guild.id] = guild
        if with_bot and announced:
            self.gateway.dispatch("GUILD_CREATE", guild.create_payload(self.bot), in_guild=True)
        return guild

    def role(self, guild: Guild, name: str, *, mentionable: bool = False) -> Role:
        """Make a role; a bot pings one that is not ``mentionable`` only with the permission to mention everyone."""
        role = Role(self.world.new_id(), name, mentionable)
        guild.roles.append(role)
        if guild.bot_role is not None and guild.announced:
            event = {"guild_id": str(guild.id), "role": role.payload()}
            self.gateway.dispatch("GUILD_ROLE_CREATE", event, in_guild=True)
        return role

    def old_message(self, channel: Channel, components: list[Json], content: str = "") -> Message:
        """Make a message of an earlier version of the bot, which wrote it a year ago; with ``content``, without V2."""
        body: Json = {"content": content, "components": components, "flags": 0 if content else Flags.IS_COMPONENTS_V2}
        check_new_message(body, POST_FLAGS)
        message = Message(self.world.new_id() - A_YEAR, channel, self.bot)
        self.board.write(message, body)
        channel.messages = {message.id: message, **channel.messages}
        return message

    def private_channel(self, *people: User) -> Channel:
        """The DM of two people, without the bot, or a new group DM of more."""
        return self.world.private_channel(*people)

    async def __aenter__(self) -> LoopbackDiscord:
        application = web.Application(client_max_size=MAX_BODY)
        application.router.add_get(GATEWAY_PATH, self.gateway.handle)
        self._rest.serve(application, Api(self, self.owner, self.team).routes())
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.api_url = f"http://{host}:{port}{PREFIX}"
        self.gateway.url = f"ws://{host}:{port}{GATEWAY_PATH}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()
