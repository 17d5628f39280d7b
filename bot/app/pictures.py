"""A quotation as a picture in a message."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass

import discord

from bot.app.limits import ALT_TEXT, clip
from bot.pictures import quotation
from bot.service import Page, wording

_FILE = "quotation.png"


@dataclass(frozen=True)
class Picture:
    """A PNG, and what it shows in words, for those who can't see it."""

    png: bytes
    alt: str

    def item(self) -> discord.MediaGalleryItem:
        """The picture as part of a card, which is sent with ``file``."""
        return discord.MediaGalleryItem(f"attachment://{_FILE}", description=self.alt)

    def file(self) -> discord.File:
        """A new file to send: each can be sent once."""
        return discord.File(io.BytesIO(self.png), _FILE, description=self.alt)


async def draw(page: Page) -> Picture | None:
    """The picture of a page's first quotation, drawn off the event loop; None if it would not come out right."""
    shown, sources = page.quotations[0], "; ".join(source.citation for source in page.sources)
    png = await asyncio.to_thread(quotation, shown.text, shown.by, sources)
    words = wording.quotation(shown.text), wording.BY.format(by=shown.by), sources
    return Picture(png, clip(" ".join(words), ALT_TEXT)) if png else None
