"""A tiny library for the benchmarks' own tests."""

from __future__ import annotations

from benchmarks.product import Category, Kind, Question
from benchmarks.sets import QuestionSet


def topic(name: str, *texts: str) -> Category:
    return Category(Kind.TOPIC, name, texts, frozenset({name}))


TINY = QuestionSet(
    "tiny",
    (
        topic("tea", "how do i brew tea", "how hot must water for tea be", "brewing a pot of black tea"),
        topic("bread", "how long does bread dough rise", "baking bread takes time", "is my bread dough ready"),
        Category(Kind.OUTSIDE, "cars", ("which car is fastest", "how do i change a car tyre", "parking my car")),
    ),
    (
        Question("brewing black tea", "easy", frozenset({"tea"})),
        Question("does bread dough need time", "easy", frozenset({"bread"})),
        Question("change the tyre of my car", "cars"),
    ),
)
"""Two topics and an outside group; each question shares words with one of them only."""
