"""A Page as text: a card for people, plain lines for programs."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.service import Page, Sides, Source, wording


def card(page: Page) -> RenderableType:
    """What a person sees in the terminal."""
    parts: list[RenderableType] = [Markdown(page.text)] if page.text else []
    if page.sides:
        parts += [Text(), _sides(page.sides)]
    if page.quotations or page.notes:
        parts.append(Text())
    for quotation in page.quotations:
        line = Text(wording.QUOTATION.format(quote=quotation.text), style="italic")
        parts.append(_indented(line.append(f" {wording.BY.format(by=quotation.by)}", style="not italic dim")))
    parts += [_indented(Text(note, style="dim")) for note in page.notes]
    if page.sources:
        parts += [Text(), *map(_source, page.sources)]
    if page.choices and page.is_question:
        parts += [Text(f"\n{page.choices_title}".rstrip()), *(Text(f"• {choice.label}") for choice in page.choices)]
    elif page.choices:
        labels = " · ".join(choice.label for choice in page.choices)
        parts.append(Text(f"{page.choices_title} {labels}", style="dim"))
    title = Text(page.title, style="bold") if page.title else None
    return Panel(Group(*parts), title=title, title_align="left", padding=(1, 2))


def plain_text(page: Page) -> str:
    """The whole page as plain text, sources included."""
    quotations = (f"{wording.QUOTATION.format(quote=q.text)} {wording.BY.format(by=q.by)}" for q in page.quotations)
    sources = (" ".join(filter(None, [wording.SOURCE.format(citation=s.citation), s.url])) for s in page.sources)
    choices = [page.choices_title, *(f"- {choice.label}" for choice in page.choices)] if page.is_question else []
    return "\n".join(filter(None, [page.text, *quotations, *page.notes, *sources, *choices]))


def _sides(sides: Sides) -> Table:
    table = Table(*sides.names, title=sides.aspect or None, title_justify="left", expand=True)
    table.add_row(*sides.texts)
    return table


def _source(source: Source) -> Text:
    linked = Text(source.citation, style=f"link {source.url}" if source.url else "")
    before, after = wording.SOURCE.split("{citation}")
    return Text(before).append_text(linked).append(after)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))
