"""What a yes/no question asserts: "so bakers don't copy cooks, do they?" asks whether they do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.matching.speakers import SAYS, Speakers
from bot.matching.spelling import is_everyday
from bot.text import bases, words

_NEGATED = re.compile(
    r"(is|are|was|were|do|does|did|could|should|would|has|have|had|might|must|need|ca|wo|ai)nt|cannot|not|never"
)
_VERB = re.compile(
    r"is|are|was|were|be|been|do|does|did|can|could|should|would|will|has|have|had|may|might|must|im|theyre|its|hes|shes"
)
_PASSIVE = re.compile(
    r"(?P<before>.*?)\b(?:is|are|was|were|be|been|being|gets?|got)\b(?P<subject>.*?)"
    r"\b(?P<verb>\w{2,}(?:ed|en|wn|pt|ght)|set|led|run|made|done|held|put)\b(?P<after>(?: \w+){0,4}?) by (?P<doer>.+)"
)
_ADDING = (["just"], ["only"], ["merely"], ["simply"])
"""After "not" these add to what is said rather than deny it."""

_WHOLE = {"ca": "can", "wo": "will", "ai": "is"}
_PRONOUN = r"(?:it|they|he|she|we|you|that|this|there|one|i)"
_BE_OR_DO = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|aint|cant|wont)(?:nt)?"
_TAG = re.compile(rf" {_BE_OR_DO}(?: not)? {_PRONOUN}(?: not)?$")
_CHECK = re.compile(
    r" (?:right|correct|true|yeah|yes|no|huh|eh|or not|or nah|or what|am i right|agreed|true or false|yes or no|then"
    r"|tho|though|dont you (?:think|agree)|wouldnt you (?:say|agree)"
    r"|is(?:nt)? (?:that|this|it) (?:right|true|correct|so)"
    r"|(?:is|isnt) (?:that|this|it) (?:what|how) .*"
    r"|or (?:is|are|do|does|can|should)(?:nt)? (?:it|that|this|they|he|she)(?: \w+){0,4})$"
)
_DENIES = re.compile(
    r"(?:so |basically |and |but |well |true or false )*"
    r"(?:(?:is it|its|it is|would it be|it would be|itd be|am i|isnt it|wouldnt it be) "
    r"(?:false|wrong|untrue|incorrect|mistaken|an error|a mistake|a myth|a misconception"
    r"|not (?:true|right|correct|the case))"
    r"|it isnt (?:true|right|correct|the case)|(?:do|does|did) (?:\w+ ){1,3}?(?:deny|dispute))"
    r"(?: to (?:say|think|claim|assume|believe)| in (?:thinking|saying))?(?: that)? "
)
_FRAME = re.compile(
    r"(?:why |how come |what(?: is|s) the (?:reason|point) (?:why |that |of )|so |basically |and |but |well "
    r"|ok |true or false |yes or no |fact check "
    r"|(?:is|isnt|was|wasnt) it (?:true|correct|right|fair|the case|accurate)(?: to (?:say|claim|think))?(?: that)? "
    r"|am i right (?:that|in (?:thinking|saying)|to (?:think|say))(?: that)? |would you (?:say|agree)(?: that)? "
    r"|(?:do|does|did) (?:the |your |either |any |both |one |of |these |those )*(?:\w+ )?"
    r"(?:articles?|texts?|posts?|authors?) (?:really |actually |seriously |ever |even )?"
    r"(?:say|claim|state|hold|think|agree)(?: that)? )+"
)
_LIGHT = frozenset(
    """
    a an the of to in on for and that it its is are was were be been being do does did has have had this these those
    there with as at by from they them their he his she her you your i my we our or if so than then really actually
    just about one ones any some
    """.split()
)
_ANCHORS = frozenset(
    """
    more less over than rather before above fewer first instead versus against without outrank outweigh only always
    never every all nobody entirely alone most some few no none neither not
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
    is_denied: whether the contrary is asserted.
    is_doubted: whether that is said only to have it confirmed ("bakers don't copy cooks, do they?"): yes then means
        that it is not so.
    speaker: the first of the library's speakers who is named as saying it, by all words of the name; None if nobody is.
    sides: for each word the side that it names (``<1>`` or ``<2>``), or nothing.
    """

    words: tuple[str, ...]
    is_denied: bool
    is_doubted: bool
    speaker: frozenset[str] | None
    sides: tuple[str, ...]

    @property
    def side(self) -> str:
        """The side that is named first: mostly the one of which something is asserted."""
        return next(filter(None, self.sides), "")

    @property
    def terms(self) -> Mapping[str, Collection[str]]:
        """What is asserted, in several ways.

        side: the one that is named first.
        content: the words that say it, in their base form, without those that name a side.
        sided: the same, each with the side that is named first.
        bound: each with the side named last before it, or else first after it: what is said of which.
        order: which word comes before which, where one of them names a side or compares: who does what to whom.
        """
        told = [(_base(word), side) for word, side in zip(self.words, self.sides, strict=True) if side or _says(word)]
        content = {word for word, side in told if not side}
        last, bound = self.side, set()
        for word, side in told:
            last = side or last
            if not side and last:
                bound.add(f"{last} {word}")
        marked = [side or word for word, side in told][:_MOST_WORDS]
        order = {" ".join(pair) for pair in combinations(marked, 2) if not _MARKS.isdisjoint(pair)}
        return {
            "side": {self.side},
            "content": content,
            "sided": {f"{self.side} {word}" for word in content},
            "bound": bound,
            "order": order,
        }


class Asserting:
    """Finds what is asserted.

    Args:
        opposites: words of the first side, each with its opposite on the second.
        speakers: the names of those who speak in the library.
    """

    def __init__(self, opposites: Iterable[tuple[str, str]], speakers: Iterable[str]) -> None:
        self._sides = {word: side for pair in opposites for word, side in zip(pair, (_FIRST, _SECOND), strict=True)}
        self._speakers = Speakers(speakers)
        names = "|".join(map(re.escape, self._speakers.words)) or "(?!)"
        who = rf"(?:(?:{names})s?(?: (?:{names})s?)*|the (?:\w+ )?(?:author|article|post|text|blog|reader)s?)"
        self._said = re.compile(
            rf"(?:(?:do|does|did|would|has|is) )?{who} (?:really |actually |ever |even )?{SAYS}(?: that)? "
        )
        self._by = re.compile(
            rf"\b(?:according to|per|as per|acc to|in) {who}(?: (?:view|eyes|opinion|words|book))?\b"
            rf"|\bif you ask {who}\b"
        )

    def __call__(self, text: str) -> Assertion:
        """What a normalised text asserts."""
        spoken = words(text)
        rest, tag = _without(_CHECK, " ".join(spoken)), ""
        if tagged := _TAG.search(rest):
            rest, tag = rest[: tagged.start()], tagged[0]
        rest, is_denied = _without(_CHECK, rest).replace(" no longer ", " never "), False
        if denies := _DENIES.match(rest):
            rest, is_denied = rest[denies.end() :], True
        if frame := _FRAME.match(rest):
            rest = rest[frame.end() :]
        kept = rest.split()
        for place, word in enumerate(kept):
            if (negated := _NEGATED.fullmatch(word)) and (word != "not" or _is_of_the_verb(kept, place)):
                stem = negated[1] or ""
                kept[place] = _WHOLE.get(stem, stem)
                # "Aren't they" asks whether they are.
                is_denied ^= place > 0 and not re.search(rf"[,;:.!?] {word[:-1]}'?{word[-1]}\b", text)
                break
        rest = self._by.sub("", self._said.sub("", " ".join(filter(None, kept)), count=1))
        told = tuple(self._active(rest).split())
        is_doubted = is_denied and bool(tag) and not _NEGATED.search(tag)
        return Assertion(
            told, is_denied, is_doubted, self._speakers.named(spoken), tuple(self._sides.get(word, "") for word in told)
        )

    def _active(self, text: str) -> str:
        """A sentence in which something is done by one of the sides, with the doer first."""
        if (found := _PASSIVE.fullmatch(text)) and not self._sides.keys().isdisjoint(found["doer"].split()[:3]):
            return " ".join((found["doer"], found["verb"], found["before"], found["subject"], found["after"]))
        return text


def _is_of_the_verb(spoken: Sequence[str], place: int) -> bool:
    """Whether a "not" denies the sentence, rather than adding ("not only") or contrasting ("bakers, not cooks")."""
    return spoken[place + 1 : place + 2] not in _ADDING and bool(
        _VERB.fullmatch(" ".join(spoken[max(0, place - 1) : place]))
    )


def _without(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return text[: found.start()] if found else text


def _says(word: str) -> bool:
    return word in _ANCHORS or word not in _LIGHT


def _base(word: str) -> str:
    if word in _ANCHORS:
        return word
    if len(word) <= 3:
        return word
    found = [*bases(word)]
    return next(filter(is_everyday, found), found[0] if found else word)
