"""What was learnt of a library and came with it: it saves the first start the learning, and is never trusted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.knowledge import load_library
from bot.matching import Corpus
from bot.service import Opener
from bot.service.cache import Cache
from bot.service.opening import SHIPPED
from tests.encoders import WordEncoder
from tests.small_library import replace as replace_in

SHAPES = {"weights": (2,)}
BREW = "how do i brew tea"
LONG_AGO = 1_000_000_000


def array(number: float) -> dict[str, NDArray[np.generic]]:
    return {"weights": np.full(2, number)}


def number_in(cache: Cache) -> float | None:
    """The number that the arrays in the cache are full of."""
    read = cache.read("name", SHAPES)
    return None if read is None else float(read["weights"][0])


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The files of a folder, each with its content and when it was last changed."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder with one file, which is full of ones and was last used long ago."""
    Cache(tmp_path / "shipped").write("name", array(1))
    os.utime(tmp_path / "shipped/name.npz", (LONG_AGO, LONG_AGO))
    return tmp_path / "shipped"


def test_a_file_of_ones_own_goes_before_a_shipped_one(shipped: Path, tmp_path: Path) -> None:
    assert number_in(Cache(None, shipped)) == 1
    cache = Cache(tmp_path / "cache", shipped)
    assert number_in(cache) == 1
    cache.write("name", array(2))
    assert number_in(cache) == 2
    assert number_in(Cache(None, shipped)) == 1
    (tmp_path / "cache/name.npz").write_bytes(b"broken")
    assert number_in(cache) == 1
    assert cache.read("other", SHAPES) is None


def test_nothing_is_ever_written_to_the_shipped_folder(shipped: Path, tmp_path: Path) -> None:
    for number in range(9):  # more than tidying would keep
        Cache(shipped).write(f"model-{number:032x}", array(number))
    before = contents(shipped)
    for cache in (Cache(tmp_path / "cache", shipped), Cache(None, shipped)):
        cache.read("name", SHAPES)
        cache.write("name", array(2))
        cache.write("other", array(2))
        cache.read("name", SHAPES)
    assert contents(shipped) == before
    Cache(None, tmp_path / "absent").write("name", array(2))
    assert Cache(None, tmp_path / "absent").read("name", SHAPES) is None
    assert not (tmp_path / "absent").exists()


SPOIL: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "damaged": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?"),
    "of another fingerprint": lambda path: path.rename(path.with_stem(f"model-{'0' * 32}-words")),
    "a folder": lambda path: path.rename(path.with_suffix(".file")).with_suffix(".npz").mkdir(),
    "absent": lambda path: shutil.rmtree(path.parent),
}


@pytest.fixture
def learnt_in(times_trained: list[Corpus]) -> Callable[[Opener], int]:
    """Opens a library and says how often it had to be learnt for that."""

    def times(opener: Opener) -> int:
        times_trained.clear()
        opener.open()
        return len(times_trained)

    return times


@pytest.fixture(scope="module")
def learnt(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with what was learnt of it."""
    folder = tmp_path_factory.mktemp("learnt")
    library, cache = folder / "library", folder / "cache"
    shutil.copytree(small_folder, library)
    Opener(library, encoder="off", cache=cache).open()
    [model] = cache.glob("model-*.npz")
    (library / SHIPPED).mkdir()
    shutil.copy(model, library / SHIPPED)
    return library


@pytest.fixture
def opener(learnt: Path, tmp_path: Path) -> Opener:
    """Of a library with what was learnt of it, without a cache."""
    return Opener(shutil.copytree(learnt, tmp_path / "library"), encoder="off", cache=None)


def test_a_library_that_comes_with_what_was_learnt_is_not_learnt(
    opener: Opener, learnt_in: Callable[[Opener], int], tmp_path: Path
) -> None:
    assert SHIPPED == "learnt"
    assert learnt_in(opener) == 0
    with_cache = replace(opener, cache=tmp_path / "cache")
    assert learnt_in(with_cache) == 0
    shipped, reply = contents(opener.folder / SHIPPED), opener.open().assistant.reply(BREW)
    shutil.rmtree(opener.folder / SHIPPED)
    assert learnt_in(with_cache) == 1
    assert with_cache.open().assistant.reply(BREW) == reply
    assert {name: content for name, (content, _) in shipped.items()} == {
        name: content for name, (content, _) in contents(tmp_path / "cache").items()
    }, "it is as if it had been learnt here"


def test_a_library_is_valid_with_and_without_it(opener: Opener) -> None:
    with_it = load_library(opener.folder)
    shutil.rmtree(opener.folder / SHIPPED)
    assert load_library(opener.folder).topics == with_it.topics


@pytest.mark.parametrize("name", SPOIL)
def test_what_came_with_it_is_ignored_if_it_is_not_sound(
    name: str, opener: Opener, learnt_in: Callable[[Opener], int], tmp_path: Path
) -> None:
    [path] = (opener.folder / SHIPPED).iterdir()
    SPOIL[name](path)
    assert learnt_in(opener) == 1
    assert learnt_in(replace(opener, cache=tmp_path / "cache")) == 1
    assert learnt_in(replace(opener, cache=tmp_path / "cache")) == 0


def test_what_came_with_it_is_ignored_once_the_library_has_changed(
    opener: Opener, learnt_in: Callable[[Opener], int], tmp_path: Path
) -> None:
    replace_in(opener.folder / "topics/kitchen.yaml", "tea water temperature", "tea heat")
    before = contents(opener.folder / SHIPPED)
    assert learnt_in(replace(opener, cache=tmp_path / "cache")) == 1
    assert contents(opener.folder / SHIPPED) == before, "nothing is written there"


def test_what_was_learnt_of_words_alone_is_of_no_use_with_an_encoder(
    opener: Opener, learnt_in: Callable[[Opener], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.opening._shared_encoder", WordEncoder)
    assert learnt_in(replace(opener, encoder="on")) == 1
