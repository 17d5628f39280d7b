"""What a follow-up leans on: "and in winter?", "does he agree?", "even if it rains?".

Nothing here knows the library's topics. A follow-up is rewritten into questions that need no context, from what was
asked and answered before; the matcher then judges which of them makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.matching import content_words
from bot.text import normalise, words

_REVERSES = re.compile(r"\b(other way (a?round)|reverse|vice versa|opposite|conversely|the other (one|side))\b")
_CONTINUES = re.compile(r"^(and|but|or|so|what about|how about|what of|then|even if|also|ok so|no i mean)\b")
_PERSON = re.compile(r"\b(he|him|she|her|they|them)\b")
_OWNER = re.compile(r"\b(his|hers|their)\b")
_THING = re.compile(r"\b(it|that|this|those|these)\b")
_LONGEST, _LONGEST_CONTINUED = 12, 9


def leans(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message leans on what was said before.

    Args:
        question: any text.
        opposites: words of the library's subject, each with its opposite.
    """
    text = normalise(question)
    spoken = words(text)
    if _PERSON.search(text) or _OWNER.search(text):
        # "What does a baker do when he is late" itself says who is meant.
        return len(spoken) <= _LONGEST and opposites.keys().isdisjoint(spoken)
    return is_reversal(question) or (len(spoken) <= _LONGEST_CONTINUED and bool(_CONTINUES.match(text)))


def refers(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message points at somebody or something that it does not name ("did he say that in the post?")."""
    text = normalise(question)
    spoken = words(text)
    points = _PERSON.search(text) or _OWNER.search(text) or _THING.search(text)
    return points is not None and len(spoken) <= _LONGEST and opposites.keys().isdisjoint(spoken)


def may_lean(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message that makes no sense alone may make some after the one before.

    It is short, and either points at something that it does not name, or hardly says what it is about.
    """
    spoken = words(normalise(question))
    is_short = len(spoken) <= _LONGEST and opposites.keys().isdisjoint(spoken)
    return is_short and (refers(question, opposites) or len(content_words(spoken)) <= 1)


def is_reversal(question: str) -> bool:
    """Whether a message asks for the reverse of what was said ("and the other way round?")."""
    text = normalise(question)
    return len(words(text)) <= 6 and bool(_REVERSES.search(text))


def readings(
    question: str, before: str, speaker: str | None, opposites: Mapping[str, str]
) -> Iterator[tuple[str, bool]]:
    """Read a message as questions that need no context, the likeliest reading first.

    With each comes whether it is a whole question, rather than two that were put together.

    Args:
        question: any text.
        before: the question before it, worded so that it needs no context.
        speaker: who made the main claim of the answer to that.
        opposites: words of the library's subject, each with its opposite.
    """
    text, before = normalise(question), normalise(before)
    if speaker and (_PERSON.search(text) or _OWNER.search(text)):
        yield _OWNER.sub(f"{speaker}'s", _PERSON.sub(speaker, text)), True
    if _REVERSES.search(text) or not opposites.keys().isdisjoint(words(text)):
        yield reversed_question(before, opposites), True
    yield f"{before} {text}", False


def reversed_question(before: str, opposites: Mapping[str, str]) -> str:
    """A question about the other side."""
    return re.sub(r"\w+", lambda match: opposites.get(match[0], match[0]), normalise(before))
