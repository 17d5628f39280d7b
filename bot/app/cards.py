"""A Page as a Discord message: the one renderer for every place where the bot answers.

Cards are made of components ("Components V2"): they need no Embed Links permission.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import discord
from discord import ui

from bot.app import limits
from bot.app.buttons import FollowUpButton, TopicButton
from bot.app.limits import clip, quoted, unquoted
from bot.service import Page, Sides, Source, wording

_TITLE = "### "
_LONGEST_QUOTE = 300
_LONGEST_QUESTION = 300
_BUTTONS = 5


class Card(ui.LayoutView):
    """A message made of texts and buttons.

    Its buttons carry their whole state, so discord.py need not remember the message: it is never
    stored, whatever the uptime, and works after a restart.
    """

    def __init__(self, texts: Sequence[str], buttons: Iterable[TopicButton | FollowUpButton] = ()) -> None:
        super().__init__(timeout=None)
        container: ui.Container[Card] = ui.Container()
        for shown in _fitted(list(filter(None, texts))):
            if container.children:
                container.add_item(ui.Separator())
            container.add_item(ui.TextDisplay(shown))
        self.add_item(container)
        row: ui.ActionRow[Card] = ui.ActionRow()
        for button in buttons:
            row.add_item(button)
        if row.children:
            container.add_item(row)
        self.stop()


def card(page: Page, asker: int, *, question: str = "", follow_up: bool = False) -> Card:
    """The message for ``page``.

    Args:
        page: what to show.
        asker: the id of the person who asked.
        question: shown above the answer, for places where others cannot see it.
        follow_up: whether there is a button to follow up, for places where a reply would not reach the bot.
    """
    asked = f"-# {shown}" if (shown := quoted(question, _LONGEST_QUESTION)) else ""
    title = f"{_TITLE}{quoted(page.title)}" if page.title else ""
    choose = f"-# {page.choices_title}" if page.is_question and page.choices_title else ""
    by_asker = asker if page.is_question else 0
    last = [FollowUpButton()] if follow_up else []
    topics = [TopicButton(choice.topic, choice.label, by_asker) for choice in page.choices[: _BUTTONS - len(last)]]
    return Card(
        [_lines(asked, title, page.text, choose), _sides(page.sides), _quotations(page), _sources(page.sources)],
        [*topics, *last],
    )


def title_of(message: discord.Message) -> str:
    """The title of the page that one of the bot's messages shows; empty if it shows none."""
    containers = (part for part in message.components if isinstance(part, discord.Container))
    texts = (part.content for box in containers for part in box.children if isinstance(part, discord.TextDisplay))
    found = (line.removeprefix(_TITLE) for text in texts for line in text.splitlines() if line.startswith(_TITLE))
    return unquoted(next(found, ""))


def notice(text: str) -> Card:
    """A message with one text."""
    return Card([text])


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


def _sides(sides: Sides | None) -> str:
    if sides is None:
        return ""
    aspect = f"**{quoted(sides.aspect)}**" if sides.aspect else ""
    both = zip(map(quoted, sides.names), map(quoted, sides.texts), strict=True)
    return _lines(aspect, *(f"**{name}** · {text}" for name, text in both))


def _quotations(page: Page) -> str:
    lines = (
        f"> {wording.QUOTATION.format(quote=quoted(quotation.text, _LONGEST_QUOTE))}\n"
        f"> {wording.BY.format(by=quoted(quotation.by))}"
        for quotation in page.quotations
    )
    return _lines(*lines, *(f"-# {quoted(note, _LONGEST_QUESTION)}" for note in page.notes))


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
