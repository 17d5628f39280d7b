"""The cache on disk: it saves time, and is never trusted."""

from __future__ import annotations

import hashlib
import logging
import pickle
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.service.cache import Cache, content_hash

Array = NDArray[np.generic]

SHAPES = {"weights": (4, 3), "keys": (-1,)}
ARRAYS: dict[str, Array] = {
    "weights": np.arange(12, dtype=np.float32).reshape(4, 3),
    "keys": np.array([b"one", b"two"]),
}


@pytest.fixture
def file(tmp_path: Path, cache: Cache) -> Path:
    """The one file in the cache, with ``ARRAYS``."""
    cache.write("name", ARRAYS)
    return tmp_path / "cache" / "name.npz"


def test_what_was_written_is_read_and_nothing_else(cache: Cache, file: Path) -> None:
    read = cache.read("name", SHAPES)
    assert read is not None
    assert {key: array.tolist() for key, array in read.items()} == {key: a.tolist() for key, a in ARRAYS.items()}
    assert cache.read("other", SHAPES) is None


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache()
    cache.write("name", ARRAYS)
    assert cache.read("name", SHAPES) is None


def test_only_the_file_itself_is_left_behind(cache: Cache, file: Path) -> None:
    cache.write("name", ARRAYS)
    with pytest.raises(ValueError):  # it cannot be written whole, and the old one stays
        cache.write("name", {"weights": np.array([object()])})
    assert cache.read("name", SHAPES) is not None
    assert list(file.parent.iterdir()) == [file]


def test_an_unwritable_folder_is_logged_and_ignored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    cache = Cache(tmp_path / "file" / "cache")
    cache.write("name", ARRAYS)
    assert cache.read("name", SHAPES) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert str(tmp_path / "file" / "cache") in caplog.text


def test_a_folder_in_place_of_the_file_is_ignored(cache: Cache, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "name.npz"
    folder.mkdir(parents=True)
    assert cache.read("name", SHAPES) is None
    cache.write("name", ARRAYS)
    assert list(folder.parent.iterdir()) == [folder]


class Bomb:
    """Leaves a file behind if it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.path,))


def npz(**arrays: object) -> bytes:
    file = BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # anything that numpy makes an array of
    return file.getvalue()


FOREIGN = {
    "empty": b"",
    "short": b"short",
    "text": b"no arrays here, but a text that is longer than a hash",
    "a pickle": pickle.dumps(ARRAYS),
    "arrays of another program": npz(**ARRAYS),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_file_counts_as_absent(content: bytes, cache: Cache, file: Path) -> None:
    file.write_bytes(content)
    assert cache.read("name", SHAPES) is None
    cache.write("name", ARRAYS)
    assert cache.read("name", SHAPES) is not None


def test_any_damage_is_noticed(cache: Cache, file: Path) -> None:
    good = file.read_bytes()
    cut = [good[:length] for length in {*range(0, len(good), 9), len(good) - 1}]
    flipped = [good[:at] + bytes([good[at] ^ (1 << at % 8)]) + good[at + 1 :] for at in range(len(good))]
    for damaged in (*cut, *flipped):
        file.write_bytes(damaged)
        assert cache.read("name", SHAPES) is None


OTHER_ARRAYS: dict[str, dict[str, object]] = {
    "too few rows": {"weights": np.ones((3, 3))},
    "too many columns": {"weights": np.ones((4, 4))},
    "too few dimensions": {"weights": np.ones(12)},
    "too many dimensions": {"weights": np.ones((4, 3, 1))},
    "no dimension": {"keys": 1.0},
    "not a number": {"weights": [[1, 2, np.nan]] * 4},
    "infinite": {"weights": [[1, 2, -np.inf]] * 4},
    "complex": {"weights": np.full((4, 3), 1j)},
}


@pytest.mark.parametrize(
    "arrays",
    [{"keys": [b"one"]}, *({**ARRAYS, **changed} for changed in OTHER_ARRAYS.values())],
    ids=["an array is missing", *OTHER_ARRAYS],
)
def test_other_arrays_count_as_absent(arrays: dict[str, object], cache: Cache) -> None:
    cache.write("name", {key: np.asarray(array) for key, array in arrays.items()})
    assert cache.read("name", SHAPES) is None


def test_nothing_is_unpickled(cache: Cache, file: Path, tmp_path: Path) -> None:
    bomb = np.full((4, 3), Bomb(tmp_path / "exploded"), dtype=object)
    for data in (npz(weights=bomb, keys=ARRAYS["keys"]), pickle.dumps(bomb)):
        # The second as the cache itself would write it.
        for content in (data, hashlib.sha256(data).digest() + data):
            file.write_bytes(content)
            assert cache.read("name", SHAPES) is None
    assert not (tmp_path / "exploded").exists()
    pickle.loads(pickle.dumps(Bomb(tmp_path / "exploded")))
    assert (tmp_path / "exploded").exists(), "the bomb is a dud"


def test_a_hash_depends_on_where_each_part_ends() -> None:
    assert content_hash(["ab", "c"]) == content_hash(iter(["ab", "c"]))
    for one, other in ((["ab", "c"], ["a", "bc"]), (["a", "b"], ["b", "a"]), (["a", ""], ["a"])):
        assert content_hash(one) != content_hash(other)
    assert len({content_hash([text]) for text in ("\ud800", "\udfff", "\x00", "")}) == 4
