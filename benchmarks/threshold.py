"""The one rule by which methods without a threshold of their own get one, from the training part alone.

Every third phrasing of each class is held out, and every fifth topic is not learnt at all, so that some of what is
held out has no right answer. The threshold is the one that costs least on what was held out, if a refused question
that has an answer costs 1 and a wrong answer costs 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from benchmarks.figures import Asked
from benchmarks.product import Category, Kind, Question
from benchmarks.ranking import Ranker

WRONG_COSTS = 3
_HELD_OUT, _UNKNOWN = 3, 5


def chosen_threshold(build: Callable[[], Ranker], categories: Sequence[Category]) -> float:
    """The threshold for a method on a library."""
    learnt, questions = hold_out(categories)
    ranker = build()
    ranker.learn(learnt)
    return cheapest([Asked(question, ranker.predict(question.text)) for question in questions])


def hold_out(categories: Sequence[Category]) -> tuple[list[Category], list[Question]]:
    """The classes to learn, and the questions that were held out from them."""
    topics = [category.id for category in categories if category.kind is Kind.TOPIC]
    unknown = set(topics[_UNKNOWN - 1 :: _UNKNOWN])
    learnt = [
        replace(category, texts=kept)
        for category in categories
        if not (category.kind is Kind.TOPIC and category.id in unknown)
        and (kept := tuple(text for n, text in enumerate(category.texts) if (n + 1) % _HELD_OUT))
    ]
    answering = [category for category in learnt if category.kind is Kind.TOPIC]
    questions = []
    for category in categories:
        is_topic = category.kind is Kind.TOPIC
        right = frozenset(answer.id for answer in answering if is_topic and category.id in answer.serves)
        questions += [Question(text, "held out", right) for text in category.texts[_HELD_OUT - 1 :: _HELD_OUT]]
    return learnt, questions


def cheapest(asked: Sequence[Asked]) -> float:
    """The threshold that costs least; of equals, the highest."""

    def confidence(one: Asked) -> float:
        return one.prediction.confidence

    # From refusing everything downwards; the cost is relative to that.
    cost, least, best = 0, 0, math.inf
    surest_first = sorted((one for one in asked if one.answered(0)), key=confidence, reverse=True)
    for threshold, equals in groupby(surest_first, confidence):
        cost += sum(-1 if one.is_right else WRONG_COSTS - bool(one.question.right) for one in equals)
        if cost < least:
            least, best = cost, threshold
    return best
