"""Interactions from Discord's side: what the bot may answer, when and how often."""

from __future__ import annotations

import time

from . import permissions
from .accounts import User
from .board import Board
from .interaction import Callback, Interaction
from .messages import COMMAND_RESPONSE, MENU_RESPONSE, PLAIN, REPLY, Flags, Message, numbered
from .rules import EDIT_FLAGS, INTERACTION_FLAGS, Answer, Asked, check_callback, check_edit, check_new_message
from .wire import NO_UPLOADS, Code, Json, Refusal, Uploads
from .world import Channel, World

TOKEN_LIFETIME = 15 * 60.0
FOLLOWUPS_WHERE_NOT_INSTALLED = 5
ORIGINAL = "@original"


class Interactions:
    """All interactions there were, by token; ``deadline`` is the time for a first answer, in seconds."""

    def __init__(self, world: World, board: Board) -> None:
        self.deadline = 3.0
        self._world = world
        self._board = board
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self,
        asked: Asked,
        person: User,
        channel: Channel,
        owners: dict[str, str],
        used: Message | None = None,
        target: Message | None = None,
    ) -> Interaction:
        """Note that a person did something; ``used`` is the interaction's ``used_message``."""
        interaction = Interaction(self._world.new_id(), asked, person, channel, owners, used, target)
        self._by_token[interaction.token] = interaction
        return interaction

    def respond(self, interaction_id: str, token: str, body: Json, uploads: Uploads = NO_UPLOADS) -> Json:
        """Take the first answer; gives what comes back to a client that asks ``with_response``, as discord.py does."""
        interaction = self._by_token.get(token)
        if interaction is None or str(interaction.id) != interaction_id:
            raise Refusal(Code.UNKNOWN_INTERACTION)
        if interaction.callback is not None:
            raise Refusal(Code.ALREADY_ACKNOWLEDGED)
        if self._age(interaction) > self.deadline:
            raise Refusal(Code.UNKNOWN_INTERACTION)
        self._must_exist(interaction)
        self._may_attach(interaction, uploads)
        answer = check_callback(body, interaction.asked, interaction.used_message, uploads)
        if answer is Answer.UPDATE and interaction.used_message is not None and interaction.used_message.deleted:
            raise Refusal(Code.UNKNOWN_MESSAGE)
        interaction.callback = Callback(answer, body.get("data") or {})
        interaction.acknowledged_after = self._age(interaction)
        if answer in (Answer.MESSAGE, Answer.UPDATE):
            interaction.answered_after = interaction.acknowledged_after
        self._show(interaction, interaction.callback, uploads)
        interaction.channel.changed.notify()
        return self._described(interaction, answer)

    def follow_up(self, token: str, body: Json, uploads: Uploads = NO_UPLOADS) -> Message:
        """Take a further message; the first after a deferral becomes the original."""
        interaction = self._answerable(token)
        original = interaction.message
        if original is not None and original.loading and not original.deleted:
            # The deferral has decided who sees it, whatever the follow-up asks for.
            return self.edit(token, ORIGINAL, {**body, "flags": (body.get("flags") or 0) & EDIT_FLAGS}, uploads)
        self._may_attach(interaction, uploads)
        check_new_message(body, INTERACTION_FLAGS, uploads=uploads)
        if "0" not in interaction.owners and len(interaction.followups) >= FOLLOWUPS_WHERE_NOT_INSTALLED:
            raise Refusal(Code.TOO_MANY_FOLLOWUPS)
        message = self._new(interaction, REPLY, original)
        self._board.write(message, body, uploads)
        interaction.followups.append(message)
        interaction.answered_after = self._age(interaction)
        self._board.post(message)
        return message

    def edit(self, token: str, which: str, body: Json, uploads: Uploads = NO_UPLOADS) -> Message:
        """Change the original or a follow-up, by "@original" or its id."""
        interaction, message = self._answerable(token), self.find(token, which)
        self._may_attach(interaction, uploads)
        check_edit(body, message, uploads)
        interaction.answered_after = self._age(interaction)
        self._board.edit(message, body, uploads)
        return message

    def delete(self, token: str, which: str) -> None:
        """Remove the original or a follow-up."""
        self._board.delete(self.find(token, which))

    def find(self, token: str, which: str) -> Message:
        """The original or a follow-up, by "@original" or its id."""
        interaction = self._answerable(token)
        known = {ORIGINAL: interaction.message}
        known |= {str(message.id): message for message in (interaction.message, *interaction.followups) if message}
        message = known.get(which)
        if message is None or message.deleted:
            raise Refusal(Code.UNKNOWN_MESSAGE)
        return message

    def _show(self, interaction: Interaction, callback: Callback, uploads: Uploads) -> None:
        """Let people see what came of a first answer."""
        answer, data = callback
        used = interaction.used_message
        if answer in (Answer.MESSAGE, Answer.DEFERRED_MESSAGE):
            command = MENU_RESPONSE if interaction.target else COMMAND_RESPONSE
            kind = REPLY if used else command if interaction.asked is Asked.COMMAND else PLAIN
            message = interaction.message = self._new(interaction, kind, used)
            if answer is Answer.MESSAGE:
                self._board.write(message, data, uploads)
            else:
                message.flags = Flags.LOADING | Flags(data.get("flags") or 0)
            self._board.post(message)
        elif answer is Answer.MODAL:
            numbered(data["components"])
        elif used is not None:
            interaction.message = used
            if answer is Answer.UPDATE:
                self._board.edit(used, data, uploads)

    def _answerable(self, token: str) -> Interaction:
        interaction = self._by_token.get(token)
        if interaction is None or interaction.callback is None:
            raise Refusal(Code.UNKNOWN_WEBHOOK)
        if self._age(interaction) > TOKEN_LIFETIME:
            raise Refusal(Code.EXPIRED_TOKEN)
        self._must_exist(interaction)
        return interaction

    def _may_attach(self, interaction: Interaction, uploads: Uploads) -> None:
        if uploads and not interaction.app_rights(self._world.bot) & permissions.ATTACH_FILES:
            raise Refusal(Code.MISSING_PERMISSIONS)

    def _must_exist(self, interaction: Interaction) -> None:
        if interaction.channel.id not in self._world.channels:
            raise Refusal(Code.UNKNOWN_CHANNEL)

    def _age(self, interaction: Interaction) -> float:
        return time.monotonic() - interaction.begun

    def _new(self, interaction: Interaction, kind: int, reply_to: Message | None) -> Message:
        message = Message(self._world.new_id(), interaction.channel, self._world.bot, type=kind, reply_to=reply_to)
        message.interaction = interaction.metadata()
        return message

    def _described(self, interaction: Interaction, answer: Answer) -> Json:
        described: Json = {"interaction": {"id": str(interaction.id), "type": int(interaction.asked)}}
        message = interaction.message
        if message is not None:
            described["interaction"] |= {
                "response_message_id": str(message.id),
                "response_message_loading": message.loading,
                "response_message_ephemeral": message.ephemeral,
            }
            if answer in (Answer.MESSAGE, Answer.UPDATE):
                described["resource"] = {"type": int(answer), "message": message.payload(self._world.bot)}
        return described
