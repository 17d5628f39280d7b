"""People who use the bot: they type, click and talk."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from itertools import takewhile

from .accounts import User
from .commands import Value, typed
from .interaction import TIMEOUT, Interaction
from .mentions import Allowed, set_pings
from .messages import PLAIN, REPLY, Flags, Message
from .modals import filled
from .parts import Parts
from .rules import Answer, Asked
from .wire import Json
from .world import BOT_DM, Channel

GUILD_INSTALL, USER_INSTALL = 0, 1
MAX_SAID = 4000  # with Nitro; 2000 without


class Said:
    """What comes of a message that a person wrote."""

    def __init__(self, message: Message, bot: User) -> None:
        self.message = message
        self._bot = bot

    async def replies(self, count: int = 1, timeout: float = TIMEOUT) -> list[Message]:
        """The bot's replies, oldest first, once there are so many.

        In a DM everything that the bot writes afterwards counts, unless it replies to another message; in a guild only
        replies to this message do.
        """

        said, in_dm = self.message, self.message.channel.guild is None
        answered = (said, None) if in_dm else (said,)

        def look() -> list[Message] | None:
            # From the newest back to this one, as a channel may have thousands.
            later = takewhile(lambda message: message.id > said.id, reversed(said.channel.messages.values()))
            found = [message for message in later if message.author is self._bot and message.reply_to in answered]
            return found[::-1] if len(found) >= count else None

        return await said.channel.changed.until(look, timeout, f"{count} replies to {said.content!r}")


class Person(User):
    """Someone with an account, and what they can do with it.

    Each act raises an error for what Discord's own clients would not let them do: LookupError if there is no such
    command, button or place for them, ValueError if they filled it in wrongly.
    """

    def __init__(self, parts: Parts, name: str, *, installed_app: bool) -> None:
        super().__init__(parts.world.new_id(), name, installed_app=installed_app)
        self._parts = parts
        self._bot = parts.world.bot

    @property
    def dm(self) -> Channel:
        """The DM of this person and the bot."""
        return self._parts.world.private_channel(self, self._bot)

    async def slash(self, command: str, options: Mapping[str, Value] | None = None, *, channel: Channel) -> Interaction:
        """Send a slash command; subcommands follow its name, after spaces."""
        return self._command(Asked.COMMAND, command, options or {}, channel)

    async def autocomplete(self, command: str, option: str, text: str, *, channel: Channel) -> Interaction:
        """Type ``text`` into an option that suggests values."""
        return self._command(Asked.AUTOCOMPLETE, command, {option: text}, channel, focused=option)

    async def click(self, message: Message, custom_id_or_label: str) -> Interaction:
        """Press a button."""
        self._must_see(message)
        button = message.component(custom_id_or_label)
        if "custom_id" not in button or button.get("disabled"):
            raise ValueError(f"{custom_id_or_label} is a link, or disabled: {button}")
        owners = (message.interaction or {}).get("authorizing_integration_owners")
        if owners is None:
            owners = self._owners({"name": "the button", "integration_types": [GUILD_INSTALL]}, message.channel)
        interaction = self._parts.interactions.begin(Asked.COMPONENT, self, message.channel, owners, message)
        data = {"custom_id": button["custom_id"], "component_type": button["type"], "id": button["id"]}
        return self._send(interaction, data)

    async def submit(self, opener: Interaction, texts: Mapping[str, str]) -> Interaction:
        """Fill in the modal that answered ``opener``, by custom_id, and send it."""
        answer, modal = await opener.response()
        if answer is not Answer.MODAL or opener.person is not self:
            raise LookupError(f"{opener} shows {self.name} no modal")
        data = filled(modal, texts)
        interactions, used = self._parts.interactions, opener.used_message
        return self._send(interactions.begin(Asked.MODAL, self, opener.channel, opener.owners, used), data)

    async def say(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        mention_bot: bool = False,
        mention_bot_role: bool = False,
    ) -> Said:
        """Write a message; ``mention_bot`` and ``mention_bot_role`` begin it with a mention of the bot, or of its role.

        A reply mentions the author of the other message, unless it has no ``ping`` or that answered an interaction.
        """
        self._must_be_in(channel)
        if reply_to is not None:
            self._must_see(reply_to)
            if reply_to.channel is not channel or reply_to.ephemeral:
                raise LookupError(f"nobody can reply to this message in {channel.name or channel.id}: {reply_to.text}")
        content = f"{self._bot.mention} {text}" if mention_bot else text
        if mention_bot_role:
            if channel.guild is None or channel.guild.bot_role is None:
                raise LookupError(f"the bot has no role in {channel.name or channel.id}")
            content = f"{channel.guild.bot_role.mention} {content}"
        if not 0 < len(content) <= MAX_SAID:
            raise ValueError(f"nobody can send {len(content)} characters")
        kind = REPLY if reply_to else PLAIN
        message = Message(self._parts.world.new_id(), channel, self, content, type=kind, reply_to=reply_to)
        set_pings(message, Allowed(replied_user=ping), self._parts.world)
        self._parts.board.post(message)
        return Said(message, self._bot)

    async def forward(self, message: Message, channel: Channel) -> Said:
        """Forward a message as it is now."""
        self._must_see(message)
        self._must_be_in(channel)
        if message.ephemeral:
            raise LookupError(f"nobody can forward this message: {message.text}")
        original = copy(message.forwarded or message)
        sent = Message(self._parts.world.new_id(), channel, self, flags=Flags.HAS_SNAPSHOT, forwarded=original)
        self._parts.board.post(sent)
        return Said(sent, self._bot)

    async def delete(self, message: Message) -> None:
        """Delete a message of their own, or any in a guild of theirs."""
        if message.author is not self and (message.channel.guild is None or message.channel.guild.owner is not self):
            raise LookupError(f"{self.name} may not delete this message")
        self._parts.board.delete(message)

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

    def _must_be_in(self, channel: Channel) -> None:
        if not channel.has(self) or channel.archived:
            raise LookupError(f"{self.name} is not in {channel.name or channel.id}, or it is archived")

    def _must_see(self, message: Message) -> None:
        self._must_be_in(message.channel)
        asker = (message.interaction or {}).get("user", {}).get("id")
        if message.deleted or (message.ephemeral and asker != str(self.id)):
            raise LookupError(f"{self.name} does not see this message: {message.text}")
