"""What a follow-up refers to: "and in winter?", "source?", "anything else by him?".

Nothing here knows the library's topics. A follow-up is rewritten into questions that need no context,
from what was asked and answered before; the matcher then judges which of them makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto

from bot.text import normalise, words


class Wish(Enum):
    """What a follow-up asks of the last answer without naming a subject of its own."""

    SOURCE = auto()
    MORE = auto()
    MORE_BY_SPEAKER = auto()


# A message made only of these words names no subject of its own: it points to what was said before.
_POINTING = frozenset(
    """
    a about actually again all an and any anything are article as at author be been book bro btw but by came
    can citation cite claim claimed come comes continue could date detail details did do does elaborate else
    ever exact exactly expand explain find for from further get give go got have he her hey him his hmm how i
    in info is it its just know last link listen made man mate me mean more my name not now ok okay on one or
    original other out page person please pls point posted precise proof published quote quoted read really
    reason reference repeat said same say saying says see she show site so some someone something sorry source
    sources speaker state stated statement states sure tell text than thanks that thats the their them then
    there they thing think thinks this tho those though to told too u uh up ur url verbatim was well were what
    whats when where wheres which who whom whos whose why whys with word words write writes written wrote yes you
    your
    """.split()
)
_ASKS_SOURCE = re.compile(
    r"\b(again|author|citation|cite|date|link|original|page|posted|proof|published|quoted?|really|reason|"
    r"reference|repeat|said|says?|sources?|url|verbatim|when|wheres?|which (article|text)|who(m|se|s)?|"
    r"whys?|words?|written|wrote)\b"
)
_ASKS_OF_BOT = re.compile(r"\b(are|made|wrote) you\b")
_ASKS_MORE = re.compile(r"\b(more|else|further|go on|continue|elaborate|expand|details?|explain|other)\b")

_REVERSES = re.compile(r"\b(other way (a?round)|reverse|vice versa|opposite|conversely|the other (one|side))\b")
_CONTINUES = re.compile(r"^(and|but|or|so|what about|how about|what of|then)\b")
_PERSON = re.compile(r"\b(he|him|she|her|they|them)\b")
_OWNER = re.compile(r"\b(his|hers|their)\b")


def wish(question: str) -> Wish | None:
    """What a message asks of the last answer; None if it has a subject of its own."""
    text = normalise(question)
    spoken = words(text)
    if not spoken or len(spoken) > 12 or not _POINTING.issuperset(spoken):
        return None
    plain = " ".join(spoken)
    if _ASKS_OF_BOT.search(plain):
        return None
    if _ASKS_MORE.search(plain):
        return Wish.MORE_BY_SPEAKER if _PERSON.search(plain) else Wish.MORE
    return Wish.SOURCE if _ASKS_SOURCE.search(plain) else None


def is_reversal(question: str) -> bool:
    """Whether a message asks for the reverse of what was said ("and the other way round?")."""
    text = normalise(question)
    return len(words(text)) <= 6 and bool(_REVERSES.search(text))


def is_elliptic(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message leans on what was said before ("and in winter?", "does he agree?").

    Args:
        question: any text.
        opposites: words of the library's subject, each with its opposite.
    """
    text = normalise(question)
    spoken = words(text)
    if _PERSON.search(text) or _OWNER.search(text):
        # "What does a baker do when he is late" itself says who is meant.
        return len(spoken) <= 8 and opposites.keys().isdisjoint(spoken)
    return is_reversal(question) or (len(spoken) <= 6 and bool(_CONTINUES.match(text)))


def stand_alone(question: str, before: str, speaker: str | None, opposites: Mapping[str, str]) -> Iterator[str]:
    """Read a message as questions that need no context, the likeliest reading first.

    Args:
        question: any text.
        before: the question before it, worded so that it needs no context.
        speaker: who made the main claim of the answer to that.
        opposites: words of the library's subject, each with its opposite.
    """
    text, before = normalise(question), normalise(before)
    if speaker and (_PERSON.search(text) or _OWNER.search(text)):
        yield _OWNER.sub(f"{speaker}'s", _PERSON.sub(speaker, text))
    if _REVERSES.search(text) or not opposites.keys().isdisjoint(words(text)):
        yield re.sub(r"\w+", lambda match: opposites.get(match[0], match[0]), before)
    yield f"{before} {text}"
