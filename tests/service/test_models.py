"""What was learnt of a library, between starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching import Category, Corpus, Kind, Model, Stance, verdict_shapes
from bot.service.cache import Cache
from bot.service.models import read_model, write_model
from tests.encoders import WordEncoder
from tests.learning import learn

Array = NDArray[np.generic]
NAME = "0" * 32
ENCODER = WordEncoder()


def corpus_of(*topics: str) -> Corpus:
    statements = ("is it good?", Stance.YES), ("is it bad?", Stance.NO)
    return Corpus([Category(Kind.TOPIC, text, (text, f"more of {text}"), statements=statements) for text in topics])


CORPUS = corpus_of("brewing tea", "baking bread", "keeping cheese")
BY_WORDS, BY_MEANING = learn(CORPUS), learn(CORPUS, ENCODER)


def arrays(model: Model) -> list[Array]:
    found: list[Array] = [model.weights, model.confidence, *asdict(model.verdicts).values()]
    if (encodings := model.encodings) is not None and model.meanings is not None:
        found += [encodings.sentences, encodings.tokens, encodings.lengths, model.meanings]
    return found


@pytest.mark.parametrize(("model", "encoder"), [(BY_WORDS, None), (BY_MEANING, ENCODER)], ids=["words", "meanings"])
def test_what_was_written_is_read(model: Model, encoder: WordEncoder | None, cache: Cache) -> None:
    assert read_model(cache, NAME, CORPUS, encoder) is None
    write_model(cache, NAME, model)
    found = read_model(cache, NAME, CORPUS, encoder)
    assert found is not None
    for one, other in zip(arrays(found), arrays(model), strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)
    assert read_model(cache, "1" * 32, CORPUS, encoder) is None


def test_what_was_learnt_from_words_alone_is_of_no_use_to_an_encoder_nor_the_other_way_round(cache: Cache) -> None:
    write_model(cache, NAME, BY_WORDS)
    assert read_model(cache, NAME, CORPUS, ENCODER) is None
    write_model(cache, NAME, BY_MEANING)
    assert read_model(cache, NAME, CORPUS, None) is None


@pytest.mark.parametrize(
    "corpus",
    [
        corpus_of("a", "b"),
        corpus_of("a", "b", "c", "d"),
        Corpus([Category(Kind.TOPIC, name, ("a",)) for name in "abc"]),
    ],
    ids=["fewer classes", "more classes", "fewer texts"],
)
def test_what_does_not_fit_the_corpus_counts_as_absent(corpus: Corpus, cache: Cache) -> None:
    write_model(cache, NAME, BY_MEANING)
    assert read_model(cache, NAME, corpus, ENCODER) is None


@pytest.mark.parametrize("dimensions", ["dimensions", "token_dimensions"])
def test_what_does_not_fit_the_encoder_counts_as_absent(dimensions: str, cache: Cache) -> None:
    write_model(cache, NAME, BY_MEANING)
    other = WordEncoder()
    setattr(other, dimensions, 5)
    assert read_model(cache, NAME, CORPUS, other) is None


SPOIL: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "a sentence less": ("sentences", lambda array: array[:-1]),
    "a token less": ("tokens", lambda array: array[:-1]),
    "a length less": ("lengths", lambda array: array[:-1]),
    "other lengths": ("lengths", lambda array: np.ones_like(array)),
    "a meaning less": ("meanings", lambda array: array[:-1]),
    "a verdict less": ("worth", lambda array: array[:-1]),
    "a signal less": ("confidence", lambda array: array[:-1]),
    "a feature less": ("weights", lambda array: array[:-1]),
    "not a number": ("weights", lambda array: np.full(array.shape, np.nan)),
}


@pytest.mark.parametrize("name", SPOIL)
def test_a_spoilt_file_counts_as_absent(name: str, cache: Cache, tmp_path: Path) -> None:
    key, spoil = SPOIL[name]
    write_model(cache, NAME, BY_MEANING)
    [path] = (tmp_path / "cache").iterdir()
    names = ("weights", "confidence", *verdict_shapes(CORPUS), "sentences", "tokens", "lengths", "meanings")
    kept = dict(zip(names, arrays(BY_MEANING), strict=True))
    cache.write(path.stem, kept)
    assert read_model(cache, NAME, CORPUS, ENCODER) is not None
    cache.write(path.stem, {**kept, key: spoil(kept[key])})
    assert read_model(cache, NAME, CORPUS, ENCODER) is None
