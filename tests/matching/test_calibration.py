"""Trials are put to a classifier that has not seen their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching import Category, Corpus, Kind, Vectors
from bot.matching.calibration import _EVERYDAY_SHARE, Outcomes, likeliest, put_to_trial
from bot.matching.comparison import SIGNALS, Comparison, Question
from bot.matching.examples import Examples
from bot.matching.trials import OTHER_KEY, OUTSIDE, PHRASING, SLIPS, Make, Trial
from tests.matching.conftest import BREAD, CARS, CHEESE, HELLO, TEA, category

LIBRARY = [
    *(category("tea", TEA), category("bread", BREAD, serves=["tea"]), category("cheese", CHEESE)),
    *(category(f"group {n}", CARS.replace("car", f"car{n}"), Kind.OUTSIDE) for n in range(3)),
    category("hello", HELLO, Kind.SMALLTALK),
]


class Noting(Comparison):
    """Remembers what it was asked to compare, with the probabilities and the candidates."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus, None)
        self.seen: list[tuple[Question, Vectors, list[int]]] = []

    def signals(self, question: Question, probabilities: Vectors, candidates: NDArray[np.intp]) -> NDArray[np.float64]:
        self.seen.append((question, probabilities, candidates.tolist()))
        return super().signals(question, probabilities, candidates)


def all_trials(corpus: Corpus) -> list[Trial]:
    """A trial of each text as it is."""
    kinds = [PHRASING if corpus.is_topic[label] else OUTSIDE for label in corpus.labels]
    return [Trial(text, row, kind) for row, (text, kind) in enumerate(zip(corpus.texts, kinds, strict=True))]


def tried(corpus: Corpus, tests: Sequence[Trial]) -> tuple[Outcomes, Noting]:
    """What becomes of trials by words alone, and what was compared meanwhile."""
    comparison = Noting(corpus)
    questions = [Question(test.text.split(), source=test.source) for test in tests]
    with ThreadPoolExecutor(1) as pool:
        return put_to_trial(corpus, Examples(corpus, None), comparison, tests, questions.__getitem__, pool), comparison


# The candidates


def test_the_likeliest_five_topics_are_candidates_and_nothing_else_is() -> None:
    topics = [category(name, name) for name in "abcdefg"]
    corpus = Corpus([*topics, category("x", "x", Kind.OUTSIDE)])
    probabilities = np.array([0.05, 0.1, 0.1, 0.2, 0.02, 0.03, 0.0, 0.5], np.float32)
    assert likeliest(corpus, probabilities).tolist() == [3, 1, 2, 0, 5]
    assert likeliest(corpus, np.array([0, 0, 0, 0.1, 0, 0, 0, 0.9], np.float32)).tolist() == [3]


# What is held out


def test_each_trial_is_asked_once() -> None:
    corpus = Corpus(LIBRARY)
    tests = all_trials(corpus) * 2
    outcomes, comparison = tried(corpus, tests)
    assert Counter(question.source for question, _, _ in comparison.seen) == Counter(test.source for test in tests)
    assert outcomes.signals.shape == (len(tests) * 3, len(SIGNALS))
    assert {len(part) for part in (outcomes.right, outcomes.drill, outcomes.usual)} == {len(tests) * 3}


def test_the_classifier_has_not_seen_the_source() -> None:
    """Each text has words of its own: who has learnt it is sure of its class, and who has not can but guess."""
    texts = ["xylophone zebra", "quartz jukebox", "vodka wigwam", "fjord sphinx", "glyph nymph", "bluff kazoo"]
    corpus = Corpus([category("a", "|".join(texts[:3])), category("b", "|".join(texts[3:]))])
    _, comparison = tried(corpus, all_trials(corpus))
    truth = [int(corpus.labels[question.source]) for question, _, _ in comparison.seen]
    sure = [float(row[label]) for (_, row, _), label in zip(comparison.seen, truth, strict=True)]
    assert len(sure) == 6
    assert max(sure) < 0.6


