"""A library is opened, and reloaded, whatever fails on the way."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import Answer
from bot.matching import Corpus, Encoding, Model
from bot.service import LiveLibrary, Opener
from bot.service.live import _ctrl_c_blocked
from tests.encoders import WordEncoder
from tests.small_library import replace as change
from tests.small_library import shared_cache, write_small_library

BOTH = "why are both needed"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot block signals")


class FailsAtEncoding(WordEncoder):
    """Fails to encode one of the phrasings."""

    def encode(self, text: str) -> Encoding:
        if text == "what goes into a curry":
            raise RuntimeError("no idea")
        return super().encode(text)


class FailsAtTokens(WordEncoder):
    """Fails to tell the tokens of that phrasing."""

    def tokens(self, text: str) -> Sequence[str]:
        if text == "what goes into a curry":
            raise RuntimeError("no idea")
        return super().tokens(text)


@pytest.fixture
def opener(tmp_path: Path) -> Opener:
    return Opener(write_small_library(tmp_path / "library"), encoder="off", cache=shared_cache(tmp_path))


@pytest.mark.parametrize("failing", [FailsAtEncoding, FailsAtTokens])
def test_library_is_learnt_from_words_if_the_encoder_fails(
    failing: type[WordEncoder],
    opener: Opener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.service.opening._shared_encoder", failing)
    library = replace(opener, encoder="on", cache=tmp_path / "cache").open()
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("The sentence encoder failed (no idea): answers rely on words alone")
    assert library.assistant.reply(BOTH) == opener.open().assistant.reply(BOTH)
    assert isinstance(library.assistant.reply(BOTH), Answer)


def test_what_was_learnt_with_another_encoder_is_not_used(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """As by a reload whose process cannot load the encoder."""
    learnt = opener.learn()
    trained: list[Corpus] = []

    def noting(corpus: Corpus, *others: object) -> Model:
        trained.append(corpus)
        return learnt.model

    monkeypatch.setattr("bot.service.opening._shared_encoder", WordEncoder)
    monkeypatch.setattr("bot.service.opening.train", noting)
    replace(opener, cache=None).open(learnt=learnt)
    assert trained == []
    replace(opener, encoder="on", cache=None).open(learnt=learnt)
    assert len(trained) == 1


@pytest.mark.asyncio
async def test_reload_with_an_unwritable_cache_learns_in_the_other_process_alone(
    opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    live = LiveLibrary(opener, opener.open())
    live._opener = replace(opener, cache=tmp_path / "file" / "cache")
    change(opener.folder / "topics/difference.yaml", "why are both needed", "why does a firm need them both")
    monkeypatch.setattr("bot.service.opening.train", None)
    assert (await live.reload()).changed == ("topic both",)
    assert capfd.readouterr().err == "", "what the other process logs was said at the start"


@POSIX
def test_process_that_learns_never_gets_ctrl_c_even_as_it_starts() -> None:
    script = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    with _ctrl_c_blocked():
        born = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert born.stdout == "True\n"


@POSIX
def test_ctrl_c_while_that_process_starts_still_ends_the_bot() -> None:
    def interrupt_while_it_starts() -> None:
        with _ctrl_c_blocked():
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        interrupt_while_it_starts()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
