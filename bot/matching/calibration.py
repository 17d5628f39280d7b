"""What a confidence is worth, learnt from trials whose source the classifier did not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bot.matching.comparison import SIGNALS, Comparison, Labels, Question
from bot.matching.confidence import Numbers
from bot.matching.corpus import Corpus, Kind
from bot.matching.examples import Examples
from bot.matching.features import Vectors, with_meanings
from bot.matching.softmax import IMPOSSIBLE, fit_softmax, softmax
from bot.matching.trials import Trial

_CANDIDATES = 5
_FOLDS, _FOLDS_OF_FEW, _FEW = 3, 6, 2000
"""How many folds there are, and how many if there are few texts: each of them is missed then."""

_SLICE = 256
"""Trials that are put to the classifier at a time."""

_EVERYDAY_SHARE = 0.1
"""How much all everyday questions together count at most, compared with those on the topics.

People mostly ask about the library's subject. In a small one there are many more everyday questions than phrasings:
if all of them counted, it would hardly dare to answer.
"""

_KNOWN_FROM = 25.0
"""Phrasings per topic from which questions that are made of phrasings count as much as the phrasings; with twice as
many, twice as much.

The more phrasings a topic has, the more of its words are known, and the more a new word says. In a small library every
question has new words: if counterfactuals counted as much there, it would hardly dare to answer.
"""

Mask = NDArray[np.bool_]


def class_probabilities(corpus: Corpus, asked: Sequence[Question], weights: Vectors, possible: Mask) -> Vectors:
    """The probability of each class for each question, by the classifier (questions x classes).

    Args:
        corpus: the library.
        asked: the questions, all with an encoding or all without; without one, only what was learnt of words counts.
        weights: of the classifier (features x classes).
        possible: which classes are not ruled out (classes,).
    """
    meanings = [question.encoding.sentence for question in asked if question.encoding is not None]
    vectors = with_meanings(corpus.tfidf.transform([q.words for q in asked]), np.stack(meanings) if meanings else None)
    return softmax(np.where(possible, vectors @ weights[: vectors.shape[1]], IMPOSSIBLE))


def likeliest(corpus: Corpus, probabilities: Vectors) -> Labels:
    """The labels of the topics that a question is compared with, given the probability of each class (classes,)."""
    topics = np.flatnonzero(corpus.is_topic & (probabilities > 0))
    return topics[np.argsort(-probabilities[topics], kind="stable")[:_CANDIDATES]]


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What became of trials: one entry for each candidate of each of them.

    signals: what spoke for it and against it (candidates x ``SIGNALS``).
    right: whether answering with it would have been right.
    drill, usual: how many examples it counts as, see ``Make``.
    """

    signals: Numbers
    right: Mask
    drill: Numbers
    usual: Numbers


def put_to_trial(
    corpus: Corpus,
    examples: Examples,
    comparison: Comparison,
    tests: Sequence[Trial],
    question: Callable[[int], Question],
    pool: Executor,
) -> Outcomes:
    """What becomes of trials if the classifier has not seen their sources.

    Args:
        corpus: the library.
        examples: the features of its texts.
        comparison: with its topics.
        tests: the trials.
        question: makes the trial of a number ready to be compared; all of them at once would take 40 MB.
        pool: where folds are learnt at the same time.
    """
    folds = [*_folds(corpus)]
    fitted = pool.map(partial(_fitted, corpus, examples), folds)
    everyday, made = _everyday_importance(corpus, tests), _made_importance(corpus, tests)
    signals, counts = [np.empty((0, len(SIGNALS)))], [np.empty((0, 3))]
    for numbers, (_, hidden), weights in zip(_shared_out(tests, folds), folds, fitted, strict=True):
        for first in range(0, len(numbers), _SLICE):
            chosen = numbers[first : first + _SLICE]
            asked = [*map(question, chosen)]
            probabilities = class_probabilities(corpus, asked, weights, ~hidden)
            for number, ready, row in zip(chosen, asked, probabilities, strict=True):
                candidates = likeliest(corpus, row)
                signals.append(comparison.signals(ready, row, candidates))
                counts.append(_counts(corpus, tests[number], candidates, everyday, made))
    right, drill, usual = np.concatenate(counts).T
    return Outcomes(np.concatenate(signals), right > 0, drill, usual)


