"""What the tests share: the sentence encoder, the shipped library, and a small one of their own."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import strategies as st

from bot.settings import PROJECT

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.matching import Encoder

# Before numpy is first imported, which is why the fixtures import what needs it: where something else runs,
# threads that wait for each other take several times as long as one alone, and on small libraries always do.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Otherwise each of the hundreds of processes that the tests start would compile the project.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A shell starts its jobs in the background with Ctrl-C ignored, and so would be every process that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run: a test that passed yesterday fails today only if the code changed.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")

# Any text at all, and a good share of what breaks programs: NUL, lone surrogates, directions, nothing visible.
ANY_TEXT = st.lists(
    st.characters()
    | st.sampled_from("\x00\ud800\udfff\u202e\u2066\u05d0\u200b\u200d\ufeff\u00ad\u0301\ufe0f\n\t\u2028?'")
).map("".join)

_SMALL = {
    "articles/kitchen.yaml": """\
id: kitchen
title: Tea and Bread
author: Ada Baker
publisher: The Kitchen Post
published: 2020-05-04
url: https://example.org/tea-and-bread
claims:
  - {id: boiling-water, says: Black tea wants water that boils., quote: "Pour it while it still boils."}
  - id: slow-dough
    speaker: Tom Miller
    role: quoted
    says: Dough rises slowly and must not be hurried.
    quote: "Good bread takes its time."
  - {id: salt-in-dough, speaker: Tom Miller, role: quoted, says: A spoon of salt makes the crust better.}
""",
    "articles/cellar.yaml": """\
id: cellar
label: A note on cellars
claims:
  - {id: dark-cheese, says: Cheese keeps longest in a dark cellar., quote: "dark and cool"}
""",
    "topics/kitchen.yaml": """\
- id: brewing
  title: Brewing tea
  claims: [boiling-water]
  answer: Pour *boiling* water on black tea.
  related: [rising]
  questions: [how do i brew tea, how hot should the water for black tea be, what temperature does tea need,
    does tea need boiling water, is lukewarm water good enough for tea, brewing a pot of tea,
    tea water temperature, when do i pour the kettle]
- id: rising
  title: Letting dough rise
  claims: [slow-dough]
  answer: Dough rises slowly; do not hurry it.
  related: [salting, brewing]
  questions: [how long does bread take, how long must dough rise, can i hurry my dough, why is rising so slow,
    does bread dough need time, dough rising time, how much patience does baking bread ask for,
    who says good bread takes its time]
- id: salting
  title: Salt in the dough
  claims: [salt-in-dough]
  answer: A spoon of salt makes the crust better.
  questions: [do i put salt in bread, how much salt goes into the dough, what does salt do to a crust,
    is a spoon of salt too much, why is my crust so bland, salt for crusts, may i leave the salt out,
    is unsalted bread any good]
- id: storing
  title: Keeping cheese
  claims: [dark-cheese]
  answer: Cheese keeps longest in a dark cellar.
  questions: [where do i keep cheese, how do i store cheddar, is a cellar good for cheese,
    does cheese like the dark, keeping cheese fresh for long, should cheese be in the light, cheese storage,
    what place suits an old cheese]
""",
    "outside.yaml": """\
- id: coffee
  reply: Coffee is not covered.
  closest: [brewing]
  questions: [how do i roast coffee, which espresso machine is best, how strong is an espresso,
    coffee beans from brazil, how much caffeine is in coffee, cold brew coffee recipe]
- id: cars
  reply: Cars are not covered.
  questions: [how do i change a tyre, which car is the fastest, what does a new engine cost,
    electric cars or diesel, where can i park my car, engine oil for winter]
""",
    "smalltalk.yaml": """\
- id: greeting
  reply: Hello!
  questions: [hello, hi, hey you, good morning, good evening, hello there, hi there friend, greetings]
- id: thanks
  reply: You are welcome.
  questions: [thanks, thank you, many thanks, thank you so much, cheers mate, thanks a lot, much obliged]
""",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the whole bot first: a long module that begins when all others are done keeps a core idle."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


@pytest.fixture(autouse=True, scope="session")
def no_library_is_learnt_twice() -> Iterator[None]:
    """Dozens of tests open the same few small libraries without a cache."""
    from bot.service import opening
    from tests.learning import train_once

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "train", train_once)
        yield


@pytest.fixture(autouse=True, scope="module")
def nobody_waits_for_the_garbage_collector() -> None:
    """Leave what earlier modules made out of its rounds: libraries by the dozen, which take it up to a second."""
    gc.freeze()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The shipped sentence encoder; what needs it is skipped where its files or its runtime are missing."""
    from bot.matching.encoder import FOLDER, load_encoder

    missing = [name for name in ("model.onnx", "tokenizer.json") if not (FOLDER / name).exists()]
    missing += [runtime for runtime in ("onnxruntime", "tokenizers") if find_spec(runtime) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} missing: see tools/build_encoder.py and requirements.txt")
    loaded = load_encoder()
    assert loaded is not None, "the encoder's files and runtime are there, and yet it cannot be loaded"
    return loaded


@pytest.fixture(scope="session")
def assistant(encoder: Encoder) -> Assistant:
    """The shipped library with the encoder; what is learnt is kept in the project's cache between runs."""
    return _open(PROJECT / "knowledge", encoder="on")


@pytest.fixture(scope="session")
def words_only() -> Assistant:
    """The shipped library without the encoder."""
    return _open(PROJECT / "knowledge", encoder="off")


def _open(folder: Path, *, encoder: str) -> Assistant:
    from bot.service import Opener

    return Opener(folder, encoder, PROJECT / ".cache").open().assistant


def _written(folder: Path, files: Mapping[str, str | None]) -> Path:
    for name, text in files.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small valid library and gives its folder; takes other texts for files by name, None for no file."""
    return lambda changes=None: _written(tmp_path / "library", {**_SMALL, **(changes or {})})


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small library's folder, not to be changed."""
    return _written(tmp_path_factory.mktemp("small"), _SMALL)


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Assistant:
    """An assistant on the small library, from words alone."""
    return _open(small_folder, encoder="off")
