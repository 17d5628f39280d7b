"""The encodings of a library's texts: computed once, kept between starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from bot.matching import Encoder, Encoding, Encodings, meaning
from bot.service.cache import Array, Cache, Shapes, content_hash

_THREADS = 2
_BATCH = 256
"""Texts that are queued at a time; all at once would take 60 MB."""

Report = Callable[[int, int], None]
"""Called with (done, total)."""


def encodings_of(encoder: Encoder, texts: Sequence[str], cache: Cache, report: Report) -> Encodings:
    """The encodings of normalised texts; only those that the cache lacks are computed.

    ``report`` is called with (done, total) after each computed text, never if the cache has them all.

    Raises:
        EncoderError: if the encoder fails.
    """
    name = f"encodings-{encoder.fingerprint[:32]}"
    keys = [_key(text) for text in texts]
    known = _read(cache, name, encoder)
    row = {key: number for number, key in enumerate(known[0])} if known else {}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in row}
    if not missing and known:
        return known[1][[row[key] for key in keys]]
    computed = Encodings.of(_encoded(encoder, [*missing.values()], report))
    row |= {key: len(row) + number for number, key in enumerate(missing)}
    encodings = known[1] + computed if known else computed
    used = [*dict.fromkeys(keys)]
    kept = encodings[[row[key] for key in used]]
    cache.write(name, {"keys": np.array(used), **as_arrays(kept)})
    return encodings[[row[key] for key in keys]]


def _encoded(encoder: Encoder, texts: Sequence[str], report: Report) -> Iterator[Encoding]:
    pool = ThreadPoolExecutor(_THREADS)
    try:
        for start in range(0, len(texts), _BATCH):
            encoded = pool.map(partial(meaning, encoder), texts[start : start + _BATCH])
            for done, encoding in enumerate(encoded, start=start + 1):
                yield encoding
                report(done, len(texts))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # so that Ctrl-C need not wait


def _key(text: str) -> bytes:
    """16 bytes of a hash of the text, in hexadecimal."""
    return content_hash([text])[:32].encode()


def _read(cache: Cache, name: str, encoder: Encoder) -> tuple[list[bytes], Encodings] | None:
    """What is in the cache: the keys of texts, and their encodings."""
    if (stored := cache.read(name, {"keys": (-1,), **shapes(encoder)})) is None:
        return None
    encodings = from_arrays(stored)
    return (stored["keys"].tolist(), encodings) if encodings and len(encodings.lengths) == len(stored["keys"]) else None


def shapes(encoder: Encoder, texts: int = -1) -> Shapes:
    """The shape of each array in which the encodings of so many texts are kept (-1: of any number)."""
    return {"sentences": (texts, encoder.dimensions), "tokens": (-1, encoder.token_dimensions), "lengths": (texts,)}


def as_arrays(encodings: Encodings) -> dict[str, Array]:
    """The arrays in which encodings are kept."""
    return {"sentences": encodings.sentences, "tokens": encodings.tokens, "lengths": encodings.lengths}


def from_arrays(stored: Mapping[str, Array]) -> Encodings | None:
    """The encodings that were kept, or None if the arrays don't belong together."""
    sentences, lengths = stored["sentences"].astype(np.float16), stored["lengths"].astype(np.int32)
    tokens = stored["tokens"].astype(np.int8)
    fits = len(sentences) == len(lengths) and (lengths >= 0).all() and lengths.sum() == len(tokens)
    return Encodings(sentences, tokens, lengths) if fits else None
