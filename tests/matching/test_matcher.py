"""From a question to ranked topics."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.matching import DIMENSIONS, Category, Corpus, Kind, Matcher, Model, Ranking
from bot.matching.comparison import SIGNALS
from bot.matching.stance import learn_verdicts
from bot.settings import PROJECT
from tests.conftest import ANY_TEXT
from tests.learning import learnt_matcher
from tests.matching.conftest import BREAD, CARS, LIBRARY, TEA, category

TOPICS = ["tea", "bread", "cheese"]


def check(ranking: Ranking, topics: Sequence[str]) -> None:
    """What is true of every ranking."""
    confidences = [match.confidence for match in ranking.topics]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert len({match.topic for match in ranking.topics}) == len(confidences) == min(5, len(topics))
    assert {match.topic for match in ranking.topics} <= set(topics)
    assert 0 < ranking.probability <= 1
    assert 0 <= ranking.known <= 1
    every = [probability for classes in ranking.classes.values() for probability in classes.values()]
    assert sum(every) == pytest.approx(1)
    assert ranking.classes[ranking.kind][ranking.category] == ranking.probability == max(every)
    assert {*topics} <= ranking.classes[Kind.TOPIC].keys()


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
def test_a_question_finds_its_class(question: str, kind: Kind, name: str, matcher: Matcher) -> None:
    ranking = matcher.rank(question)
    assert (ranking.kind, ranking.category) == (kind, name)
    check(ranking, TOPICS)
    if kind is Kind.TOPIC:
        assert ranking.topics[0].topic == name


@pytest.mark.parametrize("question", ["is green tea hot?", "repair my engine", "xyzzy", ""])
def test_the_probability_of_one_class_needs_no_ranking(question: str, understanding: Matcher) -> None:
    for classes in understanding.rank(question).classes.values():
        for name, probability in classes.items():
            assert understanding.probability(question, name) == probability
    assert understanding.probability(question, "there is no such class") == 0


def test_a_move_is_a_class_of_its_own() -> None:
    more = category("more", "tell me more|go on|say more about it|and further", Kind.MOVE)
    ranking = learnt_matcher(Corpus([*LIBRARY, more])).rank("go on, tell more", moves=True)
    check(ranking, TOPICS)
    assert (ranking.kind, ranking.category) == (Kind.MOVE, "more")
    assert [*ranking.classes[Kind.MOVE]] == ["more"]
    assert ranking.classes[Kind.EVERYDAY] == {}


def test_topics_are_ranked_by_the_probability_of_all_that_they_serve() -> None:
    """Here every class is as likely as the others, and of equals the first wins."""
    tea, bread, food = category("tea", TEA), category("bread", BREAD), category("food", "a|b", serves=["tea", "bread"])
    by_covered = np.array([0.0, 1.0, *[0.0] * (len(SIGNALS) - 1)])

    def ranked(*topics: Category) -> dict[str, float]:
        corpus = Corpus([*topics, category("cars", CARS, Kind.OUTSIDE)])
        model = Model(np.zeros((DIMENSIONS, 4), np.float32), by_covered, learn_verdicts(corpus, None), None)
        ranking = Matcher(corpus, model).rank("tea")
        check(ranking, [topic.id for topic in topics])
        return {match.topic: match.confidence for match in ranking.topics}

    narrow_first, broad_first = ranked(tea, bread, food), ranked(food, tea, bread)
    assert [*narrow_first] == [*broad_first] == ["food", "tea", "bread"]
    for ranked_so in (narrow_first, broad_first):
        assert ranked_so["food"] > ranked_so["tea"] == ranked_so["bread"]


def test_a_topic_that_is_ruled_out_is_not_ranked(matcher: Matcher) -> None:
    ranking = matcher.rank("a cup of tea", without="tea")
    check(ranking, ["bread", "cheese"])
    assert ranking.category != "tea"
    assert matcher.rank("a cup of tea").category == "tea"


@pytest.mark.parametrize("outside", ["cars", "tea"])  # an outside group may have the id of a topic
def test_the_only_topic_may_be_ruled_out(outside: str) -> None:
    only = learnt_matcher(Corpus([category("tea", TEA), category(outside, CARS, Kind.OUTSIDE)]))
    ranking = only.rank("a cup of tea", without="tea")
    assert (ranking.topics, ranking.kind, ranking.category) == ((), Kind.OUTSIDE, outside)
    assert ranking.probability == pytest.approx(1)


def test_a_topic_is_trusted_more_than_a_question_outside(matcher: Matcher) -> None:
    inside, outside = matcher.rank("bread with salt in the dough"), matcher.rank("repair the tyre of my car")
    assert inside.topics[0].confidence > 0.5 > outside.topics[0].confidence


@pytest.mark.parametrize(
    ("typed", "text"),
    [("a laof of braed", "a loaf of bread"), ("**À** \u200bＬｏａｆ _of_ “bread”…", 'a loaf of "bread"')],
)
def test_typos_and_dressing_up_do_not_matter(typed: str, text: str, matcher: Matcher) -> None:
    assert matcher.rank(typed) == replace(matcher.rank("a loaf of bread"), text=text)


@pytest.mark.parametrize(
    ("question", "known"),
    [
        *(("a loaf of bread", 1), ("breod", 1), ("broad", 0)),  # an everyday word is no typo
        *((gibberish, 0) for gibberish in ("", "   ", "?!", "\U0001f600\U0001f680", "漢字", "zzz qqq", "\x00")),
    ],
)
def test_what_is_known_of_a_question(question: str, known: float, matcher: Matcher) -> None:
    assert matcher.rank(question).known == known


def test_a_question_may_be_known_in_part(matcher: Matcher) -> None:
    assert 0 < matcher.rank("a loaf of zzz").known < 1


def test_meanings_count_if_no_word_is_known(understanding: Matcher) -> None:
    ranking = understanding.rank("steeping oolong leaves")
    assert (ranking.category, ranking.known) == ("tea", 0)


@given(ANY_TEXT)
def test_any_text_has_a_ranking(matcher: Matcher, text: str) -> None:
    check(matcher.rank(text), TOPICS)


@settings(max_examples=30)
@given(text=ANY_TEXT)
def test_any_text_has_a_ranking_with_the_encoder(understanding: Matcher, text: str) -> None:
    check(understanding.rank(text), TOPICS)


PHRASINGS = st.lists(st.text(st.sampled_from("abcde "), min_size=1, max_size=12), min_size=1, max_size=4)
TWO = [["how do i brew tea", "is hot water right for tea"], ["how long does bread take", "does bread need time"]]


def test_one_topic_with_one_phrasing_trusts_what_it_knows_most() -> None:
    matcher = learnt_matcher(Corpus([category("bread", "a loaf of bread")]))
    known, unknown, *others = map(matcher.rank, ("a loaf of bread", "zzz", "bread", ""))
    for ranking in (known, unknown, *others):
        check(ranking, ["bread"])
        assert (ranking.kind, ranking.category) == (Kind.TOPIC, "bread")
    assert known.topics[0].confidence > unknown.topics[0].confidence


def test_two_topics_are_not_certain_of_a_question_that_neither_knows() -> None:
    both = learnt_matcher(Corpus([category(str(number), "|".join(texts)) for number, texts in enumerate(TWO)]))
    assert both.rank("zzz").topics[0].confidence < 0.9


@example([[drink] for drink in "ale beer cider gin port rum tea wine".split()], 0, "cider")  # more than are ranked
@example(TWO, 0, "")
@settings(max_examples=12)
@given(st.lists(PHRASINGS, min_size=1, max_size=6), st.integers(0, 5), st.text(st.sampled_from("abcde ")))
def test_any_tiny_library_gives_sound_rankings(classes: list[list[str]], others: int, question: str) -> None:
    """The last ``others`` classes are no topics; neither outside groups nor small talk need be there."""
    assume(others < len(classes))
    kinds = [Kind.TOPIC] * (len(classes) - others) + [Kind.OUTSIDE, Kind.SMALLTALK] * others
    library = [category(str(number), "|".join(texts), kinds[number]) for number, texts in enumerate(classes)]
    matcher = learnt_matcher(Corpus(library))
    for asked in (question, library[0].texts[0], ""):
        check(matcher.rank(asked), [entry.id for entry in library if entry.kind is Kind.TOPIC])


_RANK = """
import json
from bot.matching import Corpus
from tests.learning import learnt_matcher
from tests.matching.conftest import LIBRARY
matcher = learnt_matcher(Corpus(LIBRARY))
for question in ("is green tea hot?", "cheese or braed", "hello car", ""):
    print(json.dumps([(match.topic, match.confidence) for match in matcher.rank(question).topics]))
"""


def test_other_processes_give_identical_rankings() -> None:
    """Nothing may depend on the order of sets, which differs from process to process."""
    surroundings = [{**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)} for seed in ("1", "2")]
    command = [sys.executable, "-c", _RANK]
    outputs = {subprocess.run(command, env=env, check=True, capture_output=True).stdout for env in surroundings}
    assert len(outputs) == 1
    assert json.loads(outputs.pop().splitlines()[0])[0][0] == "tea"


def test_questions_may_be_ranked_at_the_same_time(understanding: Matcher) -> None:
    questions = [f"{text} please" for text in (TEA + "|" + BREAD + "|" + CARS).split("|")]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(understanding.rank, questions * 5))
    assert together == [understanding.rank(question) for question in questions] * 5
