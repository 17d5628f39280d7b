"""Courtesies around a question: "hey bot, could you tell me ...? Thanks in advance!"

Only English ones are known; others stay, and cost a little. Nothing is dropped unless a question is left: a greeting or
a word of thanks by itself is small talk.
"""

from __future__ import annotations

import re

from bot.text.patterns import any_of

# A clause made only of these words is a courtesy if one of the first kind is among them.
_TELLING = frozenset(
    """
    advance afternoon anybody anyone apologies appreciate appreciated bother cheers curious evening everybody
    everyone everyones folks greetings guys hello hey heya heyy hi hiya hola hope howdy kindly listen morning newbie
    noob pardon please pls plz somebody someone sup ta thank thanks thankyou thx tia tnx ty tysm tyvm wonder
    wondering
    """.split()
)
_POLITE = _TELLING | frozenset(
    """
    a about again ahead all also always am an and any are as ask asked asking at back be been before bot btw but by
    can channel clue could day days dear did do does doing dont dude dumb english enough explain fam few fine first
    for friend friends from genuine getting going good got great guess had happy has have having help here honest
    how hows i id idea ideas if im in is it its ive just know let like little look lot lots lovely ma maam man many
    mate mates may maybe me might mind minute much my need new nice no not now nvm of off oh ok okay on one or our
    out place possible post q question questions quick quickly random real really regarding right room sec serious
    server short silly simple sir small so some something sorry still stupid super sure team tell than that thats
    the there this thoughts time to today too totally tried trying u up ur very wanna want wanted was week weekend
    welcome well were what will with would wrong yall yes yet you your youre yours
    """.split()
)
_PUNCTUATION = r"[\s,.:;!?()…-]"
_OPENING = re.compile(
    r"(?:so,? )?"
    + any_of(
        r"""
        (?:hey+|hi+|hello|hiya|heya|yo|howdy|greetings|good (?:morning|afternoon|evening|day))GREETED*
        (?:i )?hope (?:you|u|all|every)[\w' ]{0,20} (?:well|good|fine|ok|okay|great)(?: (?:day|week|one|time|weekend))?
        (?:(?:i(?:'ve| have)?(?: got)?|got|just)? ?(?:a|another|one) )?QUALITY (?:question|q)(?: here| for (?:you|u))?
        (?:sorry|apologies|forgive me) to (?:bother|disturb|ask)(?: you)?
        (?:sorry|apologies|forgive me) (?:for|if) [\w' ]{1,40}? (?:question|asked|answered)(?: (?:already|before))?
        REQUEST (?:tell|show|remind) (?:me|us)
        REQUEST explain(?: to (?:me|us))?
        REQUEST help (?:me|us) (?:understand|figure out|find out)
        (?:can|could|may|might) i (?:please |just |quickly )?ask(?: you)?
        i(?:'d| would| just|'d just)? (?:want|wanted|need|like|love) to (?:ask|know|find out)(?: you)?
        (?:i (?:was |am )|i'm |was |just )+wondering(?: (?:if|whether)(?= ASKED))?
        (?:i am |i'm |just )+curious
        i'?m new (?:here|to this(?: server)?)(?:,? (?:and|so))?
        (?:(?:do|does) ASKED|any(?:one|body))(?: here)?(?: happen to)? know
        any (?:idea|clue)(?=,? (?:who|what|when|where|why|which|how|if))
        tell me(?= (?:who|what|whats|when|where|why|which|how|if|whether)\b)
        (?:many )?thanks(?= (?:but|and|now))
        ok(?:ay)?(?=,| so| and| but)
        please|pls|plz|u+mm*|u+hm*|e+rm*|hm+|btw|by the way|excuse me
        """
    )
    .replace(
        "GREETED",
        r"(?:,? (?:dear|there|again|bot|all|every(?:one|body)|guys|folks|team|mates?|friends?|people|chat|y'?all))",
    )
    .replace("QUALITY", r"(?:quick|short|serious|honest|genuine|random|simple|dumb|stupid|silly|noob|newbie)")
    .replace("REQUEST", "(?:(?:can|could|would|will) ASKED|ASKED (?:can|could|would|might))(?: KINDLY)*")
    .replace("ASKED", r"(?:you|u|someone|somebody|anyone|anybody)")
    .replace("KINDLY", r"(?:please|pls|kindly|possibly|maybe|perhaps|just|quickly|here)")
    + rf"(?={_PUNCTUATION}){_PUNCTUATION}*(?:but )?"
)
_CLOSING = re.compile(
    rf"(?<!{_PUNCTUATION}){_PUNCTUATION}+(?:and )?"
    + any_of(
        r"""
        (?:many |big )?(?:thanks|thank (?:you|u)|thx|tnx|ty|tysm|tyvm|tia|cheers|ta)THANKED*
        (?:please|pls|plz) help(?: me| us)?(?: out)?
        (?:pretty )?(?:please|pls|plz|plis)(?: bot)?
        asap|if (?:possible|you don'?t mind|that'?s (?:ok|okay|possible))
        (?:any|your|all) (?:help|thoughts|ideas)(?: (?:is|are|would be))?(?: \w+)?(?: appreciated| welcome)?
        (?:much |really )?appreciated?(?: it)?
        just (?:curious|wondering)|asking for a friend
        have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)
        l+o+l+|lmf?ao+|rofl|(?:ha|he){2,}h?|xd|bro|bruh|dude|fam
        [:;=]'?-?[()dp]+|<3|\^\^
        """
    ).replace(
        "THANKED", r"(?: (?:so much|very much|a lot|a bunch|in advance|again|all|everyone|guys|folks|mate|bot|bro|man))"
    )
    + rf"{_PUNCTUATION}*$"
)
# After these a courtesy may be what the question is about: "should a boss say thanks", "whom must a cook please".
_NEEDS_OBJECT = re.compile(
    r"\b(?:a|an|the|of|for|to|no|not|never|with|my|your|his|her|their|our|and|or|in|as|say|says|said|saying|get|give|mean|"
    r"word|about|without|should|must|always)$|\bwhom?\b.*\b(?:should|must|to|need)\b.*$"
)
_CLAUSE_END = re.compile(r"[,.;:!?…]+(?=\s(?!but\b)|$)|\n|\s[-–—]+(?=\s)|\s(?=\()|(?<=\sbut)\s")
_INTRODUCES = (":", "but ")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_CLOSING = 100


