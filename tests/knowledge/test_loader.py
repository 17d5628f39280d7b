"""A folder of YAML becomes one KnowledgeBase, or every error at once with its file and line."""

from __future__ import annotations

import pickle
import re
import shutil
import time
from typing import get_args

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge import Article, LibraryError, Move, OutsideGroup, SmalltalkKind, Topic, load_library
from bot.knowledge.texts import MoveId
from bot.settings import PROJECT
from tests.knowledge.conftest import Check, Library, errors_in

# Together with the small library, these files use every key of the format.
MORE = {
    "topics/more.yaml": """\
- id: purpose
  title: What each is for
  claims: [slow-dough, dark-cheese]
  answer: One is for today, the other for tomorrow.
  leadership: does the right things
  management: does things right
  aspect: purpose
  overview: true
  label: Purposes
  because: one bakes and the other eats.
  who: Nobody said so.
  affirm: [one is for today]
  deny: [both are for today, "Is one for tomorrow?"]
  undecided: [is it so everywhere]
  depends: The articles don't say.
  questions: [what is the difference, "How do they differ?"]
""",
    "articles/said.yaml": "id: said\ntitle: Said\nclaims:\n  - id: said-before\n    date: 1999-12\n    says: This.\n",
    "moves.yaml": "- id: why\n  questions: [wherefore]\n- id: pick-yes\n  questions: [aye, 'Indeed!']\n",
    **{f"articles/{name}.yaml": f"id: {name}\ntitle: An article\n" for name in ("m", "z", "a", "q", "c", "x", "b")},
}
NO_LIST = "#! must be a list of entries, each starting with `- id:`"
NO_KEYS = "#! this entry must have keys and values, such as `id: ...`"
ONE_ENTRY, JUST_TEXT = f"# no list\nid: x  {NO_LIST}\n", f"---\njust text  {NO_LIST}\n"
IGNORED, EMPTY = "  #! is ignored; rename it to new.yaml", "#! this entry is empty"
BROKEN = [
    {"articles/new.yml": IGNORED, "articles/new.yaml": EMPTY, "topics/new.yml": IGNORED},
    {"articles/a.yaml": f"- id: x  {NO_KEYS}\n", "articles/b.yaml": f"just text  {NO_KEYS}\n"},
    {"topics/new.yaml": ONE_ENTRY, "outside.yaml": JUST_TEXT, "smalltalk.yaml": ONE_ENTRY, "moves.yaml": JUST_TEXT},
    {"topics/new.yaml": JUST_TEXT, "outside.yaml": ONE_ENTRY, "smalltalk.yaml": JUST_TEXT, "moves.yaml": ONE_ENTRY},
]
SOURCES = {
    "dark-cheese": "cellar",
    "boiling-water": "kitchen",
    "slow-dough": "kitchen",
    "salt-in-dough": "kitchen",
    "said-before": "said",
}


def test_valid_library_is_what_the_files_say_in_their_order(library: Library) -> None:
    folder = library(MORE)
    data = {path.relative_to(folder).as_posix(): yaml.safe_load(path.read_text()) for path in folder.rglob("*.yaml")}
    knowledge = load_library(folder)
    articles = [data[file] for file in sorted(data) if file.startswith("articles/")]
    assert list(knowledge.articles.items()) == [(article["id"], Article(**article)) for article in articles]
    topics = [*data["topics/kitchen.yaml"], *data["topics/more.yaml"]]
    assert list(knowledge.topics.items()) == [(topic["id"], Topic(**topic)) for topic in topics]
    assert list(knowledge.outside.values()) == [OutsideGroup(**group) for group in data["outside.yaml"]]
    assert list(knowledge.smalltalk.values()) == [SmalltalkKind(**kind) for kind in data["smalltalk.yaml"]]
    assert list(knowledge.moves.items()) == [(move["id"], Move(**move)) for move in data["moves.yaml"]]
    assert [(claim, knowledge.sources[claim].id) for claim in knowledge.claims] == list(SOURCES.items())
    assert (knowledge.claims["dark-cheese"].speaker, knowledge.claims["dark-cheese"].role) == (None, "author")


