"""A library as classes of questions for the matcher to tell apart."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assistant.reply import Evidence
from bot.knowledge import KnowledgeBase, Topic
from bot.matching import Category, Kind, Stance, everyday_questions
from bot.text import normalise

_FEW_MOVES = 90
"""So many phrasings of each move are learnt in any case; more of them only with a library that is as large."""

_ENOUGH = 600
"""Questions outside the topics; a library with this many of its own needs no others."""


def categories(knowledge: KnowledgeBase) -> list[Category]:
    """Every topic, outside group and kind of small talk, each with the texts by which it is recognised.

    If the library has few outside questions of its own, everyday questions fill the gap: from its topics alone
    the matcher could not learn what the library is not about.
    """
    plain = [topic for topic in knowledge.topics.values() if not topic.overview]
    topics = [
        Category(
            Kind.TOPIC,
            t.id,
            _texts(t, knowledge),
            _served(t, plain),
            tuple(_statements(t)),
            frozenset(_speakers(t, knowledge)),
        )
        for t in knowledge.topics.values()
    ]
    own = sum(len(group.questions) for group in knowledge.outside.values())
    everyday = everyday_questions((text for topic in topics for text in topic.texts), max(0, _ENOUGH - own))
    return [
        *topics,
        *(Category(Kind.OUTSIDE, group.id, group.questions) for group in knowledge.outside.values()),
        *(Category(Kind.EVERYDAY, subject, texts) for subject, texts in everyday.items()),
        *(Category(Kind.SMALLTALK, kind.id, kind.questions) for kind in knowledge.smalltalk.values()),
        *_moves(knowledge),
    ]


def _moves(knowledge: KnowledgeBase) -> Iterator[Category]:
    """The moves of a conversation, without what the library says elsewhere: there it is meant as it says."""
    others = [
        *(topic.questions for topic in knowledge.topics.values()),
        *(group.questions for group in knowledge.outside.values()),
        *(kind.questions for kind in knowledge.smalltalk.values()),
    ]
    said = {normalise(text) for texts in others for text in texts}
    most = max(_FEW_MOVES, sum(map(len, others)) // max(1, len(knowledge.moves)))
    for move in knowledge.moves.values():
        if texts := tuple(text for text in move.questions[:most] if normalise(text) not in said):
            yield Category(Kind.MOVE, move.id, texts)


def _texts(topic: Topic, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """A topic's phrasings; its title and its main claim are phrasings too."""
    texts = [*topic.questions, topic.title]
    if not topic.overview:
        main = knowledge.claims[topic.claims[0]]
        texts += filter(None, [main.says, main.quote])
    return tuple(texts)


def _statements(topic: Topic) -> Iterator[tuple[str, Stance]]:
    """What is true, false and open of a topic."""
    stances = ((Stance.YES, topic.affirm), (Stance.NO, topic.deny), (Stance.OPEN, topic.undecided))
    yield from ((text, stance) for stance, texts in stances for text in texts)


def _speakers(topic: Topic, knowledge: KnowledgeBase) -> Iterator[str]:
    for claim in topic.claims:
        if (speaker := Evidence(knowledge.claims[claim], knowledge.sources[claim]).speaker) is not None:
            yield speaker


def _served(topic: Topic, plain: list[Topic]) -> frozenset[str]:
    """The ids of the topics whose askers this topic's answer satisfies, its own among them."""
    if topic.overview:
        return frozenset({topic.id})
    return frozenset({topic.id, *(asked.id for asked in plain if asked.claims[0] in topic.claims)})
