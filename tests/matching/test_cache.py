"""The cache on disk: it saves time, and is never trusted."""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching import Cache, Category, Encoder, Kind, Matcher, features
from bot.matching.cache import content_hash
from bot.matching.encoder import DIMENSIONS
from bot.matching.vectors import phrasing_vectors

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


def test_an_unwritable_folder_is_said_and_is_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    cache = Cache(tmp_path / "file" / "cache")
    cache.write("name", ARRAYS)
    assert cache.read("name", SHAPES) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert str(tmp_path / "file" / "cache") in caplog.text


def test_a_folder_in_the_files_place_is_no_error(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "cache" / "name.npz").mkdir(parents=True)
    assert cache.read("name", SHAPES) is None
    cache.write("name", ARRAYS)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["name.npz"]


# Broken and foreign files


class Bomb:
    """Leaves a file behind where it is unpickled."""

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
    "text": b"these are no arrays, and they go on for longer than a hash does",
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


def test_a_hash_tells_where_each_part_ends() -> None:
    assert content_hash(["ab", "c"]) != content_hash(["a", "bc"])
    assert content_hash(["a", "b"]) != content_hash(["b", "a"])
    assert content_hash(["a", ""]) != content_hash(["a"])
    assert content_hash(["ab", "c"]) == content_hash(iter(["ab", "c"]))


def test_any_text_has_a_hash() -> None:
    assert len({content_hash([text]) for text in ("\ud800", "\udfff", "\x00", "")}) == 4


# What the matcher makes of it


class FakeEncoder(Encoder):
    """Remembers what it was asked to encode; as with the real one, a text's vector hangs a little on its neighbours."""

    def __init__(self, fingerprint: str = "f" * 64) -> None:
        self.fingerprint = fingerprint
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        own = np.stack([np.random.default_rng(crc32(text.encode())).normal(size=DIMENSIONS) for text in texts])
        vectors = own + 0.1 * own.mean(axis=0)
        unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit


TEA = ["how hot is tea", "when do i brew tea", "green tea or black", "tea from china", "tea with milk", "a cup of tea"]
ADJECTIVES = "green black white red old fresh cold hot warm sweet strong weak cheap".split()
PLACES = "cup pot glass can bowl house garden shop village town".split()
BREAD = ["how long does bread take", "is dough slow", "salt in bread", "bread crust", "rye bread", "a loaf of bread"]


def categories(tea: Sequence[str] = TEA, bread: Sequence[str] = BREAD) -> list[Category]:
    return [
        Category(Kind.TOPIC, "tea", tuple(tea), frozenset({"tea"})),
        Category(Kind.TOPIC, "bread", tuple(bread), frozenset({"bread"})),
        Category(Kind.OUTSIDE, "cars", ("which car is fast", "change a tyre", "engine oil")),
        Category(Kind.SMALLTALK, "greeting", ("hello", "good morning", "hey you")),
    ]


ALL = [text for category in categories() for text in category.texts]


def test_a_first_start_encodes_every_phrasing_once(cache: Cache) -> None:
    encoder = FakeEncoder()
    Matcher(categories(tea=[*TEA, TEA[0]]), encoder, cache=cache)
    assert sorted(encoder.seen) == sorted(ALL)


def test_a_second_start_encodes_nothing_and_ranks_alike(cache: Cache) -> None:
    first, again = Matcher(categories(), FakeEncoder(), cache=cache), FakeEncoder()
    second = Matcher(categories(), again, cache=cache)
    assert again.seen == []
    assert second.rank("tea or bread?") == first.rank("tea or bread?")


def test_a_second_start_learns_nothing(cache: Cache, tmp_path: Path) -> None:
    Matcher(categories(), cache=cache)
    (path,) = (tmp_path / "cache").glob("matcher-*")
    cache.write(path.stem, altered(cache, path, lambda array: np.zeros_like(array)))
    # With these weights every class is as likely as the others: so they were used, not learnt anew.
    assert Matcher(categories(), cache=cache).rank("a cup of tea").probability == pytest.approx(1 / 4)


LARGE = [f"{adjective} tea in a {place}" for adjective in ADJECTIVES for place in PLACES]


def no_progress(done: int, total: int) -> None:
    """Nobody is told."""


@pytest.mark.parametrize(
    "edited",
    [
        [*LARGE[:70], "a pint of tea", *LARGE[71:]],
        ["a pint of tea", *LARGE],
        LARGE[1:],
        [*LARGE[:40], *LARGE[42:]],
        LARGE[::-1],
        [*LARGE, *LARGE],
    ],
    ids=["changed", "added", "removed", "two removed", "in another order", "twice"],
)
def test_an_edit_encodes_little_and_leaves_no_trace(edited: list[str], cache: Cache) -> None:
    """What the cache held before must not show: the same library always gets the same vectors."""
    phrasing_vectors(FakeEncoder(), LARGE, cache, no_progress)
    again = FakeEncoder()
    after_edit = phrasing_vectors(again, edited, cache, no_progress)
    assert len(again.seen) < len(LARGE) / 2
    assert set(again.seen) >= set(edited) - set(LARGE)
    np.testing.assert_array_equal(after_edit, phrasing_vectors(FakeEncoder(), edited, Cache(), no_progress))


