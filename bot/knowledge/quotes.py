"""Does each article contain its quotes word for word?"""

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


def _contains(text: str, quote: str) -> bool:
    """Whether a text contains a quote as whole words."""
    return re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", text) is not None


def check_quotes(knowledge: KnowledgeBase, texts: Path) -> Iterator[Fault]:
    """Look up every quote in ``texts/<article id>.txt`` (UTF-8); yield those that are not there.

    Differences between typographic and straight quotes, dashes and white space don't count.
    """
    for article in knowledge.articles.values():
        path = texts / f"{article.id}.txt"
        try:
            text = _plain(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            yield Fault(path.name, 1, f"can't read the text of article `{article.id}`: {error}")
            continue
        for claim in article.claims:
            if claim.quote and not _contains(text, _plain(claim.quote)):
                yield Fault(path.name, 1, f"the quote of `{claim.id}` is not in this text: {claim.quote}")
