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

_DATE = re.compile(r"\b\d{4}\b")


def opening(answer: Answer, about: About) -> str:
    """The text of an answer: its lead, and what the library says."""
    topic, main = answer.topic, answer.evidence[0]
    meant = _named(answer) or main
    short = topic.sentences[answer.lead]
    rest = _joined(*(sentence for number, sentence in enumerate(topic.sentences) if number != answer.lead))
    whole = _joined(short, rest) if answer.lead else topic.answer
    match answer.form:
        case Form.YES_NO | Form.STATEMENT if answer.stance in (Stance.YES, Stance.NO):
            verdict = wording.YES if answer.stance is Stance.YES else wording.NO
            return _joined(verdict.format(short=_inside(short, answer)), rest)
        case Form.YES_NO | Form.STATEMENT if answer.stance is Stance.OPEN and topic.depends:
            return topic.depends
        case Form.ONE_LINE:
            return topic.short
        case Form.QUOTE:
            return _quotation(answer)
        case Form.WHO:
            return _joined(topic.who or _who(main), short)
        case Form.AUTHOR:
            return _who(main)
        case Form.SOURCE:
            return _joined(wording.found_in(meant), short)
        case Form.OPINION:
            return _joined(wording.OPINION.format(who=wording.attribution(main)), short)
        case Form.MORE:
            return _joined(wording.ALL.format(short=_inside(short, answer)), rest)
        case Form.NUMBER:
            return whole if _NUMBER.search(whole) else _joined(wording.NO_NUMBER, short)
        case Form.EXAMPLE:
            return _joined(wording.NO_EXAMPLE, short)
        case Form.WHEN:
            return _dated(_when(meant), short, is_all=_named(answer) is not None)
        case Form.WHY if answer.stance is Stance.NO:
            return _joined(wording.NOT_SO.format(short=_inside(short, answer)), rest)
        case Form.WHY:
            return wording.BECAUSE.format(because=topic.because) if topic.because else _joined(wording.NO_REASON, short)
        case Form.WHICH if answer.side is not None and topic.sides and not _opens_with(short, answer.side, about):
            return _joined(wording.SIDE.format(side=_side_named(answer.question, answer.side, about)), whole)
    return whole


def quoted(answer: Answer) -> Evidence | None:
    """The evidence to quote for somebody who asks for a quotation: by whom they name, or nearest in words."""
    asked = set(words(normalise(answer.question)))
    items = [item for item in answer.evidence if item.claim.quote]
    shared = {item: len(asked & {*words(normalise(item.claim.quote or ""))}) for item in items}
    return max(shared, key=lambda item: (_is_named(item, asked), shared[item]), default=None)


def _named(answer: Answer) -> Evidence | None:
    """The evidence by the speaker whom the question names."""
    asked = set(words(normalise(answer.question)))
    return next((item for item in answer.evidence if _is_named(item, asked)), None)


def _is_named(item: Evidence, asked: set[str]) -> bool:
    return item.speaker is not None and not asked.isdisjoint(words(normalise(item.speaker)))


def _who(main: Evidence) -> str:
    if main.speaker is None and main.article.author is None:
        return wording.NO_AUTHOR
    return wording.WHO.format(who=wording.attribution(main))


def _dated(when: str, short: str, *, is_all: bool) -> str:
    """A date, which may be all that was asked for, before a sentence, unless that has one itself."""
    return when if is_all else short if _DATE.search(short) else _joined(when, short)


def _when(main: Evidence) -> str:
    if not main.date:
        return wording.NO_DATE
    said = wording.SAID_ON if main.date.count("-") == 2 else wording.SAID_IN
    return said.format(date=wording.date(main.date))


def _side_named(question: str, side: int, about: About) -> str:
    """The side as the question names it ("bakers or cooks?"), or else by its name."""
    own = {pair[side] for pair in about.opposites}
    return next((word.capitalize() for word in words(normalise(question)) if word in own), about.side_names[side])


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
    item = quoted(answer)
    if item is None or item.claim.quote is None:
        return _joined(wording.NO_QUOTATION, answer.topic.short)
    return f"{wording.quotation(item.claim.quote)} {wording.BY.format(by=wording.attribution(item))}"