def test_a_fold_holds_out_texts_of_every_class_alike() -> None:
    """Whatever is asked, most of each topic is known: so the likeliest is usually the right one."""
    corpus = Corpus(LIBRARY[:3])
    _, comparison = tried(corpus, all_trials(corpus))
    right = [corpus.labels[question.source] == candidates[0] for question, _, candidates in comparison.seen]
    assert np.mean(right) > 0.6


def test_outside_groups_are_hidden_in_one_fold_and_topics_and_small_talk_never() -> None:
    corpus = Corpus(LIBRARY)
    _, comparison = tried(corpus, all_trials(corpus))
    hidden = np.array([row == 0 for _, row, _ in comparison.seen])
    is_group = np.array([entry.kind is Kind.OUTSIDE for entry in corpus.categories])
    assert not hidden[:, ~is_group].any()
    assert (hidden[:, is_group].sum(axis=1) <= 1).all(), "of six folds three hide one of three groups each"
    asked_of_group = corpus.labels[np.array([question.source for question, _, _ in comparison.seen])]
    for label in np.flatnonzero(is_group):
        assert set(hidden[asked_of_group == label, label].tolist()) == {True, False}, "it is met known and unknown"


def everyday(groups: int) -> list[Category]:
    return [
        Category(Kind.EVERYDAY, f"subject {n}", tuple(CARS.replace("car", f"car{n}").split("|"))) for n in range(groups)
    ]


def test_everyday_questions_are_hidden_by_their_subject_too() -> None:
    corpus = Corpus([*LIBRARY[:3], *everyday(6)])
    _, comparison = tried(corpus, all_trials(corpus))
    assert all((row == 0).sum() == 1 for _, row, _ in comparison.seen)


