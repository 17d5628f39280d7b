"""A reply as text: a card for people, plain lines for programs."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.assistant import Abstain, Answer, Reply, Suggest
from bot.assistant.wording import attribution, citation
from bot.knowledge import Article, Topic


def card(reply: Reply) -> RenderableType:
    """What a person sees in the terminal."""
    match reply:
        case Answer():
            return _answer(reply)
        case Suggest():
            return _panel(Text(reply.text), *_bullets(reply.topics))
        case Abstain() if reply.closest:
            return _panel(Text(reply.text), Text("\nThe nearest that they cover:"), *_bullets(reply.closest))
        case _:
            return _panel(Text(reply.text))


def plain_text(reply: Reply) -> str:
    """The whole reply as plain text, sources included."""
    match reply:
        case Answer(about_sources=True):
            return reply.text
        case Answer():
            quotes = [f"“{e.claim.quote}” — {attribution(e)}" for e in reply.evidence if e.claim.quote]
            sources = [
                f"Source: {citation(article)}" + (f" {article.url}" if article.url else "")
                for article in _articles(reply)
            ]
            return "\n".join([reply.text, *quotes, *sources])
        case Suggest():
            return "\n".join([reply.text, *(f"- {topic.title}" for topic in reply.topics)])
        case Abstain() if reply.closest:
            return "\n".join([reply.text, "The nearest that they cover:", *(f"- {t.title}" for t in reply.closest)])
        case _:
            return reply.text


def _answer(reply: Answer) -> RenderableType:
    topic = reply.topic
    if reply.about_sources:
        return _panel(Text(reply.text), title=topic.title)
    parts: list[RenderableType] = [Markdown(reply.text)]
    if topic.leadership and topic.management:
        pair = Table("Leadership", "Management", title=topic.aspect, title_justify="left", expand=True)
        pair.add_row(topic.leadership, topic.management)
        parts += [Text(), pair]
    quoted = [evidence for evidence in reply.evidence if evidence.claim.quote]
    if quoted:
        parts.append(Text())
    for evidence in quoted:
        line = Text(f"“{evidence.claim.quote}”", style="italic").append(
            f" — {attribution(evidence)}", style="not italic dim"
        )
        parts.append(Padding(line, (0, 0, 0, 2)))
    parts.append(Text())
    parts += [_source(article) for article in _articles(reply)]
    if reply.related:
        parts.append(Text("See also: " + " · ".join(related.title for related in reply.related), style="dim"))
    return _panel(*parts, title=topic.title)


def _articles(reply: Answer) -> Iterable[Article]:
    """The articles that the evidence stands in, each once."""
    return {evidence.article.id: evidence.article for evidence in reply.evidence}.values()


def _source(article: Article) -> Text:
    return Text("Source: ").append(citation(article), style=f"link {article.url}" if article.url else "")


def _bullets(topics: Iterable[Topic]) -> Iterable[Text]:
    return (Text(f"• {topic.title}") for topic in topics)


def _panel(*parts: RenderableType, title: str | None = None) -> Panel:
    return Panel(Group(*parts), title=Text(title, style="bold") if title else None, title_align="left", padding=(1, 2))
