"""What people ask of any bot, whatever its library is about: questions that teach it when not to answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from bot.text import normalise, words

_QUESTIONS = Path(__file__).parent / "everyday.txt"
_GENERAL = 4
"""A word that is used on this many subjects says nothing about any of them."""

_OWN = 0.5
"""A subject whose words are in more than this share of a library's texts is the library's own."""


def everyday_questions(library: Iterable[str], most: int) -> dict[str, tuple[str, ...]]:
    """Everyday questions by their subject, without those that a library may be about.

    Args:
        library: the texts by which the library's topics are recognised.
        most: how many questions are wanted; they are spread evenly over all subjects.
    """
    if most <= 0:
        return {}
    texts = [_words(text) for text in library]
    known, informative = frozenset().union(*texts), _informative()
    foreign: dict[str, list[str]] = {}
    for subject, questions in _questions().items():
        telling = frozenset().union(*(informative[question] for question in questions))
        if sum(not telling.isdisjoint(text) for text in texts) <= _OWN * len(texts):
            foreign[subject] = [q for q in questions if 2 * len(informative[q] & known) < max(1, len(informative[q]))]
    share = min(1.0, most / max(1, sum(map(len, foreign.values()))))
    kept = {subject: tuple(questions[: round(share * len(questions))]) for subject, questions in foreign.items()}
    return {subject: questions for subject, questions in kept.items() if questions}


@cache
def _questions() -> Mapping[str, tuple[str, ...]]:
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    subject = ""
    for line in _QUESTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            subject = line.removeprefix("# ")
        else:
            subjects[subject].append(line)
    return {name: tuple(questions) for name, questions in subjects.items()}


@cache
def _informative() -> Mapping[str, frozenset[str]]:
    """The words of each question that say what it is about."""
    spoken = {subject: [*map(_words, questions)] for subject, questions in _questions().items()}
    uses = Counter(chain.from_iterable(frozenset().union(*lines) for lines in spoken.values()))
    return {
        question: frozenset(word for word in _words(question) if uses[word] < _GENERAL)
        for question in chain.from_iterable(_questions().values())
    }


def _words(text: str) -> frozenset[str]:
    return frozenset(words(normalise(text)))
