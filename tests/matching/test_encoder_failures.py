"""Whatever is wrong with the encoder, answers rely on words alone, and the log says so once."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.matching import Corpus, Encoder, EncoderError, Matcher, Vector, everyday_words, load_encoder, meaning, train
from bot.matching.encoder import FOLDER
from tests.matching.conftest import LIBRARY

FILES = ("model.onnx", "tokenizer.json")


class Panic(BaseException):
    """As a panic in Rust arrives, which is no Exception."""


@pytest.fixture(scope="module")
def copied(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the encoder's files, for ``folder``."""
    return shutil.copytree(FOLDER, tmp_path_factory.mktemp("copy") / "minilm")


@pytest.fixture
def folder(copied: Path) -> Iterator[Path]:
    """The encoder's files, to be damaged."""
    before = {path: path.read_bytes() for path in copied.iterdir()}
    yield copied
    for path, content in before.items():
        path.write_bytes(content)


def warning(caplog: pytest.LogCaptureFixture) -> str:
    """The only record of the log."""
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    return record.getMessage()


# At the start


def test_checksums_are_those_of_the_files() -> None:
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in lines] == [*FILES, "../words.txt"]
    for line in lines:
        checksum, name = line.split("  ")
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == checksum


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_checksums_can_be_checked_without_us() -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=FOLDER, check=True)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0.001, 0.3, 0.6, 0.999])
def test_any_flipped_bit_is_noticed(name: str, place: float, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (folder / name).open("r+b") as file:
        file.seek(int(place * (folder / name).stat().st_size))
        [byte] = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte ^ 4]))
    assert load_encoder(folder) is None
    assert f"{folder / name} is damaged" in warning(caplog)


@pytest.mark.parametrize("sums", [None, b"", b"no checksum", b"\xff"])
def test_files_that_cannot_be_checked_are_not_used(
    sums: bytes | None, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "SHA256SUMS").unlink()
    if sums is not None:
        (folder / "SHA256SUMS").write_bytes(sums)
    assert load_encoder(folder) is None
    assert "words alone" in warning(caplog)


_TOKENIZER = json.loads((FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
TOKENIZERS = {
    "no JSON": "what",
    "something else": '{"model": {}}',
    "without a word for the unknown": json.dumps(
        {**_TOKENIZER, "model": {**_TOKENIZER["model"], "vocab": {}}, "post_processor": None}
    ),
    "numbers that the graph has no place for": json.dumps(
        {**_TOKENIZER, "model": {**_TOKENIZER["model"], "vocab": {"[UNK]": 4_000_000}}}
    ),
}


@pytest.mark.parametrize("name", TOKENIZERS)
def test_a_tokenizer_that_does_not_work_is_noticed(name: str, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Even if somebody has brought the checksums up to date."""
    (folder / "tokenizer.json").write_text(TOKENIZERS[name], encoding="utf-8")
    checksums = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES)
    (folder / "SHA256SUMS").write_text("".join(checksums), encoding="utf-8")
    assert load_encoder(folder) is None
    assert "words alone" in warning(caplog)


@pytest.mark.parametrize("error", [RuntimeError("broken"), Panic("broken"), MemoryError("broken")])
@pytest.mark.parametrize("step", ["__init__", "encode"])
def test_a_runtime_that_breaks_in_any_way_is_noticed(
    step: str, error: BaseException, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(f"bot.matching.encoder.MiniLm.{step}", broken)
    assert load_encoder() is None
    assert "(broken): answers rely on words alone" in warning(caplog)


def test_ctrl_c_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.matching.encoder.MiniLm.__init__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load_encoder()


# During a question


class Sickly:
    """An encoder that can be made to fail."""

    fingerprint, dimensions = "sickly", 8
    error: BaseException | None = None

    def encode(self, text: str) -> Vector:
        if self.error:
            raise self.error
        return np.ones(self.dimensions, np.float32)


class Absurd(Sickly):
    """An encoder whose numbers make no sense."""

    def encode(self, text: str) -> Vector:
        return np.full(self.dimensions, np.nan, np.float32)


@pytest.mark.parametrize("error", [RuntimeError("no memory left"), Panic("no memory left")])
def test_a_question_is_answered_from_its_words_if_the_encoder_fails(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    corpus, sickly = Corpus(LIBRARY), Sickly()
    model = train(corpus, np.ones((len(corpus.texts), sickly.dimensions), np.float32))
    matcher = Matcher(corpus, model, sickly)
    sickly.error = error
    failing = [matcher.rank("a cup of tea") for _ in range(2)]
    assert failing[0].topics[0].topic == failing[1].topics[0].topic == "tea"
    assert matcher.rank("rye bread", without="tea").topics[0].topic == "bread"
    assert "(no memory left): answers may rely on words alone" in warning(caplog)
    sickly.error = None
    assert matcher.rank("a cup of tea") == Matcher(corpus, model, Sickly()).rank("a cup of tea") != failing[0]


def test_numbers_that_make_no_sense_are_a_failure() -> None:
    with pytest.raises(EncoderError, match="finite"):
        meaning(Absurd(), "a cup of tea")


def test_an_encoder_is_of_no_use_to_what_was_learnt_from_words(matcher: Matcher) -> None:
    corpus = Corpus(LIBRARY)
    assert Matcher(corpus, train(corpus), Sickly()).rank("a cup of tea") == matcher.rank("a cup of tea")


# The list of words


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_missing_list_of_everyday_words_is_logged(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if content is not None:
        (tmp_path / "words.txt").write_bytes(content)
    monkeypatch.setattr("bot.matching.spelling._EVERYDAY", tmp_path / "words.txt")
    everyday_words.cache_clear()
    try:
        assert everyday_words() == frozenset()
    finally:
        everyday_words.cache_clear()
    assert "everyday words cannot be read" in warning(caplog)
