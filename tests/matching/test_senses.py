"""How close a word comes to those of each class, against cosines worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.features import Vector
from bot.matching.senses import Senses

MEANINGS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
PLACES = {"tea": 0, "kettle": 1, "bread": 2}
CLASSES: tuple[list[str], ...] = (["tea", "kettle"], ["bread", "unheard"], [])
LIKE_TEA = np.array([0.8, 0.6, 0], np.float32)


@pytest.fixture
def senses() -> Senses:
    return Senses(MEANINGS, PLACES, CLASSES)


def test_it_is_the_cosine_with_the_closest_word_of_each_class(senses: Senses) -> None:
    assert senses.closeness("cocoa", LIKE_TEA) == pytest.approx([0.8, 0, 0])
    assert senses.closeness("loaf", MEANINGS[2]) == pytest.approx([0, 1, 0])


def test_an_opposite_is_no_closer_than_nothing(senses: Senses) -> None:
    assert senses.closeness("anti-tea", -MEANINGS.sum(axis=0)) == pytest.approx([0, 0, 0])


def test_a_word_that_came_before_is_as_close_as_then(senses: Senses) -> None:
    first: Vector = senses.closeness("cocoa", LIKE_TEA)
    assert senses.closeness("coffee", MEANINGS[1]) == pytest.approx([1, 0, 0])
    assert senses.closeness("cocoa", LIKE_TEA.copy()) is first


@pytest.mark.parametrize(("words", "closest"), [(["tea"], 0.6), (["kettle"], 0.8), (["tea", "kettle"], 0.0)])
def test_some_words_of_a_class_can_be_left_out(words: list[str], closest: float, senses: Senses) -> None:
    assert senses.closeness_without(words, 0, LIKE_TEA[np.newaxis]) == pytest.approx([closest])


def test_only_words_of_the_vocabulary_have_a_known_sense(senses: Senses) -> None:
    np.testing.assert_array_equal(senses.of("bread"), MEANINGS[2])
    assert senses.of("unheard") is None