def _fitted(corpus: Corpus, examples: Examples, fold: tuple[Mask, Mask]) -> Vectors:
    held_out, hidden = fold
    return fit_softmax(examples, corpus.labels, len(hidden), np.flatnonzero(~held_out))


def _shared_out(tests: Sequence[Trial], folds: Sequence[tuple[Mask, Mask]]) -> list[list[int]]:
    """For each fold the numbers of the trials to learn from there: each trial once, where its source is held out."""
    shares: list[list[int]] = [[] for _ in folds]
    for number, test in enumerate(tests):
        if holding := [share for share, (held_out, _) in zip(shares, folds, strict=True) if held_out[test.source]]:
            holding[number % len(holding)].append(number)
    return shares


def _counts(corpus: Corpus, test: Trial, candidates: Labels, everyday: float, made: float) -> Numbers:
    """For each candidate: whether answering with it is right, and how many examples it counts as in either fit."""
    truth = corpus.labels[test.source]
    counts = np.zeros((len(candidates), 3))
    counts[:, 0] = test.make.is_real * corpus.serves[truth, candidates]
    importance = everyday if corpus.is_everyday[truth] else 1.0
    counts[:, 1] = importance * test.make.drill * (1.0 if test.make.is_real else made)
    counts[:1, 2] = importance * test.make.usual  # only the first candidate would be the answer
    return counts


def _everyday_importance(corpus: Corpus, tests: Sequence[Trial]) -> float:
    truth = corpus.labels[[test.source for test in tests]]
    everyday, topics = corpus.is_everyday[truth].sum(), corpus.is_topic[truth].sum()
    return min(1.0, _EVERYDAY_SHARE * float(topics) / max(1, int(everyday)))


def _made_importance(corpus: Corpus, tests: Sequence[Trial]) -> float:
    asked = sum(t.make.drill for t in tests if t.make.is_real and corpus.is_topic[corpus.labels[t.source]])
    made = sum(t.make.drill for t in tests if not t.make.is_real)
    phrasings = float(corpus.is_topic[corpus.labels].sum() / corpus.is_topic.sum())
    return min(1.0, phrasings / _KNOWN_FROM * asked / max(1.0, made))


def _folds(corpus: Corpus) -> Iterator[tuple[Mask, Mask]]:
    """The texts that each fold holds out, and the classes that it holds out whole.

    Each fold holds out its share of the texts of every class, and of the outside groups whole ones: so it meets
    questions like those it knows, and unlike any. In a tiny library a fold may have nothing to learn from, or nothing
    to predict; then it is left out.
    """
    shuffled = np.random.default_rng(0)
    is_outside = np.array([category.kind in (Kind.OUTSIDE, Kind.EVERYDAY) for category in corpus.categories])
    folds = _FOLDS if len(corpus.texts) > _FEW else _FOLDS_OF_FEW
    part = np.empty(len(corpus.labels), np.intp)
    for label in range(len(corpus.categories)):
        rows = shuffled.permutation(np.flatnonzero(corpus.labels == label))
        part[rows] = np.arange(len(rows)) % folds
    part_of_group = np.full(len(corpus.categories), folds)  # the others are never held out whole
    part_of_group[shuffled.permutation(np.flatnonzero(is_outside))] = np.arange(is_outside.sum()) % folds
    for fold in range(folds):
        hidden = part_of_group == fold
        held_out = (part == fold) | hidden[corpus.labels]
        if held_out.any() and (corpus.is_topic[corpus.labels] & ~held_out).any():
            yield held_out, hidden
