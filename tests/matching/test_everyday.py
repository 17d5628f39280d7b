"""Everyday questions: many, of all kinds, and none that a library may be about."""

from __future__ import annotations

import pytest

from bot.matching import Category, Corpus, Kind, everyday_questions
from bot.text import normalise
from tests.learning import learn
from tests.matching.conftest import category

NOTHING = everyday_questions([], 1000)


def every(questions: dict[str, tuple[str, ...]]) -> list[str]:
    return [question for subject in questions.values() for question in subject]


def test_there_are_hundreds_of_all_kinds() -> None:
    assert 400 <= len(every(NOTHING)) <= 600
    assert len(NOTHING) >= 15
    assert min(map(len, NOTHING.values())) >= 10
    plain = [normalise(question) for question in every(NOTHING)]
    assert all(plain)
    assert len(plain) == len(set(plain))


def test_what_the_library_is_about_is_left_out() -> None:
    kept = every(everyday_questions(["a pancake batter without lumps", "how do i bake a cake", "which oven"], 1000))
    asked = "why does my pancake batter always go lumpy"
    assert asked in every(NOTHING)
    assert asked not in kept
    assert "what's the capital of france" in kept
    assert len(kept) > 0.9 * len(every(NOTHING))


def test_a_subject_that_is_the_librarys_own_is_left_out_whole() -> None:
    assert "pets" not in everyday_questions(["my puppy bites", "a puppy barks at night", "brushing a coat"], 1000)
    assert "pets" in everyday_questions(["my puppy bites", "brushing a coat", "clipping claws"], 1000)


@pytest.mark.parametrize("most", [0, 50, 200])
def test_no_more_are_given_than_wanted_and_from_all_subjects_alike(most: int) -> None:
    some = everyday_questions([], most)
    assert len(every(some)) == pytest.approx(most, abs=len(NOTHING) / 2)
    assert set(some) == (set(NOTHING) if most else set())
    assert all(questions == NOTHING[subject][: len(questions)] for subject, questions in some.items())


def test_no_answer_serves_them() -> None:
    corpus = Corpus([category("tea", "tea|milk"), Category(Kind.EVERYDAY, "tea", ("how are you", "who won"))])
    assert corpus.serves.tolist() == [[1.0, 0.0], [0.0, 0.0]]
    assert learn(corpus).weights.shape[1] == 2
