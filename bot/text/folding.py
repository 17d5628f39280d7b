"""From whatever was typed to the plain text that everything else sees."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.text.courtesies import without_courtesies
from bot.text.markup import without_markup

LONGEST = 1000
"""Characters of a question that count; the rest would add time, not meaning."""

_WITH_MARKUP = 4
"""How many times as long a text may be with its markup."""

_PHRASING = 300
"""Characters of the longest text that is remembered."""

_INVISIBLE = {"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"}
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_QUOTES = str.maketrans("‘’‚‛`´“”„", "''''''\"\"\"")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def normalise(text: str) -> str:
    """Fold what does not change the meaning, and drop what says nothing.

    Folded are case, accents, width, typographic quotes and white space; dropped are markup, emoji, courtesies around
    a question, invisible and control characters, and lone surrogates. The result has at most ``LONGEST`` characters,
    and normalising it again changes nothing.
    """
    return _remembered(text) if len(text) <= _PHRASING else _normalised(text)


def _normalised(text: str) -> str:
    text = text[: _WITH_MARKUP * LONGEST]
    # What is left may fit together as markup again.
    while (folded := _folded(text)) != text:
        text = folded
    return text


# A phrasing is checked, learnt and completed: three times the same work at every start. Fewer places than a library has
# phrasings would be of no use.
_remembered = lru_cache(1 << 17)(_normalised)


def forget_normalised() -> None:
    """Free the memory that the texts normalised so far take; worthwhile once a library is open."""
    _remembered.cache_clear()


def _folded(text: str) -> str:
    # Cut before the costly part, with room for noise that will be dropped.
    text = without_markup(text)[: 2 * LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_QUOTES))[: 4 * LONGEST].casefold()
        text = unicodedata.normalize("NFKD", text)
    text = text.translate(_QUOTES).casefold()
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_shown, text))
    if "\n" in text or "  " in text:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    # A question mark at the end says nothing: in chats it is usually missing.
    return " ".join(without_courtesies(text).split())[:LONGEST].rstrip(" ?!.")


def _shown(character: str) -> str:
    """What is kept of a character; an emoji separates words."""
    if character.isspace():
        return character
    category = unicodedata.category(character)
    return " " if category == "So" or ord(character) in _SKIN_TONES else "" if category in _INVISIBLE else character


def says_something(text: str) -> bool:
    """Whether a text is more than emoji, mentions, punctuation and the like."""
    return bool(normalise(text))


def words(text: str) -> list[str]:
    """The words of a normalised text, without punctuation; an apostrophe joins ("don't" is "dont")."""
    return [word.replace("'", "") for word in _WORD.findall(text)]


def replace_words(text: str, replacements: dict[str, str]) -> str:
    """A normalised text with whole words replaced; ``replacements`` is keyed as ``words`` gives them."""
    return _WORD.sub(lambda match: replacements.get(match[0].replace("'", ""), match[0]), text)
