"""The bot's own sentences speak of what the library is about."""

from __future__ import annotations

import pytest

from bot.assistant import Abstain, Evidence, Reason
from bot.knowledge import About, Article, Claim
from bot.service import page, wording
from bot.text.languages import _SCRIPTS, _WORDS

BREAD = About(subject="bread and baking", example="how long does dough rise?")


@pytest.mark.parametrize(
    ("words", "shown"),
    [("a", "“a”"), ("“when” is more than “why.”", "“‘when’ is more than ‘why.’”"), ("it's", "“it's”")],
)
def test_marks_within_a_quotation_are_single(words: str, shown: str) -> None:
    assert wording.quotation(words) == shown


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


SIGNED, UNSIGNED = Article(id="x", title="T", author="Ada", published="2009"), Article(id="y", label="L")


@pytest.mark.parametrize(
    ("article", "speaker", "role", "text"),
    [
        (SIGNED, None, "author", "From “T” by Ada, 2009."),
        (SIGNED, "Ada", "author", "From “T” by Ada, 2009."),
        (SIGNED, "Tom", "commenter", "From a comment by Tom on “T” by Ada, 2009."),
        (SIGNED, "Tom", "quoted", "From “T” by Ada, 2009, which reports Tom."),
        (UNSIGNED, None, "author", "From “L” (our label; it has no title), unsigned."),
    ],
)
def test_a_source_is_a_sentence(article: Article, speaker: str | None, role: str, text: str) -> None:
    claim = Claim.model_validate({"id": "c", "says": "So.", "speaker": speaker, "role": role})
    assert wording.found_in(Evidence(claim, article)) == text


def test_every_language_that_is_told_apart_is_answered_in() -> None:
    assert wording.ONLY_ENGLISH.keys() == {*_WORDS, *(language for language, _ in _SCRIPTS), "ja"}
