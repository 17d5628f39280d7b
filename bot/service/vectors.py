"""The phrasings' sentence vectors: computed once, kept between starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from bot.matching import Encoder, Vector, Vectors
from bot.service.cache import Cache, content_hash

_THREADS = 2

Report = Callable[[int, int], None]
"""Called with (done, total)."""


def phrasing_vectors(encoder: Encoder, texts: Sequence[str], cache: Cache, report: Report) -> Vectors:
    """The vectors of normalised texts (texts x dimensions); only those that the cache lacks are computed.

    ``report`` is called with (done, total) after each computed text, never if the cache has them all.
    """
    name = f"vectors-{encoder.fingerprint[:32]}"
    keys = [_key(text) for text in texts]
    known = _read(cache, name, encoder.dimensions)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        with ThreadPoolExecutor(_THREADS) as pool:
            vectors = pool.map(encoder.encode, missing.values())
            for done, (key, vector) in enumerate(zip(missing, vectors, strict=True), start=1):
                known[key] = vector
                report(done, len(missing))
        current = dict.fromkeys(keys)
        cache.write(name, {"keys": np.array([*current]), "vectors": np.stack([known[key] for key in current])})
    return np.stack([known[key] for key in keys])


def _key(text: str) -> bytes:
    """16 bytes of a hash of the text, in hexadecimal."""
    return content_hash([text])[:32].encode()


def _read(cache: Cache, name: str, dimensions: int) -> dict[bytes, Vector]:
    """The vectors in the cache, by the key of their text."""
    stored = cache.read(name, {"keys": (-1,), "vectors": (-1, dimensions)})
    if stored is None or len(stored["keys"]) != len(stored["vectors"]):
        return {}
    return dict(zip(stored["keys"].tolist(), stored["vectors"].astype(np.float32), strict=True))
