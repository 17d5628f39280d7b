"""The figures, against values worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.figures import Asked, Counts, correlation, counts, curve, matthews, thresholds
from benchmarks.product import Question
from benchmarks.ranking import Prediction


def asked(predicted: str | None, confidence: float, *right: str, kind: str = "casual") -> Asked:
    return Asked(Question("?", kind, frozenset(right)), Prediction(predicted, confidence))


SIX = [
    asked("a", 0.9, "a"),
    asked("b", 0.8, "a"),
    asked("b", 0.7, "a", "b"),
    asked("a", 0.3, "a"),
    asked("a", 0.6, kind="near"),
    asked("a", 0.2, kind="near"),
]


def test_counts_by_kind() -> None:
    assert counts(SIX, 0.5) == {
        "casual": Counts(in_scope=True, right=2, wrong=1, refused=1, likeliest=3),
        "near": Counts(in_scope=False, right=0, wrong=1, refused=1, likeliest=0),
    }
    assert counts(SIX, 0.5)["casual"].asked == 4


def test_a_confidence_at_the_threshold_answers() -> None:
    assert counts(SIX, 0.3)["casual"].refused == 0


def test_confidence_0_never_answers_and_still_counts_as_likeliest() -> None:
    assert counts([asked("a", 0.0, "a")], 0.0)["casual"] == Counts(True, right=0, wrong=0, refused=1, likeliest=1)


def test_no_idea_is_not_right() -> None:
    assert not asked(None, 0.0).is_right


def test_curve_has_a_point_for_each_threshold() -> None:
    assert thresholds(SIX) == [0.9, 0.8, 0.7, 0.6, 0.3, 0.2]
    wrong_of_6, right_of_4 = zip(*curve(SIX), strict=True)
    assert right_of_4 == (0.25, 0.25, 0.5, 0.5, 0.75, 0.75)
    assert wrong_of_6 == (0.0, 0.1667, 0.1667, 0.3333, 0.3333, 0.5)


def test_a_curve_of_many_thresholds_is_thinned_out() -> None:
    many = [asked("a", (number + 1) / 1000, "a") for number in range(1000)]
    assert [thresholds(many)[n] for n in (0, 1, -1)] == [1.0, 0.99, 0.01]
    assert len(curve(many)) == 100


def test_correlation_counts_refusal_as_a_class() -> None:
    one_each = [asked("a", 0.9, "a"), asked("b", 0.9, "b"), asked("a", 0.1), asked("b", 0.1)]
    assert correlation(one_each, 0.5) == 1
    assert correlation(one_each, 0.05) == 0.4472  # (2 * 4 - 2 * 1 - 2 * 1) / sqrt((16 - 6) * (16 - 8))
    assert correlation(SIX, 0.5) is None  # a question has two right answers


@pytest.mark.parametrize(
    ("truth", "predicted", "expected"),
    [
        ("aabb", "aabb", 1.0),
        ("aabb", "bbaa", -1.0),
        ("aabb", "abab", 0.0),
        ("aaab", "aabb", 0.5774),  # TP 2, FN 1, TN 1, FP 0: (2 * 1 - 0 * 1) / sqrt(2 * 3 * 1 * 2)
        ("abcabc", "abcaaa", 0.5774),  # (4 * 6 - (2 * 4 + 2 * 1 + 2 * 1)) / sqrt((36 - 12) * (36 - 18))
        ("aaaa", "aabb", 0.0),
        ("aabb", "aaaa", 0.0),
    ],
)
def test_matthews_correlation(truth: str, predicted: str, expected: float) -> None:
    assert matthews(list(truth), list(predicted)) == expected
