"""The cache folder keeps what is in use, and nothing of other programs is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from bot.service.cache import Cache
from bot.settings import PROJECT

DAY = 24 * 3600
ARRAYS = {"numbers": np.ones(3)}
SHAPES = {"numbers": (3,)}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def model(number: int) -> str:
    return f"model-{number:032x}-words"


def encodings(number: int) -> str:
    return f"encodings-{number:032x}"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def age(path: Path, days: float) -> None:
    os.utime(path, (time.time() - days * DAY,) * 2)


def test_what_killed_writes_left_is_removed(cache: Cache, tmp_path: Path) -> None:
    for left in (f"{model(1)}.4711.tmp", f"{encodings(1)}.0a1b2c3d.tmp", f"{encodings(2)}.tmp"):
        (tmp_path / left).write_bytes(b"half of it")
    cache.write(model(1), ARRAYS)
    assert names(tmp_path) == {f"{model(1)}.npz"}


_WRITING = """
import sys, time
from pathlib import Path
from bot.service.tidying import lock
with Path(sys.argv[1]).open("xb") as file:
    assert lock(file)
    file.write(b"half of it")
    print("writing", flush=True)
    time.sleep(60)
"""


def test_what_is_being_written_stays_until_its_process_dies(cache: Cache, tmp_path: Path) -> None:
    half = tmp_path / f"{model(1)}.0a1b2c3d.tmp"
    with subprocess.Popen(
        [sys.executable, "-c", _WRITING, str(half)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"writing\n"
        cache.write(model(1), ARRAYS)
        assert half.name in names(tmp_path)
        other.send_signal(signal.SIGKILL)
    cache.write(model(1), ARRAYS)
    assert names(tmp_path) == {f"{model(1)}.npz"}


def test_the_five_of_each_kind_that_were_used_last_are_kept(cache: Cache, tmp_path: Path) -> None:
    for number in range(8):
        for name in (model(number), encodings(number), f"vectors-{number:032x}"):  # the last of an earlier version
            cache.write(name, ARRAYS)
            age(tmp_path / f"{name}.npz", days=20 - number)
    assert cache.read(model(3), SHAPES) is not None
    cache.write(model(8), ARRAYS)
    of_others = {f"{name}.npz" for n in range(3, 8) for name in (encodings(n), f"vectors-{n:032x}")}
    assert names(tmp_path) == {f"{model(n)}.npz" for n in (3, 5, 6, 7, 8)} | of_others


def test_what_is_unused_for_a_month_is_removed(cache: Cache, tmp_path: Path) -> None:
    for number in range(3):
        cache.write(model(number), ARRAYS)
        age(tmp_path / f"{model(number)}.npz", days=29.9 + number * 0.2)
    cache.write(encodings(1), ARRAYS)
    assert names(tmp_path) == {f"{encodings(1)}.npz", f"{model(0)}.npz"}


def test_other_files_are_not_touched(cache: Cache, tmp_path: Path) -> None:
    for foreign in (
        "notes.tmp",
        "model.npz",
        "model-1.npz",
        f"{encodings(1)}.txt",
        f"my-{model(1)}.npz",
        "commands-1.sha256",
    ):
        (tmp_path / foreign).touch()
        age(tmp_path / foreign, days=400)
    (tmp_path / f"{model(1)}.tmp").mkdir()
    (tmp_path / f"{encodings(2)}.npz").symlink_to("notes.tmp")
    os.mkfifo(tmp_path / f"{encodings(3)}.tmp")
    before = names(tmp_path)
    cache.write(model(9), ARRAYS)
    assert names(tmp_path) == before | {f"{model(9)}.npz"}
