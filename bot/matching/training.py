"""From a corpus to a model: the classifier's weights, and what its confidence is worth."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bot.matching.confidence import PRIOR, Signals, fit_confidence
from bot.matching.corpus import Corpus, Kind
from bot.matching.examples import Examples
from bot.matching.features import DIMENSIONS, Vectors
from bot.matching.softmax import IMPOSSIBLE, fit_softmax, softmax

_FOLDS = 3
_SLICE = 256
"""Held-out texts that are predicted at a time."""

_EVERYDAY_SHARE = 0.1
"""How much all everyday questions together count at most, compared with those on the topics."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Model:
    """What training yields.

    weights: of the classifier (features x classes).
    confidence: of the calibration (5,), see ``confidence``.
    """

    weights: Vectors
    confidence: NDArray[np.float64]

    @property
    def knows_meanings(self) -> bool:
        """Whether it has learnt from an encoder's vectors too, or from words alone."""
        return len(self.weights) > DIMENSIONS

    @staticmethod
    def shapes(corpus: Corpus, dimensions: int = 0) -> dict[str, tuple[int, ...]]:
        """The shape of each array of a model of ``corpus`` with an encoder of ``dimensions`` (0: no encoder)."""
        return {"weights": (DIMENSIONS + dimensions, len(corpus.categories)), "confidence": PRIOR.shape}


def train(corpus: Corpus, vectors: Vectors | None = None) -> Model:
    """Learn to tell the classes of ``corpus`` apart. The same input always gives the same model.

    Args:
        corpus: what there is to learn.
        vectors: the encoder's vectors of the texts (texts x dimensions); None: words alone.
    """
    examples = Examples(corpus, vectors)
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        fitting = pool.submit(fit_softmax, examples, corpus.labels, len(corpus.categories))
        confidence = _calibrate(corpus, examples, pool)
        return Model(fitting.result(), confidence)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C need not wait for it


def _calibrate(corpus: Corpus, examples: Examples, pool: Executor) -> NDArray[np.float64]:
    """Learn what a confidence is worth from predictions on what the classifier did not see."""
    predictions = list(pool.map(partial(_predictions, corpus, examples), _folds(corpus)))
    if not predictions:
        return PRIOR
    signals, right, truth = zip(*predictions, strict=True)
    importance = _importance(corpus, np.concatenate(truth))
    return fit_confidence(Signals.concatenated(signals), np.concatenate(right), importance)


def _importance(corpus: Corpus, truth: NDArray[np.intp]) -> NDArray[np.float64]:
    """How many examples each prediction counts as, given the classes that would have been right.

    People mostly ask about the library's subject. In a small one there are many more everyday questions than
    phrasings: if all of them counted, it would hardly dare to answer.
    """
    is_everyday, is_topic = corpus.is_everyday[truth], corpus.is_topic[truth]
    return np.where(is_everyday, min(1.0, _EVERYDAY_SHARE * is_topic.sum() / max(1, is_everyday.sum())), 1.0)


def _folds(corpus: Corpus) -> Iterator[tuple[Mask, Mask]]:
    """The texts that each fold holds out, and the classes that it holds out whole.

    Each fold holds out a third of the texts of every class, a third of the outside groups whole, and some
    topics whole: so it meets questions like those it knows, and unlike any. In a tiny library a fold
    may have nothing to learn from, or nothing to predict; then it is left out.
    """
    shuffled = np.random.default_rng(0)
    is_outside = np.array([category.kind in (Kind.OUTSIDE, Kind.EVERYDAY) for category in corpus.categories])
    classes = len(corpus.categories)
    part = np.empty(len(corpus.labels), np.intp)
    for label in range(classes):
        rows = shuffled.permutation(np.flatnonzero(corpus.labels == label))
        part[rows] = np.arange(len(rows)) % _FOLDS
    part_of_class = shuffled.permutation(classes) % (3 * _FOLDS)
    for fold in range(_FOLDS):
        hidden = (corpus.is_topic & (part_of_class == fold)) | (is_outside & (part_of_class % _FOLDS == fold))
        test = (part == fold) | hidden[corpus.labels]
        if test.any() and not test.all() and (corpus.is_topic & ~hidden).any():
            yield test, hidden


def _predictions(
    corpus: Corpus, examples: Vectors | Examples, fold: tuple[Mask, Mask]
) -> tuple[Signals, Mask, NDArray[np.intp]]:
    """For each text that a fold holds out: its signals, whether the likeliest topic's answer is right, its class."""
    test, hidden = fold
    weights = fit_softmax(examples, corpus.labels, len(hidden), rows=np.flatnonzero(~test))
    rows = np.flatnonzero(test)
    scores = np.concatenate([examples[rows[i : i + _SLICE]] @ weights for i in range(0, len(rows), _SLICE)])
    scores[:, hidden] = IMPOSSIBLE
    probabilities, truth = softmax(scores), corpus.labels[test]
    answers = (probabilities * corpus.is_topic).argmax(axis=1)
    unseen = [corpus.words[row] for row in rows]
    hidden_words = Counter(word for spoken in unseen for word in set(spoken))
    known = np.array([corpus.tfidf.known_share(spoken, hidden_words) for spoken in unseen])
    right = ~hidden[truth] & corpus.serves[truth, answers].astype(bool)
    return Signals.of(corpus, probabilities, answers, known), right, truth
