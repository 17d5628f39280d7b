"""Conversations with an assistant whose matcher makes of each text what a test says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.assistant import Abstain, Answer, Assistant, Conversation, Reply, Smalltalk, Suggest
from bot.knowledge import KnowledgeBase, Topic
from bot.matching import Kind, Match, Matcher, Ranking, Stance
from bot.text import normalise

NOTHING = 0.01
"""How sure it is of what no test speaks of."""


class Scripted(Matcher):
    """A matcher that has learnt nothing.

    Args:
        knowledge: the library whose topics it ranks.
        sure: for each text, how sure it is of a topic.
        likely: for each text, the class that it most likely belongs to if that is no topic, and how likely.
        stances: what the library says to a text.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        sure: Mapping[str, Mapping[str, float]],
        likely: Mapping[str, tuple[Kind, str, float]],
        stances: Mapping[str, Stance],
    ) -> None:
        self._topics = [*knowledge.topics]
        self._sure = {normalise(text): topics for text, topics in sure.items()}
        self._likely = {normalise(text): found for text, found in likely.items()}
        self._answers = {normalise(text): stance for text, stance in stances.items()}

    def rank(self, question: str, without: str | None = None, *, moves: bool = False) -> Ranking:
        text = normalise(question)
        sure = self._sure.get(text, {})
        found = [Match(topic, sure.get(topic, NOTHING)) for topic in self._topics if topic != without]
        topics = tuple(sorted(found, key=lambda match: -match.confidence)[:5])
        best = (Kind.TOPIC, topics[0].topic, topics[0].confidence) if topics else (Kind.EVERYDAY, "food", NOTHING)
        kind, category, probability = self._likely.get(text, best)
        if kind is Kind.MOVE and not moves:
            kind, category, probability = best
        classes = {one: {category: probability} if one is kind else {} for one in Kind}
        return Ranking(topics, kind, category, probability, float(bool(text)), classes, text)

    def probability(self, question: str, category: str) -> float:
        return max(classes.get(category, 0.0) for classes in self.rank(question).classes.values())

    def nearest(self, text: str, sentences: Sequence[str]) -> int:
        return 0

    def stance(self, text: str, topic: str, sure: float = 0.0) -> Stance | None:
        return self._answers.get(normalise(text))


def scripted(
    knowledge: KnowledgeBase,
    sure: Mapping[str, Mapping[str, float]],
    likely: Mapping[str, tuple[Kind, str, float]] | None = None,
    stances: Mapping[str, Stance] | None = None,
) -> Assistant:
    """An assistant with such a matcher."""
    return Assistant(knowledge, Scripted(knowledge, sure, likely or {}, stances or {}))


def talk(assistant: Assistant, *texts: str) -> list[Reply]:
    """The replies to the messages of one conversation."""
    conversation, replies = Conversation(), []
    for text in texts:
        replies.append(assistant.reply(text, conversation))
        conversation = conversation.then(replies[-1])
    return replies


def ids(topics: Iterable[Topic]) -> str:
    return " ".join(topic.id for topic in topics)


def decision(reply: Reply) -> str:
    """A reply's kind and what it speaks of."""
    match reply:
        case Answer():
            return f"answer {reply.topic.id}"
        case Suggest():
            return f"suggest {ids(reply.topics)}"
        case Smalltalk():
            return f"smalltalk {reply.kind.id}"
        case Abstain():
            about = reply.group.id if reply.group else reply.language
            return f"{reply.reason.name} {about}: {ids(reply.closest)}"
    raise AssertionError(reply)