@pytest.mark.parametrize("kind", ["outside", "smalltalk"])
@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "[]\n"], ids=["absent", "empty", "comment", "list"])
def test_optional_file_may_be_empty(library: Library, kind: str, text: str | None) -> None:
    knowledge = load_library(library({f"{kind}.yaml": text}))
    sizes = {"topics": 4, "outside": 2, "smalltalk": 2, kind: 0}
    assert {name: len(getattr(knowledge, name)) for name in sizes} == sizes


def test_a_library_without_moves_has_those_of_the_bot(library: Library) -> None:
    moves = load_library(library()).moves
    assert {*moves} == {*get_args(MoveId)}
    assert min(len(move.questions) for move in moves.values()) >= 30


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"], ids=["empty", "comment", "list"])
def test_a_library_may_do_without_moves(library: Library, text: str) -> None:
    assert load_library(library({"moves.yaml": text})).moves == {}


def test_the_moves_of_the_bot_are_valid_and_each_is_said_for_one_alone(library: Library) -> None:
    """Nothing else would tell what is wrong with them."""
    text = (PROJECT / "bot" / "knowledge" / "moves.yaml").read_text(encoding="utf-8")
    assert errors_in(library({"moves.yaml": text})) == []


@pytest.mark.parametrize("files", BROKEN)
def test_errors_in_all_files_are_reported_together_and_in_order(check: Check, files: dict[str, str]) -> None:
    check(files)


@pytest.mark.parametrize("names", [["articles"], ["topics"], ["articles", "topics"]])
def test_subfolder_without_files(library: Library, names: list[str]) -> None:
    folder = library({"smalltalk.yaml": "-\n"})
    for name in names:
        shutil.rmtree(folder / name)
    errors = {f"{name}:1: contains no .yaml files" for name in names} | {"smalltalk.yaml:1: this entry is empty"}
    assert set(errors_in(folder)) == errors
    for name in names:
        (folder / name).mkdir()
    assert set(errors_in(folder)) == errors


def test_many_errors_in_one_entry_take_no_time(library: Library) -> None:
    start = time.process_time()
    folder = library({"topics/new.yaml": f"- {{id: new, questions: [{'~, ' * 49_000}]}}\n"})
    assert len(errors_in(folder)) <= 501
    assert time.process_time() - start < 5


def test_library_without_topics(library: Library) -> None:
    folder = library({"outside.yaml": None, "topics/kitchen.yaml": "# nothing yet\n", "topics/new.yaml": "[]\n"})
    assert errors_in(folder) == ["topics:1: contains no topics"]


@pytest.mark.parametrize("name", ["nowhere", "outside.yaml"], ids=["missing", "a file"])
def test_library_must_be_a_folder(library: Library, name: str) -> None:
    path = library() / name
    assert errors_in(path) == [f"{path}:1: is not a folder; a library is a folder with `articles` and `topics` in it"]


def test_errors_reach_another_process(library: Library) -> None:
    with pytest.raises(LibraryError, match=r"^smalltalk.yaml:1: this entry is empty\nsmalltalk.yaml:2: ") as error:
        load_library(library({"smalltalk.yaml": "-\n-\n"}))
    arrived = pickle.loads(pickle.dumps(error.value))
    assert (str(arrived), arrived.faults) == (str(error.value), error.value.faults)


@given(text=st.text(alphabet="-:[]{}&*!|>'\"#%@~?,. \n\t\0\ufeff\x85aé", max_size=40) | st.binary(max_size=20))
@pytest.mark.parametrize("name", ["smalltalk.yaml", "moves.yaml", "golden.jsonl"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example overwrites the file
def test_any_text_is_read_or_reported(library: Library, name: str, text: str | bytes) -> None:
    folder = library()
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert all(error.startswith(f"{name}:") for error in errors_in(folder))


@pytest.mark.parametrize("value", ["~", "x", "[]", "[~]", "[[x]]", "{}", "{x: [y]}"])
def test_any_value_of_any_key_is_read_or_reported(library: Library, value: str) -> None:
    folder = library(MORE)
    for path in folder.rglob("*.yaml"):
        text = path.read_text()
        for key in re.finditer(r"(?<=: )\S.*$", text, re.MULTILINE):
            path.write_text(text[: key.start()] + value + text[key.end() :])
            assert all(re.match(r"(articles/|topics/)?\w+\.yaml:\d+: ", error) for error in errors_in(folder))
        path.write_text(text)
