"""Sentence encoders: what the matcher expects of one, and all-MiniLM-L6-v2 (see ``minilm/README.md``)."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.matching.features import Vector, Vectors

FOLDER = Path(__file__).parent / "minilm"

_RECENT = 64
"""So many texts are remembered with what they mean."""

log = logging.getLogger(__name__)


class EncoderError(Exception):
    """The encoder cannot be loaded or failed on a text; the message is for the log."""


@dataclass(frozen=True, eq=False)
class Encoding:
    """What a text means, as unit vectors: the dot product of two of them says how similar two meanings are.

    sentence: of the whole text (dimensions,).
    tokens: of each of its tokens, as it is meant in this text (tokens x token dimensions).
    """

    sentence: Vector
    tokens: Vectors


class Encoder(Protocol):
    """Turns texts into encodings.

    fingerprint: differs between encoders that give different vectors.
    dimensions, token_dimensions: the length of a sentence's vector, and of a token's.
    """

    fingerprint: str
    dimensions: int
    token_dimensions: int

    def encode(self, text: str) -> Encoding:
        """The encoding of a normalised text; may be called from any thread and raise anything."""
        ...

    def tokens(self, text: str) -> Sequence[str]:
        """The tokens of a normalised text: words, or parts of rare ones. As many as its encoding has."""
        ...


def meaning(encoder: Encoder, text: str) -> Encoding:
    """The encoder's encoding of a normalised text.

    Raises:
        EncoderError: if the encoder fails in any way.
    """
    with _failures_named():
        encoding = encoder.encode(text)
        if not (np.isfinite(encoding.sentence).all() and np.isfinite(encoding.tokens).all()):
            raise ValueError("not all numbers are finite")
        return encoding


def tokens(encoder: Encoder, text: str) -> Sequence[str]:
    """The encoder's tokens of a normalised text.

    Raises:
        EncoderError: if the encoder fails in any way.
    """
    with _failures_named():
        return encoder.tokens(text)


class MiniLm:
    """all-MiniLM-L6-v2 as a small ONNX graph.

    Raises:
        Exception: of any type, if its files are missing or broken, or its runtime is; ``load_encoder`` handles it.
    """

    dimensions = 384
    token_dimensions = 64

    def __init__(self, folder: Path = FOLDER) -> None:
        # Before the import: otherwise the runtime writes a device id into the home folder and reports its use.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        # Imported here: with the encoder off, the runtime is neither needed nor loaded.
        import onnxruntime
        from tokenizers import Tokenizer

        sums = _checksums(folder)
        graph, tokenizer = (_verified(folder / name, sums[name]) for name in ("model.onnx", "tokenizer.json"))
        self.fingerprint = hashlib.sha256(f"{sums['model.onnx']} {sums['tokenizer.json']}".encode()).hexdigest()
        self._tokenizer = Tokenizer.from_buffer(tokenizer)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # The arena keeps the memory of the longest text for ever; a small server wants it back.
        options.enable_cpu_mem_arena = False
        # A second thread barely speeds up one answer and slows a busy server.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        # A question is compared with topics, with statements and with an answer's sentences.
        self._recent = lru_cache(_RECENT)(self._encode)

    def encode(self, text: str) -> Encoding:
        """The encoding of a normalised text, of which at most 64 tokens count.

        One text at a time: the graph scales its 8-bit numbers by all that it is given at once, so in a batch
        the encoding of a text would depend slightly on its neighbours.
        """
        return self._recent(text)

    def _encode(self, text: str) -> Encoding:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        sentences, tokens = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return Encoding(sentences[0], tokens[0])

    def tokens(self, text: str) -> Sequence[str]:
        """The tokens of a normalised text, without the two that mark its ends."""
        tokens: list[str] = self._tokenizer.encode(text).tokens[1:-1]
        return tokens


def load_encoder(folder: Path = FOLDER) -> Encoder | None:
    """The encoder, or None, with a warning in the log, if its runtime or its files are missing or broken."""
    try:
        with _failures_named():
            encoder = MiniLm(folder)
        meaning(encoder, "does it work")
    except EncoderError as error:
        log.warning(
            "The sentence encoder cannot be used (%s): answers rely on words alone and are less accurate", error
        )
        return None
    return encoder


@contextmanager
def _failures_named() -> Iterator[None]:
    """Raise anything as an EncoderError: the runtime's types are undocumented, and Rust panics aren't Exceptions."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise EncoderError(" ".join(str(error).split()) or type(error).__name__) from error


def _checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 (hexadecimal) of each file, by its name, from a file that ``sha256sum`` can check too."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: checksum for checksum, name in map(str.split, lines)}


def _verified(path: Path, checksum: str) -> bytes:
    content = path.read_bytes()
    # A file with a flipped bit may load without an error and give different vectors.
    if hashlib.sha256(content).hexdigest() != checksum:
        raise ValueError(f"{path} is damaged: it does not have the SHA-256 in SHA256SUMS")
    return content
