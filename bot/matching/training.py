"""From a corpus to a model: the classifier's weights, and what its confidence is worth."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from bot.matching.calibration import put_to_trial
from bot.matching.comparison import Comparison, Question
from bot.matching.confidence import PRIOR, WORDS_PRIOR, Numbers, fit_confidence
from bot.matching.corpus import Corpus
from bot.matching.encodings import Encodings
from bot.matching.examples import Examples
from bot.matching.features import Vectors
from bot.matching.softmax import fit_softmax
from bot.matching.trials import Trial
from bot.text import words

Tokens = Callable[[str], Sequence[str]]


@dataclass(frozen=True, eq=False)
class Model:
    """What training yields.

    weights: of the classifier (features x classes).
    confidence: of the calibration, see ``confidence``.
    encodings: of the corpus's texts, to compare questions with; None: words alone.
    """

    weights: Vectors
    confidence: Numbers
    encodings: Encodings | None


def train(corpus: Corpus, tests: Sequence[Trial], encodings: Encodings | None, tokens: Tokens) -> Model:
    """Learn to tell the classes of ``corpus`` apart. The same input always gives the same model.

    Args:
        corpus: what there is to learn.
        tests: the corpus's ``trials``, to learn how sure to be.
        encodings: of the texts of the corpus and then of the trials; None: words alone.
        tokens: gives the tokens of a text that was encoded.
    """
    own = None if encodings is None else encodings[np.arange(len(corpus.texts))]
    examples = Examples(corpus, None if own is None else own.sentences.astype(np.float32))
    question = partial(trial_question, corpus, tests, encodings, tokens)
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        fitting = pool.submit(fit_softmax, examples, corpus.labels, len(corpus.categories))
        outcomes = put_to_trial(corpus, examples, Comparison(corpus, own), tests, question, pool)
        prior = WORDS_PRIOR if own is None else PRIOR
        confidence = fit_confidence(outcomes.signals, outcomes.right, outcomes.drill, outcomes.usual, prior)
        return Model(fitting.result(), confidence, own)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C need not wait for it


def trial_question(
    corpus: Corpus, tests: Sequence[Trial], encodings: Encodings | None, tokens: Tokens, number: int
) -> Question:
    """The trial of a number, ready to be compared; the rest as for ``train``."""
    test = tests[number]
    spoken = words(test.text)
    if encodings is None:
        return Question(spoken, source=test.source)
    return Question(spoken, encodings.encoding(len(corpus.texts) + number), tokens(test.text), test.source)
