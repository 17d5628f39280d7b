"""Discord's limits, and how a text is made to fit them.

Limits of messages with components: https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

import re

from discord.utils import escape_mentions

MESSAGE_TEXT = 4000
"""Characters of all texts of one message together."""

BUTTON_LABEL = 80
CHOICE = 100
"""Characters of a choice's name, and of its value."""

CHOICES = 25
QUESTION = 1000
"""Characters of a question that /ask takes; Discord would take 6,000."""

_ELLIPSIS = "…"
# discord.utils.escape_markdown leaves a second masked link, and what is inside a link's text.
_FORMATS = re.compile(r"[\\*_~`|\[]|^(?:[>#-]|\d+(?=\.))")


def clip(text: str, longest: int) -> str:
    """``text`` in at most ``longest`` characters, cut after a word with an ellipsis if it is too long."""
    if len(text) <= longest:
        return text
    cut = text[: longest - len(_ELLIPSIS)]
    words = cut.rpartition(" ")[0].rstrip(" ,;:-–—")
    # A single endless word must be cut mid-word.
    return (words if len(words) > longest // 2 else cut) + _ELLIPSIS if longest else ""


def quoted(text: str) -> str:
    """Somebody's text on one line, so that it shows as it was written and neither formats nor pings."""
    return escape_mentions(_FORMATS.sub(r"\\\g<0>", " ".join(text.split())))
