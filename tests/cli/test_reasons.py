"""``ask --why``: the reasons for a reply, for people and programs."""

from __future__ import annotations

import pytest

from bot.assistant import Candidate, Explanation
from bot.cli.reasons import explained, reasons_as_data
from bot.matching.comparison import SIGNALS

RISING = Candidate(
    topic="rising",
    confidence=0.876543,
    phrasing="how long must dough rise",
    used=("dough", "rise"),
    unused=("zebra",),
    votes={"covered": 1.04, "shared": -2.345, "novel": 0.5, "length": 0.4999},
)
SALTING = Candidate("salting", 0.1, "salt for crusts", (), (), {"covered": -3.0})
WHY = Explanation("must dough rise, zebra", {"duogh": "dough", "rsie": "rise"}, (RISING, SALTING))


def test_people_read_what_was_understood_and_what_speaks_for_and_against_each_topic() -> None:
    assert [*explained(WHY)] == [
        "Understood as: must dough rise, zebra",
        "Repaired: duogh -> dough",
        "Repaired: rsie -> rise",
        "Closest topic: rising (confidence 0.88)",
        "  closest phrasing: how long must dough rise",
        "  words that count: dough, rise",
        "  words that the topic does not use: zebra",
        # The strongest first, and nothing slight.
        "  against it (-2.3): how many of the question's words the topic uses",
        "  for it (+1.0): how likely the topic is, by all that the library has learnt",
        "  for it (+0.5): the word that is newest to the topic",
        "Runner-up: salting (confidence 0.10)",
        "  closest phrasing: salt for crusts",
    ]


def test_without_a_candidate_only_what_was_understood_is_said() -> None:
    assert [*explained(Explanation("", {}, ()))] == ["Understood as: "]


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_has_words(signal: str) -> None:
    [*_, line] = explained(Explanation("", {}, (Candidate("a", 0.5, "b", (), (), {signal: -9.0}),)))
    words = line.removeprefix("  against it (-9.0): ")
    assert len(words.split()) > 3
    assert words[0].islower()


def test_programs_read_all_of_it() -> None:
    assert reasons_as_data(WHY) == {
        "understood": "must dough rise, zebra",
        "repaired": {"duogh": "dough", "rsie": "rise"},
        "candidates": [
            {
                "topic": "rising",
                "confidence": 0.8765,
                "phrasing": "how long must dough rise",
                "used": ["dough", "rise"],
                "unused": ["zebra"],
                "votes": {"covered": 1.04, "shared": -2.35, "novel": 0.5, "length": 0.5},
            },
            {
                "topic": "salting",
                "confidence": 0.1,
                "phrasing": "salt for crusts",
                "used": [],
                "unused": [],
                "votes": {"covered": -3.0},
            },
        ],
    }
