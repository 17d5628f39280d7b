"""What a library teaches, and the fingerprint under which a model of it is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.matching import Category, Corpus, Kind, Stance
from tests.matching.conftest import LIBRARY, category

TEA, BREAD, *OTHERS = LIBRARY
HOT = (("Is tea HOT?", Stance.YES), ("is tea cold", Stance.NO))


def test_texts_are_normalised_and_keep_their_class() -> None:
    corpus = Corpus([category("tea", "How HOT?|tea"), category("cars", "Don't  PARK", Kind.OUTSIDE)])
    assert corpus.texts == ("how hot", "tea", "don't park")
    assert corpus.words == (["how", "hot"], ["tea"], ["dont", "park"])
    assert corpus.labels.tolist() == [0, 0, 1]
    assert corpus.is_topic.tolist() == [True, False]


def test_topics_come_first_and_everyday_questions_are_known_as_such() -> None:
    hello, cars = category("hello", "hi", Kind.SMALLTALK), category("cars", "park", Kind.OUTSIDE)
    corpus = Corpus([hello, TEA, category("sport", "who won", Kind.EVERYDAY), BREAD, cars])
    assert [entry.id for entry in corpus.categories] == ["tea", "bread", "hello", "sport", "cars"]
    assert corpus.is_topic.tolist() == [True, True, False, False, False]
    assert corpus.is_everyday.tolist() == [False, False, False, True, False]
    assert corpus.labels.tolist() == sorted(corpus.labels)
    assert corpus.texts[-3:] == ("hi", "who won", "park")


def test_all_that_is_said_is_texts_words_and_statements_each_topic_by_topic() -> None:
    cars, rye = category("cars", "a tea car", Kind.OUTSIDE), (("is rye dark", Stance.OPEN),)
    bread, tea = category("bread", "a loaf of bread"), category("tea", "tea|hot tea")
    corpus = Corpus([cars, replace(bread, statements=rye), replace(tea, statements=HOT)])
    assert corpus.statements == ("is rye dark", "is tea hot", "is tea cold")
    assert corpus.vocabulary == ("bread", "hot", "loaf", "tea")
    assert corpus.said == (*corpus.texts, *corpus.vocabulary, *corpus.statements)
    assert len(corpus.labels) == len(corpus.words) == len(corpus.texts) == 4


def test_its_speller_knows_its_words_and_everyday_ones() -> None:
    speller = Corpus([category("tea", "a pot of oolong")]).speller
    assert speller("olong kitchen kithcen") == "oolong kitchen kitchen"


def test_an_answer_serves_those_who_ask_for_its_topics_and_nobody_outside() -> None:
    drinks, tea = category("drinks", "a drink", serves=["tea"]), category("tea", "a cup of tea")
    # An outside group of the same id is another class.
    outside = category("tea", "tea towels", Kind.OUTSIDE)
    assert Corpus([drinks, tea, outside]).serves.tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    "changed",
    [
        [replace(TEA, texts=(*TEA.texts, "a pot of tea")), BREAD, *OTHERS],
        [replace(TEA, texts=TEA.texts[1:]), BREAD, *OTHERS],
        [replace(TEA, texts=TEA.texts[:-1]), replace(BREAD, texts=(TEA.texts[-1], *BREAD.texts)), *OTHERS],
        [replace(TEA, texts=("a pot of tea", *TEA.texts[1:])), BREAD, *OTHERS],
        [replace(TEA, texts=TEA.texts[::-1]), BREAD, *OTHERS],
        [replace(TEA, serves=frozenset({"tea", "bread"})), BREAD, *OTHERS],
        [replace(TEA, id="coffee"), BREAD, *OTHERS],
        [replace(TEA, kind=Kind.OUTSIDE), BREAD, *OTHERS],
        [replace(TEA, statements=HOT), BREAD, *OTHERS],
        [BREAD, TEA, *OTHERS],
        [TEA, BREAD, *OTHERS[:-1]],
    ],
    ids="added removed moved changed reordered serves id kind statements order class_removed".split(),
)
def test_any_change_that_training_sees_changes_the_fingerprint(changed: list[Category]) -> None:
    assert Corpus(changed).fingerprint != Corpus(LIBRARY).fingerprint


def test_what_verdicts_are_learnt_from_changes_the_fingerprint() -> None:
    told = replace(TEA, statements=HOT)
    untrue = replace(told, statements=tuple((text, Stance.OPEN) for text, _ in HOT))
    said = replace(told, speakers=frozenset({"Tom Miller"}))
    prints = {Corpus([tea, BREAD, *OTHERS]).fingerprint for tea in (told, untrue, said)}
    assert len(prints | {Corpus([told, BREAD, *OTHERS], [("hot", "cold")]).fingerprint}) == 4


def test_what_normalising_drops_does_not_change_the_fingerprint() -> None:
    dressed = [replace(entry, texts=tuple(f" {text.upper()}?" for text in entry.texts)) for entry in LIBRARY]
    assert Corpus(dressed).fingerprint == Corpus(LIBRARY).fingerprint


def test_any_text_and_id_has_a_fingerprint() -> None:
    assert len({Corpus([category(name, name)]).fingerprint for name in ("\ud800", "\udfff", "\x00", "")}) == 4
