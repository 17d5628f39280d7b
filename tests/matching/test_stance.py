"""Which questions the articles answer with yes, with no, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from bot.matching import Category, Corpus, Matcher, Stance, Vector
from bot.matching.stance import Stances, learn_verdicts
from bot.settings import PROJECT
from bot.text import normalise
from tests.conftest import ANY_TEXT
from tests.encoders import AxisEncoder, FailingEncoder, WordEncoder
from tests.learning import learn
from tests.matching.conftest import category

YES, NO, OPEN = Stance.YES, Stance.NO, Stance.OPEN


def topic(name: str, speakers: Sequence[str] = (), **statements: str) -> Category:
    """A topic with the statements of each stance."""
    told = tuple((text, Stance(stance)) for stance, texts in statements.items() for text in texts.split("|"))
    return replace(category(name, f"what of {name}"), statements=told, speakers=frozenset(speakers))


COPYING = topic(
    "copying",
    ["Tom Miller"],
    yes="do cooks copy waiters|cooks copy waiters, don't they|cooks imitate the waiters|is it cooks who copy waiters"
    "|cooks do what waiters do",
    no="do waiters copy cooks|waiters copy cooks, right?|waiters imitate the cooks|is it waiters who copy cooks"
    "|cooks don't copy waiters|waiters do what cooks do",
    open="do cooks like copying waiters|is it hard for cooks to copy a waiter|are cooks proud of their copies",
)
CORPUS = Corpus(
    [topic("tips", ["Ada Okafor"], yes="waiters share tips"), COPYING], [("cook", "waiter"), ("cooks", "waiters")]
)
STANCES = Stances(CORPUS, learn_verdicts(CORPUS, None), None)


def stance(text: str, name: str = "copying") -> Stance | None:
    return STANCES.stance(normalise(text), name, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The same words, and who does it to whom makes the difference.
        ("Do all cooks copy waiters?", YES),
        ("Do all waiters copy cooks?", NO),
        ("do cooks imitate waiters", YES),
        ("true or false: waiters imitate cooks", NO),
        ("Are cooks proud of copying?", OPEN),
        ("is it hard for cooks to copy", OPEN),
    ],
)
def test_statements_that_are_alike_decide(text: str, expected: Stance) -> None:
    assert stance(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("waiters never imitate cooks", YES),
        ("cooks never imitate waiters", NO),
        ("is it false that cooks imitate waiters", NO),
        ("so waiters don't imitate cooks, do they?", NO),
        ("so cooks don't imitate waiters, do they?", YES),
        ("cooks are not proud of their copies", OPEN),
    ],
)
def test_who_denies_is_told_the_contrary(text: str, expected: Stance) -> None:
    assert stance(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("does tom miller say that cooks copy waiters", YES),
        ("according to Miller, waiters copy cooks", NO),
        ("does Ada Okafor say that cooks copy waiters?", NO),
        ("Ada says that, right?", NO),
        ("ada doesn't say that", YES),
    ],
)
def test_what_somebody_else_says_is_not_so(text: str, expected: Stance) -> None:
    assert stance(text) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xyzzy", "copying"),
        ("", "copying"),
        ("waiters share tips", "tips"),
        ("does tom share tips", "tips"),
        ("x", "y"),
    ],
)
def test_what_is_not_sure_or_was_never_taught_is_left_open(text: str, name: str) -> None:
    assert stance(text, name) is None


@pytest.mark.parametrize(
    ("yes", "no", "told"),
    [
        # The side alone is the same, the order alone, or the content alone.
        (
            "cooks rest|cooks nap|cooks hum",
            "waiters rest|waiters nap|waiters hum",
            {"cooks doze": YES, "do waiters doze": NO, "do they doze": None},
        ),
        (
            "salt before sugar|add salt before sugar",
            "sugar before salt|add sugar before salt",
            {"salt comes before sugar": YES, "must sugar come before the salt": NO, "salt and sugar": None},
        ),
        (
            "cooks are loud|cooks sound loud|are cooks loud",
            "cooks are calm|cooks sound calm|are cooks calm",
            {"is it loud": YES, "are they calm": NO, "cooks": None},
        ),
    ],
    ids=["side", "order", "content"],
)
def test_statements_are_alike_in_several_ways(yes: str, no: str, told: dict[str, Stance | None]) -> None:
    corpus = Corpus([topic("some", yes=yes, no=no)], [("cooks", "waiters")])
    stances = Stances(corpus, learn_verdicts(corpus, None), None)
    assert {text: stances.stance(text, "some", None) for text in told} == told


@given(ANY_TEXT)
def test_any_text_has_a_stance_or_none(text: str) -> None:
    assert stance(text) in (*Stance, None)


# With an encoder


class Synonyms(AxisEncoder):
    """Knows that there are only two ways to work."""

    def vector(self, word: str, dimensions: int) -> Vector:
        same = {**dict.fromkeys(("run", "race", "rush"), "hurry"), **dict.fromkeys(("nap", "pause", "doze"), "rest")}
        return super().vector(same.get(word, word), dimensions)


SYNONYMS = Synonyms("cooks waiters hurry rest sing hum")
PACE = Corpus(
    [
        topic("song", yes="waiters sing", no="waiters hum"),
        topic("pace", yes="cooks rest|cooks nap|cooks pause", no="cooks hurry|cooks run|cooks race"),
    ],
    [("cooks", "waiters")],
)


def test_what_means_the_same_is_alike() -> None:
    sentences = np.stack([SYNONYMS.encode(text).sentence for text in PACE.statements]).astype(np.float16)
    by_words, by_meanings = (Stances(PACE, learn_verdicts(PACE, told), told) for told in (None, sentences))
    for text, expected in (("cooks rush", NO), ("cooks doze", YES)):
        assert by_words.stance(text, "pace", None) is None
        assert by_meanings.stance(text, "pace", SYNONYMS.encode(text).sentence) is expected


@pytest.mark.parametrize("encoder", [None, WordEncoder()], ids=["words", "meanings"])
def test_a_matcher_knows_what_it_has_learnt(encoder: WordEncoder | None) -> None:
    matcher = Matcher(CORPUS, learn(CORPUS, encoder), encoder)
    for text, expected in COPYING.statements:
        assert matcher.stance(normalise(text), "copying") is expected, text
    assert matcher.stance("xyzzy", "tips") is None


def test_if_the_encoder_fails_words_decide() -> None:
    encoder = FailingEncoder()
    matcher = Matcher(CORPUS, learn(CORPUS, encoder), encoder)
    encoder.error = RuntimeError("broken")
    assert matcher.stance("do waiters imitate cooks", "copying") is NO
    assert matcher.stance("ada says that", "copying") is NO


_LEARN = """
import sys
from dataclasses import astuple
from bot.matching.stance import learn_verdicts
from tests.matching.test_stance import CORPUS
for array in astuple(learn_verdicts(CORPUS, None)):
    sys.stdout.buffer.write(array.tobytes())
"""


def test_other_processes_learn_identical_verdicts() -> None:
    """Nothing may depend on the order of sets, which differs from process to process."""
    surroundings = [{**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)} for seed in "123"]
    command = [sys.executable, "-c", _LEARN]
    learnt = {subprocess.run(command, env=env, check=True, capture_output=True).stdout for env in surroundings}
    assert len(learnt) == 1
    assert any(learnt.pop())
