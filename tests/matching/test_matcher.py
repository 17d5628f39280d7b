"""From a question to ranked topics."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.matching import Category, Encoder, Kind, Matcher, Ranking
from bot.settings import PROJECT
from tests.conftest import ANY_TEXT

TEA = "how do i brew tea|how hot should tea be|black tea or green tea|tea from china|a cup of tea|tea with milk"
BREAD = "how long does bread take|why is dough so slow|salt in bread|bread crust|rye bread|a loaf of bread"
CHEESE = "where do i keep cheese|is cheddar old|cheese in a cellar|hard cheese|mould on cheese|slice of cheese"
CARS = "which car is fast|change a tyre|engine oil|park a car|electric cars|car repair|driving lessons"
HELLO = "hello|good morning|hey you|hi there|greetings|good evening"


def category(name: str, texts: str, kind: Kind = Kind.TOPIC, serves: Sequence[str] = ()) -> Category:
    served = frozenset({name, *serves}) if kind is Kind.TOPIC else frozenset[str]()
    return Category(kind, name, tuple(texts.split("|")), served)


LIBRARY = [
    category("tea", TEA),
    category("bread", BREAD),
    category("cheese", CHEESE),
    category("cars", CARS, Kind.OUTSIDE),
    category("hello", HELLO, Kind.SMALLTALK),
]
MATCHER = Matcher(LIBRARY)


@pytest.fixture(scope="module")
def understanding(encoder: Encoder) -> Matcher:
    return Matcher(LIBRARY, encoder)


def check(ranking: Ranking, topics: Sequence[str]) -> None:
    """What is true of every ranking."""
    confidences = [match.confidence for match in ranking.topics]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert len({match.topic for match in ranking.topics}) == len(confidences) == min(5, len(topics))
    assert {match.topic for match in ranking.topics} <= set(topics)
    assert 0 < ranking.probability <= 1
    assert 0 <= ranking.known <= 1


# What is recognised


@pytest.mark.parametrize(
    ("question", "kind", "name"),
    [
        ("is green tea hot?", Kind.TOPIC, "tea"),
        ("a crust of bread", Kind.TOPIC, "bread"),
        ("cheese from the cellar", Kind.TOPIC, "cheese"),
        ("repair my engine", Kind.OUTSIDE, "cars"),
        ("hello, good evening!", Kind.SMALLTALK, "hello"),
    ],
)
def test_a_question_finds_its_class(question: str, kind: Kind, name: str) -> None:
    ranking = MATCHER.rank(question)
    assert (ranking.kind, ranking.category) == (kind, name)
    check(ranking, ["tea", "bread", "cheese"])
    if kind is Kind.TOPIC:
        assert ranking.topics[0].topic == name


def test_a_topic_is_trusted_more_than_what_lies_outside() -> None:
    inside, outside = MATCHER.rank("bread with salt in the dough"), MATCHER.rank("repair the tyre of my car")
    assert inside.topics[0].confidence > 0.5 > outside.topics[0].confidence


def test_typos_are_repaired() -> None:
    assert MATCHER.rank("a laof of braed") == MATCHER.rank("a loaf of bread")


def test_an_everyday_word_is_no_typo() -> None:
    assert MATCHER.rank("broad").known == 1  # read as "bread"
    assert Matcher(LIBRARY, common=["broad"]).rank("broad").known == 0


@pytest.mark.parametrize("gibberish", ["", "   ", "?!", "\U0001f600\U0001f680", "漢字", "zzz qqq", "\x00"])
def test_of_gibberish_nothing_is_known(gibberish: str) -> None:
    assert MATCHER.rank(gibberish).known == 0


def test_what_is_known_is_a_share() -> None:
    assert MATCHER.rank("a loaf of bread").known == 1
    assert 0 < MATCHER.rank("a loaf of zzz").known < 1


def test_an_answer_that_serves_both_askers_is_trusted_between_both() -> None:
    """With one broad topic that serves the narrow one, confusing the two is no mistake."""
    strict = Matcher([category("drinks", TEA), category("tea", TEA), *LIBRARY[1:]])
    broad = Matcher([category("drinks", TEA, serves=["tea"]), category("tea", TEA), *LIBRARY[1:]])
    confidence = {m.topic: m.confidence for m in broad.rank("a cup of tea").topics}
    before = {m.topic: m.confidence for m in strict.rank("a cup of tea").topics}
    assert confidence["drinks"] > before["drinks"] + 0.1


def test_at_most_five_topics_are_ranked() -> None:
    words = "ale beer cider gin port rum tea wine".split()
    matcher = Matcher([category(word, f"a glass of {word}|{word} by the bottle|{word} please") for word in words])
    ranking = matcher.rank("a bottle of cider")
    check(ranking, words)
    assert ranking.topics[0].topic == "cider"


# Noise

# Without U+0345, of which Unicode's own case folding makes a letter.
ACCENT = st.characters(min_codepoint=0x300, max_codepoint=0x36F, exclude_characters="\u0345")
INVISIBLE = st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202c\u2066\x00\x07\x7f\ufe0f\ud800\udfff")
SPACE = st.sampled_from([" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028", " \u200b "])
QUESTIONS = st.sampled_from(
    [text for c in LIBRARY for text in c.texts] + ["don't brew café teas, 'k?", "ship a ßig ﬁsh"]
)


@given(QUESTIONS, st.data())
def test_case_does_not_matter(question: str, data: st.DataObject) -> None:
    upper = data.draw(st.lists(st.booleans(), min_size=len(question), max_size=len(question)))
    typed = "".join(c.upper() if up else c for c, up in zip(question, upper, strict=True))
    assert MATCHER.rank(typed) == MATCHER.rank(question)


@given(QUESTIONS, st.data())
def test_spacing_does_not_matter(question: str, data: st.DataObject) -> None:
    words = question.split()
    typed = "".join(data.draw(SPACE) + word for word in words) + data.draw(st.one_of(st.just(""), SPACE))
    assert MATCHER.rank(typed) == MATCHER.rank(question)


@given(QUESTIONS, st.lists(st.tuples(st.integers(0, 60), st.one_of(ACCENT, INVISIBLE)), max_size=40))
def test_accents_and_invisible_characters_do_not_matter(question: str, noise: list[tuple[int, str]]) -> None:
    typed = list(question)
    for place, character in noise:
        typed.insert(place, character)
    assert MATCHER.rank("".join(typed)) == MATCHER.rank(question)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("ａ ｌｏａｆ ｏｆ ｂｒｅａｄ", "a loaf of bread"),  # full width
        ("𝓪 𝓵𝓸𝓪𝓯 𝓸𝓯 𝓫𝓻𝓮𝓪𝓭", "a loaf of bread"),  # mathematical letters
        ("ⓐ ⓛⓞⓐⓕ ⓞⓕ ⓑⓡⓔⓐⓓ", "a loaf of bread"),
        ("a loaf of “bread”…", 'a loaf of "bread"...'),
        ("à l̷o̷a̷f̷ óf brèàd", "a loaf of bread"),
        ("**a** _loaf_ of `bread`", "a loaf of bread"),
        ("A LOAF OF BREAD!!!", "a loaf of bread"),
    ],
)
def test_dressed_up_text_is_read_as_plain(typed: str, question: str) -> None:
    assert MATCHER.rank(typed) == MATCHER.rank(question)


@given(ANY_TEXT)
def test_any_text_has_a_ranking(text: str) -> None:
    check(MATCHER.rank(text), ["tea", "bread", "cheese"])


@settings(max_examples=30)
@given(text=ANY_TEXT)
def test_any_text_has_a_ranking_with_the_encoder(understanding: Matcher, text: str) -> None:
    check(understanding.rank(text), ["tea", "bread", "cheese"])


def test_meanings_count_where_no_word_is_known(understanding: Matcher) -> None:
    ranking = understanding.rank("steeping oolong leaves")
    assert (ranking.category, ranking.known) == ("tea", 0)


# Tiny libraries

PHRASINGS = st.lists(st.text(st.sampled_from("abcde "), min_size=1, max_size=12), min_size=1, max_size=4)


@pytest.mark.parametrize("question", ["a loaf of bread", "bread", "", "zzz"])
def test_one_topic_with_one_phrasing(question: str) -> None:
    ranking = Matcher([category("bread", "a loaf of bread")]).rank(question)
    check(ranking, ["bread"])
    assert (ranking.kind, ranking.category) == (Kind.TOPIC, "bread")


def test_one_topic_trusts_a_question_that_it_knows_more_than_one_that_it_does_not() -> None:
    matcher = Matcher([category("bread", "a loaf of bread")])
    assert matcher.rank("a loaf of bread").topics[0].confidence > matcher.rank("zzz").topics[0].confidence


@example(
    [["how do i brew tea", "is hot water right for tea"], ["how long does bread take", "does bread need time"]], 0, ""
)
@settings(max_examples=12)
@given(st.lists(PHRASINGS, min_size=1, max_size=6), st.integers(0, 5), st.text(st.sampled_from("abcde ")))
def test_any_tiny_library_gives_sound_rankings(classes: list[list[str]], others: int, question: str) -> None:
    """The last ``others`` classes are no topics; neither outside groups nor small talk need be there."""
    assume(others < len(classes))
    kinds = [Kind.TOPIC] * (len(classes) - others) + [Kind.OUTSIDE, Kind.SMALLTALK] * others
    library = [
        category(str(number), "|".join(texts), kind)
        for number, (texts, kind) in enumerate(zip(classes, kinds, strict=False))
    ]
    matcher = Matcher(library)
    for asked in (question, library[0].texts[0], ""):
        check(matcher.rank(asked), [c.id for c in library if c.kind is Kind.TOPIC])


def test_two_topics_are_not_certain_of_a_question_that_neither_knows() -> None:
    tea = category("tea", "how do i brew tea|is hot water right for tea")
    bread = category("bread", "how long does bread take|does bread need time")
    assert Matcher([tea, bread]).rank("zzz").topics[0].confidence < 0.9


# The same again


def test_two_builds_give_identical_rankings(understanding: Matcher, encoder: Encoder) -> None:
    questions = ["is green tea hot?", "cheese or bread", "hello car", "", "brwe teh tae", *BREAD.split("|")]
    for one, of in ((MATCHER, None), (understanding, encoder)):
        other = Matcher(LIBRARY, of)
        assert [one.rank(question) for question in questions] == [other.rank(question) for question in questions]


_RANK = """
import json
from tests.matching.test_matcher import MATCHER
for question in ("is green tea hot?", "cheese or braed", "hello car", ""):
    print(json.dumps([(match.topic, match.confidence) for match in MATCHER.rank(question).topics]))
"""


def test_other_processes_give_identical_rankings() -> None:
    """Nothing may hang on the order of sets, which each process shuffles anew."""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _RANK],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert json.loads(outputs.pop().splitlines()[0])[0][0] == "tea"


def test_questions_may_be_ranked_at_the_same_time(understanding: Matcher) -> None:
    questions = [*TEA.split("|"), *CARS.split("|")] * 5
    alone = [understanding.rank(question) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(understanding.rank, questions)) == alone
