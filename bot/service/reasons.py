"""Why a question was answered as it was, in words for members."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assistant import ANSWER_FROM, SUGGEST_FROM, Candidate, Explanation
from bot.knowledge import KnowledgeBase
from bot.service import wording
from bot.service.page import Outcome, Page

_OTHERS = 3


def reasons(why: Explanation, knowledge: KnowledgeBase, topic: str = "") -> Page:
    """What was understood, what spoke for the nearest topic, what else was near, and how sure that was.

    Args:
        why: the explanation of the question taken alone.
        knowledge: the library that it was compared with.
        topic: the id of the topic that answered, if one did; it may be another one in a conversation.
    """
    return Page(outcome=Outcome.OVERVIEW, title=wording.WHY, items=tuple(_lines(why, knowledge, topic)))


def _lines(why: Explanation, knowledge: KnowledgeBase, topic: str) -> Iterator[str]:
    if why.text:
        yield wording.WHY_UNDERSTOOD.format(text=why.text)
    for typed, meant in why.repaired.items():
        yield wording.WHY_REPAIRED.format(typed=typed, meant=meant)
    candidates = [candidate for candidate in why.candidates if candidate.topic in knowledge.topics]
    if topic in knowledge.topics and topic not in {candidate.topic for candidate in candidates[:1]}:
        yield wording.WHY_CONTEXT.format(title=knowledge.topics[topic].title)
    elif candidates:
        best = candidates[0]
        yield wording.WHY_NEAREST.format(title=knowledge.topics[best.topic].title, percent=_percent(best))
        yield wording.WHY_PHRASING.format(phrasing=best.phrasing)
        if best.used:
            yield wording.WHY_USED.format(words=", ".join(best.used))
        if best.unused:
            yield wording.WHY_UNUSED.format(words=", ".join(best.unused))
        if others := [f"{knowledge.topics[c.topic].title} ({_percent(c)} %)" for c in candidates[1 : _OTHERS + 1]]:
            yield wording.WHY_OTHERS.format(topics="; ".join(others))
    yield wording.WHY_LIMITS.format(answer=round(100 * ANSWER_FROM), suggest=round(100 * SUGGEST_FROM))


def _percent(candidate: Candidate) -> int:
    return round(100 * candidate.confidence)
