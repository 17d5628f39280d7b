"""The compressions a client may ask of the gateway, by the names it asks with."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable

Compress = Callable[[bytes], bytes]


def zlib_stream() -> Compress:
    """One zlib stream over the whole connection, flushed after each payload."""
    stream = zlib.compressobj()
    return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)


def zstd_stream() -> Compress:
    """One zstd stream over the whole connection, flushed after each payload.

    python-zstandard is what discord.py takes up to Python 3.13, and the standard
    library's own from 3.14 on.
    """
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdCompressor

        stream = ZstdCompressor()
        return lambda data: stream.compress(data, ZstdCompressor.FLUSH_BLOCK)
    import zstandard  # type: ignore[import-not-found, unused-ignore]  # only where discord.py brings it along

    chunks = zstandard.ZstdCompressor().compressobj()
    return lambda data: chunks.compress(data) + chunks.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


STREAMS: dict[str, Callable[[], Compress]] = {
    "zlib-stream": zlib_stream,
    "zstd-stream": zstd_stream,
}
