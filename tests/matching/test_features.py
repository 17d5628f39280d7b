"""Hashed TF-IDF."""

from __future__ import annotations

import math
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.matching.features import DIMENSIONS, HashedTfidf, with_meanings
from bot.text import normalise, words
from tests.conftest import ANY_TEXT


def split(*texts: str) -> list[list[str]]:
    return [words(text) for text in texts]


TFIDF = HashedTfidf(split("the leader asks", "the manager plans", "the team asks the leader"))
# In all of its three texts, and in none.
IDF_THE, IDF_UNSEEN = math.log(4 / 4) + 1, math.log(4 / 1) + 1


def expected(terms: dict[str, float]) -> NDArray[np.float32]:
    """The vector with these weights, each at the place and with the sign that its hash gives."""
    vector = np.zeros(DIMENSIONS, np.float32)
    for term, weight in terms.items():
        code = crc32(term.encode())
        vector[code % DIMENSIONS] += weight if code >= 2**31 else -weight
    return vector


def test_words_weigh_one_and_trigrams_two() -> None:
    vectors = HashedTfidf(split("ab", "cd")).transform(split("ab", "", "ab"))
    assert vectors.dtype == np.float32
    # One word, of length 1; two trigrams of equal weight, together of length 2.
    each = 2 / math.sqrt(2)
    one = expected({"ab": 1.0, "<ab": each, "ab>": each})
    np.testing.assert_allclose(vectors, [one, 0 * one, one], rtol=1e-5)


def test_a_rare_word_weighs_more_and_a_repeated_one_a_little_more() -> None:
    weights = {"a": (1 + math.log(2)) * (math.log(4 / 3) + 1), "b": math.log(4 / 2) + 1}
    length = math.hypot(*weights.values())
    # The pairs "a a" and "a b" are in no text: they take nothing from the words that are.
    together = {term: weight / length for term, weight in weights.items()}
    together |= {f"<{term}>": 2 * weight for term, weight in together.items()}
    vector = HashedTfidf(split("a", "a", "b")).transform(split("a a b"))[0]
    np.testing.assert_allclose(vector, expected(together), rtol=1e-5)


def test_the_order_of_words_matters_through_pairs() -> None:
    there, back = TFIDF.transform(split("leader asks", "asks leader"))
    assert not np.allclose(there, back)


@pytest.mark.parametrize(
    ("tfidf", "text"),
    [*((TFIDF, text) for text in ("", "?!", "xyz", "漢字", "\U0001f600")), (HashedTfidf([]), "leader")],
)
def test_what_was_never_seen_counts_nothing(tfidf: HashedTfidf, text: str) -> None:
    assert not tfidf.transform(split(text)).any()
    assert tfidf.known_share(words(text)) == 0


@given(st.lists(ANY_TEXT.map(normalise), max_size=4))
def test_any_text_gives_a_finite_row_of_bounded_length(texts: list[str]) -> None:
    vectors = HashedTfidf(split("the leader asks", *texts)).transform(split(*texts))
    # Two families of lengths 1 and 2; terms that collide can add up to no more than all of them.
    assert np.isfinite(vectors).all()
    assert (np.abs(vectors).sum(axis=1) < 100).all()


@pytest.mark.parametrize(
    ("text", "share"),
    [
        *(("the", 1), ("the zebra", IDF_THE / (IDF_THE + IDF_UNSEEN)), ("leader asks", 1), ("zebra", 0), ("", 0)),
        # Single characters say nothing, whether known or not.
        *(("a zebra 1", 0), ("a the z", 1), ("a 1", 0)),
    ],
)
def test_the_known_share_is_weighted(text: str, share: float) -> None:
    tfidf = HashedTfidf(split("the leader asks a", "the manager plans 1", "the team asks the leader"))
    assert tfidf.known_share(words(text)) == pytest.approx(share)


def test_idf_is_1_for_what_is_in_every_text_and_the_more_the_rarer() -> None:
    assert TFIDF.idf("the") == IDF_THE == 1
    assert TFIDF.idf("zebra") == IDF_UNSEEN
    assert TFIDF.idf("leader") == pytest.approx(math.log(4 / 3) + 1)
    assert TFIDF.idf("the leader") == TFIDF.idf("<le") == TFIDF.idf("leader"), "of pairs and trigrams, too"


def test_meanings_follow_the_words_and_weigh_three() -> None:
    of_words, meanings = TFIDF.transform(split("the leader", "plans")), np.array([[1, 0], [0, 1]], np.float32)
    together = with_meanings(of_words, meanings)
    np.testing.assert_array_equal(together, np.hstack([of_words, 3 * meanings]))
    assert together.dtype == np.float32
    np.testing.assert_array_equal(with_meanings(of_words, None), of_words)
