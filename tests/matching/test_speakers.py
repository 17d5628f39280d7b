"""Who is named as saying something."""

from __future__ import annotations

import pytest

from bot.matching.speakers import Speakers, name_of
from bot.text import normalise, words

SPEAKERS = Speakers(["Ada Okafor", "Tom Miller"])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("does tom miller say so", "tom miller"),
        ("is it Miller who says that?", None),  # a miller is anybody
        ("tom's words", "tom miller"),
        ("according to ada", "ada okafor"),
        ("is it Okafor or Tom", "ada okafor"),
        ("does the millery burn", None),
        ("did anybody accuse Tom of haste", None),  # he says nothing
        ("is it Ada who told Tom about salt", "ada okafor"),
        ("does Tom agree with Ada that cooks sing", None),  # either of them might have said it
        ("cooks copy waiters", None),
    ],
)
def test_the_first_speaker_is_known_by_any_part_of_the_name(text: str, speaker: str | None) -> None:
    assert SPEAKERS.named(words(normalise(text))) == (name_of(speaker) if speaker else None)


def test_where_nobody_speaks_nobody_is_named() -> None:
    assert Speakers([]).named(["does", "tom", "say", "that"]) is None
    assert SPEAKERS.words == ["ada", "miller", "okafor", "tom"]
