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
from bot.assistant.wording import articles, citation, left_out, quotations, source_lines
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
            return "\n".join([reply.text, *source_lines(reply.evidence)])
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
    parts.append(Text())
    for quote, by in quotations(reply.evidence):
        line = Text(f"“{quote}”", style="italic").append(f" — {by}", style="not italic dim")
        parts.append(Padding(line, (0, 0, 0, 2)))
    if more := left_out(reply.evidence):
        parts.append(Padding(Text(more, style="dim"), (0, 0, 0, 2)))
    parts.append(Text())
    parts += [_source(article) for article in articles(reply.evidence)]
    if reply.related:
        parts.append(Text("See also: " + " · ".join(related.title for related in reply.related), style="dim"))
    return _panel(*parts, title=topic.title)


def _source(article: Article) -> Text:
    return Text("Source: ").append(citation(article), style=f"link {article.url}" if article.url else "")


def _bullets(topics: Iterable[Topic]) -> Iterable[Text]:
    return (Text(f"• {topic.title}") for topic in topics)


def _panel(*parts: RenderableType, title: str | None = None) -> Panel:
    return Panel(Group(*parts), title=Text(title, style="bold") if title else None, title_align="left", padding=(1, 2))
