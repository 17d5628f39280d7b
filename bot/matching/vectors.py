"""The phrasings' sentence vectors: computed in batches, kept between starts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from zlib import crc32

import numpy as np

from bot.matching.cache import Cache, content_hash
from bot.matching.encoder import DIMENSIONS, Encoder
from bot.matching.features import Vectors

_BATCH = 16
"""Texts in a batch, on average."""

Progress = Callable[[int, int], None]
"""Is told how many phrasings are encoded, and of how many."""


def phrasing_vectors(encoder: Encoder, texts: Sequence[str], cache: Cache, progress: Progress) -> Vectors:
    """The vectors of normalised texts, ``(len(texts), DIMENSIONS)``; only what the cache lacks is computed.

    The encoder scales its 8-bit numbers by the whole batch, so a text's vector hangs a little on its neighbours.
    The batches are therefore a matter of the texts alone: the same library gets the same vectors, whatever
    was cached before, and an edited phrasing changes the batch that it falls into and no other.
    """
    name = f"vectors-{encoder.fingerprint[:32]}"
    batches = {content_hash(batch)[:32]: batch for batch in _batches(texts)}
    known = _read(cache, name)
    missing = [key for key in batches if len(known.get(key, ())) != len(batches[key])]
    if missing:
        total, done = sum(len(batches[key]) for key in missing), 0
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(encoder.encode, (batches[key] for key in missing))
            for key, vectors in zip(missing, results, strict=True):
                known[key] = vectors
                done += len(vectors)
                progress(done, total)
        keys = [key.encode() for key, batch in batches.items() for _ in batch]
        cache.write(name, {"keys": np.array(keys), "vectors": np.concatenate([known[key] for key in batches])})
    vector = {text: row for key, batch in batches.items() for text, row in zip(batch, known[key], strict=True)}
    return np.stack([vector[text] for text in texts])


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts, each once, in batches of about one length, so that little padding is needed.

    Where a batch ends is told by the text at its end (content-defined chunking, as in rsync).
    """
    batch: list[str] = []
    for text in sorted(set(texts), key=lambda text: (len(text), text)):
        batch.append(text)
        if crc32(text.encode("utf-8", "surrogatepass")) % _BATCH == 0:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(cache: Cache, name: str) -> dict[str, Vectors]:
    """The vectors of each batch that the cache holds, by the batch's hash."""
    stored = cache.read(name, {"keys": (-1,), "vectors": (-1, DIMENSIONS)})
    if stored is None or len(stored["keys"]) != len(stored["vectors"]):
        return {}
    keys, first, counts = np.unique(stored["keys"], return_index=True, return_counts=True)
    vectors = stored["vectors"].astype(np.float32)
    return {key.decode(): vectors[at : at + count] for key, at, count in zip(keys.tolist(), first, counts, strict=True)}
