"""The bot's own sentences speak of what the library is about."""

from __future__ import annotations

import pytest

from bot.assistant import Abstain, Reason
from bot.knowledge import About
from bot.service import page, wording

BREAD = About(subject="bread and baking", example="how long does dough rise?")


def test_the_introduction_names_subject_and_example() -> None:
    assert wording.introduction(BREAD) == (
        "I answer questions on bread and baking from a small library of articles, and show where each answer comes "
        "from. Ask me in your own words, here or with `/ask`: for example, *how long does dough rise?*"
    )


def test_without_them_the_introduction_is_still_a_sentence() -> None:
    assert wording.introduction(About()) == (
        "I answer questions from a small library of articles, and show where each answer comes from. "
        "Ask me in your own words, here or with `/ask`."
    )


@pytest.mark.parametrize(
    ("about", "text"),
    [
        (BREAD, "Ask me anything about bread and baking, in your own words."),
        (About(), "Ask me anything about the articles, in your own words."),
    ],
)
def test_no_question_is_answered_with_what_can_be_asked(about: About, text: str) -> None:
    assert page(Abstain(question="?", reason=Reason.NO_QUESTION), about).text == text
