"""Which of two sides a question is about, and which it says is missing."""

from __future__ import annotations

import pytest

from bot.assistant.sides import missing_side, side_of
from bot.knowledge import Topic

OPPOSITES = (("baker", "cook"), ("bakers", "cooks"), ("baking", "cooking"))
TOPIC = Topic(
    id="heat",
    title="Heat",
    claims=("c",),
    answer="An oven or a stove it is.",
    leadership="kneads dough and watches ovens",
    management="stirs soups and watches pots",
    questions=("heat",),
)


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("who kneads the dough?", 0),
        ("who stirs?", 1),
        ("Who is STIRRING the soup?", 1),
        ("whose oven is watched?", 0),
        ("which of them watches pots", 1),
        # The names of the sides say nothing: both are in the question.
        ("do cooks or bakers knead?", 0),
        ("does a baker or a cook stir soups?", 1),
        # Nothing in it, or as much of either side.
        ("who watches?", None),
        ("who of the two sings?", None),
        ("", None),
    ],
)
def test_the_side_that_shares_more_words_with_the_question(question: str, side: int | None) -> None:
    assert side_of(question, TOPIC, OPPOSITES) == side


@pytest.mark.parametrize(
    ("answer", "side"),
    [
        ("Bakers sing. Cooks do not.", 0),
        ("Cooks sing, bakers don't.", 1),
        ("All cooks sing.", 1),
        ("It is often the bakers who sing.", None),
        ("Nobody sings.", None),
    ],
)
@pytest.mark.parametrize("sides", [(None, None), ("kneads dough", "stirs soups")])
def test_else_the_side_with_which_the_answer_begins(
    answer: str, side: int | None, sides: tuple[str | None, str | None]
) -> None:
    leadership, management = sides
    topic = TOPIC.model_copy(update={"answer": answer, "leadership": leadership, "management": management})
    assert side_of("who sings?", topic, OPPOSITES) == side


def test_the_question_goes_before_the_answer() -> None:
    topic = TOPIC.model_copy(update={"answer": "Bakers knead."})
    assert side_of("who stirs?", topic, OPPOSITES) == 1


def test_without_opposites_an_answer_has_no_side() -> None:
    topic = TOPIC.model_copy(update={"answer": "Bakers sing."})
    assert side_of("who sings?", topic, ()) is None
    assert side_of("who kneads the dough?", topic, ()) == 0


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("what if there are cooks but no bakers", 0),
        ("plenty of bakers, hardly any cooks", 1),
        ("weak baking, strong cooking", 0),
        ("what if the baking is good but the cooking is lousy", 1),
        ("baking w/o cooking", 1),
        ("baking w/out cooking", 1),
        ("what happens without any good bakers", 0),
        ("get rid of all the cooks", 1),
        ("our cooks are missing", 1),
        ("no bakers and no cooks", None),
        ("bakers and cooks", None),
        ("no bread", None),
        ("", None),
    ],
)
def test_a_side_may_be_missing(question: str, side: int | None) -> None:
    assert missing_side(question, OPPOSITES) == side
