"""What speaks for and against a topic, against values worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.matching import Category, Corpus, Encodings, Kind, Lesson, Stance
from bot.matching.comparison import SIGNALS, Comparison, Question, sensed
from tests.encoders import AxisEncoder
from tests.matching.conftest import category

CERTAIN = [1.0, 0.0, 0.0]
TEA, BREAD = 0, 1
ENCODER = AxisEncoder("brew green tea hot bake bread race fast cars is a cold w0 w1 w2 w3 w4 w5")
LIBRARY = [
    replace(category("tea", "brew green tea|hot tea"), statements=(("fast cars bake", Stance.NO),)),
    category("bread", "bake bread"),
    category("cars", "race fast cars", Kind.OUTSIDE),
]
MIDDLE = SIGNALS[2:8]


def idf(texts: int, of: int = 4) -> float:
    """How telling a word is that so many texts use."""
    return math.log((1 + of) / (1 + texts)) + 1


ONE, TWO, NEW = idf(1), idf(2), idf(0)
"""Of a word in one of the library's four texts, in two of them, and in none."""


def compared(library: Sequence[Category], encoder: AxisEncoder | None) -> Comparison:
    lesson = Lesson(Corpus(library), [])
    encodings = Encodings.of(map(encoder.encode, lesson.texts)) if encoder else None
    return Comparison(lesson.corpus, *lesson.own(encodings))


def question(text: str, source: int | None = None, *, encoder: AxisEncoder | None = ENCODER) -> Question:
    if encoder is None:
        return Question(text.split(), source=source)
    words = text.split()
    senses = np.array([encoder.encode(word).sentence for word in sensed(words)], np.float32)
    return Question(words, encoder.encode(text), encoder.tokens(text), senses.reshape(-1, encoder.dimensions), source)


def signals(
    asked: Question,
    topic: int = TEA,
    probabilities: Sequence[float] = CERTAIN,
    library: Sequence[Category] = LIBRARY,
    encoder: AxisEncoder | None = ENCODER,
) -> dict[str, float]:
    """The signals of one topic by their names."""
    found = compared(library, encoder).signals(asked, np.array(probabilities, np.float32), np.array([topic]))
    return dict(zip(SIGNALS, found[0].tolist(), strict=True))


def test_each_candidate_has_a_row_of_all_signals() -> None:
    together = compared(LIBRARY, ENCODER).signals(
        question("hot bread"), np.array(CERTAIN, np.float32), np.array([BREAD, TEA])
    )
    assert together.shape == (2, len(SIGNALS))
    for row, topic in zip(together, (BREAD, TEA), strict=True):
        np.testing.assert_array_equal(row, [*signals(question("hot bread"), topic).values()])


def test_without_an_encoder_those_in_the_middle_are_not_a_number() -> None:
    asked = question("green tea", encoder=None)
    found = signals(asked, encoder=None)
    assert [name for name, value in found.items() if math.isnan(value)] == [*MIDDLE]
    known = signals(question("green tea"))
    assert {name: known[name] for name in SIGNALS if name not in MIDDLE} == {
        name: found[name] for name in SIGNALS if name not in MIDDLE
    }


@pytest.mark.parametrize("encoder", [None, ENCODER])
def test_a_question_without_a_meaning_or_tokens_has_none_of_those_either(encoder: AxisEncoder | None) -> None:
    """As if the encoder has failed, or found nothing in the question."""
    found = signals(question("", encoder=encoder))
    assert [name for name, value in found.items() if math.isnan(value)] == [*MIDDLE]


# The classifier


def test_covered_is_the_logit_of_all_topics_that_the_answer_serves() -> None:
    drinks = [category("drinks", "is hot", serves=["tea"]), *LIBRARY[:1], *LIBRARY[2:]]
    found = [signals(question("tea"), topic, [0.3, 0.5, 0.2], drinks)["covered"] for topic in (0, 1)]
    assert found == pytest.approx([math.log(0.8 / 0.2), 0.0], abs=1e-6)


@pytest.mark.parametrize(("probability", "bounded"), [(0.0, 0.005), (0.001, 0.005), (1.0, 0.995)])
def test_covered_is_bounded(probability: float, bounded: float) -> None:
    found = signals(question("tea"), probabilities=[probability, 1 - probability, 0.0])["covered"]
    assert found == pytest.approx(math.log(bounded / (1 - bounded)))


# Words


@pytest.mark.parametrize(
    ("text", "source", "share"),
    [
        ("green tea", None, 1.0),
        ("green tea cars", None, (ONE + TWO) / (ONE + TWO + ONE)),
        ("green green zebra", None, ONE / (ONE + NEW)),
        ("is this green", None, 1.0),  # how a question is put says nothing
        ("is this what", None, 0.0),
        ("", None, 0.0),
        ("brew green tea", 0, TWO / (ONE + ONE + TWO)),  # only "hot tea" is left
        ("hot green tea", 0, (ONE + TWO) / (ONE + ONE + TWO)),
        ("brew green tea", 2, 1.0),  # made of a text of another topic
    ],
)
def test_shared_is_how_much_of_the_content_the_topics_other_texts_use(
    text: str, source: int | None, share: float
) -> None:
    assert signals(question(text, source, encoder=None), encoder=None)["shared"] == pytest.approx(share)


