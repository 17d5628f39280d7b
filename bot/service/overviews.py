"""What a library contains, in pages to leaf through: its comparisons, topics, articles and passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.assistant import Evidence
from bot.knowledge import About, Article, KnowledgeBase, Topic
from bot.service import wording
from bot.service.page import Outcome, Page, Quotation, Sides, choices_of, sides_of, sources_of
from bot.service.refusals import Refusal
from bot.service.version import VERSION

T = TypeVar("T")

_ROOM = 1800
"""Characters of library text on a page: more is tiring to read, and Discord shows no more than 4,000."""

_ROWS, _TOPICS, _CLAIMS, _PASSAGES = 5, 15, 8, 4
"""How many comparisons, topics, claims and passages a page has at most."""


def introduction(about: About, fingerprint: str) -> Page:
    """What the bot is, how good it is, what it keeps, and which library it answers from."""
    version = wording.VERSION.format(version=VERSION, fingerprint=fingerprint[:8])
    items = (*about.measured, wording.KEEPS, version)
    return Page(outcome=Outcome.OVERVIEW, title=wording.ABOUT_TITLE, text=wording.introduction(about), items=items)


def comparisons(knowledge: KnowledgeBase, topic: str = "") -> list[Page]:
    """Both sides in every aspect; with a ``topic``, in its aspect alone, and what that rests on."""
    if (one := knowledge.topics.get(topic)) is not None and one.sides:
        return [_compared(knowledge, _like(knowledge, one))]
    rows = [(topic, sides_of(topic, knowledge.about)[0]) for topic in _distinct(knowledge)]
    title = wording.COMPARISON.format(first=knowledge.about.side_names[0], second=knowledge.about.side_names[1])
    return [
        Page(
            outcome=Outcome.OVERVIEW,
            title=title,
            sides=tuple(sides for _, sides in packed),
            choices_title=wording.CHOOSE,
            choices=choices_of(topic for topic, _ in packed),
        )
        for packed in _packed(rows, _ROWS, lambda row: sum(map(len, row[1].texts)) + len(row[1].aspect))
    ]


def aspects(knowledge: KnowledgeBase) -> dict[str, str]:
    """What the two sides can be compared in, each with the id of the first topic that does so."""
    found: dict[str, str] = {}
    for topic in knowledge.topics.values():
        if topic.sides:
            found.setdefault(topic.aspect or topic.label or topic.title, topic.id)
    return found


def _like(knowledge: KnowledgeBase, one: Topic) -> list[Topic]:
    """The topics that compare the sides in the same aspect."""
    return [t for t in knowledge.topics.values() if t.sides and (t is one or (t.aspect and t.aspect == one.aspect))]


def _compared(knowledge: KnowledgeBase, topics: Sequence[Topic]) -> Page:
    first, second = knowledge.about.side_names
    evidence = dict.fromkeys(evidence_of(knowledge, topic.claims)[0] for topic in topics)
    return Page(
        outcome=Outcome.OVERVIEW,
        title=wording.COMPARISON.format(first=first, second=second),
        sides=tuple(dict.fromkeys(sides for topic in topics for sides in sides_of(topic, knowledge.about))),
        quotations=tuple(Quotation(e.claim.quote, wording.attribution(e)) for e in evidence if e.claim.quote),
        sources=sources_of(evidence),
        choices_title=wording.CHOOSE,
        choices=choices_of(topics),
    )


def _distinct(knowledge: KnowledgeBase) -> list[Topic]:
    """The topics with two sides, without those that say what another one says."""
    found: dict[Sides, Topic] = {}
    for topic in knowledge.topics.values():
        for sides in sides_of(topic, knowledge.about):
            found.setdefault(sides, topic)
    return list(found.values())


def topics(knowledge: KnowledgeBase) -> list[Page]:
    """What can be asked, by theme."""
    themes: dict[str, list[Topic]] = {}
    for topic in knowledge.topics.values():
        themes.setdefault(_theme(knowledge, topic), []).append(topic)
    return [
        Page(
            outcome=Outcome.OVERVIEW,
            title=theme,
            items=tuple(topic.title for topic in packed),
            choices_title=wording.CHOOSE,
            choices=choices_of(packed),
        )
        for theme, members in themes.items()
        for packed in _packed(members, _TOPICS, lambda topic: len(topic.title))
    ]


def _theme(knowledge: KnowledgeBase, topic: Topic) -> str:
    """The title of the file that a topic is in."""
    position = knowledge.positions.get(topic.id)
    name = position.file.rpartition("/")[2].removesuffix(".yaml") if position else ""
    return knowledge.about.themes.get(name) or name.replace("-", " ").replace("_", " ").capitalize()


def articles(knowledge: KnowledgeBase) -> list[Page]:
    """Each article with what it says, and in the end what the library does not cover."""
    pages = [page for article in knowledge.articles.values() for page in _article(knowledge, article)]
    missing = [group.subject for group in knowledge.outside.values() if group.subject]
    for packed in _packed(missing, 2 * _CLAIMS, len):
        pages.append(Page(outcome=Outcome.OVERVIEW, title=wording.NOT_HELD, items=tuple(packed)))
    return pages


def _article(knowledge: KnowledgeBase, article: Article) -> Iterator[Page]:
    evidence = evidence_of(knowledge, (claim.id for claim in article.claims))
    for packed in _packed(evidence, _CLAIMS, lambda item: len(item.claim.says)):
        yield Page(
            outcome=Outcome.OVERVIEW,
            title=article.name,
            items=tuple(map(wording.said, packed)),
            sources=sources_of(packed),
        )


def passages(knowledge: KnowledgeBase, topic: str) -> list[Page]:
    """All that a topic rests on, word for word where there is a quotation; nothing if there is no such topic."""
    if (about := knowledge.topics.get(topic)) is None:
        return []
    return [
        Page(
            outcome=Outcome.OVERVIEW,
            title=about.title,
            quotations=tuple(_passage(item) for item in packed),
            sources=sources_of(packed),
        )
        for packed in _packed(evidence_of(knowledge, about.claims), _PASSAGES, lambda item: len(item.claim.says))
    ]


def _passage(item: Evidence) -> Quotation:
    quote = item.claim.quote
    return Quotation(quote or item.claim.says, wording.attribution(item), is_verbatim=quote is not None)


def evidence_of(knowledge: KnowledgeBase, claims: Iterable[str]) -> list[Evidence]:
    """The claims of these ids, each with its article."""
    return [Evidence(knowledge.claims[claim], knowledge.sources[claim]) for claim in claims]


_OVERVIEWS: dict[str, Callable[[KnowledgeBase, str], list[Page]]] = {
    "compare": comparisons,
    "topics": lambda knowledge, _: topics(knowledge),
    "sources": lambda knowledge, _: articles(knowledge),
    "claims": passages,
}


@dataclass(frozen=True)
class Leaf:
    """One page of an overview: its name, the topic that it is about, and the page's number, from 0, of how many."""

    overview: str
    topic: str
    page: Page
    number: int
    count: int


def leaf(knowledge: KnowledgeBase, overview: str, topic: str = "", number: int = 0) -> Leaf:
    """A page of an overview: "compare", "topics", "sources" or, of a topic, "claims". Past the end, the last page.

    Raises:
        Refusal: if there is no such thing in the library.
    """
    if overview not in _OVERVIEWS:
        raise Refusal(wording.COMPONENT_GONE)
    if not (pages := _OVERVIEWS[overview](knowledge, topic)):
        raise Refusal(wording.TOPIC_GONE if topic else wording.NOTHING_TO_SHOW)
    number = min(number, len(pages) - 1)
    place = (wording.PAGE.format(number=number + 1, count=len(pages)),) if len(pages) > 1 else ()
    return Leaf(overview, topic, replace(pages[number], notes=place), number, len(pages))


def _packed(items: Iterable[T], most: int, length: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in order, in pages of at most so many, and of about ``_ROOM`` characters."""
    page: list[T] = []
    room = _ROOM
    for item in items:
        room -= length(item)
        if page and (len(page) == most or room < 0):
            yield page
            page, room = [], _ROOM - length(item)
        page.append(item)
    if page:
        yield page
