"""Encodings in little memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching import Encoding, Encodings
from tests.encoders import WordEncoder

ENCODER = WordEncoder()
TEXTS = ["how hot is tea", "rye", "", "a loaf of bread takes time"]


def encoded(texts: Sequence[str]) -> Encodings:
    return Encodings.of(map(ENCODER.encode, texts))


def arrays(encodings: Encodings) -> list[NDArray[np.generic]]:
    return [encodings.sentences, encodings.tokens, encodings.lengths]


def assert_equal(found: Encodings, expected: Encodings) -> None:
    for one, other in zip(arrays(found), arrays(expected), strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


def test_each_text_comes_back_about_as_it_was() -> None:
    encodings = encoded(TEXTS)
    for number, text in enumerate(TEXTS):
        found, expected = encodings.encoding(number), ENCODER.encode(text)
        assert found.sentence.dtype == found.tokens.dtype == np.float32
        np.testing.assert_allclose(found.sentence, expected.sentence, atol=5e-4)
        assert found.tokens.shape == expected.tokens.shape
        np.testing.assert_allclose(found.tokens, expected.tokens, atol=0.5 / 127 + 1e-6)


def test_numbers_are_rounded_to_two_bytes_and_one() -> None:
    sentence, tokens = np.array([1.0, 0.33333], np.float32), np.array([[1.0, -1.0, 0.5, -0.0042]], np.float32)
    encodings = Encodings.of([Encoding(sentence, tokens)])
    assert [array.dtype.name for array in arrays(encodings)] == ["float16", "int8", "int32"]
    np.testing.assert_array_equal(encodings.sentences, sentence.astype(np.float16)[np.newaxis])
    assert encodings.tokens.tolist() == [[127, -127, 64, -1]]


def test_tokens_follow_one_another() -> None:
    encodings = encoded(TEXTS)
    assert encodings.lengths.tolist() == [4, 1, 0, 6]
    assert encodings.starts.tolist() == [0, 4, 5, 5]
    assert encodings.tokens.shape == (11, ENCODER.token_dimensions)
    np.testing.assert_array_equal(encodings.unit_tokens(4, 1), encodings.encoding(1).tokens)
    np.testing.assert_array_equal(encodings.unit_tokens(5, 6), encodings.encoding(3).tokens)


@pytest.mark.parametrize("first", [1, 2, 3])
def test_joined_they_are_those_of_all_texts(first: int) -> None:
    assert_equal(encoded(TEXTS[:first]) + encoded(TEXTS[first:]), encoded(TEXTS))


@pytest.mark.parametrize("chosen", [[0, 1, 2, 3], [3, 0], [1, 1, 2], [2], np.array([3, 2, 1])])
def test_picked_they_are_those_of_the_texts_in_that_order(chosen: Sequence[int] | NDArray[np.intp]) -> None:
    assert_equal(encoded(TEXTS)[chosen], encoded([TEXTS[number] for number in chosen]))
