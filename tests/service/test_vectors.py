"""The phrasings' vectors: each text is encoded once, and nothing in the cache is trusted blindly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching import Vector, Vectors
from bot.service.cache import Cache
from bot.service.vectors import phrasing_vectors

TEXTS = ["how hot is tea", "green tea or black", "a cup of tea", "rye bread", "a loaf of bread", "\ud800 tea"]


class FakeEncoder:
    """Remembers what it was asked to encode."""

    dimensions = 6

    def __init__(self, fingerprint: str = "f" * 64) -> None:
        self.fingerprint = fingerprint
        self.seen: list[str] = []

    def encode(self, text: str) -> Vector:
        self.seen.append(text)
        seed = crc32((self.fingerprint + text).encode("utf-8", "surrogatepass"))
        return np.random.default_rng(seed).normal(size=self.dimensions).astype(np.float32)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def vectors(texts: list[str], cache: Cache, encoder: FakeEncoder | None = None) -> tuple[Vectors, list[str]]:
    """The texts' vectors, and what had to be encoded for them."""
    encoder = encoder or FakeEncoder()
    return phrasing_vectors(encoder, texts, cache, lambda done, total: None), encoder.seen


def expected(texts: list[str], encoder: FakeEncoder | None = None) -> Vectors:
    encoder = encoder or FakeEncoder()
    return np.stack([encoder.encode(text) for text in texts])


def test_each_text_is_encoded_once_and_rows_keep_the_order(cache: Cache) -> None:
    found, encoded = vectors([*TEXTS, TEXTS[0]], cache)
    np.testing.assert_array_equal(found, expected([*TEXTS, TEXTS[0]]))
    assert sorted(encoded) == sorted(TEXTS)


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        (TEXTS, []),
        (TEXTS[::-1], []),
        ([*TEXTS, *TEXTS], []),
        (TEXTS[2:], []),
        (["a pint of tea", *TEXTS[1:]], ["a pint of tea"]),
        (["salt in bread", *TEXTS, "a pint of tea"], ["a pint of tea", "salt in bread"]),
    ],
    ids=["the same", "in another order", "twice", "two removed", "one changed", "two added"],
)
def test_only_new_texts_are_encoded(texts: list[str], missing: list[str], cache: Cache) -> None:
    vectors(TEXTS, cache)
    found, encoded = vectors(texts, cache)
    np.testing.assert_array_equal(found, expected(texts))
    assert sorted(encoded) == missing
    assert vectors(texts, cache)[1] == []


def test_another_encoder_uses_none_of_the_vectors(cache: Cache) -> None:
    vectors(TEXTS, cache)
    other = FakeEncoder(fingerprint="e" * 64)
    np.testing.assert_array_equal(vectors(TEXTS, cache, other)[0], expected(TEXTS, FakeEncoder("e" * 64)))
    assert sorted(other.seen) == sorted(TEXTS)


def test_progress_counts_what_is_missing(cache: Cache) -> None:
    reported: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        reported.append((done, total))

    phrasing_vectors(FakeEncoder(), TEXTS[:4], cache, report)
    assert reported == [(1, 4), (2, 4), (3, 4), (4, 4)]
    reported.clear()
    phrasing_vectors(FakeEncoder(), TEXTS, cache, report)
    assert reported == [(1, 2), (2, 2)]
    reported.clear()
    phrasing_vectors(FakeEncoder(), TEXTS, cache, report)
    assert reported == []


def test_an_unwritable_folder_changes_no_vector(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    np.testing.assert_array_equal(vectors(TEXTS, Cache(tmp_path / "file"))[0], expected(TEXTS))


Change = Callable[[Cache, Path], object]


def bytes_to(change: Callable[[bytes], bytes]) -> Change:
    return lambda cache, path: path.write_bytes(change(path.read_bytes()))


def numbers_to(change: Callable[[NDArray[np.generic]], NDArray[np.generic]]) -> Change:
    """Well-formed, with other vectors and the same keys."""

    def spoil(cache: Cache, path: Path) -> None:
        stored = cache.read(path.stem, {"keys": (-1,), "vectors": (-1, FakeEncoder.dimensions)})
        assert stored is not None
        cache.write(path.stem, {"keys": stored["keys"], "vectors": change(stored["vectors"])})

    return spoil


SPOIL: dict[str, Change] = {
    "empty": bytes_to(lambda data: b""),
    "one byte changed": bytes_to(lambda data: data[:-99] + bytes([data[-99] ^ 1]) + data[-98:]),
    "not a number": numbers_to(lambda array: np.full(array.shape, np.nan)),
    "one row less": numbers_to(lambda array: array[:-1]),
    "one column more": numbers_to(lambda array: np.concatenate([array, array[:, :1]], axis=1)),
}


@pytest.mark.parametrize("name", SPOIL)
def test_a_spoilt_file_is_rebuilt(name: str, cache: Cache, tmp_path: Path) -> None:
    vectors(TEXTS, cache)
    (path,) = (tmp_path / "cache").iterdir()
    SPOIL[name](cache, path)
    found, encoded = vectors(TEXTS, cache)
    np.testing.assert_array_equal(found, expected(TEXTS))
    assert sorted(encoded) == sorted(TEXTS)
    assert vectors(TEXTS, cache)[1] == []