def test_an_edited_library_ranks_as_a_fresh_one(cache: Cache) -> None:
    Matcher(categories(), FakeEncoder(), cache=cache)
    edited = categories(tea=[*TEA[:-1], "A PINT of tea"])
    after_edit, fresh = Matcher(edited, FakeEncoder(), cache=cache), Matcher(edited, FakeEncoder())
    for question in ("a pint of tea", "a cup of tea", "rye bread"):
        assert after_edit.rank(question) == fresh.rank(question)


def test_of_phrasings_that_stay_none_is_encoded(cache: Cache) -> None:
    Matcher(categories(), FakeEncoder(), cache=cache)
    again = FakeEncoder()
    Matcher(categories(tea=BREAD, bread=TEA), again, cache=cache)
    assert again.seen == []


def test_a_phrasing_moved_to_another_topic_is_learnt_there(cache: Cache) -> None:
    Matcher(categories(), cache=cache)
    moved = Matcher(categories(tea=TEA[1:], bread=[*BREAD, TEA[0]]), cache=cache)
    assert moved.rank(TEA[0]) == Matcher(categories(tea=TEA[1:], bread=[*BREAD, TEA[0]])).rank(TEA[0])


def test_another_encoder_trusts_none_of_the_vectors(cache: Cache) -> None:
    Matcher(categories(), FakeEncoder(), cache=cache)
    other = FakeEncoder(fingerprint="e" * 64)
    Matcher(categories(), other, cache=cache)
    assert sorted(other.seen) == sorted(ALL)


def test_words_alone_use_none_of_the_encoders_weights(cache: Cache) -> None:
    Matcher(categories(), FakeEncoder(), cache=cache)
    assert Matcher(categories(), cache=cache).rank("tea") == Matcher(categories()).rank("tea")


def test_progress_tells_of_what_is_missing(cache: Cache) -> None:
    told: list[tuple[int, int]] = []
    Matcher(categories(), FakeEncoder(), cache=cache, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(ALL), len(ALL))
    told.clear()
    Matcher(categories(), FakeEncoder(), cache=cache, progress=lambda done, total: told.append((done, total)))
    assert told == []


def test_an_unwritable_folder_changes_no_ranking(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    matcher = Matcher(categories(), FakeEncoder(), cache=Cache(tmp_path / "file"))
    assert matcher.rank("brew tea") == Matcher(categories(), FakeEncoder()).rank("brew tea")


WIDE, NARROW = DIMENSIONS + features.DIMENSIONS, features.DIMENSIONS


def altered(cache: Cache, path: Path, change: Callable[[Array], Array]) -> dict[str, Array]:
    """The numbers of a cache file after a change; keys stay."""
    for shapes in (
        {"keys": (-1,), "vectors": (-1, DIMENSIONS)},
        {"weights": (WIDE, -1), "confidence": (-1,)},
        {"weights": (NARROW, -1), "confidence": (-1,)},
    ):
        if (found := cache.read(path.stem, shapes)) is not None:
            return {key: array if key == "keys" else change(array) for key, array in found.items()}
    raise AssertionError(f"{path} is no cache file")


Change = Callable[[Cache, Path], None]


def bytes_to(change: Callable[[bytes], bytes]) -> Change:
    def spoil(cache: Cache, path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return spoil


def numbers_to(change: Callable[[Array], Array]) -> Change:
    return lambda cache, path: cache.write(path.stem, altered(cache, path, change))


SPOIL: dict[str, Change] = {
    "empty": bytes_to(lambda data: b""),
    "one byte changed": bytes_to(lambda data: data[:-99] + bytes([data[-99] ^ 1]) + data[-98:]),
    "not a number": numbers_to(lambda array: np.full(array.shape, np.nan)),
    "one row less": numbers_to(lambda array: array[:-1]),
    "one column more": numbers_to(lambda array: np.concatenate([array, array[..., :1]], axis=-1)),
}


@pytest.mark.parametrize("name", SPOIL)
def test_spoilt_files_are_rebuilt(name: str, cache: Cache, tmp_path: Path) -> None:
    expected = Matcher(categories(), FakeEncoder(), cache=cache).rank("brew a loaf")
    paths = sorted((tmp_path / "cache").iterdir())
    assert len(paths) == 2
    for path in paths:
        SPOIL[name](cache, path)
    again = FakeEncoder()
    assert Matcher(categories(), again, cache=cache).rank("brew a loaf") == expected
    assert set(again.seen) >= set(ALL)
    third = FakeEncoder()
    assert Matcher(categories(), third, cache=cache).rank("brew a loaf") == expected
    assert third.seen == ["brew a loaf"]
