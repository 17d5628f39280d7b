"""A Reply as a page: what there is to show, in order, for one thin renderer each on every surface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from bot.assistant import Abstain, Answer, Evidence, Form, Reason, Reply, Smalltalk, Suggest
from bot.knowledge import About, Topic
from bot.matching import content_words
from bot.service import wording
from bot.service.leads import opening, quoted
from bot.text import normalise, words

_QUOTATIONS, _ALL_QUOTATIONS = 1, 4
"""How many quotations are shown, and how many if everything is asked for."""

_FEW = 2
"""So many passages need no page of their own."""

_REPEATED = 0.6
"""A quotation of whose words so many are in the text says nothing new."""

_FITTING = 2
"""A quotation that shares so many words with the text is about the same."""


class Outcome(Enum):
    """What a page is."""

    ANSWER = auto()
    SUGGEST = auto()
    ABSTAIN = auto()
    CARE = auto()
    TALK = auto()
    OVERVIEW = auto()


@dataclass(frozen=True)
class Sides:
    """A topic's two sides, each with its name; ``aspect`` says what they differ in."""

    aspect: str
    names: tuple[str, str]
    texts: tuple[str, str]


@dataclass(frozen=True)
class Quotation:
    """Words from an article, or our own for what it says there, and who says them."""

    text: str
    by: str
    is_verbatim: bool = True


@dataclass(frozen=True)
class Source:
    """An article's citation and its address, if it is known."""

    citation: str
    url: str | None


@dataclass(frozen=True)
class Choice:
    """A topic to go on with; ``label`` is its title as it fits a button."""

    topic: str
    label: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """What to show of a reply, from top to bottom; what is empty is left out.

    title: plain text. text: plain Markdown. items: plain text, as a list.
    is_verdict: whether the text says yes or no to something else than the title asks, and must not stand below it.
    notes: short plain lines below the quotations.
    choices_title: introduces the choices.
    is_question: whether a choice answers the question and replaces this page, rather than leading on from it.
    topic: the id of the topic that answers; empty if none does.
    passages: how many passages the answer rests on, if the page does not show them all.
    """

    outcome: Outcome = Outcome.TALK
    title: str = ""
    text: str = ""
    is_verdict: bool = False
    items: tuple[str, ...] = ()
    sides: tuple[Sides, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    choices_title: str = ""
    choices: tuple[Choice, ...] = ()
    is_question: bool = False
    topic: str = ""
    passages: int = 0


def page(reply: Reply, about: About) -> Page:
    """The page that shows ``reply``, in the words of the library that it comes from."""
    match reply:
        case Answer():
            return _answered(reply, about)
        case Suggest():
            choices = choices_of(reply.topics)
            return Page(outcome=Outcome.SUGGEST, text=wording.SUGGEST, choices=choices, is_question=True)
        case Abstain():
            own = wording.ABSTAIN[reply.reason].format(subject=wording.subject(about))
            own = wording.ONLY_ENGLISH.get(reply.language or "", own)
            text = reply.group.reply if reply.group else own
            return Page(
                outcome=_outcome(reply),
                text=text,
                choices_title=wording.CLOSEST if reply.closest else "",
                choices=choices_of(reply.closest),
                is_question=True,
            )
        case Smalltalk():
            return Page(text=reply.kind.reply)
        case _:
            raise TypeError(f"no page for {type(reply).__name__}")


def _outcome(reply: Abstain) -> Outcome:
    """What not answering is: care, words that need no answer, or a question that the articles don't answer."""
    if reply.is_care:
        return Outcome.CARE
    return Outcome.ABSTAIN if reply.reason is Reason.NOT_COVERED else Outcome.TALK


def _answered(reply: Answer, about: About) -> Page:
    text = opening(reply, about)
    is_whole = reply.form is not Form.ONE_LINE
    quotations = _quotations(reply, text) if is_whole else ()
    return Page(
        outcome=Outcome.ANSWER,
        title=reply.topic.title,
        text=text,
        is_verdict=reply.is_verdict and reply.topic.title.endswith("?"),
        sides=sides_of(reply.topic, about) if reply.form is Form.FULL else (),
        quotations=quotations,
        notes=(wording.UNDERSTOOD.format(text=reply.understood),) if reply.understood else (),
        sources=sources_of(_shown(reply)) if is_whole else (),
        choices_title=wording.RELATED if reply.related else "",
        choices=choices_of(reply.related),
        topic=reply.topic.id,
        passages=len(reply.evidence) if len(reply.evidence) > max(_FEW, len(quotations)) else 0,
    )


def _shown(reply: Answer) -> tuple[Evidence, ...]:
    """The evidence that an answer shows: all, or the one that is quoted."""
    item = quoted(reply) if reply.form is Form.QUOTE else None
    return reply.evidence if item is None else (item,)


def _quotations(reply: Answer, text: str) -> tuple[Quotation, ...]:
    """The quotations that say more than the text.

    One that is not of the main claim must be a whole sentence about the same.
    """
    told, is_full = set(words(normalise(text))), reply.form is Form.FULL
    if reply.form in (Form.QUOTE, Form.WHEN):
        return ()
    new = []
    for item in reply.evidence:
        if not (quote := item.claim.quote):
            continue
        spoken = words(normalise(quote))
        is_same = quote[:1].isupper() and sum(word in told for word in content_words(spoken)) >= _FITTING
        is_fitting = is_full or item is reply.evidence[0] or is_same
        if is_fitting and sum(word in told for word in spoken) < _REPEATED * len(spoken):
            new.append(Quotation(quote, wording.attribution(item)))
    return tuple(new[: _ALL_QUOTATIONS if is_full else _QUOTATIONS])


def sides_of(topic: Topic, about: About) -> tuple[Sides, ...]:
    """The two sides of a topic, if it has two."""
    return (Sides(topic.aspect or "", about.side_names, topic.sides),) if topic.sides else ()


def sources_of(evidence: Iterable[Evidence]) -> tuple[Source, ...]:
    """The articles that the evidence comes from, each once."""
    articles = {item.article.id: item.article for item in evidence}.values()
    return tuple(Source(wording.citation(article), article.url) for article in articles)


def choices_of(topics: Iterable[Topic]) -> tuple[Choice, ...]:
    """The topics, each once: Discord refuses two buttons with the same id."""
    return tuple(Choice(topic.id, topic.label or topic.title, topic.title) for topic in dict.fromkeys(topics))
