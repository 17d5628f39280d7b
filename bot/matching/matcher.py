"""From a question to ranked topics with a calibrated confidence."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache, partial

from bot.matching.comparison import Comparison
from bot.matching.corpus import Corpus, Stance
from bot.matching.encoder import Encoder, EncoderError, meaning
from bot.matching.examination import Examiner, Ranking
from bot.matching.explanation import Explanation
from bot.matching.sentences import Sentences
from bot.matching.stance import Stances
from bot.matching.training import Model
from bot.text import normalise

_REMEMBERED = 2048

log = logging.getLogger(__name__)


class Matcher:
    """Ranks the topics of one library. Immutable; its methods may be called from any thread.

    Args:
        corpus: the library.
        model: what training on this corpus yielded, with the same encoder.
        encoder: adds what a sentence means to what it says; None: words alone.
    """

    def __init__(self, corpus: Corpus, model: Model, encoder: Encoder | None = None) -> None:
        examiner = Examiner(corpus, model, Comparison(corpus, model.encodings, model.meanings))
        self._examiner = examiner
        self._encoder = encoder if model.encodings is not None else None
        sentences = None if model.meanings is None else model.meanings[len(corpus.vocabulary) :]
        self._stances = Stances(corpus, model.verdicts, sentences)
        # People ask the same things again and again. Not a method: a reference cycle would keep a replaced library
        # in memory.
        self._remembered = lru_cache(_REMEMBERED)(partial(_ranking, examiner, self._encoder))
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
            self._report(error)
            return _ranking(self._examiner, None, text, without, moves)

    def probability(self, question: str, category: str) -> float:
        """The probability (0 to 1) that a question is of a class, without comparing it with the topics.

        It is the one that ``rank`` gives in ``classes``.
        """
        text, corpus = normalise(question), self._examiner.corpus
        place = next((place for place, one in enumerate(corpus.categories) if one.id == category), None)
        try:
            reading = self._examiner.read(self._encoder, text, moves=False)
        except EncoderError as error:
            self._report(error)
            reading = self._examiner.read(None, text, moves=False)
        return 0.0 if place is None else float(reading.probabilities[place])

    def _report(self, error: EncoderError) -> None:
        if not self._has_failed:
            self._has_failed = True
            log.warning("The sentence encoder failed (%s): answers may rely on words alone", error)

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
            return self._examiner.examine(self._encoder, text, None, moves=False).explanation()
        except EncoderError:
            return self._examiner.examine(None, text, None, moves=False).explanation()


def _ranking(examiner: Examiner, encoder: Encoder | None, normalised: str, without: str | None, moves: bool) -> Ranking:
    return examiner.examine(encoder, normalised, without, moves=moves).ranking()
