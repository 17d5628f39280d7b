"""What was said before, as far as a follow-up may refer to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.assistant.reply import Abstain, Answer, Reply, Suggest

_REMEMBERED = 6
_LONGEST = 500
"""How many characters of a question are kept."""


@dataclass(frozen=True)
class Turn:
    """One question of a conversation.

    question: worded so that it needs no context.
    topic: the id of the topic that the reply was about; None if there was no answer. The topic may be
        gone from the library by now.
    offered: the ids of the topics to choose from, in order.
    """

    question: str
    topic: str | None = None
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conversation:
    """The last turns, oldest first. Immutable: ``then`` gives the next state."""

    turns: tuple[Turn, ...] = ()

    def then(self, reply: Reply) -> Conversation:
        """The conversation after ``reply``."""
        topic = reply.topic.id if isinstance(reply, Answer) else None
        offered = reply.topics if isinstance(reply, Suggest) else reply.closest if isinstance(reply, Abstain) else ()
        question = (reply.understood or reply.question)[:_LONGEST]
        turn = Turn(question, topic, tuple(topic.id for topic in offered))
        return Conversation((*self.turns, turn)[-_REMEMBERED:])
