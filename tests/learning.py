"""Learning a corpus without a cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.matching import Corpus, Encoder, Encodings, Lesson, Matcher, Model, meaning, train

_LEARNT: dict[str, Model] = {}


def train_once(lesson: Lesson, encodings: Encodings | None, tokens: Callable[[str], Sequence[str]]) -> Model:
    """``train`` that remembers what it learnt from words alone: of the same library, it would learn the same again."""
    if encodings is not None:
        return train(lesson, encodings, tokens)
    if (known := _LEARNT.get(lesson.corpus.fingerprint)) is None:
        known = _LEARNT[lesson.corpus.fingerprint] = train(lesson, None, tokens)
    return known


def learn(corpus: Corpus, encoder: Encoder | None = None) -> Model:
    """The model of a corpus."""
    lesson = Lesson(corpus)
    if encoder is None:
        return train(lesson, None, str.split)
    return train(lesson, Encodings.of(meaning(encoder, text) for text in lesson.texts), encoder.tokens)


def learnt_matcher(corpus: Corpus, encoder: Encoder | None = None) -> Matcher:
    """A matcher that has learnt a corpus."""
    return Matcher(corpus, learn(corpus, encoder), encoder)