@pytest.mark.parametrize(("texts", "folds"), [(2000, 6), (2001, 3)])
def test_up_to_two_thousand_texts_have_six_folds_and_more_have_three(texts: int, folds: int) -> None:
    groups = everyday(6)
    rest = texts - sum(len(group.texts) for group in groups)
    corpus = Corpus([Category(Kind.TOPIC, "tea", ("tea",) * rest, frozenset({"tea"})), *groups])
    assert len(corpus.texts) == texts
    _, comparison = tried(corpus, all_trials(corpus)[:60])
    hidden = {tuple(np.flatnonzero(row == 0)) for _, row, _ in comparison.seen}
    assert len(hidden) == folds
    assert {len(groups) for groups in hidden} == {6 // folds}


@pytest.mark.parametrize("topics", [["a loaf of bread"], ["a loaf of bread", "a cup of tea"], ["a|b"]])
def test_a_library_that_can_hold_out_nothing_has_no_outcomes_or_few(topics: list[str]) -> None:
    corpus = Corpus([category(str(number), texts) for number, texts in enumerate(topics)])
    outcomes, comparison = tried(corpus, all_trials(corpus))
    assert len(comparison.seen) == (2 if topics == ["a|b"] else 0)
    assert outcomes.signals.shape == (len(comparison.seen), len(SIGNALS))
    assert len(outcomes.right) == len(comparison.seen)


# What is right


def outcomes_of(
    tests: Sequence[Trial], library: Sequence[Category] = LIBRARY
) -> list[dict[int, tuple[bool, float, float]]]:
    """For each trial, in the order in which they were asked, what became of each candidate, by its label."""
    outcomes, comparison = tried(Corpus(library), tests)
    rows = iter(zip(outcomes.right.tolist(), outcomes.drill.tolist(), outcomes.usual.tolist(), strict=True))
    return [dict(zip(candidates, rows, strict=False)) for _, _, candidates in comparison.seen]


def rights(trial: Trial) -> set[int]:
    [outcome] = outcomes_of([trial])
    assert outcome.keys() == {0, 1, 2}
    return {label for label, (right, _, _) in outcome.items() if right}


@pytest.mark.parametrize("kind", [PHRASING, SLIPS])
def test_an_answer_is_right_if_it_serves_whoever_asked(kind: Make) -> None:
    tea, bread, cheese = (TEA.split("|")[0], BREAD.split("|")[0], CHEESE.split("|")[0])
    assert rights(Trial(tea, 0, kind)) == {0, 1}
    assert rights(Trial(bread, 6, kind)) == {1}
    assert rights(Trial(cheese, 12, kind)) == {2}


def test_no_answer_is_right_for_what_is_outside_or_about_something_else() -> None:
    assert rights(Trial("which car0 is fast", 18, OUTSIDE)) == set()
    assert rights(Trial("how do i brew petrol", 0, OTHER_KEY)) == set()


# How much it counts


def test_all_candidates_drill_and_the_first_alone_says_how_often() -> None:
    made = Make("made", 10, True, drill=4.0, usual=0.25)
    corpus = Corpus(LIBRARY)
    outcomes, comparison = tried(corpus, [Trial(text, row, made) for row, text in enumerate(corpus.texts[:6])])
    assert (outcomes.drill == 4.0).all()
    assert outcomes.usual.tolist() == [0.25, 0, 0] * 6
    firsts = [row.argmax() for _, row, _ in comparison.seen if row.argmax() < 3]
    assert firsts == [candidates[0] for _, row, candidates in comparison.seen if row.argmax() < 3]


def test_everyday_questions_together_count_little() -> None:
    many = Category(Kind.EVERYDAY, "x", tuple(f"what about {letter}{letter}" for letter in "abcdefghijklmnopqrst"))
    corpus = Corpus([category("tea", TEA), category("bread", BREAD), many])
    tests = all_trials(corpus)
    outcomes, comparison = tried(corpus, tests)
    everyday = np.array([q.source for q, _, _ in comparison.seen for _ in range(2)]) >= 12
    assert set(outcomes.drill[~everyday].tolist()) == {PHRASING.drill}
    share = _EVERYDAY_SHARE * 12 / 20
    assert set(outcomes.drill[everyday].tolist()) == {share * OUTSIDE.drill}
    assert set(outcomes.usual[everyday].tolist()) == {share * OUTSIDE.usual, 0.0}


def test_few_everyday_questions_count_like_others() -> None:
    topic = category("tea", "|".join(f"tea number {n}" for n in range(40)))
    corpus = Corpus([topic, Category(Kind.EVERYDAY, "x", ("who won", "how are you", "what now"))])
    outcomes, _ = tried(corpus, all_trials(corpus))
    assert Counter(outcomes.drill.tolist()) == {PHRASING.drill: 40, OUTSIDE.drill: 3}


@pytest.mark.parametrize(
    ("phrasings", "times", "importance"), [(5, 1, 0.2), (5, 4, 0.05), (50, 1, 1.0), (50, 4, 0.5), (50, 8, 0.25)]
)
def test_made_questions_count_the_more_the_more_phrasings_a_topic_has(
    phrasings: int, times: int, importance: float
) -> None:
    """And the less the more there are; what is asked outside the topics does not matter."""
    made = replace(OTHER_KEY, drill=1.0)
    topics = [category(name, "|".join(f"{name} {n}" for n in range(phrasings))) for name in ("tea", "bread")]
    corpus = Corpus([*topics, *LIBRARY[3:]])
    tests = [Trial(f"petrol {n}", n, made) for n in range(phrasings * 2)] * times
    outcomes, comparison = tried(corpus, [*all_trials(corpus), *tests])
    is_made = np.repeat(["petrol" in question.words for question, _, _ in comparison.seen], len(topics))
    assert is_made.sum() == len(tests) * len(topics)
    assert {*outcomes.drill[is_made].tolist()} == {importance}
    assert {*outcomes.drill[~is_made].tolist()} == {PHRASING.drill, OUTSIDE.drill}
    assert {*outcomes.usual[is_made].tolist()} == {made.usual, 0.0}


def test_made_questions_without_real_ones_do_not_drill() -> None:
    outcomes, _ = tried(Corpus(LIBRARY), [Trial("which petrol is fast", 0, OTHER_KEY)])
    assert {*outcomes.drill.tolist()} == {0.0}
