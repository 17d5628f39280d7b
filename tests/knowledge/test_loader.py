"""A folder of YAML becomes one KnowledgeBase, or every error at once with its file and line."""

from __future__ import annotations

import datetime
import pickle
import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge import Article, Claim, KnowledgeBase, LibraryError, OutsideGroup, SmalltalkKind, Topic, load_library
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
  questions: [what is the difference, "How do they differ?"]
""",
    **{f"articles/{name}.yaml": f"id: {name}\ntitle: An article\n" for name in ("m", "z", "a", "q", "c", "x", "b")},
}
NO_LIST = "#! must be a list of entries, each starting with `- id:`"
NO_KEYS = "#! this entry must have keys and values, such as `id: ...`"
NO_FILES = "contains no .yaml files"
ONE_ENTRY, JUST_TEXT = f"# no list\nid: x  {NO_LIST}\n", f"---\njust text  {NO_LIST}\n"
BROKEN = [
    {"articles/new.yml": "#! is ignored; rename it to .yaml", "topics/new.yml": "#! is ignored; rename it to .yaml"},
    {"articles/new.yaml": "#! this entry is empty"},
    {"articles/new.yaml": f"- id: x  {NO_KEYS}\n"},
    {"articles/new.yaml": f"just text  {NO_KEYS}\n"},
    {"topics/new.yaml": ONE_ENTRY, "outside.yaml": JUST_TEXT, "smalltalk.yaml": ONE_ENTRY},
    {"topics/new.yaml": JUST_TEXT, "outside.yaml": ONE_ENTRY, "smalltalk.yaml": JUST_TEXT},
]
ARTICLES, TOPICS = ("articles/kitchen.yaml", "articles/cellar.yaml"), ("topics/kitchen.yaml",)


def test_valid_library(library: Library) -> None:
    folder = library(MORE)
    files = {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*.yaml"))}
    data = {file: yaml.safe_load(text) for file, text in files.items()}
    articles = [Article(**entry) for file, entry in data.items() if file.startswith("articles/")]
    topics = [Topic(**entry) for file, entries in data.items() if file.startswith("topics/") for entry in entries]
    knowledge = load_library(folder)
    assert knowledge == KnowledgeBase(
        articles={article.id: article for article in articles},
        topics={topic.id: topic for topic in topics},
        outside={entry["id"]: OutsideGroup(**entry) for entry in data["outside.yaml"]},
        smalltalk={entry["id"]: SmalltalkKind(**entry) for entry in data["smalltalk.yaml"]},
    )
    assert knowledge.articles["kitchen"].published == datetime.date(2020, 5, 4)
    assert knowledge.topics["purpose"].questions == ("what is the difference", "How do they differ?")


def test_entries_keep_the_order_of_file_names_and_of_the_files(library: Library) -> None:
    knowledge = load_library(library(MORE))
    assert list(knowledge.articles) == ["a", "b", "c", "cellar", "kitchen", "m", "q", "x", "z"]
    assert list(knowledge.topics) == ["brewing", "rising", "salting", "storing", "purpose"]


def test_claims_know_their_article(library: Library) -> None:
    knowledge = load_library(library())
    assert list(knowledge.claims) == ["dark-cheese", "boiling-water", "slow-dough", "salt-in-dough"]
    assert [knowledge.sources[claim].id for claim in knowledge.claims] == ["cellar", "kitchen", "kitchen", "kitchen"]
    says = "Black tea wants water that boils."
    claim = Claim(id="boiling-water", speaker=None, role="author", says=says, quote="Pour it while it still boils.")
    assert knowledge.claims["boiling-water"] == claim


@pytest.mark.parametrize("kind", ["outside", "smalltalk"])
@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "[]\n"], ids=["absent", "empty", "comment", "list"])
def test_optional_file_may_be_empty(library: Library, kind: str, text: str | None) -> None:
    knowledge = load_library(library({f"{kind}.yaml": text}))
    sizes = {"topics": 4, "outside": 2, "smalltalk": 2, kind: 0}
    assert {name: len(getattr(knowledge, name)) for name in sizes} == sizes


@pytest.mark.parametrize("files", BROKEN)
def test_errors_in_all_files_are_reported_together_and_in_order(check: Check, files: dict[str, str]) -> None:
    check(files)


@pytest.mark.parametrize("names", [["articles"], ["topics"], ["articles", "topics"]])
def test_subfolder_without_files(library: Library, names: list[str]) -> None:
    absent = [file for file in (*ARTICLES, *TOPICS) if file.split("/")[0] in names]
    folder = library({**dict.fromkeys(absent), "outside.yaml": None, "smalltalk.yaml": "-\n"})
    errors = sorted([*(f"{name}:1: {NO_FILES}" for name in names), "smalltalk.yaml:1: this entry is empty"])
    assert errors_in(folder) == errors
    for name in names:
        (folder / name).mkdir()
    assert errors_in(folder) == errors


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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example overwrites the file
def test_any_text_is_read_or_reported(library: Library, text: str | bytes) -> None:
    folder = library()
    (folder / "smalltalk.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert all(error.startswith("smalltalk.yaml:") for error in errors_in(folder))


@pytest.mark.parametrize("value", ["~", "x", "[]", "[~]", "[[x]]", "{}", "{x: [y]}"])
def test_any_value_of_any_key_is_read_or_reported(library: Library, value: str) -> None:
    folder = library(MORE)
    for path in folder.rglob("*.yaml"):
        text = path.read_text()
        for key in re.finditer(r"(?<=: )\S.*$", text, re.MULTILINE):
            path.write_text(text[: key.start()] + value + text[key.end() :])
            assert all(re.match(r"(articles/|topics/)?\w+\.yaml:\d+: ", error) for error in errors_in(folder))
        path.write_text(text)
