"""What a question asks for, in any wording: yes or no, a name, a reason, one line, a quotation ...

The form decides how a reply opens; which topic it is about is the matcher's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.text import normalise, words


class Form(Enum):
    """What a question asks for."""

    OPEN = auto()
    YES_NO = auto()
    STATEMENT = auto()
    WHO = auto()
    WHICH = auto()
    WHEN = auto()
    WHY = auto()
    SOURCE = auto()
    QUOTE = auto()
    ONE_LINE = auto()
    EXAMPLE = auto()
    NUMBER = auto()
    AUTHOR = auto()
    OPINION = auto()
    FULL = auto()


@dataclass(frozen=True)
class Asked:
    """What a question asks for, and what it asks about if that can be told apart: "quote" and "chaos"."""

    form: Form
    about: str = ""


def _any_of(phrases: str) -> str:
    """A pattern for any of the phrases, which are patterns, one per line."""
    return f"(?:{'|'.join(line.strip() for line in phrases.strip().splitlines())})"


_SAYS = _any_of(
    r"""
    (?:say|write|call|tell|think|claim|complain|recommend|mention|quote|believe|object|agree|suggest|point|put|warn)s?
    (?:coin|argue|accuse|promote|disagree|state|define|advise|admit|concede|invent|describe|reply|replies|answer|raise)s?
    (?:said|wrote|written|told|thought|saying|comments?|come up|came up|call|admitted|replied|quoted|agreed|objected)
    (?:coin|argu|accus|promot|disagre|stat|defin|advis|conced|invent|describ|answer|rais|claim|complain|call|comment)ed
    (?:recommend|mention|believ|suggest|point|warn)ed
    (?:authors?|quotation|phrase|it is|is it)
    """
)
_AUXILIARY = _any_of(
    r"""
    (?:is|are|was|were|do|does|did|could|should|would|has|have|had|might|must|need)(?:nt)?
    (?:am|can|cant|will|wont|may|shall|aint)
    """
)
_LEAD = re.compile(
    r"(?:(?:so|and|but|ok|okay|well|hey|hmm|tbh|btw|also|then|basically|just|please|pls) )*"
    r"(?:(?:can|could|would|will) (?:you|u|someone|anyone|somebody) (?:please |just )?)?"
    r"(?:(?:tell|remind|show) me |i wonder |im wondering |(?:do|does) (?:you|anyone) know |(?:got )?any idea )?"
    r"(?:if |whether )?"
)
_PLEASE = re.compile(
    r"(?:can|could|would|will) (?:you|u) (?:please )?(?:give|quote|name|explain|sum|state|say)\b(?: me)? ?"
)
_REQUEST = re.compile(
    "^(?:"
    + _any_of(
        r"""
        please|pls|can|could|you|u|give|gimme|get|got|show|me|us|have|the|a|an|some|any|your|on|about|for|of|from|in|sum
        boil|put|up|exact|passage|line|sentence|bit|where|part|whats|what does it say|what is the|is there
        """
    )
    + " )+"
)
_TAG = re.compile(
    "(?:^| )"
    + _any_of(
        rf"""
        right|correct|true|yeah|yes|no|eh|huh|innit|or nah|or not|or no|am i right|agreed|true or false|yes or no
        (?:is|isnt) (?:that|this|it) (?:right|correct|true|so)
        {_AUXILIARY} (?:not )?(?:it|they|he|she|we|you|that|this|there|one|i)(?: not)?
        """
    )
    + "$"
)
_CONFIRMS = re.compile(
    "^"
    + _any_of(
        r"""
        true or false|yes or no|t f|fact check|do i (?:get|understand|have)|correct me if|so you re saying
        is it (?:true|correct|right|fair|the case|accurate|false|wrong)|am i (?:right|correct|wrong)
        would it be (?:fair|right|correct|accurate|true)
        """
    )
    + r"\b"
)
_INVERTED = re.compile(
    rf"^{_AUXILIARY} |^.{{1,40}} {_AUXILIARY} (?:a|an|the|you|i|we|he|she|they|it|one|all|any|both) "
)

_ONE = r"(?:just |only )?(?:one|a|a single|1|two|a few) (?:short |single |brief |simple )?"
_FORMS = (
    (
        Form.ONE_LINE,
        rf"""
        \b(?:in|with|as|just|only|into|to) {_ONE}(?:lines?|sentences?|phrase|words?)\b
        \bone (?:short )?(?:line|sentence|liner)\b|\boneliner\b|\bsingle sentence\b|\bshort version\b
        \btl ?dr\b|\bin a nutshell\b|\bin (?:short|brief)\b|\bbriefly\b|\b(?:sentence|line) only\b
        """,
    ),
    (
        Form.SOURCE,
        r"""
        ^(?:where|wheres|from where)\b.*\b(?:from|quote|say|says|said|come|comes)\b
        \bfrom (?:the|a|which) (?:post|article|comment|blog|text)\b.*\bor\b
        """,
    ),
    (
        Form.QUOTE,
        r"""
        \b(?:quotes?|quotations?|verbatim|word for word)\b|\b\w+s words (?:on|about|for)\b
        \b(?:exact|precise|actual|original|literal|very) (?:words?|wording|sentence|phrase|phrasing|line|text|quote)\b
        \bhow exactly (?:does|did) .* (?:put|word|phrase)\b
        """,
    ),
    (
        Form.SOURCE,
        r"""
        \b(?:sources?|citation|reference|cite|url|link)\b|\bwhat (?:article|text|post)\b
        \bwhich (?:of (?:the|your) (?:two )?)?(?:articles?|texts?|posts?|pieces?|sources?)\b
        \bwhere (?:can|could|do|does|did|is|was|are|were|in)\b.*\b(?:stand|stated|find|found|read|written|mention)\b
        \bwhere (?:do|does|did|is|was|are|were|in)\b.*\b(?:mentions|mentioned|appears?|gets?|got|articles?|text)\b
        """,
    ),
    (
        Form.NUMBER,
        r"""
        ^(?:how (?:many|much)|what (?:percentage|percent|share|proportion|number))\b
        \b(?:any|give me|got|are there) (?:numbers|figures|statistics|stats|data)\b
        """,
    ),
    (
        Form.EXAMPLE,
        r"\b(?:an|any|for|some|one|concrete|real) (?:concrete |real |real life |good )?(?:examples?|instance)\b",
    ),
)
_PATTERNS = tuple((form, re.compile(_any_of(pattern))) for form, pattern in _FORMS)
_ABOUT = (Form.QUOTE, Form.ONE_LINE, Form.SOURCE)
"""Forms that are asked for in words of their own, which say nothing about the topic."""

_WHY = re.compile(
    _any_of(
        r"""
        ^(?:why|how come|what for|whys|for what reason)\b|^what(?: is| was|s| are) the (?:reason|point|use)\b
        \bthe reasons? (?:why|for|that)\b|\b(?:explain|know|say|and) why\b
        \bwhy (?:is|are|do|does|did|should|would|must)\b
        """
    )
)
_WHEN = re.compile(
    _any_of(
        r"""
        ^(?:when|since when|in (?:what|which) (?:year|month)|what (?:year|date|day|month))\b
        ^on (?:what|which) (?:day|date)\b
        ^(?:whats the date|how (?:old|long ago|recent))\b|\b(?:what|which) (?:year|date)\b|\bdate of\b
        """
    )
)
_DATED = re.compile(
    r"\b(?:wr[io]te|written|publish(?:ed)?|post(?:ed)?|comment(?:ed|s)?|said|say|from|dated?|year|repl(?:y|ied)|article|blog"
    r"|old|recent|leave|left|online|appear(?:ed)?)\b"
)
_WHO = re.compile(
    _any_of(
        r"""
        ^(?:who|whos|whose|whom|by whom|what person|name (?:the|of))\b|\b(?:know|me|say) who\b|\bwho (?:was it|is it)\b
        ^which (?:commenter|reader|author|person|writer|speaker|expert)\b
        """
    )
)
_SPEAKS = re.compile(rf"\b{_SAYS}\b|^(?:whose|which|by whom|name) |^(?:who|whos) behind\b")
_WH = re.compile(r"^(?:what|whats|how|hows|which|where|wheres)\b")
_ORDER = re.compile(
    r"^(?:explain|describe|compare|contrast|outline|summari[sz]e|list|tell|about|help|give|show|define|name|discuss|sum)\b"
)
_WH_INSIDE = re.compile(r"\b(?:what|whats|how|which|where)\b")
_OF_TWO = re.compile(
    r"\bwhich (?:of (?:the|these|those) (?:two|both)|one|of them|of both|role|side|is it)\b|\bwho of the two\b"
)
_FEWEST, _MOST = 4, 40
"""Words of a statement that can be confirmed or denied."""


def form(question: str, opposites: Iterable[str] = ()) -> Asked:
    """What a question asks for.

    Args:
        question: any text.
        opposites: words of the library's subject that have an opposite; two of them joined by "or" ask which.
    """
    spoken = words(normalise(question))
    core = _core(" ".join(spoken))
    for asked, pattern in _PATTERNS:
        if found := pattern.search(core):
            left = f"{core[: found.start()]} {core[found.end() :]}".split()
            about = _REQUEST.sub("", " ".join(left)) if asked in _ABOUT else ""
            return Asked(asked, about if len(about.split()) > 1 else "")
    return Asked(_by_syntax(question, spoken, core, opposites))


def _by_syntax(question: str, spoken: Sequence[str], core: str, opposites: Iterable[str]) -> Form:
    if not _WHY.match(core) and _asks_which(core, opposites):
        return Form.WHICH
    if _WHY.search(core):
        return Form.WHY
    if _WHEN.search(core):
        return Form.WHEN if _DATED.search(core) else Form.OPEN
    if _WHO.search(core):
        return Form.WHO if _SPEAKS.search(core) else Form.WHICH
    if _WH.match(core) or _ORDER.match(core):
        return Form.OPEN
    if _CONFIRMS.match(core) or _TAG.search(core) or _INVERTED.search(core):
        return Form.YES_NO
    if not _FEWEST <= len(spoken) <= _MOST or _WH_INSIDE.search(core):
        return Form.OPEN
    return Form.YES_NO if question.rstrip().endswith("?") or spoken[0] == "so" else Form.STATEMENT


def _core(text: str) -> str:
    """A question without what leads up to it."""
    for lead in (_LEAD, _PLEASE):
        if (found := lead.match(text)) and found.end() < len(text):
            text = text[found.end() :]
    return text


def _asks_which(core: str, opposites: Iterable[str]) -> bool:
    either = "|".join(map(re.escape, opposites)) or "(?!)"
    joined = rf"\b(?:{either})s? (?:\w+ ){{0,4}}?or (?:\w+ ){{0,4}}?(?:{either})\b"
    return bool(_OF_TWO.search(core) or re.search(joined, core))
