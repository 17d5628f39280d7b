"""Whatever is found in the cache folder: it is read if it is sound, and else it counts as absent."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.service.cache import Cache

SHAPES = {"keys": (-1,), "weights": (4, 3)}
ARRAYS = {"keys": np.array([b"one", b"two"]), "weights": np.ones((4, 3), np.float32)}


def sealed(content: bytes) -> bytes:
    return hashlib.sha256(content).digest() + content


def npy(array: NDArray[np.generic]) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def archive(weights: bytes, compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as written:
        written.writestr("keys.npy", npy(ARRAYS["keys"]))
        written.writestr("weights.npy", weights)
    return file.getvalue()


def promising(shape: str, descr: str = "'<f4'") -> bytes:
    """An array's header with little behind it."""
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(48)


SOUND = archive(npy(ARRAYS["weights"]))

BROKEN = {
    "nothing": b"",
    "no zip file": b"PK\x03\x04 and then something else",
    "half a zip file": SOUND[: len(SOUND) // 2],
    "a zip file without its beginning": SOUND[40:],
    "a directory that lies": SOUND.replace(b"weights.npy", b"weights\x00npy"),
    "a bomb": archive(npy(np.zeros(5_000_000)), zipfile.ZIP_DEFLATED),
    "no array": archive(b"no array"),
    "half a header": archive(npy(ARRAYS["weights"])[:40]),
    "half an array": archive(npy(ARRAYS["weights"])[:-1]),
    "more than an array": archive(npy(ARRAYS["weights"]) + b"more"),
    "columns first": archive(npy(np.asfortranarray(np.arange(12.0).reshape(4, 3)))),
    "a huge shape": archive(promising("(4000000000, 3000000000)")),
    "a negative shape": archive(promising("(-1, 3)")),
    "a deep header": archive(promising("(" * 5000)),
    "objects": archive(promising("(4, 3)", "'|O'")),
    "nothing in each": archive(promising("(4, 3)", "'|S0'")),
    "a type that is none": archive(promising("(4, 3)", "'what'")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_sealed_but_broken_file_counts_as_absent(name: str, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (tmp_path / "name.npz").write_bytes(sealed(BROKEN[name]))
    assert cache.read("name", SHAPES) is None
    (tmp_path / "name.npz").write_bytes(sealed(SOUND))
    assert cache.read("name", SHAPES) is not None


def fill_the_disk(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


STRANGE: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a file that fills the disk": fill_the_disk,
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_ordinary_file_counts_as_absent(name: str, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    STRANGE[name](tmp_path / "name.npz")
    assert cache.read("name", SHAPES) is None
    cache.write("name", ARRAYS)
    assert (cache.read("name", SHAPES) is None) == (name == "a folder"), "the others are replaced"


def test_the_target_of_a_link_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    (tmp_path / "name.npz").symlink_to("notes")
    Cache(tmp_path).write("name", ARRAYS)
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def test_a_file_of_somebody_else_is_logged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Cache(tmp_path).write("name", ARRAYS)
    # Simulated: the superuser may read everything.
    monkeypatch.setattr(Path, "open", Mock(side_effect=PermissionError(13, "Permission denied")))
    assert [Cache(tmp_path).read("name", SHAPES) for _ in range(2)] == [None, None]
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert f"{tmp_path / 'name.npz'} cannot be read (Permission denied)" in record.getMessage()


@pytest.mark.parametrize("folder", ["file/cache", "nul\x00", "x" * 5000])
def test_a_folder_that_cannot_be_written_is_logged_once(
    folder: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    for _ in range(2):
        cache = Cache(tmp_path / folder)
        cache.write("name", ARRAYS)
        assert cache.read("name", SHAPES) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_two_writers_do_not_get_in_each_others_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if they have the same process id, as in two containers."""
    cache, other = Cache(tmp_path), {**ARRAYS, "weights": np.zeros((4, 3))}
    replace = Path.replace

    def meanwhile(path: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        cache.write("name", other)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", meanwhile)
    cache.write("name", ARRAYS)
    read = cache.read("name", SHAPES)
    assert read is not None
    np.testing.assert_array_equal(read["weights"], ARRAYS["weights"])
    assert [path.name for path in tmp_path.iterdir()] == ["name.npz"]