def test_words_of_its_source_count_in_other_topics() -> None:
    library = [category("tea", "green tea|hot tea"), category("bread", "green bread")]
    asked = question("green bread", source=2, encoder=None)
    shared = [signals(asked, topic, [0.5, 0.5], library, None)["shared"] for topic in (TEA, BREAD)]
    green, bread = idf(2, of=3), idf(1, of=3)
    assert shared == pytest.approx([green / (green + bread), 0])


@pytest.mark.parametrize(("words", "counted"), [(0, 0), (3, 3), (30, 30), (31, 30), (500, 30)])
def test_length_is_the_logarithm_of_the_number_of_words_up_to_a_bound(words: int, counted: int) -> None:
    found = signals(question("tea " * words, encoder=None), encoder=None)
    assert found["length"] == pytest.approx(math.log(1 + counted))


# Tokens


def test_tokens_are_matched_in_the_nearest_phrasings_weighted_by_idf() -> None:
    """With these tokens a match is 1 or 0."""
    found = signals(question("is green tea cold"))
    total = 1 + ONE + TWO + NEW  # whatever says how a question is put weighs 1
    assert found["aligned"] == pytest.approx((ONE + TWO) / total, abs=1e-6)
    assert found["aligned_outside"] == pytest.approx(-(ONE + TWO) / total, abs=1e-6)
    assert signals(question("fast tea"))["aligned_outside"] == pytest.approx((ONE - TWO) / (ONE + TWO), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "least", "second"),
    [
        ("green tea", 1, 1),
        ("green tea cold", 0, 1),
        ("cold green fast", 0, 0),
        ("is green tea", 1, 1),
        ("cold", 0, 0),
        ("tea", 1, 1),
        ("is a", 0, 0),  # nothing but how a question is put: then that counts
    ],
)
def test_the_worst_matches_are_those_of_content_tokens(text: str, least: float, second: float) -> None:
    found = signals(question(text))
    assert (found["least"], found["second_least"]) == pytest.approx((least, second), abs=1e-6)


