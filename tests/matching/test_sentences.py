"""Which sentence of an answer is nearest to a question."""

from __future__ import annotations

from bot.matching.sentences import Sentences
from tests.encoders import FailingEncoder, WordEncoder

SENTENCES = ["A cup of tea.", "A loaf of bread.", "A wheel of cheese."]


def test_the_sentence_that_is_clearly_nearest_in_meaning_is_known() -> None:
    sentences = Sentences(WordEncoder())
    assert [sentences.nearest(text, SENTENCES) for text in ("a loaf of bread", "a cup of tea", "xyzzy")] == [1, 0, 0]
    assert sentences.nearest("a loaf of bread", SENTENCES[::-1]) == 1


def test_without_an_encoder_or_if_it_fails_the_first_comes_first() -> None:
    encoder = FailingEncoder()
    failing = Sentences(encoder)
    encoder.error = RuntimeError("broken")
    assert failing.nearest("a loaf of bread", SENTENCES) == Sentences(None).nearest("a loaf of bread", SENTENCES) == 0
