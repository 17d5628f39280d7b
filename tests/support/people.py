"""People who use the bot: they type, click and talk, as Discord tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .board import Board
from .command_options import Typed, Value
from .commands import Commands
from .gateway import Gateway
from .handles import Outcome, Said
from .interaction_events import interaction_event
from .interactions import Interaction, Interactions
from .mentions import Allowed, set_pings
from .messages import Message
from .places import Channel, Context, User
from .rules import Asked
from .wire import Json
from .world import World

GUILD_INSTALL, USER_INSTALL = 0, 1
MAX_SAID = 4000  # with Nitro; 2000 without


@dataclass(frozen=True)
class Surroundings:
    """The parts of Discord that a person's acts go through."""

    world: World
    gateway: Gateway
    board: Board
    commands: Commands
    interactions: Interactions
    bot: User
    application_id: int


class Person(User):
    """Someone with an account, and what they can do with it.

    Each act raises an error for what Discord's own clients would not let them do:
    LookupError when there is no such command, button or place for them, ValueError
    when they filled it in wrongly.
    """

    def __init__(self, around: Surroundings, name: str, *, locale: str, installed_app: bool) -> None:
        super().__init__(around.world.new_id(), name, locale=locale, installed_app=installed_app)
        self._around = around

    @property
    def dm(self) -> Channel:
        """The DM of this person and the bot."""
        return self._around.world.private_channel([self, self._around.bot])

    async def slash(
        self,
        command: str,
        options: Mapping[str, Value] | None = None,
        *,
        channel: Channel,
    ) -> Outcome:
        """Send a slash command; subcommands follow its name, after spaces."""
        typed = Typed(options or {})
        return self._command(Asked.COMMAND, command, typed, channel)

    async def autocomplete(
        self,
        command: str,
        option: str,
        text: str,
        others: Mapping[str, Value] | None = None,
        *,
        channel: Channel,
    ) -> Outcome:
        """Type ``text`` into an option that suggests values, and see which."""
        typed = Typed({**(others or {}), option: text}, focused=option)
        return self._command(Asked.AUTOCOMPLETE, command, typed, channel)

    async def click(self, message: Message, custom_id_or_label: str) -> Outcome:
        """Press a button."""
        button = message.component(custom_id_or_label)
        if "custom_id" not in button:
            raise ValueError(f"{custom_id_or_label} is a link: {button.get('url')}")
        return self._use(message, button, {})

    async def choose(self, message: Message, custom_id: str, *values: str) -> Outcome:
        """Choose values from a select."""
        select = message.component(custom_id)
        offered = [option["value"] for option in select.get("options") or ()]
        if not set(values) <= set(offered):
            raise ValueError(f"{custom_id} offers {offered}, not {values}")
        return self._use(message, select, {"values": list(values)})

    async def say(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        mention_bot: bool = False,
        ping_reply: bool = True,
    ) -> Said:
        """Write a message; ``mention_bot`` begins it with a mention of the bot."""
        self._must_be_in(channel)
        bot = self._around.bot
        content = f"{bot.mention} {text}" if mention_bot else text
        if not 0 < len(content) <= MAX_SAID:
            raise ValueError(f"nobody can send {len(content)} characters")
        message = Message(
            self._around.world.new_id(),
            channel,
            self,
            content=content,
            type=19 if reply_to else 0,
            reply_to=reply_to,
        )
        set_pings(message, Allowed(replied_user=ping_reply), self._around.world)
        self._around.board.post(message)
        return Said(message, bot)

    async def delete(self, message: Message) -> None:
        """Delete one of one's own messages."""
        if message.author is not self:
            raise LookupError("not one's own message")
        self._around.board.delete(message)

    async def react(self, message: Message, emoji: str) -> None:
        """React to a message."""
        self._must_be_in(message.channel)
        self._around.board.react(message, self, emoji, add=True)

    def _command(self, asked: Asked, words: str, typed: Typed, channel: Channel) -> Outcome:
        self._must_be_in(channel)
        name, *path = words.split()
        guild_id = channel.guild.id if channel.guild else None
        command = self._around.commands.find(name, guild_id)
        data: Json = {
            "id": command["id"],
            "name": command["name"],
            "type": command["type"],
        }
        if options := typed.nested(command, path):
            data["options"] = options
        if typed.resolved:
            data["resolved"] = typed.resolved
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        owners = self._owners(command, channel)
        interaction = self._around.interactions.begin(asked, self, channel, owners)
        return self._send(interaction, data)

    def _use(self, message: Message, component: Json, more: Json) -> Outcome:
        self._must_see(message)
        if component.get("disabled"):
            raise ValueError("a disabled component")
        owners = (message.interaction or {}).get("authorizing_integration_owners")
        if owners is None:
            unbound = {"integration_types": [GUILD_INSTALL]}
            owners = self._owners(unbound, message.channel)
        interaction = self._around.interactions.begin(Asked.COMPONENT, self, message.channel, owners, message)
        data = {
            "custom_id": component["custom_id"],
            "component_type": component["type"],
            "id": component["id"],
            **more,
        }
        return self._send(interaction, data)

    def _owners(self, command: Json, channel: Channel) -> dict[str, str]:
        """Who installed the app for what a person does here, as Discord keys it."""
        bot, guild = self._around.bot, channel.guild
        context = channel.context(bot)
        types = command["integration_types"]
        owners: dict[str, str] = {}
        if GUILD_INSTALL in types and context is Context.BOT_DM:
            owners["0"] = "0"
        elif GUILD_INSTALL in types and guild is not None and bot.id in guild.members:
            owners["0"] = str(guild.id)
        if USER_INSTALL in types and self.installed_app:
            owners["1"] = str(self.id)
        contexts = command.get("contexts")
        offered = contexts is None or context in contexts
        needed = int(command.get("default_member_permissions") or 0)
        if guild is not None and guild.permissions_of(self) & needed != needed:
            offered = False
        if not owners or not offered:
            where = channel.name or context.name
            name = command.get("name")
            raise LookupError(f"{name} is not for {self.name} in {where}")
        return owners

    def _send(self, interaction: Interaction, data: Json) -> Outcome:
        around, guild = self._around, interaction.channel.guild
        event = interaction_event(interaction, data, around.bot, around.application_id)
        around.gateway.tell("INTERACTION_CREATE", event, guild.id if guild else None)
        return Outcome(interaction)

    def _must_be_in(self, channel: Channel) -> None:
        if not channel.holds(self):
            raise LookupError(f"{self.name} is not in {channel.name or channel.id}")

    def _must_see(self, message: Message) -> None:
        self._must_be_in(message.channel)
        asker = (message.interaction or {}).get("user", {}).get("id")
        if message.deleted or (message.ephemeral and asker != str(self.id)):
            raise LookupError(f"{self.name} does not see this message: {message.text}")
