"""Whether a message may come from somebody in distress. To miss that is far worse than to care without need."""

from __future__ import annotations

import re

from bot.assistant.thresholds import ANSWER_FROM
from bot.matching import Kind, Ranking

GROUP = "crisis"
"""The outside group for people in distress."""

_FROM, _IF_ANSWERED_FROM, _IF_SAID_FROM = 0.3, 0.8, 0.03
"""From which probability of that group up there is care: usually, if the message has an answer, and if it says so."""

_SAYS_SO = re.compile(
    r"""\b(?:
        (?<!career\ )(?<!social\ )suicid(?:e|al)
        |(?:kill|hurt|harm|cut)(?:s|ed|ing|ting)?\ (?:myself|himself|herself|themselves|themself)
        |end(?:ing)?\ (?:my|his|her|their)\ (?:own\ )?life
        |(?:want|wants|wanted|wanna)\ (?:to\ )?die
        |(?:dont|don't|doesn't|doesnt|not)\ want\ to\ (?:live|be\ alive|exist|wake\ up)
        |rap(?:ed|es|ing)|grop(?:ed|es|ing)|molest\w*|sexual(?:ly)?\ (?:harass|assault|abus)\w*
        |(?<!\d\ )(?<!\d)kms|panic\ attacks?|panicking|(?:can't|cant|cannot)\ breathe
        |(?:hits?|beats?|punche[sd]|choke[sd]|kicks|kicked|strangle[sd])\ me\b(?!\ (?:at|in|to|by|up\ on))
        |(?:took|taken|taking|swallowed)\ (?:\w+\ ){0,3}(?:pills|tablets|paracetamol|ibuprofen)|overdos(?:e|ed|ing)
        |kill\ (?:my|him|her|them|you|everyone)\b.*\bserious
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


def may_be_distress(text: str, likely: float) -> bool:
    """Whether a text needs a closer look, given how likely (0 to 1) the group is; if not, it is no distress."""
    return likely >= _FROM or _SAYS_SO.search(text) is not None


def is_distress(text: str, ranking: Ranking, *, is_smalltalk: bool) -> bool:
    """Whether a message, or a part of one, may come from somebody in distress.

    Args:
        text: of it.
        ranking: of it.
        is_smalltalk: whether it is small talk.
    """
    likely = ranking.classes[Kind.OUTSIDE].get(GROUP, 0.0) if ranking.known else 0.0
    if _SAYS_SO.search(text):
        return likely >= _IF_SAID_FROM or not ranking.known
    has_answer = is_smalltalk or ranking.topics[0].confidence >= ANSWER_FROM
    return likely >= (_IF_ANSWERED_FROM if has_answer else _FROM)
