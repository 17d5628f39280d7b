"""The sentence encoder: all-MiniLM-L6-v2 as a small ONNX graph (see ``minilm/README.md``)."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.matching.features import Vectors

FOLDER = Path(__file__).parent / "minilm"
DIMENSIONS = 384

log = logging.getLogger(__name__)


class Encoder:
    """Turns texts into unit vectors whose dot product tells how alike their meanings are.

    Raises:
        Exception: whatever the runtime raises where its files are missing or broken; ``load_encoder`` handles it.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        # Imported here: with the encoder off, the runtime is neither needed nor loaded.
        import onnxruntime
        from tokenizers import Tokenizer

        graph = (folder / "model.onnx").read_bytes()
        tokenizer = (folder / "tokenizer.json").read_bytes()
        self.fingerprint = hashlib.sha256(graph + tokenizer).hexdigest()
        self._tokenizer = Tokenizer.from_buffer(tokenizer)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # The arena keeps the memory of the longest batch for ever; a small server wants it back.
        options.enable_cpu_mem_arena = False
        # One thread a question: a second one hastens a single answer little and costs a busy server a lot.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of one batch of texts, ``(len(texts), DIMENSIONS)``."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        for row, of_text in zip(ids, tokens, strict=True):
            row[: len(of_text)] = of_text
        # The tokenizer gives no normalised text the id of the padding, 0.
        inputs = {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64)}
        vectors: Vectors = self._session.run(None, inputs)[0]
        return vectors


def load_encoder(folder: Path = FOLDER) -> Encoder | None:
    """The encoder, or None (said once in the log) where its runtime or files are missing or broken."""
    try:
        return Encoder(folder)
    except Exception as error:  # the runtime raises its own, undocumented types
        log.warning("The sentence encoder cannot be used (%s): answers come from words alone and are less good", error)
        return None


def common_words(folder: Path = FOLDER) -> frozenset[str]:
    """Everyday English words, from the tokenizer's vocabulary; empty where that is missing or broken."""
    try:
        vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        return frozenset(word for word in vocabulary if word.isalpha())
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
