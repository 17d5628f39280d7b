"""Regular English inflections and common derivations, read backwards: "happiest" comes from "happy"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEFORE_VOWEL = "(?:ed|ers?|est|ings?|able|ably)"
_BEFORE_CONSONANT = "(?:ly|ness|less|ful|fully)"
_DOUBLING = "(?:[^aeiou]+|[^aeiou]*qu)[aeiouy][^aeiouwxy]"
"""A word of one syllable that doubles its last letter before a vowel: stop, quit."""

_RULES = [
    (re.compile(form), base)
    for form, base in [
        (r"(\w{2,}(?:[^hsxyz]|[^cs]h|[aeo]y))s", r"\1"),  # cats
        (r"(\w{2,}(?:[osxz]|[cs]h))es", r"\1"),  # boxes
        (rf"(\w{{2,}})i(?:es|ed|ers?|est|{_BEFORE_CONSONANT})", r"\1y"),  # happiest
        (r"(\w{2,})ves", r"\1f"),  # wolves
        (r"(\w{2,})ves", r"\1fe"),  # knives
        (rf"(\w{{3,}}){_BEFORE_VOWEL}", r"\1e"),  # baking
        (rf"(?!{_DOUBLING}{_BEFORE_VOWEL}$)(\w{{2,}}(?:[^ey]|[aeo]y)){_BEFORE_VOWEL}", r"\1"),  # cooked
        (r"(\w+[^aeo]y)ings?", r"\1"),  # carrying
        (rf"({_DOUBLING})(?<=(.))\2{_BEFORE_VOWEL}", r"\1"),  # stopped
        (rf"(\w{{3,}}l)l{_BEFORE_VOWEL}", r"\1"),  # travelled
        (rf"(\w{{3,}}?(?:[^y]|[aeo]y)){_BEFORE_CONSONANT}", r"\1"),  # kindness
        (r"(\w{3,}l)y", r"\1e"),  # gently
        (r"(?:non|out|over|re|under|un)(\w{5,})", r"\1"),  # unkindly
    ]
]


def bases(word: str) -> Iterator[str]:
    """The words that ``word`` is derived from if they exist, by regular spelling.

    The rules are strict, so that few typos pass: "stopped" comes from "stop", but "stoped" only from "stope".

    Args:
        word: in lower case without apostrophes, as ``words`` gives it ("cats" may be "cat's").
    """
    for form, base in _RULES:
        if match := form.fullmatch(word):
            yield match.expand(base)
