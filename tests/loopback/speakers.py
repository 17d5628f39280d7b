"""People who talk: they write, forward and delete messages."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from itertools import takewhile

from .accounts import User
from .interaction import TIMEOUT
from .mentions import Allowed, set_pings
from .messages import PLAIN, REPLY, Flags, Message
from .parts import Parts
from .world import FORUM, Channel

MAX_TITLE, MAX_TAGS = 100, 5
MAX_SAID = 4000  # with Nitro; 2000 without


class Said:
    """What comes of a message that a person wrote."""

    def __init__(self, message: Message, speaker: Speaker, bot: User) -> None:
        self.message = message
        self._speaker = speaker
        self._bot = bot

    async def edit(self, text: str) -> None:
        """Change what was written."""
        await self._speaker.edit(self.message, text)

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


class Speaker(User):
    """Someone with an account, and the messages that they write."""

    def __init__(self, parts: Parts, name: str, *, installed_app: bool) -> None:
        super().__init__(parts.world.new_id(), name, installed_app=installed_app)
        self._parts = parts
        self._bot = parts.world.bot

    @property
    def dm(self) -> Channel:
        """The DM of this person and the bot."""
        return self._parts.world.private_channel(self, self._bot)

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
        _check_length(content)
        kind = REPLY if reply_to else PLAIN
        message = Message(self._parts.world.new_id(), channel, self, content, type=kind, reply_to=reply_to)
        set_pings(message, Allowed(replied_user=ping), self._parts.world)
        self._parts.board.post(message)
        return Said(message, self, self._bot)

    async def post(self, forum: Channel, title: str, text: str, *, tags: Collection[str] = ()) -> Said:
        """Begin a post in a forum: a thread of this person's, whose first message has its id."""
        self._must_be_in(forum, in_forum=True)
        if not 0 < len(title) <= MAX_TITLE or len(tags) > MAX_TAGS:
            raise ValueError(f"a post has a title of 1 to {MAX_TITLE} characters, and at most {MAX_TAGS} tags")
        _check_length(text)
        thread = self._parts.places.post(forum, title, self, tags)
        message = Message(thread.id, thread, self, text)
        set_pings(message, Allowed(), self._parts.world)
        self._parts.board.post(message)
        return Said(message, self, self._bot)

    async def forward(self, message: Message, channel: Channel) -> Said:
        """Forward a message as it is now."""
        self._must_see(message)
        self._must_be_in(channel)
        if message.ephemeral:
            raise LookupError(f"nobody can forward this message: {message.text}")
        original = copy(message.forwarded or message)
        sent = Message(self._parts.world.new_id(), channel, self, flags=Flags.HAS_SNAPSHOT, forwarded=original)
        self._parts.board.post(sent)
        return Said(sent, self, self._bot)

    async def edit(self, message: Message, text: str) -> None:
        """Change a message of their own."""
        self._must_see(message)
        if message.author is not self or message.forwarded is not None:
            raise LookupError(f"{self.name} may not edit this message: {message.text}")
        _check_length(text)
        self._parts.board.reword(message, text)

    async def delete(self, message: Message) -> None:
        """Delete a message of their own, or any in a guild of theirs."""
        if message.author is not self and (message.channel.guild is None or message.channel.guild.owner is not self):
            raise LookupError(f"{self.name} may not delete this message")
        self._parts.board.delete(message)

    def _must_be_in(self, channel: Channel, *, in_forum: bool = False) -> None:
        if (channel.type == FORUM) is not in_forum:
            raise LookupError(f"{channel.name or channel.id} is {'not ' if in_forum else ''}a forum")
        if not channel.has(self) or channel.archived:
            raise LookupError(f"{self.name} is not in {channel.name or channel.id}, or it is archived")

    def _must_see(self, message: Message) -> None:
        self._must_be_in(message.channel)
        asker = (message.interaction or {}).get("user", {}).get("id")
        if message.deleted or (message.ephemeral and asker != str(self.id)):
            raise LookupError(f"{self.name} does not see this message: {message.text}")


def _check_length(text: str) -> None:
    if not 0 < len(text) <= MAX_SAID:
        raise ValueError(f"nobody can send {len(text)} characters")
