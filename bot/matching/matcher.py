"""From a question to ranked topics with a calibrated confidence."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.matching import encoder as encoding
from bot.matching import features
from bot.matching.cache import Cache, content_hash
from bot.matching.confidence import Confidence, Evidence
from bot.matching.encoder import Encoder
from bot.matching.features import HashedTfidf, Vectors
from bot.matching.softmax import fit_softmax, softmax
from bot.matching.spelling import Speller
from bot.matching.text import normalise, words
from bot.matching.vectors import Progress, phrasing_vectors

_VERSION = "5"
"""Part of every cache key: raise it when the same texts would give other weights."""

_ENCODER_WEIGHT = 3.0
_FOLDS = 3
_RANKED = 5
_REMEMBERED = 2048
_IMPOSSIBLE = -1e9


class Kind(Enum):
    """What a class of questions is."""

    TOPIC = "topic"
    OUTSIDE = "outside"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True)
class Category:
    """One class of questions to tell apart.

    texts: how people put them.
    serves: for a topic, the ids of the topics whose askers its answer also satisfies, its own among them.
    """

    kind: Kind
    id: str
    texts: tuple[str, ...]
    serves: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """A topic and the probability (0 to 1) that answering with it is right."""

    topic: str
    confidence: float


@dataclass(frozen=True)
class Ranking:
    """What the matcher makes of one question.

    topics: the likeliest topics, at most five, the likeliest first; empty only where the one topic is ruled out.
    kind, category: the likeliest class of all, be it a topic, an outside group or a kind of small talk.
    probability: of that class, 0 to 1.
    known: share of the question's informative words that the library knows, 0 to 1; 0 for gibberish.
    """

    topics: tuple[Match, ...]
    kind: Kind
    category: str
    probability: float
    known: float


class Matcher:
    """Knows the categories of one library. Immutable; ``rank`` may be called from any thread.

    Args:
        categories: at least one of them a topic.
        encoder: adds what a sentence means to what it says; None: words alone.
        common: everyday words that are never taken for typos.
        cache: where vectors and weights are kept between starts.
        progress: is told of the phrasings that have to be encoded.
    """

    def __init__(
        self,
        categories: Sequence[Category],
        encoder: Encoder | None = None,
        common: Collection[str] = (),
        cache: Cache | None = None,
        progress: Progress = lambda done, total: None,
    ) -> None:
        self._categories = tuple(categories)
        self._encoder = encoder
        texts = [normalise(text) for category in categories for text in category.texts]
        labels = np.array([label for label, category in enumerate(categories) for _ in category.texts])
        self._is_topic = np.array([category.kind is Kind.TOPIC for category in categories])
        self._serves = _serves(categories)
        self._tfidf = HashedTfidf(texts)
        self._spell = Speller(texts, common)
        self._weights, self._confidence = self._learn(texts, labels, cache or Cache(), progress)
        # People ask the same things again and again.
        self._remembered = lru_cache(_REMEMBERED)(self._rank)

    def rank(self, question: str, without: str | None = None) -> Ranking:
        """Rank the topics for ``question``, which may be any text; the topic ``without`` is known not to be meant."""
        return self._remembered(normalise(question), without)

    def _rank(self, normalised: str, without: str | None) -> Ranking:
        text = self._spell(normalised)
        vector = self._tfidf.transform([text])
        if self._encoder is not None:
            vector = _joined(vector, self._encoder.encode([text]))
        possible = np.array([not (c.kind is Kind.TOPIC and c.id == without) for c in self._categories])
        probabilities = softmax(np.where(possible, vector @ self._weights, _IMPOSSIBLE))
        topics = np.flatnonzero(self._is_topic & possible)
        candidates = topics[np.argsort(-probabilities[0, topics], kind="stable")[:_RANKED]]
        repeated = np.repeat(probabilities, len(candidates), axis=0)
        known = self._tfidf.known_share(text)
        confidences = self._confidence(self._evidence(repeated, candidates, np.full(len(candidates), known)))
        # A broad answer may serve more askers than the likeliest topic's; it is not what was asked, all the same.
        confidences = np.minimum.accumulate(confidences)
        matches = [Match(self._categories[i].id, float(c)) for i, c in zip(candidates, confidences, strict=True)]
        best = int(probabilities[0].argmax())
        return Ranking(
            topics=tuple(matches),
            kind=self._categories[best].kind,
            category=self._categories[best].id,
            probability=float(probabilities[0, best]),
            known=known,
        )

    def _learn(
        self, texts: list[str], labels: NDArray[np.intp], cache: Cache, progress: Progress
    ) -> tuple[Vectors, Confidence]:
        """Weights (features x classes) and confidence, from the cache or from the phrasings."""
        of_encoder = self._encoder.fingerprint if self._encoder else "words"
        # Of the texts as they are learnt from: raw ones would also call weights from another normalisation the same.
        described = (part for c in self._categories for part in (c.kind.value, c.id, *sorted(c.serves), "texts"))
        learnt = (part for label, text in zip(labels.tolist(), texts, strict=True) for part in (str(label), text))
        name = f"matcher-{content_hash([_VERSION, of_encoder, *described, *learnt])[:32]}"
        width = features.DIMENSIONS + (encoding.DIMENSIONS if self._encoder else 0)
        stored = cache.read(name, {"weights": (width, len(self._categories)), "confidence": (5,)})
        if stored is None:
            examples = self._tfidf.transform(texts)
            if self._encoder is not None:
                examples = _joined(examples, phrasing_vectors(self._encoder, texts, cache, progress))
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                fitting = pool.submit(fit_softmax, examples, labels, len(self._categories))
                confidence = self._calibrate(texts, examples, labels, pool)
                weights = fitting.result()
            cache.write(name, {"weights": weights, "confidence": confidence.weights})
            return weights, confidence
        return stored["weights"].astype(np.float32), Confidence(stored["confidence"].astype(np.float64))

    def _calibrate(
        self, texts: list[str], examples: Vectors, labels: NDArray[np.intp], pool: ThreadPoolExecutor
    ) -> Confidence:
        """Learn what a confidence is worth from predictions on what the classifier did not see.

        Each fold holds out a third of the phrasings, a third of the outside groups whole, and some
        topics whole: so it meets questions like those it knows, and others like none.
        """
        shuffled = np.random.default_rng(0)
        topics = self._is_topic
        outside = np.array([category.kind is Kind.OUTSIDE for category in self._categories])
        part = np.empty(len(labels), np.intp)
        for label in range(len(self._categories)):
            rows = shuffled.permutation(np.flatnonzero(labels == label))
            part[rows] = np.arange(len(rows)) % _FOLDS
        part_of_category = shuffled.permutation(len(self._categories)) % (3 * _FOLDS)

        def predictions(fold: int) -> tuple[Evidence, NDArray[np.bool_]] | None:
            """What was seen of each question held out, and whether the answer was right; None in a tiny library."""
            hidden = (topics & (part_of_category == fold)) | (outside & (part_of_category % _FOLDS == fold))
            test = (part == fold) | hidden[labels]
            if test.all() or not test.any() or (hidden | ~topics).all():
                return None
            weights = fit_softmax(examples[~test], labels[~test], len(hidden))
            scores = examples[test] @ weights
            scores[:, hidden] = _IMPOSSIBLE
            probabilities, truth = softmax(scores), labels[test]
            answers = (probabilities * topics).argmax(axis=1)
            unseen = [text for text, is_test in zip(texts, test, strict=True) if is_test]
            hidden_words = Counter(word for text in unseen for word in set(words(text)))
            known = np.array([self._tfidf.known_share(text, hidden_words) for text in unseen])
            right = ~hidden[truth] & self._serves[truth, answers].astype(bool)
            return self._evidence(probabilities, answers, known), right

        seen = [predicted for predicted in pool.map(predictions, range(_FOLDS)) if predicted is not None]
        if not seen:
            return Confidence()
        return Confidence.fit(Evidence.joined([evidence for evidence, _ in seen]), np.concatenate([r for _, r in seen]))

    def _evidence(self, probabilities: Vectors, answers: NDArray[np.intp], known: NDArray[np.float64]) -> Evidence:
        """What speaks for answering each example with the topic ``answers`` names."""
        served = self._serves[:, answers].T
        return Evidence(
            covered=(probabilities * served).sum(axis=1).astype(np.float64),
            rival=(probabilities * (1 - served)).max(axis=1).astype(np.float64),
            outside=(probabilities * ~self._is_topic).sum(axis=1).astype(np.float64),
            known=known,
        )


def _serves(categories: Sequence[Category]) -> Vectors:
    """1 where who asks for the row's topic is served by the column's answer (classes x classes)."""
    asked = [category.id if category.kind is Kind.TOPIC else None for category in categories]
    return np.array([[float(topic in answer.serves) for answer in categories] for topic in asked], np.float32)


def _joined(words: Vectors, meanings: Vectors) -> Vectors:
    return np.hstack([words, _ENCODER_WEIGHT * meanings]).astype(np.float32)
