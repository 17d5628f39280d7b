"""Our matcher, whole or with parts switched off."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.product import (
    Category,
    Kind,
    answer_threshold,
    refuses,
    trained_matcher,
    with_everyday_questions,
)
from benchmarks.ranking import Prediction


class RightThings:
    """The matcher as the bot uses it.

    Args:
        encoder: whether it knows what a sentence means, or only its words.
        repairs_typos: whether it repairs typos.
        counterfactuals: whether it learns from questions about something else that are made of its own.
        judge: whether it compares the question with the likeliest topics, or believes the classifier.
        has_threshold: whether it has the shipped threshold, which suits calibrated confidences only.
        without: kinds of classes that it does not learn.
    """

    def __init__(
        self,
        *,
        encoder: bool = True,
        repairs_typos: bool = True,
        counterfactuals: bool = True,
        judge: bool = True,
        has_threshold: bool = True,
        without: frozenset[Kind] = frozenset(),
    ) -> None:
        self._encoder = encoder
        self._repairs_typos = repairs_typos
        self._counterfactuals = counterfactuals
        self._judge = judge
        self._has_threshold = has_threshold
        self._without = without

    @property
    def answers_from(self) -> float | None:
        """The shipped threshold, if it has that."""
        return answer_threshold() if self._has_threshold else None

    def learn(self, categories: Sequence[Category]) -> None:
        """Train the matcher, with everyday questions if the library has few outside questions."""
        learnt = [c for c in with_everyday_questions(categories) if c.kind not in self._without]
        self._matcher = trained_matcher(
            learnt,
            encoder=self._encoder,
            repairs_typos=self._repairs_typos,
            counterfactuals=self._counterfactuals,
        )

    def predict(self, question: str) -> Prediction:
        """The likeliest topic, with confidence 0 if the bot would not see a question in the message."""
        ranking = self._matcher.rank(question)
        if not ranking.topics:
            return Prediction(None, 0.0)
        best = ranking.topics[0]
        topic, confidence = best.topic, best.confidence
        if not self._judge:
            is_topic = ranking.kind is Kind.TOPIC
            topic, confidence = (ranking.category, ranking.probability) if is_topic else (best.topic, 0.0)
        return Prediction(topic, 0.0 if refuses(ranking) else confidence)
