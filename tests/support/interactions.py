"""Interactions from Discord's side: what the bot may answer, when and how often."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from .board import Board
from .errors import (
    ALREADY_ACKNOWLEDGED,
    EXPIRED_WEBHOOK_TOKEN,
    TOO_MANY_FOLLOWUPS,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Refusal,
)
from .messages import Flags, Message
from .places import Channel, User
from .record import Upload
from .rules import (
    EDIT_FLAGS,
    INTERACTION_FLAGS,
    Answer,
    Asked,
    check_callback,
    check_edit,
    check_new_message,
)
from .signals import Signal
from .wire import Json
from .world import World

TOKEN_LIFETIME = 15 * 60.0
FOLLOWUPS_WHERE_NOT_INSTALLED = 5
SLASH_RESPONSE, REPLY = 20, 19


@dataclass(frozen=True)
class Callback:
    """The bot's first answer, within three seconds."""

    type: Answer
    data: Json


@dataclass(eq=False)
class Interaction:
    """One thing a person did with the app, and all that came of it."""

    id: int
    token: str
    asked: Asked
    person: User
    channel: Channel
    owners: dict[str, str]
    used_message: Message | None
    begun: float
    changed: Signal = field(default_factory=Signal)
    callback: Callback | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    acknowledged_at: float | None = None
    answered_at: float | None = None

    def metadata(self) -> Json:
        """What a message that answers this tells of it."""
        metadata: Json = {
            "id": str(self.id),
            "type": int(self.asked),
            "user": self.person.payload(),
            "authorizing_integration_owners": self.owners,
        }
        if self.used_message is not None:
            metadata["interacted_message_id"] = str(self.used_message.id)
        return metadata


class Interactions:
    """All interactions there were, by id and by token."""

    def __init__(
        self,
        world: World,
        board: Board,
        bot: User,
        application_id: int,
        deadline: float,
        clock: Callable[[], float],
    ) -> None:
        self._world = world
        self._board = board
        self._bot = bot
        self._application_id = application_id
        self.deadline = deadline
        self._clock = clock
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self,
        asked: Asked,
        person: User,
        channel: Channel,
        owners: dict[str, str],
        used_message: Message | None = None,
    ) -> Interaction:
        """Note that a person did something the bot has to answer from now on."""
        number = self._world.new_id()
        secret = f"interaction:{number}:{secrets.token_urlsafe(96)}"
        token = base64.urlsafe_b64encode(secret.encode()).decode().rstrip("=")
        interaction = Interaction(number, token, asked, person, channel, owners, used_message, self._clock())
        self._by_token[token] = interaction
        return interaction

    def respond(self, interaction_id: str, token: str, body: Json, files: list[Upload]) -> Json:
        """Take the first answer; give what ``with_response`` asks for."""
        interaction = self._by_token.get(token)
        if interaction is None or str(interaction.id) != interaction_id:
            raise Refusal(UNKNOWN_INTERACTION)
        if interaction.callback is not None:
            raise Refusal(ALREADY_ACKNOWLEDGED)
        now = self._clock()
        if now - interaction.begun > self.deadline:
            raise Refusal(UNKNOWN_INTERACTION)
        used = interaction.used_message
        names = [file.name for file in files]
        answer = check_callback(body, names, interaction.asked, used)
        data = body.get("data") or {}
        interaction.callback = Callback(answer, data)
        interaction.acknowledged_at = now
        if answer in (Answer.MESSAGE, Answer.UPDATE):
            interaction.answered_at = now
        if answer in (Answer.MESSAGE, Answer.DEFERRED_MESSAGE):
            kind = SLASH_RESPONSE if interaction.asked is Asked.COMMAND else REPLY
            message = interaction.original = self._new(interaction, kind, used)
            if answer is Answer.MESSAGE:
                self._board.write(message, data, files)
            else:
                message.flags = Flags.LOADING | Flags(data.get("flags") or 0)
            self._board.post(message)
        elif used is not None:
            interaction.original = used
            used.followers.append(interaction.changed)
            if answer is Answer.UPDATE:
                self._board.edit(used, data, files)
        interaction.changed.notify()
        return self._told(interaction, answer)

    def follow_up(self, token: str, body: Json, files: list[Upload]) -> Message:
        """Take a further message; the first after a deferral becomes the original."""
        interaction = self._answerable(token)
        original = interaction.original
        if original is not None and original.loading and not original.deleted:
            # Discord keeps the deferral's choice of who sees it, whatever is asked.
            body = {**body, "flags": (body.get("flags") or 0) & EDIT_FLAGS}
            return self._edit(interaction, original, body, files)
        check_new_message(body, [file.name for file in files], INTERACTION_FLAGS)
        if "0" not in interaction.owners and len(interaction.followups) >= FOLLOWUPS_WHERE_NOT_INSTALLED:
            raise Refusal(TOO_MANY_FOLLOWUPS)
        message = self._new(interaction, REPLY, original)
        self._board.write(message, body, files)
        interaction.followups.append(message)
        interaction.answered_at = self._clock()
        self._board.post(message)
        return message

    def message(self, token: str, which: str) -> Message:
        """The original or a follow-up, by "@original" or its id."""
        return self._find(self._answerable(token), which)

    def edit(self, token: str, which: str, body: Json, files: list[Upload]) -> Message:
        """Change the original or a follow-up."""
        interaction = self._answerable(token)
        return self._edit(interaction, self._find(interaction, which), body, files)

    def delete(self, token: str, which: str) -> None:
        """Remove the original or a follow-up."""
        self._board.delete(self.message(token, which))

    def _answerable(self, token: str) -> Interaction:
        interaction = self._by_token.get(token)
        if interaction is None or interaction.callback is None:
            raise Refusal(UNKNOWN_WEBHOOK)
        if self._clock() - interaction.begun > TOKEN_LIFETIME:
            raise Refusal(EXPIRED_WEBHOOK_TOKEN)
        return interaction

    def _find(self, interaction: Interaction, which: str) -> Message:
        known = [interaction.original, *interaction.followups]
        if which == "@original":
            known = [interaction.original]
        for message in known:
            if message is None or message.deleted:
                continue
            if which in ("@original", str(message.id)):
                return message
        raise Refusal(UNKNOWN_MESSAGE)

    def _edit(
        self,
        interaction: Interaction,
        message: Message,
        body: Json,
        files: list[Upload],
    ) -> Message:
        check_edit(body, [file.name for file in files], message)
        interaction.answered_at = self._clock()
        self._board.edit(message, body, files)
        return message

    def _new(self, interaction: Interaction, kind: int, reply_to: Message | None) -> Message:
        return Message(
            self._world.new_id(),
            interaction.channel,
            self._bot,
            type=kind,
            reply_to=reply_to,
            interaction=interaction.metadata(),
            application_id=self._application_id,
            followers=[interaction.changed],
        )

    def _told(self, interaction: Interaction, answer: Answer) -> Json:
        told: Json = {"interaction": {"id": str(interaction.id), "type": int(interaction.asked)}}
        message = interaction.original
        if message is not None:
            told["interaction"] |= {
                "response_message_id": str(message.id),
                "response_message_loading": message.loading,
                "response_message_ephemeral": message.ephemeral,
            }
            if answer in (Answer.MESSAGE, Answer.UPDATE):
                payload = message.payload(self._bot)
                told["resource"] = {"type": int(answer), "message": payload}
        return told
