"""How the assistant words what is not in the library, and how it names a source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.assistant.reply import Evidence
from bot.knowledge import Article

SUGGEST = "I'm not sure what you are after. Did you mean one of these?"
ABSTAIN = "I found nothing on that in the articles."
NO_QUESTION = "Ask me anything about leadership and management, in your own words."
NOTHING_MORE = "The articles say nothing more on that."

_SHOWN = 4
"""How many quotations are shown at most; the rest is counted."""


def citation(article: Article) -> str:
    """Title, author, publisher and date, as far as they are known; what is not known is not invented."""
    by = f"by {article.author}" if article.author else "unsigned"
    if article.title:
        named = f"“{article.title}” {by}"
    else:
        named = f"an article without a title, {by} (here called “{article.name}”)"
    date = f"{article.published.day} {article.published:%B %Y}" if article.published else None
    return ", ".join(part for part in (named, article.publisher, date) if part)


def attribution(evidence: Evidence) -> str:
    """Who says a claim, and in what role."""
    article = evidence.article.author or "the unsigned article"
    match evidence.speaker, evidence.claim.role:
        case None, _:
            return "the unsigned article"
        case speaker, "quoted":
            # Whether word for word or not, it is the article that tells us so.
            return f"{speaker}, according to {article}"
        case speaker, "commenter":
            return f"{speaker}, a reader, in the comments"
        case speaker, _:
            return f"{speaker}, the author"


def quotations(evidence: Iterable[Evidence]) -> list[tuple[str, str]]:
    """The quotations to show, each with its attribution."""
    found = [(item.claim.quote, attribution(item)) for item in evidence if item.claim.quote]
    return found[:_SHOWN]


def left_out(evidence: Iterable[Evidence]) -> str | None:
    """How many quotations ``quotations`` leaves out, in words; None where it leaves out none."""
    more = sum(1 for item in evidence if item.claim.quote) - _SHOWN
    return f"and {more} more passage{'s' if more > 1 else ''}" if more > 0 else None


def articles(evidence: Iterable[Evidence]) -> list[Article]:
    """The articles that the evidence stands in, each once."""
    return list({item.article.id: item.article for item in evidence}.values())


def source_lines(evidence: Sequence[Evidence]) -> list[str]:
    """The quotations and the articles of an answer, a plain line each."""
    lines = [f"“{quote}” — {by}" for quote, by in quotations(evidence)]
    if more := left_out(evidence):
        lines.append(more)
    return lines + [
        f"Source: {citation(article)}" + (f" {article.url}" if article.url else "") for article in articles(evidence)
    ]


def about_sources(evidence: Sequence[Evidence]) -> list[str]:
    """Where an answer comes from, a plain line each: who says what, quoted where there is a quotation."""
    unquoted = [item for item in evidence if not item.claim.quote]
    return [f"{item.claim.says} — {attribution(item)}" for item in unquoted[:_SHOWN]] + source_lines(evidence)
