"""From a corpus to a model: the classifier's weights, and what its confidence is worth."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from bot.matching.calibration import Outcomes, put_to_trial
from bot.matching.comparison import Comparison, Question, sensed
from bot.matching.confidence import PRIOR, WORDS_PRIOR, Numbers, fit_confidence
from bot.matching.corpus import Corpus
from bot.matching.encodings import Encodings
from bot.matching.examples import Examples
from bot.matching.features import Vectors
from bot.matching.softmax import fit_softmax
from bot.matching.stance import Verdicts, learn_verdicts
from bot.matching.trials import Trial, trials
from bot.text import words

Tokens = Callable[[str], Sequence[str]]


@dataclass(frozen=True, eq=False)
class Model:
    """What training yields.

    weights: of the classifier (features x classes).
    confidence: of the calibration, see ``confidence``.
    verdicts: what its statements teach.
    encodings: of the corpus's texts, to compare questions with; None: words alone.
    meanings: of the words of its vocabulary and of its statements, each alone ((words + statements) x dimensions).
    """

    weights: Vectors
    confidence: Numbers
    verdicts: Verdicts
    encodings: Encodings | None
    meanings: NDArray[np.float16] | None = None


class Lesson:
    """What there is to learn.

    Args:
        corpus: the library.
        tests: what it is put to, to learn how sure to be; None: its ``trials``.
    """

    def __init__(self, corpus: Corpus, tests: Sequence[Trial] | None = None) -> None:
        self.corpus = corpus
        self.tests = trials(corpus) if tests is None else tests

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All that has to be encoded: what the corpus says, the tests, and the words of those."""
        asked = (text for test in self.tests for text in (test.text, *sensed(words(test.text))))
        known = set(self.corpus.said)
        return (*self.corpus.said, *dict.fromkeys(text for text in asked if text not in known))

    def own(self, encodings: Encodings | None) -> tuple[Encodings, NDArray[np.float16]] | tuple[None, None]:
        """Of the encodings of all texts those of the corpus's, and the meanings of what else it says."""
        if encodings is None:
            return None, None
        texts = len(self.corpus.texts)
        return encodings[np.arange(texts)], encodings.sentences[texts : len(self.corpus.said)]

    def examples(self, own: Encodings | None) -> Examples:
        """The features of the corpus's texts."""
        return Examples(self.corpus, None if own is None else own.sentences.astype(np.float32))

    def outcomes(self, examples: Examples, encodings: Encodings | None, tokens: Tokens, pool: Executor) -> Outcomes:
        """What becomes of the tests; as for ``train``."""
        comparison = Comparison(self.corpus, *self.own(encodings))
        question = partial(self.question, encodings, tokens)
        return put_to_trial(self.corpus, examples, comparison, self.tests, question, pool)

    def question(self, encodings: Encodings | None, tokens: Tokens, number: int) -> Question:
        """The test of a number, ready to be compared."""
        test = self.tests[number]
        spoken = words(test.text)
        if encodings is None:
            return Question(spoken, source=test.source)
        senses = encodings.sentences[[self._places[word] for word in sensed(spoken)]].astype(np.float32)
        encoding = encodings.encoding(self._places[test.text])
        return Question(spoken, encoding, tokens(test.text), senses, test.source)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {text: place for place, text in enumerate(self.texts)}


def train(lesson: Lesson, encodings: Encodings | None, tokens: Tokens) -> Model:
    """Learn to tell the classes of a corpus apart. The same input always gives the same model.

    Args:
        lesson: what there is to learn.
        encodings: of the texts of the lesson; None: words alone.
        tokens: gives the tokens of a text that was encoded.
    """
    corpus, (own, meanings) = lesson.corpus, lesson.own(encodings)
    examples = lesson.examples(own)
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        fitting = pool.submit(fit_softmax, examples, corpus.labels, len(corpus.categories))
        outcomes = lesson.outcomes(examples, encodings, tokens, pool)
        prior = WORDS_PRIOR if own is None else PRIOR
        confidence = fit_confidence(outcomes.signals, outcomes.right, outcomes.drill, outcomes.usual, prior)
        verdicts = learn_verdicts(corpus, None if meanings is None else meanings[len(corpus.vocabulary) :])
        return Model(fitting.result(), confidence, verdicts, own, meanings)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C need not wait for it
