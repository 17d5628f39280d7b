"""What the articles say to a question that can be answered with yes or no.

How a question is worded says something whatever it is about: claims with "only" or "nobody" are rarely true, and
"should I" asks what articles rarely decide. That is learnt from the statements of all topics (ridge regression, Hoerl
and Kennard 1970). The rest is up to the topic: its statements that are true, false or left open vote, each the more
the more it is like the question (kernel ridge regression, Saunders, Gammerman and Vovk 1998). Alike are texts that
mean the same, use the same words, say them in the same order around the library's two sides, and speak of the same
side: "bakers teach cooks" is unlike "cooks teach bakers", though all the words are the same.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.assertions import Asserting, Assertion
from bot.matching.corpus import Category, Corpus, Stance
from bot.matching.features import Vector, Vectors, hashed
from bot.matching.speakers import name_of
from bot.text import words

_SURE = 0.2
"""By how much the best of the three must lead."""

_RIDGE, _MANNER_RIDGE = 0.5, 10.0
_MEANING, _NARROWNESS = 2.0, 4.0
"""What the same meaning counts, and how fast that fades as meanings differ."""

_MANNERS, _TERMS = 2048, 4096
"""To so many features the words of a text are hashed, and what it asserts."""

_STANCES = tuple(Stance)


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What is learnt of a library's statements.

    manner: by how much a word or word pair raises each stance, in any topic; last, what any text starts from (features
        + 1 x ``Stance``).
    usual: the share of each stance among a topic's statements (topics x ``Stance``).
    terms: by how much a term of an assertion raises each stance in a topic (topics x features x ``Stance``).
    worth: by how much a statement raises each stance for texts that mean the same (statements x ``Stance``).
    sides: which side each statement is about (statements,).
    """

    manner: Vectors
    usual: Vectors
    terms: NDArray[np.float32]
    worth: Vectors
    sides: NDArray[np.float32]


