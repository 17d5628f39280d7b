"""From a question to ranked topics with a calibrated confidence."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

import numpy as np

from bot.matching.calibration import class_probabilities, likeliest
from bot.matching.comparison import SIGNALS, Comparison, Labels, Question, sensed
from bot.matching.confidence import Numbers, confidence, contributions
from bot.matching.corpus import Corpus, Kind, Stance
from bot.matching.encoder import Encoder, EncoderError, meaning, tokens
from bot.matching.explanation import Candidate, Explanation
from bot.matching.features import Vectors
from bot.matching.sentences import Sentences
from bot.matching.stance import Stances
from bot.matching.training import Model
from bot.text import normalise, replace_words, words

_REMEMBERED = 2048

log = logging.getLogger(__name__)


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


class Matcher:
    """Ranks the topics of one library. Immutable; its methods may be called from any thread.

    Args:
        corpus: the library.
        model: what training on this corpus yielded, with the same encoder.
        encoder: adds what a sentence means to what it says; None: words alone.
    """

    def __init__(self, corpus: Corpus, model: Model, encoder: Encoder | None = None) -> None:
        self._examine = partial(_examine, corpus, model, Comparison(corpus, model.encodings, model.meanings))
        self._encoder = encoder if model.encodings is not None else None
        sentences = None if model.meanings is None else model.meanings[len(corpus.vocabulary) :]
        self._stances = Stances(corpus, model.verdicts, sentences)
        # People ask the same things again and again. Not a method: a reference cycle would keep a replaced library
        # in memory.
        self._remembered = lru_cache(_REMEMBERED)(partial(_ranking, self._examine, self._encoder))
        self._sentences = Sentences(self._encoder)
        self._has_failed = False

    def rank(self, question: str, without: str | None = None, *, moves: bool = False) -> Ranking:
        """Rank the topics for a question.

        If the encoder fails, only words are used; the log says so once.

        Args:
            question: any text.
            without: a topic that is known not to be meant.
            moves: whether it may be a move of a conversation.
        """
        text = normalise(question)
        try:
            return self._remembered(text, without, moves)
        except EncoderError as error:
            if not self._has_failed:
                self._has_failed = True
                log.warning("The sentence encoder failed (%s): answers may rely on words alone", error)
            return _ranking(self._examine, None, text, without, moves)

    def stance(self, text: str, topic: str, sure: float = 0.0) -> Stance | None:
        """What the articles say to a yes/no question about a topic, given its ``Ranking.text``; None if not sure.

        The best stance must lead by ``sure`` at least.
        """
        if topic not in self._stances:
            return None
        try:
            sentence = meaning(self._encoder, text).sentence if self._encoder else None
        except EncoderError:
            sentence = None
        return self._stances.stance(text, topic, sentence, sure)

    def nearest(self, text: str, sentences: Sequence[str]) -> int:
        """Which of some sentences is clearly nearest in meaning to a question, given its ``Ranking.text``.

        It is the first (0) if none is, and always without an encoder.
        """
        return self._sentences.nearest(text, sentences)

    def explain(self, question: str) -> Explanation:
        """Why the topics are ranked as they are for ``question``, which may be any text."""
        text = normalise(question)
        try:
            return self._examine(self._encoder, text, None, False).explanation()
        except EncoderError:
            return self._examine(None, text, None, False).explanation()


@dataclass(frozen=True, eq=False)
class _Examination:
    """A question and what was found out about it; the candidates are labels of topics, the likeliest first."""

    corpus: Corpus
    model: Model
    comparison: Comparison
    text: str
    repaired: Mapping[str, str]
    question: Question
    probabilities: Vectors
    candidates: Labels
    signals: Numbers
    confidences: Numbers

    def ranking(self) -> Ranking:
        best = int(self.probabilities.argmax())
        matches = zip(self.candidates, self.confidences, strict=True)
        return Ranking(
            topics=tuple(Match(self.corpus.categories[label].id, float(sure)) for label, sure in matches),
            kind=self.corpus.categories[best].kind,
            category=self.corpus.categories[best].id,
            probability=float(self.probabilities[best]),
            known=self.corpus.tfidf.known_share(self.question.words),
            classes={kind: self._of(kind) for kind in Kind},
            text=self.text,
        )

    def _of(self, kind: Kind) -> Mapping[str, float]:
        """The probability of each class of a kind."""
        classes = zip(self.corpus.categories, self.probabilities.tolist(), strict=True)
        return {category.id: probability for category, probability in classes if category.kind is kind}

    def explanation(self) -> Explanation:
        votes = contributions(self.signals, self.model.confidence)
        return Explanation(
            text=self.text,
            repaired=self.repaired,
            candidates=tuple(
                self._candidate(label, float(sure), vote)
                for label, sure, vote in zip(self.candidates, self.confidences, votes, strict=True)
            ),
        )

    def _candidate(self, label: int, sure: float, vote: Numbers) -> Candidate:
        used, unused = self.comparison.content_words(self.question, label)
        return Candidate(
            topic=self.corpus.categories[label].id,
            confidence=sure,
            phrasing=self.corpus.texts[self.comparison.closest(self.question, label)],
            used=tuple(used),
            unused=tuple(unused),
            votes=dict(zip(SIGNALS, vote.tolist(), strict=True)),
        )


def _ranking(
    examine: Callable[[Encoder | None, str, str | None, bool], _Examination],
    encoder: Encoder | None,
    normalised: str,
    without: str | None,
    moves: bool,
) -> Ranking:
    return examine(encoder, normalised, without, moves).ranking()


def _examine(
    corpus: Corpus,
    model: Model,
    comparison: Comparison,
    encoder: Encoder | None,
    normalised: str,
    without: str | None,
    moves: bool,
) -> _Examination:
    repaired = corpus.speller.repair(normalised)
    text = replace_words(normalised, repaired)
    question = _question(text, encoder, comparison)
    is_ruled_out = [
        c.id == without if c.kind is Kind.TOPIC else c.kind is Kind.MOVE and not moves for c in corpus.categories
    ]
    possible = ~np.array(is_ruled_out)
    probabilities = class_probabilities(corpus, [question], model.weights, possible)[0]
    candidates = likeliest(corpus, probabilities)
    signals = comparison.signals(question, probabilities, candidates)
    confidences = confidence(signals, model.confidence)
    order = np.argsort(-confidences, kind="stable")
    if question.encoding is None and len(candidates):
        order, confidences = _asked_first(corpus, probabilities, candidates, confidences, order)
    return _Examination(
        corpus, model, comparison, text, repaired, question,
        probabilities, candidates[order], signals[order], confidences[order],
    )  # fmt: skip


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


def _question(text: str, encoder: Encoder | None, comparison: Comparison) -> Question:
    spoken = words(text)
    if encoder is None:
        return Question(spoken)
    known = {word: comparison.sense(word) for word in sensed(spoken)}
    senses = [meaning(encoder, word).sentence if sense is None else sense for word, sense in known.items()]
    vectors = np.reshape(np.array(senses, np.float32), (-1, encoder.dimensions))
    return Question(spoken, meaning(encoder, text), tokens(encoder, text), vectors)
