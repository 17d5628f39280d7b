"""What was said before, as far as a follow-up may refer to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.assistant.reply import Answer, Reply, Sources

_REMEMBERED = 6
_LONGEST = 500
"""How many characters of a question are kept."""


@dataclass(frozen=True)
class Turn:
    """One question of a conversation.

    question: worded so that it needs no context.
    topic: the id of the topic that the reply was about; None if there was no answer. The topic may be
        gone from the library by now.
    """

    question: str
    topic: str | None = None


@dataclass(frozen=True)
class Conversation:
    """The last turns, oldest first. Immutable: ``then`` gives the next state."""

    turns: tuple[Turn, ...] = ()

    def then(self, reply: Reply) -> Conversation:
        """The conversation after ``reply``."""
        topic = reply.topic.id if isinstance(reply, Answer | Sources) else None
        turn = Turn((reply.understood or reply.question)[:_LONGEST], topic)
        return Conversation((*self.turns, turn)[-_REMEMBERED:])
