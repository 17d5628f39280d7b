"""What a question asks for, in any wording: yes or no, a name, a reason, one line, a quotation ...

The form decides how a reply opens; which topic it is about is the matcher's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.assistant.asking import (
    ABOUT,
    AUXILIARY,
    CHECKS,
    COMPARES,
    CONFIRMS,
    DATED,
    EITHER_PLACE,
    HAS,
    INVERTED,
    LEAD,
    OF_TWO,
    OFFERS,
    ORDER,
    PATTERNS,
    PLEASE,
    REQUEST,
    SPEAKS,
    TAG,
    WH,
    WHEN,
    WHO,
    WHY,
    WISHES,
    Form,
)
from bot.text import normalise, words


@dataclass(frozen=True)
class Asked:
    """What a question asks for, and what it asks about if that can be told apart: "quote" and "chaos"."""

    form: Form
    about: str = ""


_FEWEST, _MOST = 4, 40
"""Words of a statement that can be confirmed or denied."""

_CLAUSES = re.compile(r"[.?!:;]+\s+|\s[-–—]+\s|\n+")


def form(question: str, opposites: Iterable[str] = ()) -> Asked:
    """What a question asks for.

    Args:
        question: any text.
        opposites: words of the library's subject that have an opposite; two of them joined by "or" ask which.
    """
    text = normalise(question)
    core = _core(_spoken(text))
    clauses = [clause for clause in map(_core, map(_spoken, _CLAUSES.split(text))) if clause]
    if len(clauses) > 1 and CHECKS.fullmatch(clauses[-1]) and not _asks(clauses[0]):
        return Asked(Form.YES_NO)
    if TAG.search(core) and not any(map(_asks, (core, *clauses))):
        return Asked(Form.WHICH if _asks_which(core, core, opposites) else Form.YES_NO)
    if _is_inverted(core):
        return Asked(Form.SOURCE if EITHER_PLACE.search(core) else _by_syntax(question, core, core, opposites))
    for asked, pattern in PATTERNS:
        if found := pattern.search(core):
            left = f"{core[: found.start()]} {core[found.end() :]}".split()
            about = REQUEST.sub("", " ".join(left)) if asked in ABOUT else ""
            return Asked(asked, about if len(about.split()) > 1 else "")
    if any(map(_is_inverted, _after_commas(text))):
        return Asked(Form.WHICH if _asks_which(core, core, opposites) else Form.YES_NO)
    told = [*clauses, *_after_commas(text)[-1:]]
    asking = next((clause for clause in reversed(told) if _asks(clause) or _is_inverted(clause)), core)
    return Asked(_by_syntax(question, core, asking, opposites))


def _by_syntax(question: str, core: str, asking: str, opposites: Iterable[str]) -> Form:
    """The form of a question by the clause that asks."""
    if not WHY.match(asking) and not WHY.match(core) and _asks_which(core, asking, opposites):
        return Form.WHICH
    if _is_inverted(asking):
        return Form.YES_NO
    if WHY.search(asking):
        return Form.WHY
    if WHEN.search(asking):
        return Form.WHEN if DATED.search(asking) else Form.OPEN
    if WHO.search(asking):
        return Form.WHO if SPEAKS.search(asking) else Form.OPEN if asking.startswith("whom") else Form.WHICH
    if WH.match(asking) or ORDER.match(asking):
        return Form.OPEN
    if CONFIRMS.match(core) or TAG.search(core) or INVERTED.search(core):
        return Form.YES_NO
    spoken = words(normalise(question))
    is_short = len(spoken) < (_FEWEST - 1 if question.rstrip().endswith(".") else _FEWEST)
    if is_short or len(spoken) > _MOST or any(p.search(core) for p in (WISHES, COMPARES, OFFERS)):
        return Form.OPEN
    return Form.YES_NO if question.rstrip().endswith("?") or spoken[0] == "so" else Form.STATEMENT


def _spoken(text: str) -> str:
    return " ".join(words(text))


def _core(text: str) -> str:
    """A question without what leads up to it."""
    for lead in (LEAD, PLEASE):
        if (found := lead.match(text)) and found.end() < len(text):
            text = text[found.end() :]
    return text


def _after_commas(text: str) -> list[str]:
    """What follows each comma of the last sentence: "if it rains, do bakers rise early"."""
    return [_core(_spoken(part)) for part in _CLAUSES.split(text)[-1].split(",")[1:]]


def _is_inverted(clause: str) -> bool:
    """Whether a clause asks for yes or no by the order of its words, or says so."""
    starts = CONFIRMS.match(clause) or re.match(rf"{AUXILIARY} ", clause)
    return starts is not None and not HAS.match(clause)


def _asks(clause: str) -> bool:
    """Whether a clause asks for something else than yes or no."""
    return any(pattern.match(clause) for pattern in (WH, WHY, WHEN, WHO, ORDER))


def _asks_which(core: str, asking: str, opposites: Iterable[str]) -> bool:
    either = "|".join(map(re.escape, opposites)) or "(?!)"
    free = r"^(?!.*\b(?:whether|if|matters?|either|neither|both) )"
    joined = rf"{free}.*\b(?:{either})s? (?:\w+ ){{0,4}}?or (?:\w+ ){{0,4}}?(?:{either})\b"
    return bool(re.search(joined, core) or (OF_TWO.search(core) and not _is_inverted(asking)))
