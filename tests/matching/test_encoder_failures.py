"""Whatever is wrong with the encoder, answers rely on words alone, and the log says so once."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.matching import Corpus, Encoder, EncoderError, Encoding, Matcher, everyday_words, load_encoder, meaning, tokens
from bot.matching.encoder import FOLDER
from tests.encoders import FailingEncoder, WordEncoder
from tests.learning import learn
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


class Sickly(FailingEncoder):
    """Fails at a text or at its tokens."""

    at = "encode"

    def encode(self, text: str) -> Encoding:
        return super().encode(text) if self.at == "encode" else WordEncoder.encode(self, text)

    def tokens(self, text: str) -> Sequence[str]:
        if self.error and self.at == "tokens":
            raise self.error
        return super().tokens(text)


class Absurd(WordEncoder):
    """Some of its numbers make no sense."""

    def __init__(self, of: str) -> None:
        super().__init__()
        self._of = of

    def encode(self, text: str) -> Encoding:
        encoding = super().encode(text)
        spoilt = np.full_like(getattr(encoding, self._of), np.nan)
        return replace(encoding, **{self._of: spoilt})


@pytest.mark.parametrize("at", ["encode", "tokens"])
@pytest.mark.parametrize("error", [RuntimeError("no memory left"), Panic("no memory left")])
def test_a_question_is_answered_from_its_words_if_the_encoder_fails(
    error: BaseException, at: str, caplog: pytest.LogCaptureFixture
) -> None:
    corpus, sickly = Corpus(LIBRARY), Sickly()
    model = learn(corpus, sickly)
    matcher = Matcher(corpus, model, sickly)
    sickly.error, sickly.at = error, at
    failing = [matcher.rank("a cup of tea") for _ in range(2)]
    assert failing[0].topics[0].topic == failing[1].topics[0].topic == "tea"
    assert matcher.rank("rye bread", without="tea").topics[0].topic == "bread"
    assert "(no memory left): answers may rely on words alone" in warning(caplog)
    sickly.error = None
    assert matcher.rank("a cup of tea") == Matcher(corpus, model, Sickly()).rank("a cup of tea") != failing[0]


@pytest.mark.parametrize("of", ["sentence", "tokens"])
def test_numbers_that_make_no_sense_are_a_failure(of: str) -> None:
    with pytest.raises(EncoderError, match="finite"):
        meaning(Absurd(of), "a cup of tea")


def test_tokens_that_fail_are_a_failure_of_the_encoder() -> None:
    sickly = Sickly()
    sickly.error, sickly.at = Panic("no idea"), "tokens"
    with pytest.raises(EncoderError, match="no idea"):
        tokens(sickly, "a cup of tea")
    sickly.error = None
    assert [*tokens(sickly, "a cup of tea")] == "a cup of tea".split()


def test_an_encoder_is_of_no_use_to_what_was_learnt_from_words(matcher: Matcher) -> None:
    corpus, encoder = Corpus(LIBRARY), WordEncoder()
    assert Matcher(corpus, learn(corpus), encoder).rank("a cup of tea") == matcher.rank("a cup of tea")
    assert encoder.seen == []


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
        assert everyday_words() == ()
    finally:
        everyday_words.cache_clear()
    assert "everyday words cannot be read" in warning(caplog)
