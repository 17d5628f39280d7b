"""A Page as text: a card for people, plain lines for programs."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.service import Choice, Page, Quotation, Sides, Source, wording


def card(page: Page) -> RenderableType:
    """What a person sees in the terminal."""
    sections: list[list[RenderableType]] = [
        [*([Markdown(page.text)] if page.text else []), *_topic(page), *(Text(f"• {item}") for item in page.items)],
        [*map(_sides, page.sides)],
        [*map(_quotation, page.quotations), *(_indented(Text(note, style="dim")) for note in page.notes)],
        [*map(_source, page.sources), *_choices(page)],
    ]
    # A blank line between what there is.
    shown = [part for section in filter(None, sections) for part in (Text(), *section)][1:]
    title = Text(page.title, style="bold") if page.title and not page.is_verdict else None
    return Panel(Group(*shown), title=title, title_align="left", padding=(1, 2))


def plain_text(page: Page) -> str:
    """The whole page as plain text, sources included."""
    quotations = (f"{wording.quotation(q.text)} {wording.BY.format(by=q.by)}" for q in page.quotations)
    sources = (" ".join(filter(None, [wording.SOURCE.format(citation=s.citation), s.url])) for s in page.sources)
    numbered = (_numbered(number, choice) for number, choice in enumerate(page.choices, 1))
    choices = [page.choices_title, *numbered] if page.is_question else []
    return "\n".join(filter(None, [page.text, *quotations, *page.notes, *sources, *choices]))


def _topic(page: Page) -> list[Text]:
    return [Text(wording.TOPIC.format(title=page.title), style="dim")] if page.is_verdict else []


def _sides(sides: Sides) -> Table:
    table = Table(*sides.names, title=sides.aspect or None, title_justify="left", expand=True)
    table.add_row(*sides.texts)
    return table


def _quotation(quotation: Quotation) -> Padding:
    line = Text(wording.quotation(quotation.text), style="italic")
    return _indented(line.append(f" {wording.BY.format(by=quotation.by)}", style="not italic dim"))


def _choices(page: Page) -> list[Text]:
    labels = [choice.label for choice in page.choices]
    if page.is_question:
        numbered = (Text(_numbered(number, choice)) for number, choice in enumerate(page.choices, 1))
        return [*filter(None, [Text(page.choices_title)]), *numbered]
    return [Text(f"{page.choices_title} {' · '.join(labels)}", style="dim")] if labels else []


def _numbered(number: int, choice: Choice) -> str:
    return wording.NUMBERED.format(number=number, text=choice.title)


def _source(source: Source) -> Text:
    linked = Text(source.citation, style=f"link {source.url}" if source.url else "")
    before, after = wording.SOURCE.split("{citation}")
    return Text(before).append_text(linked).append(after)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))
