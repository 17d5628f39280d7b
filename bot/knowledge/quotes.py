"""Does each article contain its quotes word for word?"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.faults import Fault, LibraryError, printable
from bot.knowledge.files import UnreadableError, read_text
from bot.knowledge.model import KnowledgeBase

_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def _plain(text: str) -> str:
    """The same words with straight quotes, plain dashes and single spaces."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def _contains(text: str, quote: str) -> bool:
    """Whether a text contains a quote as whole words."""
    return re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", text) is not None


def check_quotes(knowledge: KnowledgeBase, texts: Path) -> Iterator[Fault]:
    """Look up every quote in ``texts/<article id>.txt`` (UTF-8); yield those that are not there.

    Differences between typographic and straight quotes, dashes and white space don't count. An article without a
    text there is not checked; ``without_text`` names these.
    """
    missing = without_text(knowledge, texts)
    for article in knowledge.articles.values():
        if article.id in missing:
            continue
        file = f"{article.id}.txt"
        try:
            text = _plain(read_text(texts / file))
        except UnreadableError as error:
            yield Fault(file, error.line, f"the text of the article `{article.id}` {error}")
            continue
        for claim in article.claims:
            if claim.quote and not _contains(text, _plain(claim.quote)):
                yield Fault(file, 1, f"the quote of `{claim.id}` is not in this text: {claim.quote}")


def without_text(knowledge: KnowledgeBase, texts: Path) -> list[str]:
    """The ids of the articles that have no text in the folder ``texts``.

    Raises:
        LibraryError: if there is no such folder.
    """
    try:
        names = {entry.name for entry in os.scandir(texts)}
    except (OSError, ValueError) as error:
        raise LibraryError([Fault(printable(str(texts)), 1, "is not a folder with the articles' texts")]) from error
    return [article for article in knowledge.articles if f"{article}.txt" not in names]
