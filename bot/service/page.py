"""A Reply as a page: what there is to show, in order, for one thin renderer each on every surface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.assistant import Abstain, Answer, Evidence, Reply, Smalltalk, Sources, Suggest
from bot.knowledge import About, Topic
from bot.service import wording

_QUOTATIONS = 4
"""How many quotations are shown at most; the rest is counted."""


@dataclass(frozen=True)
class Sides:
    """A topic's two sides, each with its name; ``aspect`` says what they differ in."""

    aspect: str
    names: tuple[str, str]
    texts: tuple[str, str]


@dataclass(frozen=True)
class Quotation:
    """Words from an article, and who says them."""

    text: str
    by: str


@dataclass(frozen=True)
class Source:
    """An article's citation and its address, if it is known."""

    citation: str
    url: str | None


@dataclass(frozen=True)
class Choice:
    """A topic to go on with."""

    topic: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """What to show of a reply, from top to bottom; what is empty is left out.

    title: plain text. text: plain Markdown. notes: short plain lines below the quotations.
    choices_title: introduces the choices.
    is_question: whether a choice answers the question and replaces this page, rather than leading on from it.
    """

    title: str = ""
    text: str = ""
    sides: Sides | None = None
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    choices_title: str = ""
    choices: tuple[Choice, ...] = ()
    is_question: bool = False


def page(reply: Reply, about: About) -> Page:
    """The page that shows ``reply``, in the words of the library that it comes from."""
    match reply:
        case Answer():
            return _with_evidence(reply, text=reply.topic.answer, sides=_sides(reply.topic, about))
        case Sources():
            # Quotations speak for themselves; the other claims are restated.
            unquoted = [item for item in reply.evidence if not item.claim.quote][:_QUOTATIONS]
            says = (wording.SAYS.format(claim=e.claim.says, by=wording.attribution(e)) for e in unquoted)
            return _with_evidence(reply, text="\n".join(says))
        case Suggest():
            return Page(text=wording.SUGGEST, choices=_choices(reply.topics), is_question=True)
        case Abstain():
            own = wording.ABSTAIN[reply.reason].format(subject=wording.subject(about))
            text = reply.group.reply if reply.group else own
            title = wording.CLOSEST if reply.closest else ""
            return Page(text=text, choices_title=title, choices=_choices(reply.closest), is_question=True)
        case Smalltalk():
            return Page(text=reply.kind.reply)
        case _:
            raise TypeError(f"no page for {type(reply).__name__}")


def _with_evidence(reply: Answer | Sources, text: str, sides: Sides | None = None) -> Page:
    quoted = [Quotation(e.claim.quote, wording.attribution(e)) for e in reply.evidence if e.claim.quote]
    more = len(quoted) - _QUOTATIONS
    return Page(
        title=reply.topic.title,
        text=text,
        sides=sides,
        quotations=tuple(quoted[:_QUOTATIONS]),
        notes=(wording.more_passages(more),) if more > 0 else (),
        sources=_sources(reply.evidence),
        choices_title=wording.RELATED if reply.related else "",
        choices=_choices(reply.related),
    )


def _sides(topic: Topic, about: About) -> Sides | None:
    return Sides(topic.aspect or "", about.side_names, topic.sides) if topic.sides else None


def _sources(evidence: Iterable[Evidence]) -> tuple[Source, ...]:
    """The articles that the evidence comes from, each once."""
    articles = {item.article.id: item.article for item in evidence}.values()
    return tuple(Source(wording.citation(article), article.url) for article in articles)


def _choices(topics: Iterable[Topic]) -> tuple[Choice, ...]:
    """The topics, each once: Discord refuses two buttons with the same id."""
    return tuple(Choice(topic.id, topic.title) for topic in dict.fromkeys(topics))
