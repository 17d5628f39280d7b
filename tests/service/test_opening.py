"""How a library is opened: learnt once, and found in the cache from then on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import Answer, Stance, categories
from bot.knowledge import LibraryError
from bot.matching import Completer, Corpus, Lesson
from bot.service import Opener
from bot.settings import PROJECT
from tests.encoders import WordEncoder
from tests.small_library import replace as replace_in

BREW = "how do i brew tea"


@pytest.fixture
def opener(library: Callable[..., Path], tmp_path: Path) -> Opener:
    return Opener(library(), encoder="off", cache=tmp_path / "cache")


def test_library_is_learnt_once(opener: Opener, times_trained: list[Corpus]) -> None:
    replies = [opener.open().assistant.reply(BREW) for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert len(times_trained) == 1


def test_every_text_is_encoded_once_with_those_that_only_teach_how_sure_to_be(
    opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder, reported = WordEncoder(), list[tuple[int, int]]()
    monkeypatch.setattr("bot.service.opening._shared_encoder", lambda: encoder)
    with_encoder = replace(opener, encoder="on")
    first = with_encoder.open(lambda *progress: reported.append(progress))
    texts = {*Lesson(Corpus(categories(first.knowledge))).texts}
    assert sorted(encoder.seen) == sorted(texts)
    assert reported[-1] == (len(texts), len(texts))
    encoder.seen.clear()
    reported.clear()
    again = with_encoder.open(lambda *progress: reported.append(progress))
    assert (encoder.seen, reported) == ([], [])
    assert again.assistant.reply(BREW) == first.assistant.reply(BREW)
    assert {*encoder.seen} == {BREW}


def test_changed_phrasing_is_learnt_again_and_a_changed_answer_need_not_be(
    opener: Opener, times_trained: list[Corpus]
) -> None:
    opener.open()
    replace_in(opener.folder / "topics/kitchen.yaml", "Pour *boiling* water", "Water")
    assert opener.open().knowledge.topics["brewing"].answer == "Water on black tea."
    assert len(times_trained) == 1
    replace_in(opener.folder / "topics/kitchen.yaml", "tea water temperature", "tea heat")
    opener.open()
    assert len(times_trained) == 2


QUICK = ", is a clean kettle quick]\n  deny: ["
KETTLE = f"""\
- id: kettle
  title: Kettles
  claims: [boiling-water]
  answer: A clean kettle boils sooner.
  affirm: [does a clean kettle boil sooner, a clean kettle boils faster{QUICK}does a kettle boil oil, is a kettle a pot]
  questions: [what is a good kettle, how do i clean a kettle, which kettle boils sooner, kettle, clean kettles,
    why does my kettle boil so slowly, a quick kettle, must the kettle be clean]
"""


@pytest.mark.parametrize("encoder", ["off", "on"])
def test_what_is_true_is_learnt(
    encoder: str, library: Callable[..., Path], tmp_path: Path, times_trained: list[Corpus],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A library that only calls something else true is another library."""
    monkeypatch.setattr("bot.service.opening._shared_encoder", WordEncoder)
    opener = Opener(library({"topics/kettle.yaml": KETTLE}), encoder, tmp_path / "cache")

    def stance() -> Stance | None:
        reply = opener.open().assistant.reply("is a clean kettle quick?")
        return reply.stance if isinstance(reply, Answer) else None

    assert stance() is stance() is Stance.YES
    replace_in(opener.folder / "topics/kettle.yaml", QUICK, "]\n  deny: [is a clean kettle quick, ")
    assert stance() is Stance.NO
    assert len(times_trained) == 2


def test_what_was_learnt_elsewhere_is_used_for_the_same_library_alone(
    opener: Opener, times_trained: list[Corpus]
) -> None:
    without_cache = replace(opener, cache=None)
    learnt = without_cache.learn()
    without_cache.open(learnt=learnt)
    assert len(times_trained) == 1
    without_cache.open(learnt=replace(learnt, fingerprint="of another library"))
    assert len(times_trained) == 2


def test_broken_library_is_not_opened(library: Callable[..., Path]) -> None:
    broken = Opener(library({"articles/cellar.yaml": "id: cellar\n"}), encoder="off", cache=None)
    for read in (broken.open, broken.learn):
        with pytest.raises(LibraryError, match=r"articles/cellar\.yaml:1"):
            read()


@pytest.fixture(scope="module")
def completer() -> Completer:
    """Of the shipped library."""
    return Opener(PROJECT / "knowledge", encoder="off", cache=PROJECT / ".cache").open().completer


@pytest.mark.parametrize(
    "typed",
    [
        *("", "m", "druker", "leadreship", "what is the diffrence between"),
        "¿cuál es la diferencia entre un líder y un gerente, según los artículos?",
        "lorem ipsu " * 90,
    ],
    ids=lambda typed: typed[:20],
)
def test_completion_does_not_keep_others_waiting(completer: Completer, typed: str) -> None:
    """It is computed on the event loop, at every key that is pressed, with the shipped library."""
    seconds: list[float] = []
    while len(seconds) < 10 and sum(seconds) < 0.5:
        start = time.thread_time()  # what it takes, whatever else this machine is doing
        completer.complete(typed, 25, 100)
        seconds.append(time.thread_time() - start)
    assert min(seconds) < 0.010
