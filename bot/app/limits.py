"""Discord's limits, and how a text is made to fit them.

Limits of messages with components: https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

import re
import unicodedata

MESSAGE_TEXT = 4000
"""Characters in all texts of one message together."""

BUTTON_LABEL = 38
"""Characters; Discord takes 80 and asks for no more than these, which fit a phone."""

CUSTOM_ID = DESCRIPTION = 100
ALT_TEXT = 1024
CHOICE = 100
"""Characters of a choice's name, and of its value."""

CHOICES = 25
QUESTION = 1000
"""Characters of a question that /ask accepts; Discord would accept 6,000."""

_ELLIPSIS = "…"
# discord.utils.escape_markdown does not escape a second masked link, nor what is inside a link's text.
_FORMATS = re.compile(r"[\\*_~`|\[]|^[>#-]|:(?=[a-z+-][\w+-]*:)|(?<!\w):(?=\d+:)", re.IGNORECASE)
_NUMBER = re.compile(r"^\d+(?=\.)")
# Here a backslash doesn't help, but a zero-width character does: mentions, what Discord writes in angle brackets,
# addresses, and its invitations and gifts, which need no https://.
_LEADS_SOMEWHERE = re.compile(
    r"@(?=everyone|here|[!&]?\d)|<(?!@)|(?<=:)(?=//)|discord(?:app)?(?=\.(?:gg|com|gift)\b)", re.IGNORECASE
)
_NO_WIDTH = "\u200b"
_JOINERS = "\u200c\u200d"
"""Emoji and some scripts need them; all other invisible characters can only mislead."""


def clip(text: str, longest: int) -> str:
    """``text`` in at most ``longest`` characters, cut after a word with an ellipsis if it is too long."""
    if len(text) <= longest:
        return text
    # A backslash at the end would escape the ellipsis.
    cut = text[: longest - len(_ELLIPSIS)].rstrip("\\")
    words = cut.rpartition(" ")[0].rstrip(" ,;:-–—\\")
    # A single endless word must be cut mid-word.
    return (words if len(words) > longest // 2 else cut) + _ELLIPSIS if longest else ""


def quoted(text: str, longest: int = MESSAGE_TEXT) -> str:
    """Somebody's text on one line of at most ``longest`` characters: it shows as it was written and does nothing.

    It neither formats nor pings nor links; control characters and those that change the direction are dropped.
    """
    plain = " ".join("".join(filter(_is_shown, text)).split())
    room = longest
    # Cut before anything is escaped: a cut must not leave half an escape.
    while len(shown := _inert(clip(plain, room))) > longest:
        room -= len(shown) - longest
    return shown


def unquoted(shown: str) -> str:
    """The text on one line that ``quoted`` shows as ``shown``."""
    return re.sub(r"\\(.)", r"\1", shown).replace(_NO_WIDTH, "")


def _is_shown(character: str) -> bool:
    return character.isspace() or character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}


def _inert(text: str) -> str:
    text = _NUMBER.sub(r"\g<0>\\", _FORMATS.sub(r"\\\g<0>", text))
    return _LEADS_SOMEWHERE.sub(rf"\g<0>{_NO_WIDTH}", text)
