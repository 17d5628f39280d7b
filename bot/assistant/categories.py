"""A library as classes of questions for the matcher to tell apart."""

from __future__ import annotations

from bot.knowledge import KnowledgeBase, Topic
from bot.matching import Category, Kind, everyday_questions

_ENOUGH = 600
"""Questions outside the topics; a library with this many of its own needs no others."""


def categories(knowledge: KnowledgeBase) -> list[Category]:
    """Every topic, outside group and kind of small talk, each with the texts by which it is recognised.

    If the library has few outside questions of its own, everyday questions fill the gap: from its topics alone
    the matcher could not learn what the library is not about.
    """
    plain = [topic for topic in knowledge.topics.values() if not topic.overview]
    topics = [Category(Kind.TOPIC, t.id, _texts(t, knowledge), _served(t, plain)) for t in knowledge.topics.values()]
    own = sum(len(group.questions) for group in knowledge.outside.values())
    everyday = everyday_questions((text for topic in topics for text in topic.texts), max(0, _ENOUGH - own))
    return [
        *topics,
        *(Category(Kind.OUTSIDE, group.id, group.questions) for group in knowledge.outside.values()),
        *(Category(Kind.EVERYDAY, subject, texts) for subject, texts in everyday.items()),
        *(Category(Kind.SMALLTALK, kind.id, kind.questions) for kind in knowledge.smalltalk.values()),
    ]


def _texts(topic: Topic, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """A topic's phrasings; its title and its main claim are phrasings too."""
    texts = [*topic.questions, topic.title]
    if not topic.overview:
        main = knowledge.claims[topic.claims[0]]
        texts += filter(None, [main.says, main.quote])
    return tuple(texts)


def _served(topic: Topic, plain: list[Topic]) -> frozenset[str]:
    """The ids of the topics whose askers this topic's answer satisfies, its own among them."""
    if topic.overview:
        return frozenset({topic.id})
    return frozenset({topic.id, *(asked.id for asked in plain if asked.claims[0] in topic.claims)})
