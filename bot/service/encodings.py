"""The encodings of a library's texts: computed once, kept between starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from bot.matching import Encoder, Encoding, Encodings, meaning
from bot.service.cache import Cache, content_hash

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
    arrays = {"sentences": kept.sentences, "tokens": kept.tokens, "lengths": kept.lengths}
    cache.write(name, {"keys": np.array(used), **arrays})
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
    shapes = {
        "keys": (-1,),
        "sentences": (-1, encoder.dimensions),
        "tokens": (-1, encoder.token_dimensions),
        "lengths": (-1,),
    }
    if (stored := cache.read(name, shapes)) is None:
        return None
    sentences, tokens = stored["sentences"].astype(np.float16), stored["tokens"].astype(np.int8)
    encodings = Encodings(sentences, tokens, stored["lengths"].astype(np.int32))
    if not len(stored["keys"]) == len(sentences) == len(encodings.lengths) or len(tokens) != encodings.lengths.sum():
        return None
    return stored["keys"].tolist(), encodings
