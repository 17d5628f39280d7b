"""Which of a topic's two sides a question is about."""

from __future__ import annotations

from collections.abc import Iterable

from bot.knowledge import Topic
from bot.text import bases, normalise, words


def side_of(question: str, topic: Topic, opposites: Iterable[tuple[str, str]]) -> int | None:
    """The side (0 or 1) whose text shares more words with the question; else the one with which the answer begins.

    Args:
        question: any text.
        topic: the topic that it is about.
        opposites: words of the first side, each with its opposite on the second.
    """
    names: tuple[set[str], set[str]] = ({first for first, _ in opposites}, {second for _, second in opposites})
    if topic.sides is not None:
        asked = _stems(question) - names[0] - names[1]
        first, second = (len(asked & _stems(side)) for side in topic.sides)
        if first != second:
            return int(second > first)
    opening = words(normalise(topic.short))[:3]
    return next((side for word in opening for side in (0, 1) if word in names[side]), None)


def _stems(text: str) -> set[str]:
    spoken = words(normalise(text))
    return {stem for word in spoken if len(word) > 3 for stem in (word, *bases(word))}
