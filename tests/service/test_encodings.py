"""The encodings of texts: each text is encoded once, and nothing in the cache is trusted blindly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching import EncoderError, Encodings
from bot.service.cache import Cache
from bot.service.encodings import as_arrays, encodings_of, from_arrays, shapes
from tests.encoders import FailingEncoder, WordEncoder

Array = NDArray[np.generic]
TEXTS = ["how hot is tea", "green tea or black", "a cup of tea", "rye bread", "a loaf of bread", "\ud800 tea"]


def encode(texts: list[str], cache: Cache, encoder: WordEncoder | None = None) -> Encodings:
    return encodings_of(encoder or WordEncoder(), texts, cache, lambda done, total: None)


def check(texts: list[str], cache: Cache, missing: Sequence[str], encoder: WordEncoder | None = None) -> None:
    """Only the texts that are missing are encoded, once each, and the encodings are in the order of all texts."""
    encoder = encoder or WordEncoder()
    found = encode(texts, cache, encoder)
    assert sorted(encoder.seen) == sorted(missing)
    expected = Encodings.of(map(encoder.encode, texts))
    np.testing.assert_array_equal(found.sentences, expected.sentences)
    np.testing.assert_array_equal(found.tokens, expected.tokens)
    np.testing.assert_array_equal(found.lengths, expected.lengths)


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        (TEXTS, []),
        (TEXTS[::-1], []),
        ([*TEXTS, *TEXTS], []),
        (TEXTS[2:], []),
        (["a pint of tea", *TEXTS[1:]], ["a pint of tea"]),
        (["salt in bread", *TEXTS, "a pint of tea"], ["salt in bread", "a pint of tea"]),
        (["salt in bread", ""], ["salt in bread", ""]),
    ],
    ids=["the same", "in another order", "twice", "two removed", "one changed", "two added", "all changed"],
)
def test_only_new_texts_are_encoded(texts: list[str], missing: list[str], cache: Cache) -> None:
    check([*TEXTS, TEXTS[0]], cache, TEXTS)
    check(texts, cache, missing)
    check(texts, cache, [])


def test_another_encoder_uses_none_of_the_encodings(cache: Cache) -> None:
    for fingerprint in ("f" * 64, "e" * 64):
        check(TEXTS, cache, TEXTS, WordEncoder(fingerprint))


def test_texts_that_are_gone_are_forgotten(cache: Cache) -> None:
    check(TEXTS, cache, TEXTS)
    check(["a pint of tea", *TEXTS[1:]], cache, ["a pint of tea"])
    check(TEXTS, cache, TEXTS[:1])


@pytest.mark.parametrize(("known", "told"), [(0, [(1, 2), (2, 2)]), (1, [(1, 1)]), (2, [])])
def test_progress_counts_what_is_missing(known: int, told: list[tuple[int, int]], cache: Cache) -> None:
    if known:
        check(TEXTS[:known], cache, TEXTS[:known])
    reported: list[tuple[int, int]] = []
    encodings_of(WordEncoder(), TEXTS[:2], cache, lambda *progress: reported.append(progress))
    assert reported == told


def test_many_texts_are_encoded_in_their_order(cache: Cache) -> None:
    """More than are queued at a time."""
    texts = [f"tea number {number}" for number in range(600)]
    reported: list[tuple[int, int]] = []
    found = encodings_of(WordEncoder(), texts, cache, lambda *progress: reported.append(progress))
    assert reported == [(done, 600) for done in range(1, 601)]
    np.testing.assert_array_equal(found.sentences, Encodings.of(map(WordEncoder().encode, texts)).sentences)


def test_an_unwritable_folder_changes_no_encoding(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    check(TEXTS, Cache(tmp_path / "file"), TEXTS)


def test_an_encoder_that_fails_leaves_the_cache_as_it_was(cache: Cache) -> None:
    check(TEXTS[:2], cache, TEXTS[:2])
    encoder = FailingEncoder()
    encoder.error = RuntimeError("no idea")
    with pytest.raises(EncoderError, match="no idea"):
        encode(TEXTS, cache, encoder)
    check(TEXTS, cache, TEXTS[2:])


SPOIL: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "not a number": ("sentences", lambda array: np.full(array.shape, np.nan)),
    "a sentence less": ("sentences", lambda array: array[:-1]),
    "a dimension more": ("sentences", lambda array: np.concatenate([array, array[:, :1]], axis=1)),
    "a token less": ("tokens", lambda array: array[:-1]),
    "a token more": ("tokens", lambda array: np.concatenate([array, array[:1]])),
    "a token's dimension less": ("tokens", lambda array: array[:, 1:]),
    "a length less": ("lengths", lambda array: array[:-1]),
    "other lengths": ("lengths", lambda array: np.full(array.shape, 2)),
    "negative lengths": ("lengths", lambda array: np.array([-1, *array[1:-1], array[-1] + array[0] + 1])),
    "a key less": ("keys", lambda array: array[:-1]),
}


@pytest.mark.parametrize("name", SPOIL)
def test_a_spoilt_file_is_rebuilt(name: str, cache: Cache, tmp_path: Path) -> None:
    key, spoil = SPOIL[name]
    check(TEXTS, cache, TEXTS)
    [path] = (tmp_path / "cache").iterdir()
    stored = cache.read(path.stem, {"keys": (-1,), **shapes(WordEncoder())})
    assert stored is not None
    cache.write(path.stem, {**stored, key: spoil(stored[key])})
    check(TEXTS, cache, TEXTS)
    check(TEXTS, cache, [])


def test_arrays_are_as_many_and_as_long_as_their_shapes_say() -> None:
    encoder = WordEncoder()
    arrays = as_arrays(Encodings.of(map(encoder.encode, TEXTS)))
    assert arrays.keys() == shapes(encoder).keys()
    for shape, fixed in ((shapes(encoder), False), (shapes(encoder, len(TEXTS)), True)):
        for key, array in arrays.items():
            assert all(want in (-1, have) for want, have in zip(shape[key], array.shape, strict=True))
            assert (shape[key][0] == len(TEXTS)) == (fixed and key != "tokens")


def test_what_is_kept_is_the_same_again() -> None:
    encodings = Encodings.of(map(WordEncoder().encode, TEXTS))
    found = from_arrays(as_arrays(encodings))
    assert found is not None
    for one, other in zip(as_arrays(found).values(), as_arrays(encodings).values(), strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)
