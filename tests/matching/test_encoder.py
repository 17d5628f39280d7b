"""The sentence encoder."""

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

from bot.matching import Encoder, Encoding, Vector, load_encoder
from bot.matching.encoder import FOLDER, MiniLm

TEXTS = ["trust", "what does a leader do", "management is doing things right; leadership is doing the right things", ""]
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the encoder's files."""
    return shutil.copytree(FOLDER, tmp_path / "minilm")


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, "../words.txt"])
def test_the_files_are_those_of_the_model_card(name: str) -> None:
    listed = dict(re.findall(r"\| `([\w./]+)` \| `([0-9a-f]{64})` \|", (FOLDER / "README.md").read_text("utf-8")))
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == listed[name]


# Both formats allow for more of the same at the end: an unknown protobuf field, and blanks.
@pytest.mark.parametrize(("name", "more"), [(MODEL, b"\xf8\x07\x01"), (TOKENIZER, b"\n")])
def test_the_fingerprint_changes_with_either_file(name: str, more: bytes, encoder: Encoder, folder: Path) -> None:
    """Vectors are kept under it; those of another graph or tokenizer must not be found."""
    assert MiniLm(folder).fingerprint == encoder.fingerprint
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data + more)
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8")
    sums = sums.replace(hashlib.sha256(data).hexdigest(), hashlib.sha256(data + more).hexdigest())
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    assert MiniLm(folder).fingerprint != encoder.fingerprint


def assert_same(found: Encoding, expected: Encoding) -> None:
    np.testing.assert_array_equal(found.sentence, expected.sentence)
    np.testing.assert_array_equal(found.tokens, expected.tokens)


def test_a_text_always_has_the_same_unit_vectors(encoder: Encoder) -> None:
    """Whatever was encoded before it, and whatever is encoded at the same time."""
    alone = [encoder.encode(text) for text in TEXTS]
    for encoding, text in zip(alone, TEXTS, strict=True):
        assert encoding.sentence.shape == (encoder.dimensions,)
        assert encoding.tokens.shape == (len(encoder.tokens(text)), encoder.token_dimensions)
        assert encoding.sentence.dtype == encoding.tokens.dtype == np.float32
        assert np.linalg.norm(encoding.sentence) == pytest.approx(1, abs=1e-4)
        np.testing.assert_allclose(np.linalg.norm(encoding.tokens, axis=1), 1, atol=1e-4)
    with ThreadPoolExecutor(4) as pool:
        for number, found in enumerate(pool.map(encoder.encode, TEXTS[::-1] * 8)):
            assert_same(found, alone[::-1][number % len(TEXTS)])


def test_tokens_are_words_or_parts_of_rare_ones(encoder: Encoder) -> None:
    assert [*encoder.tokens("what does a leader do")] == "what does a leader do".split()
    parts = encoder.tokens("xylophonists")
    assert len(parts) > 1
    assert "".join(part.removeprefix("##") for part in parts) == "xylophonists"
    assert [*encoder.tokens("")] == []


def test_a_token_is_as_it_is_meant_in_its_text(encoder: Encoder) -> None:
    def bank(text: str) -> Vector:
        vector: Vector = encoder.encode(text).tokens[[*encoder.tokens(text)].index("bank")]
        return vector

    money, cash = bank("a loan from the bank"), bank("the bank lends us money")
    assert money @ cash > money @ bank("fish near the river bank") + 0.05


@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        ("why do workers quit", "what makes employees leave their job", "how much sugar is in a cake"),
        ("staff want to be heard", "employees like it when somebody listens", "fish swim in the sea"),
        ("look far into the future", "think about the long run", "look for my keys"),
        ("he takes big chances", "he is not afraid of risk", "he has two sisters"),
    ],
)
def test_a_paraphrase_is_nearer_than_something_unrelated(
    text: str, paraphrase: str, unrelated: str, encoder: Encoder
) -> None:
    one, same, other = (encoder.encode(each).sentence for each in (text, paraphrase, unrelated))
    assert one @ same > one @ other + 0.1


def test_a_very_long_text_is_cut_off(encoder: Encoder) -> None:
    start = "what does a leader do? " * 50
    longer = start + "how do i bake bread? " * 500
    assert_same(encoder.encode(start), encoder.encode(longer))
    assert len(encoder.tokens(longer)) == len(encoder.encode(longer).tokens) == 62


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        (MODEL, None),
        (TOKENIZER, None),
        (MODEL, half),
        (TOKENIZER, half),
        (MODEL, lambda data: b""),
        (MODEL, lambda data: b"version https://git-lfs.github.com/spec/v1\nsize 23236660\n"),
        (TOKENIZER, lambda data: b'{"model": {}}'),
    ],
    ids="no_model no_tokenizer half_a_model half_a_tokenizer empty_model model_not_fetched foreign_tokenizer".split(),
)
def test_missing_or_broken_files_are_logged_once_and_ignored(
    name: str, spoil: Callable[[bytes], bytes] | None, encoder: Encoder, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert load_encoder(folder) is not None
    assert caplog.records == []
    file = folder / name
    file.unlink() if spoil is None else file.write_bytes(spoil(file.read_bytes()))
    assert load_encoder(folder) is None
    assert [(record.name, record.levelno) for record in caplog.records] == [("bot.matching.encoder", logging.WARNING)]


@pytest.mark.parametrize("runtime", ["onnxruntime", "tokenizers"])
def test_a_missing_runtime_is_logged_once_and_ignored(
    runtime: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, runtime, None)
    assert load_encoder() is None
    [record] = caplog.records
    assert runtime in record.getMessage()
