"""What is found out about one question: what it says, of which class it may be, how it compares with the topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from bot.matching.calibration import class_probabilities, likeliest
from bot.matching.comparison import SIGNALS, Comparison, Labels, Question, sensed
from bot.matching.confidence import Numbers, confidence, contributions
from bot.matching.corpus import Corpus, Kind
from bot.matching.encoder import Encoder, meaning, tokens
from bot.matching.explanation import Candidate, Explanation
from bot.matching.features import Vectors
from bot.matching.training import Model
from bot.text import replace_words, words


@dataclass(frozen=True)
class Match:
    """A topic and the probability (0 to 1) that answering with it is right."""

    topic: str
    confidence: float


@dataclass(frozen=True)
class Ranking:
    """What the matcher makes of one question.

    topics: at most five, the likeliest first; empty only if the library's only topic is ruled out.
    kind, category: the likeliest class of all, be it a topic, an outside group or a kind of small talk.
    probability: of that class, 0 to 1.
    classes: the probability of each class, by its kind and id.
    text: the question as it was understood: normalised, slips repaired.
    known: share of the question's informative words that the library knows, 0 to 1; 0 for gibberish.
    """

    topics: tuple[Match, ...]
    kind: Kind
    category: str
    probability: float
    known: float
    classes: Mapping[Kind, Mapping[str, float]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    text: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a question says: repaired, ready to be compared, and the probability of each class (classes,)."""

    text: str
    repaired: Mapping[str, str]
    question: Question
    probabilities: Vectors


@dataclass(frozen=True, eq=False)
class Examination:
    """A question and what was found out about it; the candidates are labels of topics, the likeliest first."""

    by: Examiner
    reading: Reading
    candidates: Labels
    signals: Numbers
    confidences: Numbers

    def ranking(self) -> Ranking:
        """How the topics are ranked."""
        best = int(self.reading.probabilities.argmax())
        matches = zip(self.candidates, self.confidences, strict=True)
        return Ranking(
            topics=tuple(Match(self.by.corpus.categories[label].id, float(sure)) for label, sure in matches),
            kind=self.by.corpus.categories[best].kind,
            category=self.by.corpus.categories[best].id,
            probability=float(self.reading.probabilities[best]),
            known=self.by.corpus.tfidf.known_share(self.reading.question.words),
            classes={kind: self._of(kind) for kind in Kind},
            text=self.reading.text,
        )

    def _of(self, kind: Kind) -> Mapping[str, float]:
        """The probability of each class of a kind."""
        classes = zip(self.by.corpus.categories, self.reading.probabilities.tolist(), strict=True)
        return {category.id: probability for category, probability in classes if category.kind is kind}

    def explanation(self) -> Explanation:
        """Why they are ranked so."""
        votes = contributions(self.signals, self.by.model.confidence)
        return Explanation(
            text=self.reading.text,
            repaired=self.reading.repaired,
            candidates=tuple(
                self._candidate(label, float(sure), vote)
                for label, sure, vote in zip(self.candidates, self.confidences, votes, strict=True)
            ),
        )

    def _candidate(self, label: int, sure: float, vote: Numbers) -> Candidate:
        used, unused = self.by.comparison.content_words(self.reading.question, label)
        return Candidate(
            topic=self.by.corpus.categories[label].id,
            confidence=sure,
            phrasing=self.by.corpus.texts[self.by.comparison.closest(self.reading.question, label)],
            used=tuple(used),
            unused=tuple(unused),
            votes=dict(zip(SIGNALS, vote.tolist(), strict=True)),
        )


@dataclass(frozen=True, eq=False)
class Examiner:
    """Examines questions with what was learnt of a library.

    corpus: the library.
    model: what was learnt of it.
    comparison: of questions with its topics.
    """

    corpus: Corpus
    model: Model
    comparison: Comparison

    def read(self, encoder: Encoder | None, normalised: str, without: str | None = None, *, moves: bool) -> Reading:
        """What a question says, and which classes it may be of.

        Args:
            encoder: adds what it means; None: words alone.
            normalised: the question.
            without: a topic that is known not to be meant.
            moves: whether it may be a move of a conversation.
        """
        corpus = self.corpus
        repaired = corpus.speller.repair(normalised)
        text = replace_words(normalised, repaired)
        question = Question(words(text), meaning(encoder, text) if encoder else None)
        is_ruled_out = [
            c.id == without if c.kind is Kind.TOPIC else c.kind is Kind.MOVE and not moves for c in corpus.categories
        ]
        possible = ~np.array(is_ruled_out)
        probabilities = class_probabilities(corpus, [question], self.model.weights, possible)[0]
        return Reading(text, repaired, question, probabilities)

    def examine(self, encoder: Encoder | None, normalised: str, without: str | None, *, moves: bool) -> Examination:
        """All about a question; the parameters are as for ``read``."""
        reading = self.read(encoder, normalised, without, moves=moves)
        question, probabilities = _with_words(reading, encoder, self.comparison), reading.probabilities
        candidates = likeliest(self.corpus, probabilities)
        signals = self.comparison.signals(question, probabilities, candidates)
        confidences = confidence(signals, self.model.confidence)
        order = np.argsort(-confidences, kind="stable")
        if question.encoding is None and len(candidates):
            order, confidences = _asked_first(self.corpus, probabilities, candidates, confidences, order)
        reading = replace(reading, question=question)
        return Examination(self, reading, candidates[order], signals[order], confidences[order])


def _asked_first(
    corpus: Corpus, probabilities: Vectors, candidates: Labels, confidences: Numbers, order: Labels
) -> tuple[Labels, Numbers]:
    """The order in which a broad answer does not outrank the very topic that was asked for, and the confidences.

    A broad one serves the askers of others, too. By words alone hardly anything else tells the two apart.
    """
    best = candidates[order[0]]
    asked = (corpus.serves[candidates, best] > 0) & (probabilities[candidates] > probabilities[best])
    if not asked.any():
        return order, confidences
    first = int(np.where(asked, probabilities[candidates], -1).argmax())
    order = np.array([first, *(place for place in order.tolist() if place != first)])
    ordered = confidences.copy()
    ordered[order] = np.sort(confidences)[::-1]
    return order, ordered


def _with_words(reading: Reading, encoder: Encoder | None, comparison: Comparison) -> Question:
    """The question with what its words mean one by one, which takes time where they are new."""
    question = reading.question
    if encoder is None:
        return question
    known = {word: comparison.sense(word) for word in sensed(question.words)}
    senses = [meaning(encoder, word).sentence if sense is None else sense for word, sense in known.items()]
    vectors = np.reshape(np.array(senses, np.float32), (-1, encoder.dimensions))
    return replace(question, tokens=tokens(encoder, reading.text), senses=vectors)
