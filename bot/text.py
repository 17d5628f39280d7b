"""From whatever was typed to the plain text that everything else sees."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 1000
"""Characters of a question that count; the rest would add time, not meaning."""

_INVISIBLE = {"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"}
_QUOTES = str.maketrans("‘’‚‛`´“”„", "''''''\"\"\"")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def normalise(text: str) -> str:
    """Fold what does not change the meaning: case, accents, width, typographic quotes and white space.

    Invisible characters, control characters and lone surrogates are dropped. The result holds at
    most ``LONGEST`` characters, and normalising it again changes nothing.
    """
    # Cut before the costly part, with room for noise that will be dropped.
    text = unicodedata.normalize("NFKD", text[: 2 * LONGEST].translate(_QUOTES))[: 4 * LONGEST].casefold()
    text = unicodedata.normalize("NFKD", text).translate(_QUOTES)
    if not (text.isascii() and text.isprintable()):
        text = "".join(filter(_is_visible, text))
    # A question mark at the end says nothing: in chats it is mostly missing.
    return " ".join(text.split())[:LONGEST].rstrip(" ?!.")


def _is_visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in _INVISIBLE


def words(text: str) -> list[str]:
    """The words of a normalised text, without punctuation; an apostrophe joins ("don't" is "dont")."""
    return [word.replace("'", "") for word in _WORD.findall(text)]


def replace_words(text: str, replacements: dict[str, str]) -> str:
    """A normalised text with whole words replaced; ``replacements`` is keyed as ``words`` gives them."""
    return _WORD.sub(lambda match: replacements.get(match[0].replace("'", ""), match[0]), text)
