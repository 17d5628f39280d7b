"""What a follow-up leans on: "and in winter?", "does he agree?", "even if it rains?".

Nothing here knows the library's topics. A follow-up is rewritten into questions that need no context, from what was
asked and answered before; the matcher then judges which of them makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.matching import content_words
from bot.text import normalise, words

_REVERSES = re.compile(r"\b(other way (a?round)|reverse|vice versa|opposite|conversely|the other (one|side))\b")
_CONTINUES = re.compile(r"^(and|n|but|or|so|what about|how about|what of|then|even if|also|ok so|no i mean)\b")
_PERSON = re.compile(r"\b(he|him|she|her)\b")
_OWNER = re.compile(r"\b(his|hers)\b")
_GROUP = re.compile(r"\b(they|them|their)\b")
_CORRECTS = re.compile(
    r"^(?:(?:no+|nope|nah|not that|hm+|sorry|wait|that'?s not what i (?:asked|meant))\b[,.!]? *)+"
    r"|\b(?:i (?:mean|meant|asked|was asking|was talking|want|wanted)(?: about| for)?"
    r"|(?:was|is) what i (?:meant|asked for)|something about)\b"
)
_MEANT = re.compile(r"\bi (?:mean|meant|asked|was asking|was talking)\b")
_THING = re.compile(r"\b(it|that|this|those|these)\b")
_LAST = re.compile(r"\b(so|the (last|first) (one|bit|part|point|quote|line|thing)|one)\b")
_ARTICLES = frozenset(
    "article articles text texts post posts blog piece pieces source sources comment comments entry".split()
)
_ABOUT_ARTICLES = _ARTICLES | frozenset(
    """
    say says said saying tell tells told write writes wrote written come comes came claim claims claimed find found
    stand stands mention mentions mentioned state states stated agree agrees same last first one two both other either
    ones
    """.split()
)
_SAYS_SO = re.compile(
    r"(?:(?:and|but|so) )?(?:do|does|did|would|has) (?P<who>[\w' ]{2,30}?) (?:also |really |ever )?"
    r"(?:say|said|write|written|claim|mention|state) (?:so|it|that|this|the same)"
    r"(?: too| as well| also| anywhere)?"
)
_AGREES = re.compile(
    r"(?:(?:and|but|so) )?(?:(?:do|does|did|would|has) )?(?P<who>[\w' ]{2,30}?) (?:also |really )?"
    r"(?:agrees?|agreed|think so|sees? it)(?: (?:with|w|on|about|like))?(?: (?:it|that|this|him|her|them))?"
    r"(?: too| as well| also)?"
)
_ASIDE = re.compile(
    r"(?:(?:(?:ha){2,}h?|lo+l|lmf?ao|ok(?:ay)?|kk?|thanks?(?: you)?|thx|ty|cool|nice|great|wow|oh|ah|hm+|right|sure"
    r"|got it|i see|makes sense|interesting|fair (?:enough|point)|sounds \w+|phew|ouch|damn|good)\b[\s,.!:;)D(-]*)+",
    re.I,
)
_GOES_ON = re.compile(
    r"(?:(?:and|but|so|then|now|what|whats|what's|who|whos|who's|why|how|when|where|which|is|are|was|were|do|does|did|can|could"
    r"|should|would|will)\b|.*\?\s*$)",
    re.I | re.S,
)
_CLAUSE_END = re.compile(r"(?<=[.!?,;:])\s+|\n+")
_LONGEST, _LONGEST_CONTINUED = 12, 9


def leans(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message leans on what was said before.

    Args:
        question: any text.
        opposites: words of the library's subject, each with its opposite.
    """
    text = normalise(question)
    spoken = words(text)
    if _PERSON.search(text) or _OWNER.search(text) or _GROUP.search(text):
        # "What does a baker do when he is late" itself says who is meant.
        return len(spoken) <= _LONGEST and opposites.keys().isdisjoint(spoken)
    return is_reversal(question) or (len(spoken) <= _LONGEST_CONTINUED and bool(_CONTINUES.match(text)))


def refers(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message points at somebody or something that it does not name ("did he say that in the post?")."""
    text = normalise(question)
    spoken = words(text)
    points = any(pattern.search(text) for pattern in (_PERSON, _OWNER, _GROUP, _THING))
    return points and len(spoken) <= _LONGEST and opposites.keys().isdisjoint(spoken)


def may_lean(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message that makes no sense alone may make some after the one before.

    It is short, and either points at something that it does not name, or hardly says what it is about.
    """
    spoken = words(normalise(question))
    is_short = len(spoken) <= _LONGEST and opposites.keys().isdisjoint(spoken)
    return is_short and (refers(question, opposites) or len(content_words(spoken)) <= 1)


def is_bare_side(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message names a side and says nothing else ("and what about bakers?")."""
    text = normalise(question)
    told = content_words(words(text))
    return bool(_CONTINUES.match(text)) and len(told) == 1 and told[0] in opposites


def names_nobody(question: str, opposites: Mapping[str, str]) -> bool:
    """Whether a message mentions neither a side nor, by a pronoun, a person."""
    text = normalise(question)
    points = any(pattern.search(text) for pattern in (_PERSON, _OWNER, _REVERSES))
    return not points and opposites.keys().isdisjoint(words(text))


def correction(question: str) -> str | None:
    """What somebody means who says "no, I meant ..."; None if nobody says so, or nothing more."""
    text = normalise(question)
    if not _MEANT.search(text):
        return None
    meant = " ".join(_CORRECTS.sub(" ", text).split()).strip(" ,.!?")
    return meant if content_words(words(meant)) else None


def says_so(question: str, speakers: Iterable[str]) -> str | None:
    """The speaker of whom a message asks whether he, too, says what was just said ("does Ross say that too?")."""
    return _named_in(_SAYS_SO, question, speakers)


def agrees(question: str, speakers: Iterable[str]) -> str | None:
    """The speaker of whom a message asks whether he agrees with what was just said ("does Ross agree?")."""
    return _named_in(_AGREES, question, speakers)


def _named_in(pattern: re.Pattern[str], question: str, speakers: Iterable[str]) -> str | None:
    if (found := pattern.fullmatch(normalise(question))) is None:
        return None
    named = {*words(found["who"])}
    return next((speaker for speaker in speakers if named and named <= {*words(normalise(speaker))}), None)


def without_aside(question: str) -> str:
    """A message without what is only said in passing before its question: "haha ok and a baker?"."""
    rest = question[found.end() :] if (found := _ASIDE.match(question)) else question
    return rest if _GOES_ON.match(rest) and len(rest.split()) > 1 else question


def clauses(question: str) -> list[str]:
    """The parts of a message, if it has several: "bit harsh! who says so?"."""
    parts = [part for part in _CLAUSE_END.split(question.strip()) if part.strip()]
    return parts if len(parts) > 1 else []


def points_at_articles(question: str) -> bool:
    """Whether a message asks about the last answer and the articles alone ("which of your texts is it in?")."""
    text = normalise(question)
    told = content_words(words(text))
    return bool(_THING.search(text) or _LAST.search(text)) and bool(_ARTICLES & {*told}) and {*told} <= _ABOUT_ARTICLES


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
