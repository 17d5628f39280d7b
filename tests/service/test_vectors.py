"""The phrasings' vectors: each text is encoded once, and nothing in the cache is trusted blindly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from bot.service.vectors import phrasing_vectors
from numpy.typing import NDArray

from bot.matching import Vector
from bot.service.cache import Cache

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


def check(texts: list[str], cache: Cache, missing: Sequence[str], encoder: FakeEncoder | None = None) -> None:
    """Only the texts that are missing are encoded, once each, and the rows are in the order of all texts."""
    encoder = encoder or FakeEncoder()
    found = phrasing_vectors(encoder, texts, cache, lambda done, total: None)
    assert sorted(encoder.seen) == sorted(missing)
    np.testing.assert_array_equal(found, [encoder.encode(text) for text in texts])


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        (TEXTS, []),
        (TEXTS[::-1], []),
        ([*TEXTS, *TEXTS], []),
        (TEXTS[2:], []),
        (["a pint of tea", *TEXTS[1:]], ["a pint of tea"]),
        (["salt in bread", *TEXTS, "a pint of tea"], ["salt in bread", "a pint of tea"]),
    ],
    ids=["the same", "in another order", "twice", "two removed", "one changed", "two added"],
)
def test_only_new_texts_are_encoded(texts: list[str], missing: list[str], cache: Cache) -> None:
    check([*TEXTS, TEXTS[0]], cache, TEXTS)
    check(texts, cache, missing)
    check(texts, cache, [])


def test_another_encoder_uses_none_of_the_vectors(cache: Cache) -> None:
    for fingerprint in ("f" * 64, "e" * 64):
        check(TEXTS, cache, TEXTS, FakeEncoder(fingerprint))


@pytest.mark.parametrize(("known", "told"), [(0, [(1, 2), (2, 2)]), (1, [(1, 1)]), (2, [])])
def test_progress_counts_what_is_missing(known: int, told: list[tuple[int, int]], cache: Cache) -> None:
    if known:
        check(TEXTS[:known], cache, TEXTS[:known])
    reported: list[tuple[int, int]] = []
    phrasing_vectors(FakeEncoder(), TEXTS[:2], cache, lambda *progress: reported.append(progress))
    assert reported == told


def test_an_unwritable_folder_changes_no_vector(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    check(TEXTS, Cache(tmp_path / "file"), TEXTS)


Array = NDArray[np.generic]
SPOIL: dict[str, Callable[[Array], Array]] = {
    "not a number": lambda array: np.full(array.shape, np.nan),
    "one row less": lambda array: array[:-1],
    "one column more": lambda array: np.concatenate([array, array[:, :1]], axis=1),
}


@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL)
def test_a_spoilt_file_is_rebuilt(spoil: Callable[[Array], Array], cache: Cache, tmp_path: Path) -> None:
    check(TEXTS, cache, TEXTS)
    [path] = (tmp_path / "cache").iterdir()
    stored = cache.read(path.stem, {"keys": (-1,), "vectors": (-1, FakeEncoder.dimensions)})
    assert stored is not None
    cache.write(path.stem, {**stored, "vectors": spoil(stored["vectors"])})
    check(TEXTS, cache, TEXTS)
    check(TEXTS, cache, [])