def without_courtesies(text: str) -> str:
    """A text in lower case without what is only there to be polite, if anything else is left."""
    text = _without_polite_clauses(text)
    while (opening := _OPENING.match(text)) and _says_something(text[opening.end() :]):
        text = text[opening.end() :]
    while (closing := _CLOSING.search(text, max(0, len(text) - _LONGEST_CLOSING))) and _says_something(
        rest := text[: closing.start()]
    ):
        if closing[0][0].isspace() and _NEEDS_OBJECT.search(rest):
            break
        text = rest
    return text


def _without_polite_clauses(text: str) -> str:
    if not (ends := [match.end() for match in _CLAUSE_END.finditer(text)]):
        return text
    clauses = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    first, last = 0, len(clauses)
    while first < last and (_is_polite(clauses[first]) or _introduces(clauses[first])):
        first += 1
    while first < last and _is_polite(clauses[last - 1]):
        last -= 1
    if last - first == len(clauses):
        return text
    left = "".join(clauses[first:last]).rstrip(" ,;:(-–—\n")
    return left if _says_something(left) else text


def _is_polite(clause: str) -> bool:
    spoken = _words(clause)
    is_apology = "sorry" in spoken and len(spoken) > 2
    return _POLITE.issuperset(spoken) and (is_apology or not _TELLING.isdisjoint(spoken) or not spoken)


def _introduces(clause: str) -> bool:
    """Whether a polite clause is followed by what matters: "one more question:"."""
    return clause.endswith(_INTRODUCES) and _POLITE.issuperset(_words(clause))


def _says_something(text: str) -> bool:
    spoken = _words(text)
    return len(spoken) > 1 and not _POLITE.issuperset(spoken)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("'", ""))