def shapes(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """The shape of each of the arrays of a library's ``Verdicts``."""
    topics, statements, stances = len([*_disputed(corpus)]), len(corpus.statements), len(_STANCES)
    return {
        "manner": (_MANNERS + 1, stances),
        "usual": (topics, stances),
        "terms": (topics, _TERMS, stances),
        "worth": (statements, stances),
        "sides": (statements,),
    }


def learn_verdicts(corpus: Corpus, sentences: NDArray[np.float16] | None) -> Verdicts:
    """Learn what the articles say to yes/no questions. The same input always gives the same result.

    Args:
        corpus: the library.
        sentences: what each of its statements means (statements x dimensions); None: words alone.
    """
    asserting = _asserting(corpus)
    assertions = [asserting(text) for text in corpus.statements]
    stances = [stance for category in corpus.categories for _, stance in category.statements]
    votes = np.array([_vote(*told) for told in zip(stances, assertions, strict=True)]).reshape(-1, len(_STANCES))
    sides = np.array([_side(assertion) for assertion in assertions], np.float32)
    disputed = [rows for _, rows in _disputed(corpus)]
    unusual = np.zeros_like(votes)
    for rows in disputed:
        unusual[rows] = votes[rows] - votes[rows].mean(axis=0)
    texts = [text for rows in disputed for text in corpus.statements[rows]]
    manner = _manner(texts, [vote for rows in disputed for vote in unusual[rows]])
    usual, terms, worth = (np.zeros(shapes(corpus)[name], np.float32) for name in ("usual", "terms", "worth"))
    for number, rows in enumerate(disputed):
        told = np.stack([_terms(assertion) for assertion in assertions[rows]])
        alike = told @ told.T
        if sentences is not None:
            meant, side = sentences[rows].astype(np.float32), sides[rows]
            alike += np.stack([_by_meaning(*one, meant, side) for one in zip(meant, side, strict=True)])
        left = unusual[rows] - np.stack([_by_manner(text, manner) for text in corpus.statements[rows]])
        worth[rows] = np.linalg.solve(alike + _RIDGE * np.eye(len(alike)), left)
        usual[number], terms[number] = votes[rows].mean(axis=0), told.T @ worth[rows]
    return Verdicts(manner, usual, terms, worth, sides)


class Stances:
    """Knows what the articles say to yes/no questions. Immutable; may be used from any thread.

    Args:
        corpus: the library.
        verdicts: what ``learn_verdicts`` learnt of it.
        sentences: what each of its statements means (statements x dimensions); None: words alone.
    """

    def __init__(self, corpus: Corpus, verdicts: Verdicts, sentences: NDArray[np.float16] | None) -> None:
        self._asserting, self._verdicts, self._sentences = _asserting(corpus), verdicts, sentences
        self._speakers = {c.id: {name_of(name) for name in c.speakers} for c in corpus.categories}
        self._places = {category.id: (number, rows) for number, (category, rows) in enumerate(_disputed(corpus))}

    def __contains__(self, topic: str) -> bool:
        """Whether the articles may say yes or no to a question about a topic."""
        return topic in self._places

    def stance(self, text: str, topic: str, meaning: Vector | None, sure: float = 0.0) -> Stance | None:
        """What the articles say to a question about a topic; None if that is not sure.

        Args:
            text: of the question, normalised.
            topic: its id.
            meaning: of the text (dimensions,); None: words alone.
            sure: by how much the best stance must lead at least.
        """
        if topic not in self._places:
            return None
        asserted = self._asserting(text)
        # "They don't, do they?" is answered as "Do they?" is.
        is_turned = asserted.is_denied and not asserted.is_doubted
        if asserted.speaker is not None and asserted.speaker not in self._speakers[topic]:
            return Stance.YES if is_turned else Stance.NO
        number, rows = self._places[topic]
        learnt = self._verdicts
        score = learnt.usual[number] + _by_manner(text, learnt.manner) + _terms(asserted) @ learnt.terms[number]
        if meaning is not None and self._sentences is not None:
            meanings = self._sentences[rows].astype(np.float32)
            score = score + _by_meaning(meaning, _side(asserted), meanings, learnt.sides[rows]) @ learnt.worth[rows]
        best, second = np.argsort(-score)[:2]
        if score[best] - score[second] < max(_SURE, sure):
            return None
        return _turned(_STANCES[best]) if is_turned else _STANCES[best]


def _asserting(corpus: Corpus) -> Asserting:
    return Asserting(corpus.opposites, sorted({name for category in corpus.categories for name in category.speakers}))


def _disputed(corpus: Corpus) -> Iterator[tuple[Category, slice]]:
    """The topics with statements of several stances, and where those are."""
    end = 0
    for category in corpus.categories:
        start, end = end, end + len(category.statements)
        if len({stance for _, stance in category.statements}) > 1:
            yield category, slice(start, end)


def _vote(stance: Stance, assertion: Assertion) -> list[float]:
    """What the articles say to that which is asserted, or denied, if they say ``stance`` to the statement."""
    return [float(one is (_turned(stance) if assertion.is_denied else stance)) for one in _STANCES]


def _side(assertion: Assertion) -> float:
    return float(hashed(assertion.side, _TERMS)[0])


def _manner(texts: Sequence[str], unusual: Sequence[NDArray[np.float64]]) -> Vectors:
    """What the wording of texts says, given by how much each one's votes differ from what is usual in its topic."""
    if not texts:
        return np.zeros((_MANNERS + 1, len(_STANCES)), np.float32)
    products, targets = np.zeros((_MANNERS, _MANNERS)), np.zeros((_MANNERS, len(_STANCES)))
    total = np.zeros(_MANNERS)
    for text, votes in zip(texts, unusual, strict=True):
        places, values = _worded(text)
        products[np.ix_(places, places)] += np.outer(values, values)
        targets[places] += np.outer(values, votes)
        total[places] += values
    mean = total / len(texts)
    centred = products - len(texts) * np.outer(mean, mean)
    fitted = np.linalg.solve(centred + _MANNER_RIDGE * np.eye(_MANNERS), targets)
    return np.vstack([fitted, -mean @ fitted]).astype(np.float32)


def _by_manner(text: str, manner: Vectors) -> Vector:
    places, values = _worded(text)
    said: Vector = values @ manner[places] + manner[-1]
    return said


def _worded(text: str) -> tuple[NDArray[np.intp], Vector]:
    """The features of a text's words and word pairs."""
    spoken = ["^", *words(text), "$"]
    return _hashed({*spoken, *map(" ".join, pairwise(spoken))}, _MANNERS)


def _terms(assertion: Assertion) -> Vector:
    """The features of what is asserted; the product of two such vectors says how alike the assertions are."""
    vector = np.zeros(_TERMS, np.float32)
    for kind, terms in assertion.terms.items():
        places, values = _hashed([f"{kind} {term}" for term in terms], _TERMS)
        vector[places] += values
    return vector


def _hashed(terms: Collection[str], features: int) -> tuple[NDArray[np.intp], Vector]:
    """Places and values of terms in a vector of length 1 (signed hashing, Weinberger et al. 2009)."""
    sums: dict[int, float] = {}
    # Sorted: sums of fractions depend on their order, and that of a set on the process.
    for place, sign in (hashed(term, features) for term in sorted(terms)):
        sums[place] = sums.get(place, 0.0) + sign / math.sqrt(len(terms))
    return np.array([*sums], np.intp), np.array([*sums.values()], np.float32)


def _by_meaning(meaning: Vector, side: float, meanings: Vectors, sides: NDArray[np.float32]) -> Vector:
    """How alike a text is to others in what it means, the more so if they are about the same side (others,)."""
    alike: Vector = np.exp(_NARROWNESS * (meanings @ meaning - 1)) * (_MEANING + (sides == side))
    return alike


_CONTRARY: Mapping[Stance, Stance] = {Stance.YES: Stance.NO, Stance.NO: Stance.YES}


def _turned(stance: Stance) -> Stance:
    return _CONTRARY.get(stance, stance)
