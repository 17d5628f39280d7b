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
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


# Reading and writing


def test_what_was_written_is_read(cache: Cache) -> None:
    cache.write("name", ARRAYS)
    read = cache.read("name", SHAPES)
    assert read is not None
    assert {key: array.tolist() for key, array in read.items()} == {key: a.tolist() for key, a in ARRAYS.items()}


def test_what_was_never_written_is_absent(cache: Cache) -> None:
    cache.write("name", ARRAYS)
    assert cache.read("other", SHAPES) is None


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache()
    cache.write("name", ARRAYS)
    assert cache.read("name", SHAPES) is None


def test_only_the_file_itself_is_left_behind(cache: Cache, tmp_path: Path) -> None:
    cache.write("name", ARRAYS)
    cache.write("name", ARRAYS)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["name.npz"]


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(cache: Cache, tmp_path: Path) -> None:
    cache.write("name", ARRAYS)
    with pytest.raises(ValueError):
        cache.write("name", {"weights": np.array([object()])})
    assert cache.read("name", SHAPES) is not None
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["name.npz"]


def test_an_unwritable_folder_is_logged_and_ignored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    cache = Cache(tmp_path / "file" / "cache")
    cache.write("name", ARRAYS)
    assert cache.read("name", SHAPES) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert str(tmp_path / "file" / "cache") in caplog.text


def test_a_folder_in_place_of_the_file_is_ignored(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "cache" / "name.npz").mkdir(parents=True)
    assert cache.read("name", SHAPES) is None
    cache.write("name", ARRAYS)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["name.npz"]


# Broken and foreign files


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


def npy(array: Array) -> bytes:
    file = BytesIO()
    np.save(file, array)
    return file.getvalue()


def sealed(content: bytes) -> bytes:
    """As the cache itself would write it."""
    return hashlib.sha256(content).digest() + content


FOREIGN = {
    "empty": b"",
    "short": b"short",
    "text": b"no arrays here, but a text that is longer than a hash",
    "a pickle": pickle.dumps(ARRAYS),
    "one array": npy(ARRAYS["weights"]),
    "arrays of another program": npz(**ARRAYS),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_counts_as_absent(name: str, cache: Cache, tmp_path: Path) -> None:
    cache.write("name", ARRAYS)
    (tmp_path / "cache" / "name.npz").write_bytes(FOREIGN[name])
    assert cache.read("name", SHAPES) is None
    cache.write("name", ARRAYS)
    assert cache.read("name", SHAPES) is not None


def test_a_file_cut_off_anywhere_counts_as_absent(cache: Cache, tmp_path: Path) -> None:
    cache.write("name", ARRAYS)
    path = tmp_path / "cache" / "name.npz"
    whole = path.read_bytes()
    for length in {*range(0, len(whole), 9), len(whole) - 1}:
        path.write_bytes(whole[:length])
        assert cache.read("name", SHAPES) is None


OTHER_ARRAYS: dict[str, dict[str, object]] = {
    "an array is missing": {"keys": [b"one"]},
    "too few rows": {"weights": np.ones((3, 3))},
    "too many columns": {"weights": np.ones((4, 4))},
    "too few dimensions": {"weights": np.ones(12)},
    "too many dimensions": {"weights": np.ones((4, 3, 1))},
    "no dimension": {"keys": 1.0},
    "not a number": {"weights": [[1, 2, np.nan]] * 4},
    "infinite": {"weights": [[1, 2, -np.inf]] * 4},
    "complex": {"weights": np.full((4, 3), 1j)},
}


@pytest.mark.parametrize("name", OTHER_ARRAYS)
def test_other_arrays_count_as_absent(name: str, cache: Cache) -> None:
    changed = {**ARRAYS, **OTHER_ARRAYS[name]} if name != "an array is missing" else OTHER_ARRAYS[name]
    cache.write("name", {key: np.asarray(array) for key, array in changed.items()})
    assert cache.read("name", SHAPES) is None


def test_nothing_is_unpickled(cache: Cache, tmp_path: Path) -> None:
    bomb = np.full((4, 3), Bomb(tmp_path / "exploded"), dtype=object)
    for data in (npz(weights=bomb, keys=ARRAYS["keys"]), pickle.dumps(bomb)):
        for file in (data, sealed(data)):
            cache.write("name", ARRAYS)
            (tmp_path / "cache" / "name.npz").write_bytes(file)
            assert cache.read("name", SHAPES) is None
    assert not (tmp_path / "exploded").exists()
    pickle.loads(pickle.dumps(Bomb(tmp_path / "exploded")))
    assert (tmp_path / "exploded").exists(), "the bomb is a dud"


def test_any_flipped_bit_is_noticed_or_harmless(cache: Cache, tmp_path: Path) -> None:
    cache.write("name", ARRAYS)
    path = tmp_path / "cache" / "name.npz"
    good, wrong = path.read_bytes(), []
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ (1 << place % 8)]) + good[place + 1 :])
        try:
            read = cache.read("name", SHAPES)
        except Exception as error:  # all of them at once, not the first
            wrong.append((place, repr(error)))
        else:
            if read is not None and any(not np.array_equal(read[key], ARRAYS[key]) for key in ARRAYS):
                wrong.append((place, "other numbers"))
    assert wrong == []


# Names


def test_a_hash_depends_on_where_each_part_ends() -> None:
    assert content_hash(["ab", "c"]) != content_hash(["a", "bc"])
    assert content_hash(["a", "b"]) != content_hash(["b", "a"])
    assert content_hash(["a", ""]) != content_hash(["a"])
    assert content_hash(["ab", "c"]) == content_hash(iter(["ab", "c"]))


def test_any_text_has_a_hash() -> None:
    assert len({content_hash([text]) for text in ("\ud800", "\udfff", "\x00", "")}) == 4
