"""From a question to ranked topics with a calibrated confidence."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from bot.matching.calibration import likeliest
from bot.matching.comparison import SIGNALS, Comparison, Question, logit
from bot.matching.confidence import confidence
from bot.matching.corpus import Corpus, Kind
from bot.matching.encoder import Encoder, EncoderError, meaning, tokens
from bot.matching.features import with_meanings
from bot.matching.softmax import IMPOSSIBLE, softmax
from bot.matching.training import Model
from bot.text import normalise, words

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
    known: share of the question's informative words that the library knows, 0 to 1; 0 for gibberish.
    """

    topics: tuple[Match, ...]
    kind: Kind
    category: str
    probability: float
    known: float


class Matcher:
    """Ranks the topics of one library. Immutable; ``rank`` may be called from any thread.

    Args:
        corpus: the library.
        model: what training on this corpus yielded, with the same encoder.
        encoder: adds what a sentence means to what it says; None: words alone.
    """

    def __init__(self, corpus: Corpus, model: Model, encoder: Encoder | None = None) -> None:
        self._rank = partial(_rank, corpus, model, Comparison(corpus, model.encodings))
        self._encoder = encoder if model.encodings is not None else None
        # People ask the same things again and again. Not a method: a reference cycle would keep a replaced library
        # in memory.
        self._remembered = lru_cache(_REMEMBERED)(partial(self._rank, self._encoder))
        self._has_failed = False

    def rank(self, question: str, without: str | None = None) -> Ranking:
        """Rank the topics for ``question``, which may be any text; the topic ``without`` is known not to be meant.

        If the encoder fails, only words are used; the log says so once.
        """
        text = normalise(question)
        try:
            return self._remembered(text, without)
        except EncoderError as error:
            if not self._has_failed:
                self._has_failed = True
                log.warning("The sentence encoder failed (%s): answers may rely on words alone", error)
            return self._rank(None, text, without)


def _rank(
    corpus: Corpus, model: Model, comparison: Comparison, encoder: Encoder | None, normalised: str, without: str | None
) -> Ranking:
    text = corpus.speller(normalised)
    question = _question(text, encoder)
    spoken = question.words
    meanings = None if question.encoding is None else question.encoding.sentence[np.newaxis]
    vector = with_meanings(corpus.tfidf.transform([spoken]), meanings)
    possible = np.array([not (c.kind is Kind.TOPIC and c.id == without) for c in corpus.categories])
    # Without a meaning, only what was learnt from words counts.
    scores = vector @ model.weights[: vector.shape[1]]
    probabilities = softmax(np.where(possible, scores, IMPOSSIBLE))[0]
    candidates = likeliest(corpus, probabilities)
    signals = comparison.signals(question, probabilities, candidates)
    confidences = confidence(signals, model.confidence)
    # A broad answer serves more people than any other, but must not outrank the one that fits best.
    signals[:, SIGNALS.index("covered")] = logit(probabilities[candidates])
    order = np.argsort(-confidence(signals, model.confidence), kind="stable")
    confidences[order] = np.minimum.accumulate(confidences[order])
    best = int(probabilities.argmax())
    return Ranking(
        topics=tuple(Match(corpus.categories[candidates[place]].id, float(confidences[place])) for place in order),
        kind=corpus.categories[best].kind,
        category=corpus.categories[best].id,
        probability=float(probabilities[best]),
        known=corpus.tfidf.known_share(spoken),
    )


def _question(text: str, encoder: Encoder | None) -> Question:
    if encoder is None:
        return Question(words(text))
    return Question(words(text), meaning(encoder, text), tokens(encoder, text))