class Slanted(AxisEncoder):
    """Takes "cold" for something between "hot" and another thing."""

    def vector(self, word: str, dimensions: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        if word != "cold":
            return super().vector(word, dimensions)
        return 0.6 * super().vector("hot", dimensions) + 0.8 * super().vector("cold", dimensions)


def test_a_cosine_of_tokens_counts_as_it_is() -> None:
    slanted = Slanted("brew green tea hot bake bread race fast cars cold")
    asked = question("cold tea", encoder=slanted)
    assert signals(asked, encoder=slanted)["least"] == pytest.approx(0.6, abs=1e-6)
    assert signals(asked, BREAD, encoder=slanted)["least"] == pytest.approx(0.0, abs=1e-6)


def test_closer_outside_compares_the_closest_sentences() -> None:
    found = signals(question("green fast tea"))["closer_outside"]
    # Cosines: with "brew green tea" 2/3, with "hot tea" less, with "race fast cars" 1/3.
    assert found == pytest.approx(1 / 3 - 2 / 3, abs=1e-3)


def test_with_nothing_outside_nothing_is_matched_there() -> None:
    found = signals(question("green tea"), probabilities=[1.0, 0.0], library=LIBRARY[:2])
    assert found["closer_outside"] == pytest.approx(-2 / math.sqrt(6), abs=1e-3)
    assert found["aligned_outside"] == pytest.approx(-1, abs=1e-6)


def test_only_the_six_nearest_phrasings_are_compared() -> None:
    near = [f"hot tea w{number}" for number in range(6)]
    six, seven = (category("tea", "|".join([*texts, "cold green cars fast"])) for texts in (near[1:], near))
    found = [signals(question("hot tea cold"), probabilities=[1.0], library=[topic])["least"] for topic in (six, seven)]
    assert found == pytest.approx([1, 0], abs=1e-6)


# A question is not compared with the text that it was made of


def test_its_source_is_left_out_inside() -> None:
    found = signals(question("brew green tea", source=0))
    total = ONE + ONE + TWO
    assert found["aligned"] == pytest.approx(TWO / total, abs=1e-6)  # "hot tea" alone is left
    assert found["closer_outside"] == pytest.approx(-1 / math.sqrt(6), abs=1e-3)


def test_its_source_is_left_out_outside() -> None:
    found = signals(question("race fast cars", source=3))
    assert found["closer_outside"] == pytest.approx(0, abs=1e-3)
    assert found["aligned_outside"] == pytest.approx(0, abs=1e-6)
    assert signals(question("race fast cars"))["aligned_outside"] == pytest.approx(1, abs=1e-6)


def test_a_topic_of_which_nothing_else_is_left_matches_nothing() -> None:
    found = signals(question("bake bread", source=2), BREAD)
    assert [found[name] for name in ("shared", "aligned", "least", "second_least")] == pytest.approx([0] * 4, abs=1e-6)
    assert found["closer_outside"] == pytest.approx(0, abs=1e-3)


# People


PEOPLE = [
    category("tea", "do bakers brew tea|alice pours tea|may cooks brew tea|a baker's tea"),
    category("bread", "bread|does okafor bake"),
]


@pytest.mark.parametrize(
    ("text", "topic", "source", "person", "name"),
    [
        ("is tea hot", TEA, None, 0, 0),
        ("do bakers and cooks like tea", TEA, None, 0, 0),
        ("does a baker like alices tea", TEA, None, 0, 0),
        ("do customers like tea", TEA, None, 1, 0),
        ("do bakers like customers", TEA, None, 1, 0),  # whoever comes first
        ("do bakers like bread", BREAD, None, 1, 0),
        ("does okafor like tea", TEA, None, 1, 1),
        ("does okafor like bread", BREAD, None, 0, 0),
        ("may cooks brew tea", TEA, 2, 1, 0),  # only its source names a cook
        ("do bakers brew tea", TEA, 0, 0, 0),  # another text names one
        ("alice pours tea", TEA, 1, 1, 1),
    ],
)
def test_others_are_those_whom_the_topics_other_texts_do_not_name(
    text: str, topic: int, source: int | None, person: int, name: int
) -> None:
    found = signals(question(text, source, encoder=None), topic, [0.5, 0.5], PEOPLE, None)
    assert (found["other_person"], found["other_name"]) == (person, name)


# Words, each alone


@pytest.mark.parametrize(
    ("text", "source", "novel"),
    [
        ("green tea", None, 0),
        ("is a", None, math.nan),
        ("green tea cars", None, ONE),  # known to the library, but not to the topic
        ("cold tea cars", None, NEW),  # the most novel one counts
        ("hot green tea", 0, ONE),  # "green" is in its source alone
        ("brew green tea", 2, 0),  # made of a text of another topic
    ],
)
def test_novel_is_the_word_that_the_topics_other_texts_come_least_close_to(
    text: str, source: int | None, novel: float
) -> None:
    assert signals(question(text, source))["novel"] == pytest.approx(novel, abs=2e-3, nan_ok=True)


def test_a_word_that_means_something_similar_is_less_novel() -> None:
    slanted = Slanted("brew green tea hot bake bread race fast cars cold")
    assert signals(question("cold tea", encoder=slanted), encoder=slanted)["novel"] == pytest.approx(
        0.4 * NEW, abs=2e-3
    )


def test_only_so_many_words_are_taken_alone() -> None:
    words = [f"w{number}" for number in range(30)]
    assert sensed(["is", *words, "w0"]) == words[:20]
    assert question("is tea hot tea").content == ["tea", "hot"]


def test_a_comparison_knows_what_the_topics_words_mean() -> None:
    comparison = compared(LIBRARY, ENCODER)
    known = comparison.sense("green")
    assert known is not None
    np.testing.assert_allclose(known, ENCODER.encode("green").sentence, atol=1e-3)
    assert comparison.sense("cars") is None  # said outside the topics
    assert compared(LIBRARY, None).sense("green") is None


# What a reader wants to know


@pytest.mark.parametrize(
    ("text", "topic", "closest"),
    [("cold green tea", TEA, 0), ("hot tea", TEA, 1), ("is tea hot", TEA, 1), ("fast hot bread", BREAD, 2)],
)
@pytest.mark.parametrize("encoder", [None, ENCODER], ids=["words", "meanings"])
def test_the_closest_text_shares_most_with_the_question(
    text: str, topic: int, closest: int, encoder: AxisEncoder | None
) -> None:
    assert compared(LIBRARY, encoder).closest(question(text, encoder=encoder), topic) == closest


@pytest.mark.parametrize("text", ["", "cold", "cars"])
def test_of_equals_the_first_text_is_the_closest(text: str) -> None:
    library = [category("bread", "bake bread"), category("tea", "hot tea|green tea|brew tea")]
    for encoder in (None, ENCODER):
        assert compared(library, encoder).closest(question(text, encoder=encoder), 1) == 1


def test_words_alone_find_the_closest_text_if_the_question_has_no_meaning() -> None:
    """As if the encoder has failed."""
    assert compared(LIBRARY, ENCODER).closest(question("hot tea", encoder=None), TEA) == 1


@pytest.mark.parametrize(
    ("text", "used", "unused"),
    [
        ("is green tea fast", ["green", "tea"], ["fast"]),
        ("tea tea bread tea bread", ["tea"], ["bread"]),
        ("fast hot cars brew", ["hot", "brew"], ["fast", "cars"]),
        ("what is this", [], []),
        ("", [], []),
    ],
)
def test_content_words_are_those_that_the_topic_uses_and_those_that_it_does_not(
    text: str, used: list[str], unused: list[str]
) -> None:
    assert compared(LIBRARY, None).content_words(question(text, encoder=None), TEA) == (used, unused)
