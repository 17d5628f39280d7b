"""What a yes/no question asserts: "so bakers don't copy cooks, do they?" asks whether they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from bot.matching.people import is_name
from bot.matching.spelling import is_everyday
from bot.text import bases, words

_NEGATED = re.compile(
    r"(is|are|was|were|do|does|did|could|should|would|has|have|had|might|must|need|ca|wo|ai)nt|cannot|not|never"
)
_WHOLE = {"ca": "can", "wo": "will", "ai": "is"}
_PRONOUN = r"(?:it|they|he|she|we|you|that|this|there|one|i)"
_BE_OR_DO = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|aint|cant|wont)(?:nt)?"
_TAG = re.compile(rf" {_BE_OR_DO}(?: not)? {_PRONOUN}(?: not)?$")
_CHECK = re.compile(
    r" (?:right|correct|true|yeah|yes|no|huh|eh|or not|or nah|or what|am i right|agreed|true or false|yes or no|then"
    r"|tho|though|is (?:that|this) (?:right|true|correct|so))$"
)
_DENIES = re.compile(
    r"(?:so |basically |and |but |well )*(?:is it|would it be|am i) "
    r"(?:false|wrong|untrue|incorrect|mistaken|a mistake|a myth)"
    r"(?: to (?:say|think|claim|assume)| in (?:thinking|saying))?(?: that)? "
)
_FRAME = re.compile(
    r"(?:so |basically |and |but |well |ok |true or false |yes or no |fact check "
    r"|is it (?:true|correct|right|fair|the case|accurate)(?: to (?:say|claim|think))?(?: that)? "
    r"|am i right (?:that|in (?:thinking|saying)|to (?:think|say))(?: that)? |would you (?:say|agree)(?: that)? "
    r"|(?:do|does) (?:the |your |either |any |both )*(?:\w+ )?(?:articles?|texts?|posts?|authors?) "
    r"(?:really |actually )?(?:say|claim|state|hold|think|agree)(?: that)? )+"
)
_SAYS = (
    r"(?:says?|said|writes?|wrote|claims?|claimed|thinks?|thought|believes?|believed|argues?|argued|holds?|suggests?|suggested"
    r"|sees?|tells? us|agrees?|agreed|maintains?|considers?|finds?|reckons?)"
)
_LIGHT = frozenset(
    """
    a an the of to in on for and that it its is are was were be been being do does did has have had this these those
    there with as at by from they them their he his she her you your i my we our or if so than then really actually
    just about like one ones any some
    """.split()
)
_ANCHORS = frozenset(
    """
    more less over than rather before above fewer first instead versus against without outrank outweigh only always
    never every all nobody entirely alone
    """.split()
)
"""Words that compare or generalise: it matters what stands before them and what after."""

_MOST_WORDS = 14
_FIRST, _SECOND = "<1>", "<2>"
_MARKS = _ANCHORS | {_FIRST, _SECOND}


@dataclass(frozen=True)
class Assertion:
    """What is asserted.

    words: of the assertion, without what introduces it and without its negation.
    is_denied: whether the question asserts the contrary.
    speaker: the first of the library's speakers who is named, by all words of the name; None if nobody is.
    sides: for each word the side that it names (``<1>`` or ``<2>``), or nothing.
    """

    words: tuple[str, ...]
    is_denied: bool
    speaker: frozenset[str] | None
    sides: tuple[str, ...]

    @property
    def side(self) -> str:
        """The side that is named first: mostly the one of which something is asserted."""
        return next(filter(None, self.sides), "")

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that say what is asserted, in their base form, without those that name a side."""
        return frozenset(word for word, side in self._told if not side)

    @cached_property
    def order(self) -> frozenset[tuple[str, str]]:
        """Which word comes before which, where one of them names a side or compares: who does what to whom."""
        told = [side or word for word, side in self._told][:_MOST_WORDS]
        return frozenset(pair for pair in combinations(told, 2) if not _MARKS.isdisjoint(pair))

    @cached_property
    def _told(self) -> list[tuple[str, str]]:
        told = zip(self.words, self.sides, strict=True)
        return [(_base(word), side) for word, side in told if side or word in _ANCHORS or word not in _LIGHT]


class Asserting:
    """Finds what is asserted.

    Args:
        opposites: words of the first side, each with its opposite on the second.
        speakers: the names of those who speak in the library.
    """

    def __init__(self, opposites: Iterable[tuple[str, str]], speakers: Iterable[str]) -> None:
        self._sides = {word: side for pair in opposites for word, side in zip(pair, (_FIRST, _SECOND), strict=True)}
        self._speakers = [self.name(name) for name in speakers]
        names = "|".join(sorted({re.escape(word) for name in self._speakers for word in name})) or "(?!)"
        who = rf"(?:(?:{names})s?(?: (?:{names})s?)*|the (?:\w+ )?(?:author|article|post|text|blog|reader)s?)"
        self._said = re.compile(
            rf"(?:(?:do|does|did|would|has|is) )?{who} (?:really |actually |ever |even )?{_SAYS}(?: that)? "
        )
        self._by = re.compile(
            rf"\b(?:according to|per|as per|acc to|in) {who}(?: (?:view|eyes|opinion|words|book))?\b"
            rf"|\bif you ask {who}\b"
        )

    def __call__(self, text: str) -> Assertion:
        """What a normalised text asserts."""
        spoken = words(text)
        rest, is_tagged = _without(_CHECK, " ".join(spoken)), False
        if tagged := _TAG.search(rest):
            rest, is_tagged = rest[: tagged.start()], True
        rest, is_denied = _without(_CHECK, rest), False
        if denies := _DENIES.match(rest):
            rest, is_denied = rest[denies.end() :], True
        if frame := _FRAME.match(rest):
            rest = rest[frame.end() :]
        kept = rest.split()
        for place, word in enumerate(kept):
            if negated := _NEGATED.fullmatch(word):
                stem = negated[1] or ""
                kept[place] = _WHOLE.get(stem, stem)
                # "aren't they" and "they aren't, are they" ask whether they are.
                is_denied ^= not is_tagged and place > 0
                break
        rest = self._by.sub("", self._said.sub("", " ".join(filter(None, kept)), count=1))
        told = tuple(rest.split())
        return Assertion(told, is_denied, self._speaker(spoken), tuple(self._sides.get(word, "") for word in told))

    @staticmethod
    def name(speaker: str) -> frozenset[str]:
        """The words of a speaker's name."""
        return frozenset(words(speaker.casefold()))

    def _speaker(self, spoken: Sequence[str]) -> frozenset[str] | None:
        told = [{word, word.removesuffix("s")} for word in spoken]
        for place, word in enumerate(told):
            for name in self._speakers:
                # "Creative" alone is not Blue Sail Creative.
                is_named = any(map(_is_telling, word & name)) or sum(bool(near & name) for near in told[place:]) > 1
                if word & name and is_named:
                    return name
        return None


def _is_telling(word: str) -> bool:
    """Whether a part of a name is enough to know who is meant."""
    return is_name(word) or not is_everyday(word)


def _without(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return text[: found.start()] if found else text


def _base(word: str) -> str:
    if word in _ANCHORS:
        return word
    return next(bases(word), word) if len(word) > 4 else word.removesuffix("s") if len(word) > 3 else word
