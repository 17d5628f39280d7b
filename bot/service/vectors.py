"""The phrasings' sentence vectors: computed once, kept between starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from bot.matching import Encoder, Vector, Vectors, meaning
from bot.service.cache import Cache, content_hash

_THREADS = 2
_BATCH = 256
"""Texts that are queued at a time; all at once would take 20 MB."""

Report = Callable[[int, int], None]
"""Called with (done, total)."""


def phrasing_vectors(encoder: Encoder, texts: Sequence[str], cache: Cache, report: Report) -> Vectors:
    """The vectors of normalised texts (texts x dimensions); only those that the cache lacks are computed.

    ``report`` is called with (done, total) after each computed text, never if the cache has them all.

    Raises:
        EncoderError: if the encoder fails.
    """
    name = f"vectors-{encoder.fingerprint[:32]}"
    keys = [_key(text) for text in texts]
    row = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    known = _read(cache, name, encoder.dimensions)
    vectors = np.empty((len(row), encoder.dimensions), np.float32)
    for key in row.keys() & known.keys():
        vectors[row[key]] = known[key]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    del known
    for done, (key, vector) in enumerate(zip(missing, _encoded(encoder, [*missing.values()]), strict=True), start=1):
        vectors[row[key]] = vector
        report(done, len(missing))
    if missing:
        cache.write(name, {"keys": np.array([*row]), "vectors": vectors})
    return vectors[[row[key] for key in keys]]


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Iterator[Vector]:
    pool = ThreadPoolExecutor(_THREADS)
    try:
        for start in range(0, len(texts), _BATCH):
            yield from pool.map(partial(meaning, encoder), texts[start : start + _BATCH])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # so that Ctrl-C need not wait


def _key(text: str) -> bytes:
    """16 bytes of a hash of the text, in hexadecimal."""
    return content_hash([text])[:32].encode()


def _read(cache: Cache, name: str, dimensions: int) -> dict[bytes, Vector]:
    """The vectors in the cache, by the key of their text."""
    stored = cache.read(name, {"keys": (-1,), "vectors": (-1, dimensions)})
    if stored is None or len(stored["keys"]) != len(stored["vectors"]):
        return {}
    return dict(zip(stored["keys"].tolist(), stored["vectors"].astype(np.float32, copy=False), strict=True))
