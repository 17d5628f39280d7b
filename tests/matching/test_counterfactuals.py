"""Texts about something else, made of a library's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from bot.matching import counterfactuals
from bot.matching.counterfactuals import Counterfactuals, subject_words
from bot.matching.function_words import FUNCTION_WORDS
from bot.matching.people import doer, given_names, people, person, surnames

TEA = "how hot must tea be|do bakers sell tea|a pot of green tea|is tea good for customers|teas of china".split("|")
BREAD = "how do bakers knead dough|bakers knead dough by hand|dough rises slowly|who sells bread to a customer".split(
    "|"
)
TEXTS = [text.split() for text in TEA + BREAD]
TOPICS = ["tea"] * len(TEA) + ["bread"] * len(BREAD)
LIBRARY = Counterfactuals(TEXTS, TOPICS)
FOREIGN = [line.split() for line in Path(counterfactuals.__file__).with_name("foreign.txt").read_text().splitlines()]
NOUNS = frozenset(chain.from_iterable(FOREIGN))
FAMILIAR = frozenset(word for word, uses in Counter(chain.from_iterable(TEXTS)).items() if uses >= 3)


def made(make: Callable[[np.random.Generator], list[str] | None], times: int = 60) -> Iterator[list[str]]:
    """What is made of a text, again and again."""
    random = np.random.default_rng(0)
    for _ in range(times):
        words = make(random)
        assert words is not None
        yield words


# The subject


def test_the_subject_is_what_the_library_says_more_often_than_english_does() -> None:
    subject = subject_words(TEXTS)
    assert subject.keys() == {"tea", "dough", "bakers"}
    assert all(value >= 1 for value in subject.values())


def test_a_word_counts_once_a_text_and_from_three_texts_on() -> None:
    assert "tea" not in subject_words([["tea", "tea", "tea"], ["tea"], ["bread"]])
    assert "tea" in subject_words([["tea"], ["tea"], ["tea"], ["bread"]])


def test_neither_function_words_nor_numbers_are_a_subject() -> None:
    assert subject_words([["what", "2024", "tea5"]] * 9) == {}


def test_a_common_english_word_must_be_used_more_to_be_the_subject() -> None:
    def texts(word: str, uses: int) -> list[list[str]]:
        return [[word]] * uses + [[f"other{number}"] for number in range(1500)]

    assert "time" not in subject_words(texts("time", 3))
    assert "time" in subject_words(texts("time", 60))
    assert "espresso" in subject_words(texts("espresso", 3))


def test_the_more_often_the_more_telling() -> None:
    subject = subject_words([["glimp", "frobble"], ["glimp", "frobble"], ["glimp", "frobble"], ["glimp"]])
    assert subject["glimp"] > subject["frobble"]
    assert subject_words([]) == {}


# Another subject


@pytest.mark.parametrize("text", [text for text in TEXTS if {"tea", "dough", "bakers"} & {*text}], ids=" ".join)
def test_another_subject_keeps_how_the_question_is_put(text: list[str]) -> None:
    subject = {word for word in text if word in LIBRARY.subject}
    for words in made(lambda random: LIBRARY.other_subject(text, random)):
        assert len(words) == len(text)
        changed = {old for old, new in zip(text, words, strict=True) if old != new}
        assert changed & subject
        assert not changed & FUNCTION_WORDS
        assert len(subject - changed) <= (len(subject) > 2)
        strange = {new for old, new in zip(text, words, strict=True) if old != new}
        assert not {word.removesuffix("s") for word in strange} & FAMILIAR


def test_what_is_swapped_differs_from_time_to_time() -> None:
    text = "how do bakers knead dough".split()
    variants = [*made(lambda random: LIBRARY.other_subject(text, random))]
    assert len({*map(tuple, variants)}) > 40
    others = [words[3] != "knead" for words in variants]  # not of the subject, but content: swapped now and then
    assert 0 < sum(others) < len(others) / 2


def test_of_many_subject_words_the_least_telling_may_stay() -> None:
    text = ["dough", "tea", "salt"]
    library = Counterfactuals([text] * 3, ["x"] * 3)
    assert sorted(library.subject, key=library.subject.__getitem__) == text[::-1], "the rarer in English the more"
    variants = [*made(lambda random: library.other_subject(text, random))]
    assert all(words[0] != "dough" and words[1] != "tea" for words in variants)
    assert {words[2] == "salt" for words in variants} == {True, False}


def test_a_plural_becomes_a_plural_and_every_mention_the_same() -> None:
    library = Counterfactuals([["bakers", "boss"]] * 3, ["x"] * 3)
    assert library.subject.keys() == {"bakers", "boss"}
    for words in made(lambda random: library.other_subject(["bakers", "and", "bakers", "boss"], random)):
        assert words[0] == words[2]
        assert words[0].endswith("s")
        assert words[1] == "and"
        plurals = {words[0].removesuffix("s"), words[0].removesuffix("es"), f"{words[0].removesuffix('ies')}y"}
        assert plurals & NOUNS
        assert words[3] in NOUNS


@pytest.mark.parametrize("texts", [2, 3])
def test_no_word_that_the_library_uses_in_three_texts_is_swapped_in(texts: int) -> None:
    *known, left = FOREIGN
    tea_and_known = [["tea"]] * 3 + known * texts
    library = Counterfactuals(tea_and_known, ["x"] * len(tea_and_known))
    swapped_in = {words[0] for words in made(lambda random: library.other_subject(["tea"], random))}
    assert (swapped_in <= {*left}) == (texts == 3)


def test_a_text_without_the_subject_has_no_other_one() -> None:
    assert LIBRARY.other_subject(["who", "won", "yesterday"], np.random.default_rng(0)) is None
    assert Counterfactuals([], []).other_subject(["tea"], np.random.default_rng(0)) is None


# Another key


def test_another_key_swaps_what_tells_the_topic_from_others() -> None:
    text = "how do bakers knead dough".split()
    for words in made(lambda random: LIBRARY.other_key(text, "bread", random)):
        assert words[:2] == ["how", "do"]
        assert "knead" not in words
        assert "dough" not in words
        assert len(words) == len(text)
    # Bakers are in a text on tea, too: they stay, unless other content is swapped by chance.
    kept = ["bakers" in words for words in made(lambda random: LIBRARY.other_key(text, "bread", random))]
    assert sum(kept) > len(kept) / 2


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("who sells bread", "bread"),  # said once: chance
        ("how is it put", "tea"),
        ("green tea", "unheard of"),
        ("", "tea"),
    ],
)
def test_what_does_not_tell_a_topic_has_no_other_key(text: str, topic: str) -> None:
    assert LIBRARY.other_key(text.split(), topic, np.random.default_rng(0)) is None


# Another doer


def test_another_doer_is_somebody_whom_the_library_hardly_ever_names() -> None:
    text = "do bakers sell tea to a baker or to customers".split()
    strangers = {doer(words) for words in made(lambda random: LIBRARY.other_doer(text, random), times=2000)}
    assert "baker" not in strangers  # in three texts, in the singular or the plural
    assert {"customer", "manager", "teacher"} <= strangers
    named = [[f"{somebody}s"] for somebody in people() for _ in range(3) if somebody != "wizard"]
    library = Counterfactuals(named, ["x"] * len(named))
    for words in made(lambda random: library.other_doer(["bakers", "knead"], random), times=10):
        assert words == ["wizards", "knead"]


def test_every_mention_of_the_doer_changes_in_its_number_and_nothing_else() -> None:
    for words in made(lambda random: LIBRARY.other_doer("do bakers trust a baker or customers".split(), random)):
        assert person(words[1]) == person(words[4]) == words[4] != "baker"
        assert words[1] != words[4]
        assert words[1].endswith("s")
        assert [*words[:1], *words[2:4], *words[5:]] == ["do", "trust", "a", "or", "customers"]


def test_nobody_or_nobody_else_has_no_other_doer() -> None:
    assert LIBRARY.other_doer(["hot", "tea"], np.random.default_rng(0)) is None
    everybody = [[somebody] for somebody in people() for _ in range(3)]
    library = Counterfactuals(everybody, ["x"] * len(everybody))
    assert library.other_doer(["bakers"], np.random.default_rng(0)) is None


# Another name


def test_a_text_that_names_nobody_is_put_into_the_mouth_of_somebody_whom_the_library_never_names() -> None:
    names = {**given_names(), **surnames()}
    variants = [*made(lambda random: LIBRARY.other_name("is tea good".split(), random), times=400)]
    for words in variants:
        assert "is tea good" in " ".join(words)
        assert 1 <= sum(word in names for word in words) <= 2
    said = {" ".join(word for word in words if word not in names) for words in variants}
    assert {"according to is tea good", "says is tea good", "is tea good in the words of"} <= said
    assert len(said) == 8
    numbers = {(sum(word in given_names() for word in w), sum(word in surnames() for word in w)) for w in variants}
    assert numbers == {(1, 0), (0, 1), (1, 1)}


def test_who_is_named_becomes_somebody_else_and_the_rest_stays() -> None:
    # "zorblax" is no English word, and so can only be a name.
    text = "does alice nakamura or zorblax trust alice with tea".split()
    for words in made(lambda random: LIBRARY.other_name(text, random)):
        assert words[1] == words[6] in given_names()
        assert words[2] == words[4] in surnames()
        assert [words[0], words[3], words[5], *words[7:]] == ["does", "or", "trust", "with", "tea"]


def test_no_name_of_the_library_is_swapped_in() -> None:
    named = [[name] for name in [*given_names(), *surnames()] if name not in ("alice", "nakamura")]
    library = Counterfactuals(named, ["x"] * len(named))
    for words in made(lambda random: library.other_name("does bob trust okafor".split(), random), times=10):
        assert words == ["does", "alice", "trust", "nakamura"]


@pytest.mark.parametrize("names", [given_names(), surnames()], ids=["given names", "surnames"])
def test_a_library_that_names_everybody_has_no_other_name(names: dict[str, None]) -> None:
    library = Counterfactuals([[name] for name in names], ["x"] * len(names))
    assert library.other_name(["tea"], np.random.default_rng(0)) is None


# Another matter


def test_another_matter_asks_something_else_of_the_subject() -> None:
    text = "how do bakers knead dough".split()
    variants = {" ".join(words) for words in made(lambda random: LIBRARY.other_matter(text, random), times=400)}
    assert {"how old is dough", "what does bakers earn", "another word for bakers dough"} <= variants
    assert len(variants) == 12 * 3  # of bakers, of dough and of both
    assert LIBRARY.other_matter(["who", "won"], np.random.default_rng(0)) is None


def test_the_same_random_numbers_make_the_same_text() -> None:
    text = "how do bakers knead dough".split()
    once, again = (LIBRARY.other_subject(text, np.random.default_rng(7)) for _ in range(2))
    assert once == again


def test_of_equally_telling_words_the_order_in_the_text_decides() -> None:
    """Not that of a set, which differs from process to process."""

    def swapped(*text: str) -> tuple[str, ...]:
        library = Counterfactuals([text] * 3, ["x"] * 3)
        assert len({*library.subject.values()}) == 1
        words = library.other_subject(text, np.random.default_rng(0))
        assert words is not None
        return tuple(words)

    assert len({swapped(f"glimp{letter}", f"frobble{letter}", f"quxo{letter}") for letter in "abcdefgh"}) == 1
