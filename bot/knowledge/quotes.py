"""Do the quotes stand in the articles word for word?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.faults import Fault
from bot.knowledge.model import KnowledgeBase

_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def _plain(text: str) -> str:
    """The same words with straight quotes, plain dashes and single spaces."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def _stands_in(text: str, quote: str) -> bool:
    """Whether a quote stands in a text, beginning and ending with whole words."""
    return re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", text) is not None


def check_quotes(knowledge: KnowledgeBase, texts: Path) -> Iterator[Fault]:
    """Compare every quote with ``texts/<article id>.txt`` (UTF-8); yield what does not stand there.

    Typographic and straight quotes, dashes and runs of white space count as the same.
    """
    for article in knowledge.articles.values():
        path = texts / f"{article.id}.txt"
        try:
            text = _plain(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            yield Fault(path.name, 1, f"the text of article `{article.id}` cannot be read: {error}")
            continue
        for claim in article.claims:
            if claim.quote and not _stands_in(text, _plain(claim.quote)):
                yield Fault(path.name, 1, f"the quote of `{claim.id}` does not stand here: {claim.quote}")
