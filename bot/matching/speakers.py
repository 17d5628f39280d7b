"""Who is named as saying something: "does Tom Miller say so?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.matching.people import is_name
from bot.matching.spelling import is_everyday
from bot.text import words

SAYS = (
    r"(?:says?|said|writes?|wrote|claims?|claimed|thinks?|thought|believes?|believed|argues?|argued|holds?|suggests?|suggested"
    r"|sees?|tells? us|agrees?|agreed|maintains?|considers?|finds?|reckons?)"
)
_SPEAKING = re.compile(rf"(?:\w+ )?{SAYS}\b")
_BETWEEN = frozenset(
    """
    agree agrees agreed disagree disagrees disagreed contradict contradicts object objects objected reply replies
    replied
    """.split()
)
"""Who is named beside these need not be the one who says what is asked about."""

_BEFORE_SUBJECT = frozenset(
    """
    does did do is was has had would could might can isnt wasnt doesnt didnt hasnt wouldnt it per by in so that and but
    or from ask reader commenter author blogger really if says said
    """.split()
)
"""Who is named after other words is not the one who says it ("did anybody accuse Tom?")."""


class Speakers:
    """Those who speak in a library. Immutable; may be used from any thread.

    Args:
        names: theirs.

    Attributes:
        words: all words of the names, in alphabetical order.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [name_of(name) for name in names]
        self.words = sorted({word for name in self._names for word in name})

    def named(self, spoken: Sequence[str]) -> frozenset[str] | None:
        """The first speaker who is named, in the words of a text, as saying something; None if nobody is."""
        if not _BETWEEN.isdisjoint(spoken):
            return None
        told = [{word, word.removesuffix("s")} for word in spoken]
        for place, word in enumerate(told):
            if not _is_subject(spoken, place):
                continue
            for name in self._names:
                # "Creative" alone is not Blue Sail Creative.
                is_named = any(map(_is_telling, word & name)) or sum(bool(near & name) for near in told[place:]) > 1
                if word & name and is_named:
                    return name
        return None


def name_of(speaker: str) -> frozenset[str]:
    """The words of a speaker's name."""
    return frozenset(words(speaker.casefold()))


def _is_subject(spoken: Sequence[str], place: int) -> bool:
    """Whether a word, if it is a name, is that of somebody who says something."""
    before = spoken[max(0, place - 2) : place]
    is_led = not before or before[-1] in _BEFORE_SUBJECT or before == ["according", "to"]
    return is_led or bool(_SPEAKING.match(" ".join(spoken[place + 1 : place + 4])))


def _is_telling(word: str) -> bool:
    """Whether a part of a name is enough to know who is meant."""
    return is_name(word) or not is_everyday(word)
