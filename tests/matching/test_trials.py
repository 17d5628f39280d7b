"""The trials of a library."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from importlib import import_module

import pytest

from bot.matching import Category, Corpus, Kind, trials
from bot.matching.counterfactuals import Counterfactuals
from bot.matching.people import doer, given_names, person, surnames
from bot.matching.trials import (
    OTHER_DOER,
    OTHER_KEY,
    OTHER_MATTER,
    OTHER_NAME,
    OTHER_QUANTITY,
    OTHER_SUBJECT,
    OUTSIDE,
    PHRASING,
    SLIPS,
    Make,
    Trial,
)
from bot.settings import PROJECT
from tests.matching.conftest import CARS, HELLO, category

TEA = "how do bakers brew tea|must tea be hot|do bakers sell green tea|a pot of tea|tea bags|what is black tea"
DOUGH = "how do bakers knead dough|must dough be cold|do bakers buy dough|a bowl of dough|dough rises|what is rye dough"
LIBRARY = [
    *(category("tea", TEA), category("dough", DOUGH), category("cars", CARS, Kind.OUTSIDE)),
    *(Category(Kind.EVERYDAY, "sport", ("who won", "who is in goal")), category("hello", HELLO, Kind.SMALLTALK)),
]
MODULE = import_module("bot.matching.trials")  # the room's face gives its function that name
CORPUS = Corpus(LIBRARY)
TOPICS, ALL = range(12), range(len(CORPUS.texts))


def by_kind(tests: list[Trial]) -> dict[Make, list[Trial]]:
    found: defaultdict[Make, list[Trial]] = defaultdict(list)
    for test in tests:
        found[test.make].append(test)
    return found


MADE = by_kind(trials(CORPUS))


def test_the_same_corpus_gives_the_same_trials() -> None:
    assert trials(Corpus(LIBRARY)) == trials(CORPUS)


_TRY = """
from bot.matching import Category, Corpus, Kind, trials
texts = tuple(f"{start} glimps frobble xylems" for start in ("do", "must", "may", "can", "will", "no"))
for test in trials(Corpus([Category(Kind.TOPIC, "tea", texts, frozenset({"tea"}))])):
    print(test)
"""


def test_other_processes_make_the_same_trials() -> None:
    """Nothing may depend on the order of sets, which differs from process to process; here all words are equal."""
    surroundings = [{**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)} for seed in "12345"]
    command = [sys.executable, "-c", _TRY]
    made = {subprocess.run(command, env=env, check=True, capture_output=True).stdout for env in surroundings}
    assert len(made) == 1
    assert b"other subject" in made.pop()


def test_phrasings_are_as_they_are_and_so_is_everything_outside() -> None:
    assert sorted((test.source, test.text) for test in MADE[PHRASING]) == [(row, CORPUS.texts[row]) for row in TOPICS]
    outside = [(row, CORPUS.texts[row]) for row in ALL if row not in TOPICS]
    assert sorted((test.source, test.text) for test in MADE[OUTSIDE]) == outside


@pytest.mark.parametrize(
    "kind",
    [SLIPS, OTHER_SUBJECT, OTHER_KEY, OTHER_DOER, OTHER_NAME, OTHER_MATTER, OTHER_QUANTITY],
    ids=lambda kind: kind.name,
)
def test_all_others_are_made_of_phrasings_once_each(kind: Make) -> None:
    sources = [test.source for test in MADE[kind]]
    assert sources
    assert {*sources} <= {*TOPICS}
    assert len(sources) == len({*sources})


@pytest.mark.parametrize(
    "kind", [OTHER_SUBJECT, OTHER_KEY, OTHER_DOER, OTHER_NAME, OTHER_MATTER, OTHER_QUANTITY], ids=lambda kind: kind.name
)
def test_a_counterfactual_has_no_answer_and_another_text(kind: Make) -> None:
    assert not kind.is_real
    assert all(test.text not in CORPUS.texts for test in MADE[kind])


def test_what_comes_out_unchanged_is_no_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Counterfactuals, "other_subject", lambda self, words, random: [*words])
    assert OTHER_SUBJECT not in by_kind(trials(CORPUS))


def test_each_counterfactual_changes_what_its_kind_says() -> None:
    tea_or_dough = {row for row in TOPICS if {"tea", "dough"} & {*CORPUS.words[row]}}
    assert {test.source for test in MADE[OTHER_SUBJECT]} == tea_or_dough
    assert not any({"tea", "dough"} <= {*test.text.split()} for test in MADE[OTHER_SUBJECT])
    of_key = {test.source: test.text.split() for test in MADE[OTHER_KEY]}
    assert "tea" not in of_key[0]
    assert "dough" not in of_key[6]
    assert {test.source for test in MADE[OTHER_DOER]} == {row for row in TOPICS if doer(CORPUS.words[row])}
    for test in MADE[OTHER_DOER]:
        rest = [word for word in test.text.split() if not person(word)]
        assert rest == [word for word in CORPUS.words[test.source] if word != "bakers"]
        assert doer(test.text.split()) not in (None, "baker")
    assert {test.source for test in MADE[OTHER_NAME]} == {*TOPICS}
    names = {**given_names(), **surnames()}
    assert all(names.keys() & {*test.text.split()} for test in MADE[OTHER_NAME])
    assert all({"tea", "dough", "bakers"} & {*test.text.split()} for test in MADE[OTHER_MATTER])
    for test in MADE[OTHER_QUANTITY]:
        assert test.text.endswith(" ".join(CORPUS.words[test.source][2:]))


def test_slips_are_repaired_as_a_question_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "slipped", lambda text, random: text.replace("bakers", "bkaers"))
    made = by_kind(trials(CORPUS))[SLIPS]
    assert sorted((test.source, test.text) for test in made) == [(row, CORPUS.texts[row]) for row in TOPICS]


def test_what_cannot_be_repaired_stays_a_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "slipped", lambda text, random: text.replace("tea", "tqqzea"))
    texts = {test.source: test.text for test in by_kind(trials(CORPUS))[SLIPS]}
    assert texts[0] == "how do bakers brew tqqzea"


def test_without_anything_outside_there_is_less_to_try() -> None:
    kinds = {test.make for test in trials(Corpus([category("tea", "a"), category("dough", "b")]))}
    assert kinds == {PHRASING, SLIPS, OTHER_NAME, OTHER_QUANTITY}


def test_no_more_are_made_than_are_wanted() -> None:
    """Of a large library, and from all its texts alike."""
    topics = [category(name, "|".join(f"do bakers sell {name} {n}" for n in range(1300))) for name in ("tea", "dough")]
    outside = category("cars", "|".join(f"car number {n}" for n in range(1900)), Kind.OUTSIDE)
    made = by_kind(trials(Corpus([*topics, outside])))
    assert {kind.name: len(tests) for kind, tests in made.items()} == {kind.name: kind.most for kind in made}
    assert len(made) == 9
    halves = Counter(test.source < 1300 for test in made[OTHER_MATTER])
    assert halves[True] == pytest.approx(150, abs=40)


def test_real_questions_say_how_often_and_made_ones_hardly_do() -> None:
    real = [kind for kind in MADE if kind.is_real]
    assert {*real} == {PHRASING, OUTSIDE, SLIPS}
    assert min(kind.usual for kind in real) > max(kind.usual for kind in MADE if not kind.is_real)
