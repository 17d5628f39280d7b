"""Learning a corpus without a cache."""

from __future__ import annotations

from bot.matching import Corpus, Encoder, Encodings, Matcher, Model, meaning, train, trials


def learn(corpus: Corpus, encoder: Encoder | None = None) -> Model:
    """The model of a corpus."""
    tests = trials(corpus)
    if encoder is None:
        return train(corpus, tests, None, str.split)
    texts = [*corpus.texts, *(test.text for test in tests)]
    encoded = {text: meaning(encoder, text) for text in dict.fromkeys(texts)}
    return train(corpus, tests, Encodings.of(encoded[text] for text in texts), encoder.tokens)


def learnt_matcher(corpus: Corpus, encoder: Encoder | None = None) -> Matcher:
    """A matcher that has learnt a corpus."""
    return Matcher(corpus, learn(corpus, encoder), encoder)
