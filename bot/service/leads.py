"""How an answer opens: with the very thing that was asked for."""

from __future__ import annotations

import re

from bot.assistant import Answer, Evidence, Form, Stance
from bot.knowledge import About
from bot.service import wording
from bot.text import normalise, words

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|half)\b"
)


def opening(answer: Answer, about: About) -> str:
    """The text of an answer: its lead, and what the library says."""
    topic, main = answer.topic, answer.evidence[0]
    short, rest = topic.short, topic.answer[len(topic.short) :].strip()
    whole = topic.answer
    match answer.form:
        case Form.YES_NO | Form.STATEMENT if answer.stance in (Stance.YES, Stance.NO):
            verdict = wording.YES if answer.stance is Stance.YES else wording.NO
            return _joined(verdict.format(short=_inside(short, answer)), rest)
        case Form.YES_NO | Form.STATEMENT if answer.stance is Stance.OPEN and topic.depends:
            return topic.depends
        case Form.YES_NO | Form.STATEMENT:
            return whole
        case Form.ONE_LINE:
            return short
        case Form.QUOTE:
            return _quotation(answer)
        case Form.WHO:
            return _joined(topic.who or _who(main), short)
        case Form.AUTHOR:
            return _who(main)
        case Form.SOURCE:
            return _joined(wording.found_in(main), short)
        case Form.OPINION:
            return _joined(wording.OPINION.format(who=wording.attribution(main)), short)
        case Form.NUMBER:
            return whole if _NUMBER.search(whole) else _joined(wording.NO_NUMBER, short)
        case Form.EXAMPLE:
            return _joined(wording.NO_EXAMPLE, short)
        case Form.WHEN:
            return _joined(_when(main), short)
        case Form.WHY if answer.stance is Stance.NO:
            return _joined(wording.NOT_SO.format(short=_inside(short, answer)), rest)
        case Form.WHY:
            return wording.BECAUSE.format(because=topic.because) if topic.because else _joined(wording.NO_REASON, short)
        case Form.WHICH if answer.side is not None and topic.sides and not _opens_with(short, answer.side, about):
            name, text = about.side_names[answer.side], topic.sides[answer.side]
            return _joined(wording.SIDE.format(side=name, text=text), whole)
    return whole


def _who(main: Evidence) -> str:
    sentence = wording.WHO.format(who=wording.attribution(main))
    return sentence[:1].upper() + sentence[1:] if main.speaker is None else sentence


def _when(main: Evidence) -> str:
    if not main.date:
        return wording.NO_DATE
    said = wording.SAID_ON if main.date.count("-") == 2 else wording.SAID_IN
    return said.format(date=wording.date(main.date))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _inside(sentence: str, answer: Answer) -> str:
    """A sentence as it goes on after a colon: in a small letter, unless it begins with a name."""
    first = re.split(r"[\s,;:.’']", sentence, maxsplit=1)[0]
    people = (name for item in answer.evidence for name in (item.speaker, item.article.author))
    names = {word for name in people if name for word in name.split()}
    is_name = first in names or first == "I" or any(map(str.isupper, first[1:])) or not first[:1].isalpha()
    return sentence if is_name else sentence[:1].lower() + sentence[1:]


def _opens_with(sentence: str, side: int, about: About) -> bool:
    opening = re.findall(r"\w+", sentence.casefold())[:3]
    return any(word in {pair[side] for pair in about.opposites} for word in opening)


def _quotation(answer: Answer) -> str:
    asked = set(words(normalise(answer.question)))
    shared = {item: len(asked & {*words(normalise(item.claim.quote))}) for item in answer.evidence if item.claim.quote}
    quoted: Evidence | None = max(shared, key=shared.__getitem__, default=None)
    if quoted is None or quoted.claim.quote is None:
        return _joined(wording.NO_QUOTATION, answer.topic.short)
    return f"{wording.QUOTATION.format(quote=quoted.claim.quote)} {wording.BY.format(by=wording.attribution(quoted))}"
