"""A Page as a Discord message: the one renderer for every place where the bot answers.

Cards are made of components ("Components V2"): they need no Embed Links permission. From top to bottom, each has the
question where others cannot see it, the title, the lead and the text, what else there is to show, the evidence, and the
buttons. Its colour says nothing that its words do not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import discord
from discord import ui

from bot.app import labels, limits
from bot.app.controls import Row, Surface, controls, numbered
from bot.app.limits import clip, quoted, unquoted
from bot.app.pictures import Picture
from bot.service import Outcome, Page, Quotation, Sides, Source, wording

_TITLE = "### "
_ASKED = "-# "
_TOPIC = f"-# {wording.TOPIC.format(title='')}"
_MENTION = re.compile(r"<@[!&]?\d+>")
_LONGEST_QUOTE = 300
_LONGEST_QUESTION = 300
_ACCENTS = {
    Outcome.ANSWER: discord.Colour(0x2E7D5B),
    Outcome.SUGGEST: discord.Colour(0xB7791F),
    Outcome.ABSTAIN: discord.Colour(0x6B7280),
    Outcome.OVERVIEW: discord.Colour(0x3B6EA5),
}


class Card(ui.LayoutView):
    """A message made of texts, a picture and rows of buttons.

    Its buttons carry their whole state, so discord.py need not remember the message: it is never
    stored, whatever the uptime, and works after a restart.
    """

    def __init__(
        self,
        texts: Sequence[str],
        rows: Iterable[Row] = (),
        accent: discord.Colour | None = None,
        picture: Picture | None = None,
    ) -> None:
        super().__init__(timeout=None)
        container: ui.Container[Card] = ui.Container(accent_colour=accent)
        if picture is not None:
            container.add_item(ui.MediaGallery(picture.item()))
        for shown in _fitted(list(filter(None, texts))):
            if container.children:
                container.add_item(ui.Separator())
            container.add_item(ui.TextDisplay(shown))
        for row in rows:
            container.add_item(row)
        self.add_item(container)
        self.stop()


def card(
    page: Page,
    surface: Surface,
    *,
    question: str = "",
    rows: Iterable[Row] | None = None,
    picture: Picture | None = None,
) -> Card:
    """The message for ``page``.

    Args:
        page: what to show.
        surface: where, and to whom.
        question: shown above the answer, for places where others cannot see it.
        rows: of buttons and menus; None: the page's own.
        picture: shown in place of all text but the sources.
    """
    asked = f"{_ASKED}{shown}" if (shown := quoted(question, _LONGEST_QUESTION)) else ""
    texts = _texts(page, asked) if picture is None else [_sources(page.sources)]
    return Card(texts, controls(page, surface) if rows is None else rows, _ACCENTS.get(page.outcome), picture)


def _texts(page: Page, asked: str) -> list[str]:
    title = f"{_TITLE}{quoted(page.title)}" if page.title and not page.is_verdict else ""
    topic = f"{_TOPIC}{quoted(page.title)}" if page.is_verdict else ""
    items = (f"- {quoted(item)}" for item in page.items)
    choose = f"-# {page.choices_title}" if page.is_question and page.choices_title else ""
    choices = numbered(quoted(choice.title) for choice in page.choices) if page.is_question else ()
    head = _lines(asked, title, page.text, topic, *items, choose, *choices)
    return [head, *map(_sides, page.sides), _quotations(page), _sources(page.sources)]


def title_of(message: discord.Message) -> str:
    """The title of the page that one of the bot's messages shows; empty if it shows none."""
    return unquoted(_line_of(message, _TITLE) or _line_of(message, _TOPIC))


def question_in(message: discord.Message) -> str:
    """The question that one of the bot's messages shows above its answer; empty if it shows none."""
    first = next(iter(texts_of(message)), "")
    return unquoted(first.splitlines()[0].removeprefix(_ASKED)) if first.startswith(_ASKED) else ""


def asked_in(message: discord.Message) -> str:
    """The question that one of the bot's messages answers, as far as Discord shows it there; empty if it does not."""
    if shown := question_in(message):
        return shown
    asked = message.reference.resolved if message.reference else None
    return without_mentions(asked.content) if isinstance(asked, discord.Message) else ""


def without_mentions(text: str) -> str:
    """What somebody wrote, without the mentions: where nobody is pinged, they would show as numbers."""
    return _MENTION.sub(" ", text).strip()


def texts_of(message: discord.Message) -> list[str]:
    """The texts of one of the bot's cards, from top to bottom."""
    containers = (part for part in message.components if isinstance(part, discord.Container))
    return [part.content for box in containers for part in box.children if isinstance(part, discord.TextDisplay)]


def shared(message: discord.Message, by: str, rows: Iterable[Row]) -> Card:
    """A private card for everybody to see: its texts, who shares it, and other rows of buttons."""
    accents = (part.accent_colour for part in message.components if isinstance(part, discord.Container))
    *texts, last = texts_of(message)
    # At the end: the first line is where the question is looked for.
    line = f"-# {labels.SHARED_BY.format(person=by)}"
    return Card([*texts, _lines(last, line)], rows, next(accents, None))


def _line_of(message: discord.Message, start: str) -> str:
    lines = (line for text in texts_of(message) for line in text.splitlines())
    return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def notice(text: str, rows: Iterable[Row] = ()) -> Card:
    """A message with one text."""
    return Card([text], rows)


def _fitted(texts: list[str]) -> Iterator[str]:
    """The texts, cut so that together they fit a message.

    The last one is an answer's source: a reader must be able to check, so the others make room for it.
    """
    kept = len(texts[-1]) if len(texts) > 1 and len(texts[-1]) <= limits.MESSAGE_TEXT // 2 else 0
    room = limits.MESSAGE_TEXT - kept
    for text in texts[:-1]:
        if shown := clip(text, room):
            yield shown
        room -= len(shown)
    if texts and (shown := clip(texts[-1], room + kept)):
        yield shown


def _sides(sides: Sides) -> str:
    aspect = f"**{quoted(sides.aspect)}**" if sides.aspect else ""
    both = zip(map(quoted, sides.names), map(quoted, sides.texts), strict=True)
    return _lines(aspect, *(f"**{name}** · {text}" for name, text in both))


def _quotations(page: Page) -> str:
    notes = (f"-# {quoted(note, _LONGEST_QUESTION)}" for note in page.notes)
    return _lines(*map(_quotation, page.quotations), *notes)


def _quotation(quotation: Quotation) -> str:
    shown = quoted(quotation.text, _LONGEST_QUOTE)
    words = wording.quotation(shown) if quotation.is_verbatim else shown
    return f"> {words}\n> {wording.BY.format(by=quoted(quotation.by))}"


def _sources(sources: Iterable[Source]) -> str:
    return "\n".join(f"-# {wording.SOURCE.format(citation=_linked(source))}" for source in sources)


def _linked(source: Source) -> str:
    """The citation, leading to the article if its address is known."""
    citation = quoted(source.citation.replace("[", "(").replace("]", ")"))
    if not source.url:
        return citation
    # A closing parenthesis would end the link.
    address = source.url.replace("(", "%28").replace(")", "%29")
    return f"[{citation}]({address})"


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))
