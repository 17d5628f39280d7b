"""Which quotations a library has, and which one comes next."""

from __future__ import annotations

from collections.abc import Sequence

from bot.assistant import Evidence
from bot.knowledge import KnowledgeBase, Topic
from bot.service import wording
from bot.service.overviews import evidence_of
from bot.service.page import Outcome, Page, Quotation, choices_of, sources_of
from bot.text import normalise, words

_WHOLE = 5
"""From so many words up, a quotation says something without a question."""


def quotations(knowledge: KnowledgeBase, topic: Topic | None = None, speaker: str = "") -> list[Evidence]:
    """The quotations on a topic (None: all) by a speaker whose name contains ``speaker``, in the library's order."""
    claims = topic.claims if topic else tuple(knowledge.claims)
    named = set(words(normalise(speaker)) or [speaker]) if speaker else set()

    def is_by(item: Evidence) -> bool:
        return named <= set(words(normalise(item.speaker or ""))) or _by(item).casefold() == speaker.casefold()

    return [item for item in evidence_of(knowledge, claims) if item.claim.quote and is_by(item)]


def speakers(knowledge: KnowledgeBase) -> list[str]:
    """Everybody who is quoted, and the articles that name nobody."""
    return list(dict.fromkeys(map(_by, quotations(knowledge))))


def speaker_of(knowledge: KnowledgeBase, claim: str) -> str:
    """By whom a claim is, as ``speakers`` names them."""
    return _by(evidence_of(knowledge, [claim])[0])


def _by(item: Evidence) -> str:
    return item.speaker or wording.attribution(item)


def telling(items: Sequence[Evidence]) -> list[Evidence]:
    """The quotations that say something on their own, which those of a few words don't; all if there are only such."""
    return [item for item in items if len((item.claim.quote or "").split()) >= _WHOLE] or list(items)


def following(items: Sequence[Evidence], last: str | None, start: int) -> Evidence | None:
    """The quotation that comes after the ``last`` one (a claim's id); None if there is no other.

    If the last one is not among them, ``start``, any number, says where to begin.
    """
    ids = [item.claim.id for item in items]
    if ids in ([], [last]):
        return None
    return items[(ids.index(last) + 1 if last in ids else start) % len(items)]


def quotation_page(knowledge: KnowledgeBase, item: Evidence) -> Page:
    """One quotation, and the topics that it belongs to."""
    about = [topic for topic in knowledge.topics.values() if topic.claims[0] == item.claim.id]
    return Page(
        outcome=Outcome.OVERVIEW,
        quotations=(Quotation(item.claim.quote or "", wording.attribution(item)),),
        sources=sources_of([item]),
        choices_title=wording.RELATED if about else "",
        choices=choices_of(about),
    )
