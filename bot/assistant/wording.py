"""How the assistant words what is not in the library, and how it names a source."""

from __future__ import annotations

from collections.abc import Iterable

from bot.assistant.reply import Evidence
from bot.knowledge import Article

SUGGEST = "I'm not sure what you are after. Did you mean one of these?"
ABSTAIN = "The articles don't cover that, as far as I can tell."
NO_QUESTION = "Ask me anything about leadership and management, in your own words."
NOTHING_MORE = "The articles say nothing more on that."


def article_name(article: Article) -> str:
    """An article as a reader would name it: its title in quotation marks, or what describes it."""
    return f"“{article.title}”" if article.title else f"an article without a title ({article.name})"


def citation(article: Article) -> str:
    """Title, author, publisher and date, as far as they are known; what is not known is not invented."""
    by = f"by {article.author}" if article.author else "unsigned"
    date = f"{article.published.day} {article.published:%B %Y}" if article.published else None
    return ", ".join(part for part in (f"{article_name(article)} {by}", article.publisher, date) if part)


def attribution(evidence: Evidence) -> str:
    """Who says a claim, and in what role."""
    speaker = evidence.speaker
    if speaker is None:
        return "the article itself, unsigned"
    role = {"author": "the author", "quoted": "quoted in the article", "commenter": "a reader, in the comments"}
    return f"{speaker}, {role[evidence.claim.role]}"


def about_sources(evidence: Iterable[Evidence]) -> str:
    """Where an answer comes from: each claim with its speaker, then each article once."""
    lines: list[str] = []
    articles: dict[str, Article] = {}
    for item in evidence:
        articles[item.article.id] = item.article
        words = f"“{item.claim.quote}”" if item.claim.quote else item.claim.says
        lines.append(f"{words} — {attribution(item)}.")
    for article in articles.values():
        lines.append(f"Source: {citation(article)}." + (f" {article.url}" if article.url else ""))
    return "\n".join(lines)
