"""People who use the bot: they type commands, click and fill in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from .choices import SELECTS
from .chosen import Choice, Choosing
from .commands import MESSAGE_MENU, Value, typed
from .display import BUTTON
from .interaction import Interaction
from .messages import Message
from .modals import filled
from .rules import Answer, Asked
from .speakers import Speaker
from .wire import Json
from .world import BOT_DM, Channel

GUILD_INSTALL, USER_INSTALL = 0, 1


class Person(Speaker):
    """Someone with an account, and what they can do with it.

    Each act raises an error for what Discord's own clients would not let them do: LookupError if there is no such
    command, button or place for them, ValueError if they filled it in wrongly.
    """

    async def slash(self, command: str, options: Mapping[str, Value] | None = None, *, channel: Channel) -> Interaction:
        """Send a slash command; subcommands follow its name, after spaces."""
        return self._command(Asked.COMMAND, command, options or {}, channel)

    async def autocomplete(self, command: str, option: str, text: str, *, channel: Channel) -> Interaction:
        """Type ``text`` into an option that suggests values."""
        return self._command(Asked.AUTOCOMPLETE, command, {option: text}, channel, focused=option)

    async def use(self, command: str, message: Message) -> Interaction:
        """Choose a command from the context menu of a message, whose text the bot gets, whatever its intents."""
        self._must_see(message)
        if message.ephemeral:
            raise LookupError(f"this message has no commands in its context menu: {message.text}")
        found = self._parts.commands.find(command, MESSAGE_MENU)
        owners = self._owners(found, message.channel)
        interaction = self._parts.interactions.begin(Asked.COMMAND, self, message.channel, owners, target=message)
        shown = {"messages": {str(message.id): message.payload(self._bot, shown=True)}}
        data = {key: found[key] for key in ("id", "name", "type")}
        return self._send(interaction, data | {"target_id": str(message.id), "resolved": shown})

    async def click(self, message: Message, custom_id_or_label: str) -> Interaction:
        """Press a button."""
        button = self._component(message, custom_id_or_label, (BUTTON,))
        return self._used(message, button, {})

    async def choose(self, message: Message, custom_id: str, values: Sequence[Choice]) -> Interaction:
        """Choose in a select: the values of options, or people, roles or channels."""
        select, choosing = self._component(message, custom_id, SELECTS), Choosing(self, message.channel)
        chosen: Json = {"values": choosing.choose(select, values)}
        return self._used(message, select, chosen | {"resolved": choosing.resolved} if choosing.resolved else chosen)

    def _component(self, message: Message, custom_id_or_label: str, kinds: Collection[int]) -> Json:
        """A component that this person can use."""
        self._must_see(message)
        component = message.component(custom_id_or_label)
        if component["type"] not in kinds:
            raise LookupError(f"{custom_id_or_label} is another kind of component: {component}")
        if "custom_id" not in component or component.get("disabled"):
            raise ValueError(f"{custom_id_or_label} is a link, or disabled: {component}")
        return component

    def _used(self, message: Message, component: Json, chosen: Json) -> Interaction:
        owners = (message.interaction or {}).get("authorizing_integration_owners")
        if owners is None:
            owners = self._owners({"name": "the component", "integration_types": [GUILD_INSTALL]}, message.channel)
        interaction = self._parts.interactions.begin(Asked.COMPONENT, self, message.channel, owners, message)
        data = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
        return self._send(interaction, data | chosen)

    async def submit(self, opener: Interaction, values: Mapping[str, object]) -> Interaction:
        """Fill in the modal that answered ``opener``, by custom_id, and send it.

        An input and a radio group take a text, a select and a group of checkboxes a list, and a checkbox a bool.
        """
        answer, modal = await opener.response()
        if answer is not Answer.MODAL or opener.person is not self:
            raise LookupError(f"{opener} shows {self.name} no modal")
        data = filled(modal, values, self, opener.channel)
        interactions, used = self._parts.interactions, opener.used_message
        return self._send(interactions.begin(Asked.MODAL, self, opener.channel, opener.owners, used), data)

    def _command(
        self, asked: Asked, words: str, values: Mapping[str, Value], channel: Channel, focused: str | None = None
    ) -> Interaction:
        self._must_be_in(channel)
        name, *path = words.split()
        command = self._parts.commands.find(name)
        data: Json = {key: command[key] for key in ("id", "name", "type")}
        data["options"] = typed(command, path, values, focused)
        owners = self._owners(command, channel)
        return self._send(self._parts.interactions.begin(asked, self, channel, owners), data)

    def _owners(self, command: Json, channel: Channel) -> dict[str, str]:
        """Who installed the app for what a person does here, as Discord keys it."""
        guild, context, types = channel.guild, channel.context(self._bot), command["integration_types"]
        owners: dict[str, str] = {}
        if GUILD_INSTALL in types and context == BOT_DM:
            owners["0"] = "0"
        elif GUILD_INSTALL in types and guild is not None and self._bot.id in guild.members:
            owners["0"] = str(guild.id)
        if USER_INSTALL in types and self.installed_app:
            owners["1"] = str(self.id)
        contexts, needed = command.get("contexts"), int(command.get("default_member_permissions") or 0)
        lacks = needed & ~guild.permissions_of(self) if guild is not None else 0
        if not owners or lacks or (contexts is not None and context not in contexts):
            raise LookupError(f"{command['name']} is not for {self.name} in {channel.name or 'a private channel'}")
        return owners

    def _send(self, interaction: Interaction, data: Json) -> Interaction:
        event, in_guild = interaction.event(data, self._bot), interaction.channel.guild is not None
        self._parts.gateway.dispatch("INTERACTION_CREATE", event, in_guild=in_guild)
        return interaction
