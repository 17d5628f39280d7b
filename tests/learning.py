"""Learning a corpus without a cache."""

from __future__ import annotations

from bot.matching import Corpus, Encoder, Encodings, Lesson, Matcher, Model, meaning, train


def learn(corpus: Corpus, encoder: Encoder | None = None) -> Model:
    """The model of a corpus."""
    lesson = Lesson(corpus)
    if encoder is None:
        return train(lesson, None, str.split)
    return train(lesson, Encodings.of(meaning(encoder, text) for text in lesson.texts), encoder.tokens)


def learnt_matcher(corpus: Corpus, encoder: Encoder | None = None) -> Matcher:
    """A matcher that has learnt a corpus."""
    return Matcher(corpus, learn(corpus, encoder), encoder)
