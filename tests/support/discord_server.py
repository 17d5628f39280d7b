"""A Discord of one's own on 127.0.0.1, for tests of a real discord.py client."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType

from aiohttp import web

from . import permissions
from .api_application import ApplicationApi
from .api_interactions import InteractionApi
from .api_messages import MessageApi
from .board import Board
from .commands import Commands
from .faults import Faults
from .gateway import Gateway
from .interactions import Interactions
from .limits import RateLimits
from .people import Person, Surroundings
from .places import Channel, Guild, User
from .record import Request, Route
from .rest import PREFIX, Rest
from .world import World

GATEWAY_PATH = "/gateway"


class LoopbackDiscord:
    """Discord's REST API and gateway on a free port, and a world to test in.

    ``shards`` is what GET /gateway/bot recommends; with a ``team``, whose first
    member owns it, the application belongs to the team. ``clock`` measures the
    ``deadline`` of first callbacks and all elapsed times.
    """

    token = "loopback.token.of-no-use-elsewhere"

    def __init__(
        self,
        *,
        shards: int = 1,
        team: Sequence[str] = (),
        heartbeat_interval: float = 41.25,
        deadline: float = 3.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.world = World()
        self.application_id = self.world.new_id()
        # The bot of an application made today has the application's id.
        self.bot = User(self.application_id, "loopback-bot", bot=True)
        self.world.add_user(self.bot)
        self.commands = Commands(self.world, self.application_id)
        self.gateway = Gateway(self.world, self.bot, self.application_id, self.token, heartbeat_interval)
        self.board = Board(self.world, self.gateway, self.bot)
        self.interactions = Interactions(self.world, self.board, self.bot, self.application_id, deadline, clock)
        self._around = Surroundings(
            self.world,
            self.gateway,
            self.board,
            self.commands,
            self.interactions,
            self.bot,
            self.application_id,
        )
        self.owner = self.person("owner")
        self.team = [self.person(name) for name in team]
        self._rest = Rest(self.token, clock)
        self._shards = shards
        self._runner: web.AppRunner | None = None
        self.api_url = ""

    # What was asked, and what to do about it

    @property
    def requests(self) -> list[Request]:
        """Every REST request so far."""
        return self._rest.requests

    @property
    def refused(self) -> list[Request]:
        """The requests that Discord would have refused, each with its ``refusal``."""
        return self._rest.refused

    @property
    def faults(self) -> Faults:
        """Trouble to order for coming requests."""
        return self._rest.faults

    @property
    def rate_limits(self) -> RateLimits:
        """The limits by which requests are counted."""
        return self._rest.rate_limits

    async def requested(self, wanted: Callable[[Request], bool], count: int = 1, timeout: float = 5.0) -> list[Request]:
        """Wait until so many answered requests are as ``wanted``, and return them."""

        def look() -> list[Request] | None:
            found = [request for request in self.requests if request.status and wanted(request)]
            return found if len(found) >= count else None

        return await self._rest.changed.until(look, timeout, f"{count} requests")

    # Building a world

    def person(self, name: str, *, locale: str = "en-US", installed_app: bool = False) -> Person:
        """Make someone; ``installed_app`` gives them the app as a user install."""
        person = Person(self._around, name, locale=locale, installed_app=installed_app)
        self.world.add_user(person)
        return person

    def guild(
        self,
        name: str,
        members: Iterable[User] = (),
        *,
        owner: User | None = None,
        with_bot: bool = True,
        guild_id: int | None = None,
    ) -> Guild:
        """Make a guild; ``guild_id`` >> 22, modulo the shards, picks its shard."""
        bots = (self.bot,) if with_bot else ()
        guild = self.world.add_guild(name, owner or self.owner, (*bots, *members), guild_id)
        if with_bot:
            self.gateway.tell("GUILD_CREATE", guild.create_payload(self.bot), guild.id)
        return guild

    def text_channel(self, guild: Guild, name: str, *, bot_permissions: int = permissions.MEMBER) -> Channel:
        """Make a text channel, where the bot may do what is said here.

        A test may set its ``bot_permissions`` later; the bot is not told of it then.
        """
        channel = self.world.add_text_channel(guild, name, bot_permissions)
        if self.bot.id in guild.members:
            self.gateway.tell("CHANNEL_CREATE", channel.payload(), guild.id)
        return channel

    def private_channel(self, *people: User, name: str | None = None) -> Channel:
        """The DM of two people, without the bot, or a new group DM of more."""
        return self.world.private_channel(list(people), name)

    # Running

    async def __aenter__(self) -> LoopbackDiscord:
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.router.add_get(GATEWAY_PATH, self.gateway.handle)
        self._rest.serve(application, self._routes())
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.api_url = f"http://{host}:{port}{PREFIX}"
        self.gateway.url = f"ws://{host}:{port}{GATEWAY_PATH}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    def _routes(self) -> list[Route]:
        application = ApplicationApi(
            self.world,
            self.gateway,
            self.commands,
            self.bot,
            self.application_id,
            self.team[0] if self.team else self.owner,
            self.team,
            self._shards,
        )
        return [
            *application.routes(),
            *InteractionApi(self.interactions, self.bot, self.application_id).routes(),
            *MessageApi(self.world, self.board, self.bot).routes(),
        ]
