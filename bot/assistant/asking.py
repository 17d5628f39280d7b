"""How people ask for each thing: the words by which a form of question is known.

All patterns are for text as ``words`` gives it, in lower case and without punctuation, joined by spaces.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from bot.text import any_of


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
    MORE = auto()


_SAYS = any_of(
    r"""
    (?:say|write|call|tell|think|claim|complain|recommend|mention|quote|believe|object|agree|suggest|point|put|warn)s?
    (?:coin|argue|accuse|promote|disagree|state|define|advise|admit|concede|invent|describe|reply|replies|answer|raise)s?
    (?:said|wrote|written|told|thought|saying|comments?|come up|came up|call|admitted|replied|quoted|agreed|objected)
    (?:coin|argu|accus|promot|disagre|stat|defin|advis|conced|invent|describ|answer|rais|claim|complain|call|comment)ed
    (?:recommend|mention|believ|suggest|point|warn)ed
    (?:authors?|quotation|phrase|it is|is it)
    """
)
AUXILIARY = any_of(
    r"""
    (?:is|are|was|were|do|does|did|could|should|would|has|have|had|might|must|need)(?:nt)?
    (?:am|can|cant|will|wont|may|shall|aint)
    """
)
LEAD = re.compile(
    r"(?:(?:so|and|but|ok|okay|well|hey|hmm|tbh|btw|also|then|basically|just|please|pls) )*"
    r"(?:(?:can|could|would|will) (?:you|u|someone|anyone|somebody) (?:please |just )?"
    r"(?=(?:please|just|tell|show|remind)\b))?"
    r"(?:(?:tell|remind|show) me |i wonder |im wondering |(?:do|does) (?:you|anyone) know |(?:got )?any idea )?"
    r"(?:if |whether )?"
)
PLEASE = re.compile(
    r"(?:can|could|would|will) (?:you|u) (?:please )?"
    r"(?:give|quote|name|explain|sum|state|say|cite|read|send|share|find|show|put|let|boil|reduce|turn)\b(?: me)? ?"
)
REQUEST = re.compile(
    "^(?:"
    + any_of(
        r"""
        please|pls|can|could|you|u|give|gimme|get|got|show|me|us|have|the|a|an|some|any|your|on|about|for|of|from|in|sum
        boil|put|up|exact|passage|line|sentence|bit|where|part|whats|what does it say|what is the|is there
        """
    )
    + " )+"
)
_CHECK = any_of(
    rf"""
    right|correct|true|yeah|yes|no|eh|huh|innit|or nah|or not|or no|am i right|agreed?|true or false|yes or no|t f
    (?:is|isnt) (?:that|this|it|he|she) (?:right|correct|true|so|wrong)
    {AUXILIARY} (?:not )?(?:it|they|he|she|we|you|that|this|there|one|i)(?: not)?
    did i (?:get|understand) (?:that|this|it)(?: right)?
    (?:isnt that|is that|thats|that is|this is) (?:what|how) .{{1,40}}
    """
)
TAG = re.compile(f"(?:^| ){_CHECK}$")
CHECKS = re.compile(
    any_of(
        rf"""
        {_CHECK}|agreed? .*|(?:is|isnt) (?:that|this|it) (?:what|how|also|in) .*
        {AUXILIARY} .{{0,40}}(?:agree|back (?:that|this|it)|say (?:so|that)|share (?:that|this)|see it (?:like|that).*)
        """
    )
)
"""Asks whether what was said before it holds."""

CONFIRMS = re.compile(
    "^"
    + any_of(
        r"""
        true or false|true false|yes or no|t f|fact check|do i (?:get|understand|have)|correct me if|so you re saying
        is it (?:true|correct|right|fair|the case|accurate|false|wrong)|am i (?:right|correct|wrong)
        would it be (?:fair|right|correct|accurate|true)
        """
    )
    + r"\b"
)
INVERTED = re.compile(
    rf"^{AUXILIARY} |^.{{1,40}} {AUXILIARY} (?:a|an|the|you|i|we|he|she|they|it|one|all|any|both|there) "
)
HAS = re.compile(
    r"^(?:(?:is|are) there|(?:can|could|may) (?:i|we)|have you|got"
    r"|(?:do|does) .{1,30}\b(?:have|give|contain|offer|cite|name))\b"
)
"""Inverted, but asks for the thing rather than for yes or no."""

_ONE = r"(?:just |only )?(?:one|a|a single|1|two|a few) (?:short |single |brief |simple )?"
_FORMS = (
    (
        Form.ONE_LINE,
        rf"""
        \b(?:in|with|as|into|to) {_ONE}(?:lines?|sentences?|phrase|words?)\b
        \b(?:just|only) {_ONE}(?:lines?|sentences?)\b
        \bone (?:short )?(?:line|sentence|liner)\b|\boneliner\b|\bsingle sentence\b|\bshort version\b
        \btl ?dr\b|\bin a nutshell\b|\bin (?:short|brief)\b|\bbriefly\b|\b(?:sentence|line) only\b
        \bshortest (?:version|answer)\b|\b\w+ words (?:or (?:so|less|fewer)|max|tops|at most)\b
        \b(?:to|in|as) a (?:single )?line\b|\bin (?:ten|five|twenty|\d+) words\b
        """,
    ),
    (
        Form.SOURCE,
        r"""
        ^(?:where|wheres|from where)\b.*\b(?:from|quote|say|says|said|come|comes|found|written|stated)\b
        """,
    ),
    (
        Form.QUOTE,
        r"""
        \b(?:quotes?|quotations?|quotable|verbatim|word (?:for|4|by) word|letter (?:for|by) letter|literally)\b
        \b(?:no|not|without) paraphras\w+|^how (?:is|was|are) .* (?:phrased|worded|put)\b
        \b\w+s words (?:on|about|for)\b|\bown words\b|\bin the original\b
        \b(?:exact|precise|actual|original|literal|very) (?:words?|wording|sentence|phrase|phrasing|line|text|quote)\b
        \b(?:how|what) (?:exactly|precisely) (?:does|did|do) .* (?:put|word|phrase|say|write)\b
        ^(?:cite|read|recite)(?: me)?(?: out)?(?: the| me)* (?:passage|line|sentence|words?|bit)\b
        """,
    ),
    (
        Form.SOURCE,
        r"""
        \b(?:sources?|citation|reference|cite|url|link)\b(?! (?:dis)?agree| differ| say| think| contradict)
        \bwhat (?:article|text|post)\b|\bwhats? (?:is )?(?:that|it|this) from\b
        \bfootnote\b|\bauthor and title\b|\btitle and author\b
        \bwhere(?:s| is| does) (?:it|that|this) (?:sit|stand|at|appear)\b
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
        Form.OPINION,
        r"""
        \b(?:what|any|there|got|cites?|gives?|have|has|the) (?:\w+ )?(?:evidence|proof|research|study|studies)\b
        \bproven\b|\bfacts? or (?:an? |just )*opinions?\b
        """,
    ),
    (
        Form.EXAMPLE,
        r"\b(?:an|any|for|some|one|concrete|real) (?:concrete |real |real life |good )?(?:examples?|instance)\b",
    ),
)
PATTERNS = tuple((form, re.compile(any_of(pattern))) for form, pattern in _FORMS)
EITHER_PLACE = re.compile(r"\b(?:from|in) (?:the|a|which) (?:post|article|comment|blog|text)\b.*\bor\b")
ABOUT = (Form.QUOTE, Form.ONE_LINE, Form.SOURCE)
"""Forms that are asked for in words of their own, which say nothing about the topic."""

