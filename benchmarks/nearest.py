"""What others would use: the topic of the phrasing that is nearest to the question.

All see the same normalised texts as our matcher: without case, markup and courtesies.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.product import Category, Kind, normalise, sentence_vector, sentence_vectors, words
from benchmarks.ranking import Prediction


@dataclass(frozen=True)
class Hit:
    """The nearest phrasing of a topic, by its number, with its score, and the best score of any other class."""

    number: int
    score: float
    rival: float = 0.0


class Nearest(ABC):
    """Answers with the topic of the nearest phrasing, unless an outside question or small talk is nearer."""

    answers_from: ClassVar[float | None] = None

    def learn(self, categories: Sequence[Category]) -> None:
        """Index every phrasing."""
        topics = [category for category in categories if category.kind is Kind.TOPIC]
        self._owners = [topic.id for topic in topics for _ in topic.texts]
        others = [category for category in categories if category.kind is not Kind.TOPIC]
        self._index(_texts(topics), _texts(others))

    def predict(self, question: str) -> Prediction:
        """The topic of the nearest phrasing, with its score as confidence."""
        hit = self._nearest(normalise(question))
        if hit is None:
            return Prediction(None, 0.0)
        return Prediction(self._owners[hit.number], max(0.0, hit.score) if hit.score >= hit.rival else 0.0)

    @abstractmethod
    def _index(self, topics: list[str], others: list[str]) -> None: ...

    @abstractmethod
    def _nearest(self, question: str) -> Hit | None: ...


def _texts(categories: Sequence[Category]) -> list[str]:
    return [normalise(text) for category in categories for text in category.texts]


class Fuzzy(Nearest):
    """rapidfuzz's ``process.extractOne``.

    Args:
        scorer: the name of a scorer in ``rapidfuzz.fuzz``.
    """

    def __init__(self, scorer: Literal["WRatio", "token_set_ratio"]) -> None:
        self._scorer_name = scorer

    def _index(self, topics: list[str], others: list[str]) -> None:
        from rapidfuzz import fuzz, process

        self._process, self._scorer = process, getattr(fuzz, self._scorer_name)
        self._topics, self._others = topics, others

    def _nearest(self, question: str) -> Hit | None:
        best = self._process.extractOne(question, self._topics, scorer=self._scorer)
        rival = self._process.extractOne(question, self._others, scorer=self._scorer)
        return Hit(best[2], best[1], rival[1] if rival else 0.0) if best else None


class Bm25(Nearest):
    """bm25s with its defaults: Lucene's BM25, English stop words."""

    def _index(self, topics: list[str], others: list[str]) -> None:
        import bm25s

        self._library, self._ranks = bm25s, bm25s.BM25()
        self._topics = len(topics)
        self._ranks.index(bm25s.tokenize([*topics, *others], show_progress=False), show_progress=False)

    def _nearest(self, question: str) -> Hit | None:
        tokens = self._library.tokenize([question], return_ids=False, show_progress=False)[0]
        return _best(self._ranks.get_scores(tokens), self._topics) if tokens else None


class FullText(Nearest):
    """SQLite's FTS5 with its BM25 and Porter stemmer; a phrasing matches if it has any word of the question."""

    def _index(self, topics: list[str], others: list[str]) -> None:
        self._topics = len(topics)
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE phrasing USING fts5(text, tokenize = 'porter unicode61')")
        self._database.executemany("INSERT INTO phrasing (rowid, text) VALUES (?, ?)", enumerate([*topics, *others]))

    def _nearest(self, question: str) -> Hit | None:
        query = " OR ".join(f'"{word}"' for word in words(question))
        rival = 0.0
        # SQLite's ranks are negative: the lower, the better.
        hits = "SELECT rowid, -rank FROM phrasing WHERE phrasing MATCH ? ORDER BY rank"
        for number, score in self._database.execute(hits, (query,)) if query else ():
            if number < self._topics:
                return Hit(number, score, rival)
            rival = max(rival, score)
        return None


class Meaning(Nearest):
    """The sentence encoder alone: the greatest cosine similarity."""

    def _index(self, topics: list[str], others: list[str]) -> None:
        self._topics = len(topics)
        self._vectors = sentence_vectors([*topics, *others])

    def _nearest(self, question: str) -> Hit | None:
        return _best(self._vectors @ sentence_vector(question), self._topics)


def _best(scores: NDArray[np.float32], topics: int) -> Hit | None:
    """The best of the first ``topics`` scores, which are the topics'; None if all scores are 0."""
    number = int(scores[:topics].argmax())
    return Hit(number, float(scores[number]), float(scores[topics:].max(initial=0))) if scores.any() else None
