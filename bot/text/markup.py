"""Discord's markup: what it shows but nobody says, such as mentions, emoji, links and marks for bold text.

Notation: https://docs.discord.com/developers/reference#message-formatting
"""

from __future__ import annotations

import re

_PERHAPS = re.compile(r"[<>@:#*_~|`\\\[\u20e3]|\.\w{3}|^[ \t]*(?:[-+•]|\d)", re.MULTILINE)
_MASKED_LINK = re.compile(r"\[([^\[\]]{1,1000})\]\(\s*<?https?://[^\s<>()]*>?[^()\n]{0,200}\)", re.IGNORECASE)
_CODE_LANGUAGE = re.compile(r"```[\w+#-]{1,20}\n")
_SAYS_NOTHING = re.compile(
    r"<a?:\w{1,64}:\d+>"  # custom emoji
    r"|<(?:@[!&]?|#)\d+>"  # users, roles, channels
    r"|<t:-?\d+(?::\w)?>"  # timestamps
    r"|</[^<>\n]{1,150}:\d+>"  # slash commands
    r"|<id:\w{1,32}>"  # server guide, role settings
    r"|@(?:everyone|here)\b|^(?:[ \t]*@[\w.]{2,32}(?=\s))+"
    r"|[(<]*\b(?:https?|discord)://[^\s<>|]*>?\)?"
    r"|[\w-]{1,80}\.(?:png|jpe?g|gif|webp|mp4|webm)\b"
    r"|(?<!\w):[a-z][\w+-]{1,63}:(?!\w)"  # an emoji's name, as it is typed
    r"|[0-9#*]\ufe0f?\u20e3"  # keycaps
    r"|\|{2,}",  # spoilers
    re.IGNORECASE | re.MULTILINE,
)
_LINE_START = re.compile(r"^(?:[ \t]*(?:>{1,3}|-?#{1,3}|[-*+•]|\d{1,2}[.)])(?=\s))+", re.MULTILINE)
_MARKS = re.compile(r"\*+|~+|```|\\(?=[^\s\w]|_)")
_UNDERLINES = re.compile(r"(?<!\S)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\S)")  # a blank to fill in stays
_TICKS = re.compile(r"(?<!\w)(`{1,2})([^`]{1,1000})\1(?!\w)")  # one inside a word is an apostrophe


def without_markup(text: str) -> str:
    """A text as it was typed, without markup: the words of links, spoilers, code and the like stay."""
    if not _PERHAPS.search(text):
        return text
    text = _MASKED_LINK.sub(r"\1", text)
    text = _SAYS_NOTHING.sub(" ", _CODE_LANGUAGE.sub("\n", text))
    text = _MARKS.sub("", _LINE_START.sub("", text))
    return _UNDERLINES.sub("", _TICKS.sub(r"\2", text))
