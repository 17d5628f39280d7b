"""The methods that are compared. To add one, add a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.nearest import Bm25, FullText, Fuzzy, Meaning
from benchmarks.product import Kind
from benchmarks.ranking import Ranker
from benchmarks.right_things import RightThings


@dataclass(frozen=True)
class Method:
    """A method by its name in the tables.

    build: makes one that knows nothing yet.
    about: what it is, for the README.
    """

    name: str
    build: Callable[[], Ranker]
    about: str


METHODS = [
    Method("Right Things", RightThings, "our matcher as shipped, at its shipped threshold"),
    Method(
        "no shipped threshold",
        lambda: RightThings(has_threshold=False),
        "the same, at a threshold chosen like everybody else's",
    ),
    Method(
        "no encoder",
        lambda: RightThings(encoder=False),
        "without the sentence encoder, as with `ENCODER=off`: words alone",
    ),
    Method("no typo repair", lambda: RightThings(repairs_typos=False), "typos stay as they are"),
    Method(
        "no everyday questions",
        lambda: RightThings(without=frozenset({Kind.EVERYDAY})),
        "without the everyday questions that a library with few outside questions gets; our own has enough",
    ),
    Method(
        "no outside questions",
        lambda: RightThings(without=frozenset({Kind.EVERYDAY, Kind.OUTSIDE})),
        "learns only topics and small talk",
    ),
    Method(
        "no counterfactuals",
        lambda: RightThings(counterfactuals=False),
        "without questions about something else that are made of the library's own, to learn when not to answer",
    ),
    Method(
        "no judge",
        lambda: RightThings(judge=False, has_threshold=False),
        "the classifier's likeliest class and its own probability, without a look at question and topic side by side",
    ),
    Method("encoder alone", Meaning, "the phrasing whose sentence vector is nearest, by cosine"),
    Method("BM25", Bm25, "bm25s with its defaults"),
    Method("FTS5", FullText, "SQLite's full-text search, ranked by its BM25, with its Porter stemmer"),
    Method("WRatio", lambda: Fuzzy("WRatio"), "rapidfuzz: `process.extractOne` with `fuzz.WRatio`"),
    Method("token_set_ratio", lambda: Fuzzy("token_set_ratio"), "rapidfuzz: the same with `fuzz.token_set_ratio`"),
]


def named(name: str) -> Method:
    """The method of that name."""
    return next(method for method in METHODS if method.name == name)
