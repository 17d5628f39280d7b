"""Who may be in distress."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.assistant.care import is_distress
from bot.assistant.thresholds import ANSWER_FROM
from bot.matching import Kind, Match, Ranking
from tests.assistant.scripted import decision, talk

OBLIQUE, PLAIN = "I can't go on like this", "I want to die"


def ranking(likely: float, sure: float = 0.0) -> Ranking:
    """Of a message that so likely comes from somebody in distress, while a topic may have the answer."""
    classes = {kind: {"crisis": likely} if kind is Kind.OUTSIDE else {} for kind in Kind}
    return Ranking((Match("rising", sure),), Kind.TOPIC, "rising", sure, 1.0, classes)


@pytest.mark.parametrize(
    ("text", "likely", "sure", "is_smalltalk", "expected"),
    [
        (OBLIQUE, 0.5, 0.0, False, True),
        (OBLIQUE, 0.1, 0.0, False, False),
        # If there is something else to say, it takes more.
        (OBLIQUE, 0.5, ANSWER_FROM, False, False),
        (OBLIQUE, 0.5, ANSWER_FROM - 0.001, False, True),
        (OBLIQUE, 0.5, 0.0, True, False),
        (OBLIQUE, 0.95, 1.0, True, True),
        # If it is said, it takes hardly anything.
        (PLAIN, 0.1, 1.0, True, True),
        (PLAIN, 0.0, 0.0, False, False),
    ],
)
def test_how_likely_it_must_be(text: str, likely: float, sure: float, is_smalltalk: bool, expected: bool) -> None:
    assert is_distress(text, ranking(likely, sure), is_smalltalk=is_smalltalk) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i was suicidal last year", True),
        ("SHE WANTS TO KILL HERSELF", True),
        ("sometimes i hurt myself", True),
        ("my brother cut himself", True),
        ("thinking of ending my life", True),
        ("i don't want to live", True),
        ("I DONT WANT TO WAKE UP", True),
        ("he raped me", True),
        ("my boss groped me", True),
        ("he sexually harasses her", True),
        ("another panic attack", True),
        ("gonna kms", True),
        ("i can't breathe", True),
        ("my husband hits me", True),
        ("i will kill him, i'm serious", True),
        ("that would be career suicide", False),
        ("this deadline is killing me", False),
        ("kill the process", False),
        ("we cut costs", False),
        ("a rapper rapped", False),
        ("it hits me in the feels", False),
        ("she beats me at chess", False),
        ("end of life support for windows", False),
        ("i ran 5 kms", False),
    ],
)
def test_what_says_so(text: str, expected: bool) -> None:
    assert is_distress(text, ranking(0.1), is_smalltalk=False) is expected


@pytest.mark.parametrize(
    ("text", "cares"),
    [
        ("i want to kill myself", True),
        ("Do leaders think long term? My husband hit me again last night and I am afraid to go home.", True),
        ("my manager screams at me every day and now i cut myself", True),
        ("What does a manager do? I don't want to be alive anymore.", True),
        ("what does a manager do\ni don't want to be alive anymore", True),
        ("a friend of mine says she wants to die, what do i do", True),
        ("kms", True),
        ("i'm gonna kms", True),
        ("this deadline is killing me", False),
        ("how do i kill a process on linux", False),
        ("Do leaders fight for what is right?", False),
        ("is leadership dead?", False),
        ("beats me, what does a leader do?", False),
        ("what hits me is that managers copy the leader's style", False),
        # Of which the library knows no word.
        ("что такое хлеб", False),
        ("什么是领导力", False),
        ("ما هو القائد", False),
        ("Schadenfreude", False),
        ("asdkjh qwezxc plmokn", False),
    ],
)
def test_the_shipped_library_cares(text: str, cares: bool, assistant: Assistant) -> None:
    for reply in (assistant.reply(text), talk(assistant, "What does a leader do?", text)[-1]):
        assert (decision(reply) == "NOT_COVERED crisis: ") is cares
