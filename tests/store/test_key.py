"""The key is made once, whole, and for the user's eyes only."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.store import read_key


def test_key_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    key = read_key(folder)
    assert len(key) == 32
    assert read_key(folder) == key != read_key(tmp_path)
    assert [(file.name, file.stat().st_mode & 0o777) for file in folder.iterdir()] == [("key", 0o600)]


def test_all_who_make_it_at_once_get_the_same(tmp_path: Path) -> None:
    keys: list[bytes] = []
    barrier = threading.Barrier(8)

    def read() -> None:
        barrier.wait()
        keys.append(read_key(tmp_path))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len({*keys}) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("trouble", ["a file in the folder's place", "a folder in the key's place", "half a key"])
def test_without_a_key_there_is_one_for_this_run(
    trouble: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "data"
    if trouble == "a file in the folder's place":
        folder.touch()
    elif trouble == "a folder in the key's place":
        (folder / "key").mkdir(parents=True)
    else:
        folder.mkdir()
        (folder / "key").write_bytes(bytes(16))
    first, second = read_key(folder), read_key(folder)
    assert len(first) == len(second) == 32
    assert first != second
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
