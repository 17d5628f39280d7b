"""Hashed TF-IDF."""

from __future__ import annotations

import math
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.features import DIMENSIONS, HashedTfidf
from tests.conftest import ANY_TEXT

TEXTS = ["the leader asks", "the manager plans", "the team asks the leader"]
TFIDF = HashedTfidf(TEXTS)


def expected(terms: dict[str, float]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The vector with these weights, each at the place and with the sign that its hash gives."""
    vector = np.zeros(DIMENSIONS, np.float32)
    for term, weight in terms.items():
        code = crc32(term.encode())
        vector[code % DIMENSIONS] += weight if code >= 2**31 else -weight
    return vector


def test_one_row_a_text() -> None:
    vectors = TFIDF.transform(["the leader", "plans", ""])
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32


def test_words_weigh_one_and_trigrams_two() -> None:
    vector = HashedTfidf(["ab", "cd"]).transform(["ab"])[0]
    # One word, of length 1; two trigrams of equal weight, together of length 2.
    each = 2 / math.sqrt(2)
    np.testing.assert_allclose(vector, expected({"ab": 1.0, "<ab": each, "ab>": each}), rtol=1e-5)


def test_a_rare_word_weighs_more_and_a_repeated_one_a_little_more() -> None:
    tfidf = HashedTfidf(["a", "a", "b"])
    idf = {"a": math.log(4 / 3) + 1, "b": math.log(4 / 2) + 1}
    words = {"a": (1 + math.log(2)) * idf["a"], "b": idf["b"]}
    length = math.hypot(*words.values())
    trigrams = {"<a>": words["a"] / length * 2, "<b>": words["b"] / length * 2}
    # The pairs "a a" and "a b" stand in no text.
    together = expected({term: weight / length for term, weight in words.items()}) + expected(trigrams)
    np.testing.assert_allclose(tfidf.transform(["a a b"])[0], together, rtol=1e-5)


def test_the_order_of_words_matters_through_pairs() -> None:
    there, back = TFIDF.transform(["leader asks", "asks leader"])
    assert not np.allclose(there, back)


def test_a_misspelt_word_is_still_like_the_right_one() -> None:
    right, misspelt, other = TFIDF.transform(["manager", "managers", "team"])
    assert right @ misspelt > 1 > right @ other


@pytest.mark.parametrize("text", ["", "?!", "xyz", "漢字", "\U0001f600"])
def test_what_was_never_seen_counts_nothing(text: str) -> None:
    assert not TFIDF.transform([text]).any()


def test_an_unknown_word_takes_nothing_from_a_known_one() -> None:
    # "qqq" shares no trigram with any text.
    np.testing.assert_array_equal(*TFIDF.transform(["leader", "leader qqq"]))


@given(st.lists(ANY_TEXT, max_size=4))
def test_any_text_gives_a_finite_row_of_bounded_length(texts: list[str]) -> None:
    vectors = HashedTfidf([*TEXTS, *texts]).transform(texts)
    # Two families of lengths 1 and 2; terms that collide can add up to no more than all of them.
    assert np.isfinite(vectors).all()
    assert (np.abs(vectors).sum(axis=1) < 100).all()


@given(st.lists(st.sampled_from(["leader", "team", "the", "zebra"]), max_size=6))
def test_a_text_alone_and_among_others_is_the_same(words: list[str]) -> None:
    text = " ".join(words)
    np.testing.assert_array_equal(TFIDF.transform([text])[0], TFIDF.transform(["the team", text, "plans"])[1])


def test_the_known_share_is_weighted_by_how_telling_a_word_is() -> None:
    the, unseen = math.log(4 / 4) + 1, math.log(4 / 1) + 1
    assert TFIDF.known_share("the") == 1
    assert TFIDF.known_share("zebra") == 0
    assert TFIDF.known_share("the zebra") == pytest.approx(the / (the + unseen))


@pytest.mark.parametrize("text", ["", "?!", "...", "\U0001f600"])
def test_without_words_nothing_is_known(text: str) -> None:
    assert TFIDF.known_share(text) == 0


def test_texts_can_be_left_out_of_what_is_known() -> None:
    assert TFIDF.known_share("manager plans", {"manager": 1, "plans": 1}) == 0  # one text alone has these words
    assert TFIDF.known_share("leader asks", {"leader": 1, "asks": 1}) == 1
    assert TFIDF.known_share("leader asks", {"leader": 2}) == pytest.approx(1 / 2)


def test_a_library_without_texts_knows_nothing() -> None:
    empty = HashedTfidf([])
    assert empty.known_share("leader") == 0
    assert not empty.transform(["leader"]).any()
