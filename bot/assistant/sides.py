"""Which of a library's two sides a question is about, and which it says is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.knowledge import Topic
from bot.text import bases, normalise, words

_NO = re.compile(
    r"\b(?:no|not|without|lacks?|lacking|lack of|missing|weak|weaker|poor|bad|lousy|hardly any|too little|little"
    r"|too few|few|never|nobody|instead of|skip|drop|dropping|fires?|get rid of|got rid of|do without|does without"
    r"|leave out|absence of) (?:(?:the|its|our|a|an|of|to|all|any|strong|good|real|much|enough|proper) )*(?=(\w+))"
)
_MISSING = re.compile(
    r"\b(\w+) (?:is|are|was|were|gets?|would be|we) (?:(?:very|so|too|all|quite|completely|our) )*"
    r"(?:weak|weakness|poor|bad|badly|poorly|lousy|lacking|missing|absent|out|gone|not|isnt|arent|nowhere|overlooked)\b"
)


def missing_side(question: str, opposites: Iterable[tuple[str, str]]) -> int | None:
    """The side (0 or 1) of which a question says that it is missing or weak: "plenty of bakers, hardly any cooks".

    Args:
        question: any text.
        opposites: words of the first side, each with its opposite on the second.
    """
    side = {word: number for pair in opposites for number, word in enumerate(pair)}
    text = " ".join(words(re.sub(r"\bw/(?:o|out)\b", "without", normalise(question))))
    named = [found[1] for pattern in (_NO, _MISSING) for found in pattern.finditer(text)]
    missing = {side[word] for word in named if word in side}
    return missing.pop() if len(missing) == 1 else None


def side_of(question: str, topic: Topic, opposites: Iterable[tuple[str, str]]) -> int | None:
    """The side (0 or 1) whose text shares more words with the question; else the one with which the answer begins.

    Args:
        question: any text.
        topic: the topic that it is about.
        opposites: words of the first side, each with its opposite on the second.
    """
    names: tuple[set[str], set[str]] = ({first for first, _ in opposites}, {second for _, second in opposites})
    if topic.sides is not None:
        asked = _stems(question) - names[0] - names[1]
        first, second = (len(asked & _stems(side)) for side in topic.sides)
        if first != second:
            return int(second > first)
    opening = words(normalise(topic.short))[:3]
    return next((side for word in opening for side in (0, 1) if word in names[side]), None)


def _stems(text: str) -> set[str]:
    spoken = words(normalise(text))
    return {stem for word in spoken if len(word) > 3 for stem in (word, *bases(word))}
