"""Markup and courtesies around a question cost no right answers."""

from __future__ import annotations

import pytest

from bot.assistant import Abstain, Assistant, Reason, Smalltalk
from bot.cli.evaluation import InScope, read_cases
from bot.settings import PROJECT
from tests.wrappings import EVERY_WRAPPING

_EVERY = 4
"""One in so many of the project's questions is asked."""


@pytest.fixture(scope="module")
def right(assistant: Assistant) -> list[InScope]:
    """Questions that are answered correctly when they are asked plainly."""
    cases = [case for n in ("casual", "professional") for case in read_cases(PROJECT / f"tests/questions/{n}.jsonl")]
    asked = [case for case in cases[::_EVERY] if isinstance(case, InScope)]
    return [case for case in asked if case.verdict(assistant.reply(case.q)) == "right"]


@pytest.mark.parametrize("wrapping", EVERY_WRAPPING.values(), ids=list(EVERY_WRAPPING))
def test_a_wrapped_question_is_answered_like_the_bare_one(
    wrapping: str, right: list[InScope], assistant: Assistant
) -> None:
    asked = [(wrapping.format(case.q), case) for case in right]
    lost = [question for question, case in asked if case.verdict(assistant.reply(question)) != "right"]
    assert len(lost) / len(right) <= 0.02, lost


@pytest.mark.parametrize("wrapping", EVERY_WRAPPING.values(), ids=list(EVERY_WRAPPING))
def test_markup_and_courtesies_alone_are_not_answered(wrapping: str, assistant: Assistant) -> None:
    assert isinstance(assistant.reply(wrapping.format("")), Smalltalk | Abstain)


@pytest.mark.parametrize(
    "text", ["👍", "<@123456789012345678>", "<:kek:81234567890>\nhttps://example.org/a?b=c", "# ****"]
)
def test_markup_alone_is_no_question(text: str, assistant: Assistant) -> None:
    reply = assistant.reply(text)
    assert isinstance(reply, Abstain)
    assert reply.reason is Reason.NO_QUESTION


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hey", "greeting"),
        ("**hey** <@123456789012345678>", "greeting"),
        ("Hello there, everyone!", "greeting"),
        ("thanks", "thanks"),
        ("thanks a lot 🙏", "thanks"),
        ("hey bot, how are you?", "how-are-you"),
        ("can you tell me a joke please", "joke"),
    ],
)
def test_small_talk_is_still_small_talk(text: str, kind: str, assistant: Assistant) -> None:
    reply = assistant.reply(text)
    assert isinstance(reply, Smalltalk)
    assert reply.kind.id == kind
