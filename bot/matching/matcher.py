"""From a question to ranked topics with a calibrated confidence."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain

import numpy as np

from bot.matching.confidence import Signals, confidence
from bot.matching.corpus import Corpus, Kind
from bot.matching.encoder import Encoder, EncoderError, meaning
from bot.matching.features import with_meanings
from bot.matching.softmax import IMPOSSIBLE, softmax
from bot.matching.spelling import Speller, everyday_words
from bot.matching.training import Model
from bot.text import normalise, words

_RANKED = 5
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
        spell = Speller(Counter(chain.from_iterable(corpus.words)), everyday_words())
        self._rank = partial(_rank, corpus, model, spell)
        self._encoder = encoder if model.knows_meanings else None
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
    corpus: Corpus, model: Model, spell: Speller, encoder: Encoder | None, normalised: str, without: str | None
) -> Ranking:
    text = spell(normalised)
    spoken = words(text)
    meanings = None if encoder is None else meaning(encoder, text)[np.newaxis]
    vector = with_meanings(corpus.tfidf.transform([spoken]), meanings)
    possible = np.array([not (c.kind is Kind.TOPIC and c.id == without) for c in corpus.categories])
    # Without a meaning, only what was learnt from words counts.
    scores = vector @ model.weights[: vector.shape[1]]
    probabilities = softmax(np.where(possible, scores, IMPOSSIBLE))
    topics = np.flatnonzero(corpus.is_topic & possible)
    candidates = topics[np.argsort(-probabilities[0, topics], kind="stable")[:_RANKED]]
    known = corpus.tfidf.known_share(spoken)
    repeated = np.repeat(probabilities, len(candidates), axis=0)
    signals = Signals.of(corpus, repeated, candidates, np.full(len(candidates), known))
    # A broad answer may serve more people than the likeliest topic's, but it must not outrank it.
    confidences = np.minimum.accumulate(confidence(signals, model.confidence))
    best = int(probabilities[0].argmax())
    return Ranking(
        topics=tuple(
            Match(corpus.categories[topic].id, float(share))
            for topic, share in zip(candidates, confidences, strict=True)
        ),
        kind=corpus.categories[best].kind,
        category=corpus.categories[best].id,
        probability=float(probabilities[0, best]),
        known=known,
    )
