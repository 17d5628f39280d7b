"""The sentence encoder and the words of its vocabulary."""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.matching import Encoder, common_words, load_encoder
from bot.matching.encoder import DIMENSIONS, FOLDER

TEXTS = [
    "trust",
    "what does a leader do?",
    "management is doing things right; leadership is doing the right things",
    "how do i bake a sourdough bread",
    "strong leadership without strong management can result in chaos and inefficiency",
    "",
]


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_the_files_are_those_that_the_readme_vouches_for(name: str, encoder: Encoder) -> None:
    vouched = dict(re.findall(r"\| `([\w.]+)` \| `([0-9a-f]{64})` \|", (FOLDER / "README.md").read_text("utf-8")))
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == vouched[name]


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_the_fingerprint_changes_with_either_file(name: str, encoder: Encoder, tmp_path: Path) -> None:
    """Vectors are kept under it; those of another graph or tokenizer must not be found."""
    folder = shutil.copytree(FOLDER, tmp_path / "minilm")
    assert Encoder(folder).fingerprint == encoder.fingerprint
    data = (folder / name).read_bytes()
    # Both formats allow for more of the same at the end: an unknown protobuf field, and blanks.
    (folder / name).write_bytes(data + (b"\xf8\x07\x01" if name == "model.onnx" else b"\n"))
    assert Encoder(folder).fingerprint != encoder.fingerprint


def test_every_text_has_a_unit_vector(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_text_has_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_a_text_always_has_the_same_vector(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode(TEXTS), encoder.encode(TEXTS))
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(encoder.encode, [TEXTS] * 8):
            np.testing.assert_array_equal(vectors, encoder.encode(TEXTS))


def test_a_batch_gives_about_what_each_text_gives_alone(encoder: Encoder) -> None:
    """Not quite: the graph scales its 8-bit numbers by all that it is given at once."""
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert (encoder.encode(TEXTS) * alone).sum(axis=1).min() > 0.95


def test_batches_come_back_in_the_order_of_the_texts(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS * 7)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert (vectors @ alone.T).argmax(axis=1).tolist() == list(range(len(TEXTS))) * 7


@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        ("why do workers quit?", "what makes employees leave their job?", "how much sugar is in a cake?"),
        ("staff want to be heard", "employees like it when somebody listens", "fish swim in the sea"),
        ("look far into the future", "think about the long run", "look for my keys"),
        ("he takes big chances", "he is not afraid of risk", "he has two sisters"),
    ],
)
def test_a_paraphrase_is_nearer_than_what_is_unrelated(
    text: str, paraphrase: str, unrelated: str, encoder: Encoder
) -> None:
    one, same, other = encoder.encode([text, paraphrase, unrelated])
    assert one @ same > one @ other + 0.1


def test_a_very_long_text_is_cut_off(encoder: Encoder) -> None:
    start = "what does a leader do? " * 50
    np.testing.assert_array_equal(encoder.encode([start]), encoder.encode([start + "how do i bake bread? " * 500]))


def without_model(folder: Path) -> None:
    (folder / "model.onnx").unlink()


def without_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def half_a_model(folder: Path) -> None:
    graph = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(graph[: len(graph) // 2])


def empty_model(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"")


def model_not_fetched(folder: Path) -> None:
    (folder / "model.onnx").write_text("version https://git-lfs.github.com/spec/v1\nsize 23236660\n", encoding="utf-8")


def half_a_tokenizer(folder: Path) -> None:
    text = (folder / "tokenizer.json").read_text(encoding="utf-8")
    (folder / "tokenizer.json").write_text(text[: len(text) // 2], encoding="utf-8")


def tokenizer_of_something_else(folder: Path) -> None:
    (folder / "tokenizer.json").write_text('{"model": {}}', encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        without_model,
        without_tokenizer,
        half_a_model,
        empty_model,
        model_not_fetched,
        half_a_tokenizer,
        tokenizer_of_something_else,
    ],
)
def test_missing_or_broken_files_are_said_once_and_are_no_error(
    spoil: Callable[[Path], None], encoder: Encoder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "minilm")
    assert load_encoder(folder) is not None
    assert caplog.records == []
    spoil(folder)
    assert load_encoder(folder) is None
    assert [(record.name, record.levelno) for record in caplog.records] == [
        ("bot.matching.encoder", logging.WARNING),
    ]


@pytest.mark.parametrize("runtime", ["onnxruntime", "tokenizers"])
def test_a_missing_runtime_is_no_error(
    runtime: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, runtime, None)
    assert load_encoder() is None
    assert len(caplog.records) == 1
    assert runtime in caplog.text


def test_common_words_are_everyday_words(encoder: Encoder) -> None:
    words = common_words()
    assert {"house", "bread", "because"} <= words
    assert not {"laeder", "mangaer", "[UNK]", "##ing", "'"} & words


@pytest.mark.parametrize(
    "text",
    [None, "", "no JSON", "[]", "{}", '{"model": []}', '{"model": null}', '{"model": {}}', '{"model": {"vocab": 7}}'],
)
def test_without_a_vocabulary_there_are_no_common_words(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "tokenizer.json").write_text(text, encoding="utf-8")
    assert common_words(tmp_path) == frozenset()


def test_a_vocabulary_that_is_no_text_gives_no_common_words(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes(b"\xff\xfe\x00")
    assert common_words(tmp_path) == frozenset()