WHY = re.compile(
    any_of(
        r"""
        ^(?:why|how come|what for|whys|for what reason|what (?:makes?|made|accounts for|explains|is behind|causes?))\b
        ^what(?: is| was|s| are) the (?:reason|point|use)\b
        \bthe reasons? (?:why|for|that)\b|\b(?:explain|know|say|and|so|then|but) why\b
        \bwhy (?:is|are|do|does|did|should|would|must)\b
        """
    )
)
WHEN = re.compile(
    any_of(
        r"""
        ^(?:when|whens|since when|in (?:what|which) (?:year|month)|what (?:year|date|day|month))\b
        ^on (?:what|which) (?:day|date)\b
        ^(?:whats the date|how (?:old|long ago|recent))\b|\b(?:what|which) (?:year|date|day)\b|\bdate of\b|\btimestamp\b
        """
    )
)
DATED = re.compile(
    r"\b(?:wr[io]te|written|publish(?:ed)?|post(?:ed)?|comment(?:ed|s)?|said|say|from|dated?|year|repl(?:y|ied)|article|blog"
    r"|old|recent|leave|left|online|appear(?:ed)?|answer(?:ed)?|coin(?:ed)?|chime[ds]?|weigh(?:ed)?|timestamp|answering)\b"
)
WHO = re.compile(
    any_of(
        r"""
        ^(?:who|whos|whose|whom|by whom|says who|what person|name (?:the|of))\b
        \b(?:know|me|say) who\b|\bwho (?:was it|is it)\b
        ^which (?:commenter|reader|author|person|writer|speaker|expert)\b
        """
    )
)
SPEAKS = re.compile(
    rf"\b{_SAYS}\b|^(?:whose|which|by whom|name) |^(?:who|whos) behind\b|^who (?:was|is) (?:it|that|this)$"
    r"|^(?:whos|who (?:is|was)) (?!the\b|a\b|an\b|more\b|less\b)\w+(?: \w+)?$"
)
WH = re.compile(
    r"^(?:(?:by|at|in|on|for|to|from|with|of|about|under) )?"
    r"(?:what|whats|how|hows|which|when|where|wheres|whom)\b"
)
ORDER = re.compile(
    r"^(?:explain|describe|compare|contrast|outline|summari[sz]e|list|tell (?:me|us|about)|about|help|give|gimme|show"
    r"|define|name|discuss|sum|quote|cite)\b"
)
WISHES = re.compile(
    r"^(?:\w+ )?(?:what|whats|how|which|where)\b|^(?:i|im|id|we|let|my) .*\b(?:what|whats|how|which|where)\b"
)
OF_TWO = re.compile(
    r"\bwhich (?:of (?:the|these|those) (?:two|both)|one|of them|of both|role|side|is it)\b|\bwho of the two\b"
)
OFFERS = re.compile(r"\bor\b(?! not)")
COMPARES = re.compile(r"\b(?:vs|versus|compared|comparison)\b")
