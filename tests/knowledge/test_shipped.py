"""The library that comes with the bot is in order, complete, and honest towards the questions that test it."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from pathlib import Path

import pytest
import yaml

from bot.knowledge import KnowledgeBase, OutsideGroup, SmalltalkKind, Topic, check_quotes, load_library
from bot.knowledge.schema import schemas
from tests.knowledge.conftest import Draft

PROJECT = Path(__file__).parents[2]
LIBRARY = PROJECT / "knowledge"
FILES = sorted(path.relative_to(LIBRARY).as_posix() for path in LIBRARY.rglob("*.y*ml"))


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    """The shipped library."""
    return load_library(LIBRARY)


def beside_the_checkout(name: str) -> Path:
    """A file or folder of ``../shared``; without it the test is skipped."""
    path = PROJECT.parent / "shared" / name
    if not path.exists():
        pytest.skip(f"there is no ../shared/{name} beside this checkout")
    return path


def questions_in(file: Path) -> list[str]:
    """The questions that must not stand in the library: small talk and very short ones may, by nature."""
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [entry["q"] for entry in entries if entry["kind"] != "smalltalk" and len(entry["q"].split()) > 4]


def words(text: str) -> str:
    """A question's words alone, so that neither case nor punctuation hides a copy."""
    return " ".join(re.findall(r"\w+", re.sub("['’]", "", text.casefold())))


def phrasings(knowledge: KnowledgeBase) -> dict[str, str]:
    """Every phrasing of the library, by its words alone."""
    entries: list[Topic | OutsideGroup | SmalltalkKind] = [
        *knowledge.topics.values(),
        *knowledge.outside.values(),
        *knowledge.smalltalk.values(),
    ]
    return {words(phrasing): f"{entry.id}: {phrasing}" for entry in entries for phrasing in entry.questions}


def test_no_fault() -> None:
    assert Draft(LIBRARY).faults() == []


# Complete


def test_each_claim_is_the_main_evidence_of_a_topic(knowledge: KnowledgeBase) -> None:
    main = {topic.claims[0] for topic in knowledge.topics.values()}
    assert [claim for claim in knowledge.claims if claim not in main] == []


def test_topics_have_phrasings_enough(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.topics) >= 35
    few = {topic.id: len(topic.questions) for topic in knowledge.topics.values() if len(topic.questions) < 25}
    assert few == {}


def test_outside_is_broad(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.outside) >= 12
    assert sum(len(group.questions) for group in knowledge.outside.values()) >= 500


def test_small_talk_is_broad(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.smalltalk) >= 12


def test_every_claim_of_the_inventory_is_there(knowledge: KnowledgeBase) -> None:
    inventory = yaml.safe_load(beside_the_checkout("claims.yaml").read_text(encoding="utf-8"))["claims"]
    written = {claim: article.id for claim, article in knowledge.sources.items()}
    expected = {claim["id"]: claim["article"] for claim in inventory}
    assert expected
    assert {claim: written.get(claim) for claim in expected} == expected


# Honest


def test_quotes_stand_in_the_articles_word_for_word(knowledge: KnowledgeBase) -> None:
    assert any(claim.quote for claim in knowledge.claims.values())
    assert [str(fault) for fault in check_quotes(knowledge, beside_the_checkout("articles"))] == []


@pytest.mark.parametrize("file", ["in_scope.jsonl", "out_of_scope.jsonl"])
def test_no_development_question_stands_in_the_library(knowledge: KnowledgeBase, file: str) -> None:
    questions = questions_in(beside_the_checkout(f"eval/{file}"))
    assert questions
    known = phrasings(knowledge)
    assert [known[words(question)] for question in questions if words(question) in known] == []


@pytest.mark.parametrize("file", ["casual.jsonl", "professional.jsonl", "outside.jsonl"])
def test_no_blind_question_stands_in_the_library(knowledge: KnowledgeBase, file: str) -> None:
    questions = questions_in(PROJECT / "tests" / "questions" / file)
    assert questions
    known = phrasings(knowledge)
    assert [known[words(question)] for question in questions if words(question) in known] == []


# For the curator's editor


def test_every_yaml_file_is_part_of_the_library(knowledge: KnowledgeBase) -> None:
    """One in the wrong place, or with another ending, would neither be read nor be missed."""
    read = ["articles/*.yaml", "topics/*.yaml", "outside.yaml", "smalltalk.yaml"]
    assert sorted(path.relative_to(LIBRARY).as_posix() for pattern in read for path in LIBRARY.glob(pattern)) == FILES


@pytest.mark.parametrize("file", FILES)
def test_file_names_its_schema_in_the_first_line(file: str) -> None:
    kind = {"articles": "article"}.get(Path(file).parts[0], Path(file).parts[0].removesuffix(".yaml"))
    up = "../" * file.count("/")
    first = (LIBRARY / file).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={up}schema/{kind}.json"


def test_schemas_are_those_of_the_loader() -> None:
    """Mend with ``python -m bot.knowledge.schema``."""
    assert {path.name: path.read_text(encoding="utf-8") for path in (LIBRARY / "schema").iterdir()} == schemas()


def test_examples_for_curators_fit_into_the_library(tmp_path: Path) -> None:
    readme = (LIBRARY / "README.md").read_text(encoding="utf-8")
    examples = [
        textwrap.dedent(text) for text in re.findall(r"^ *```yaml\n(.*?)^ *```", readme, re.DOTALL | re.MULTILINE)
    ]
    copy = shutil.copytree(LIBRARY, tmp_path / "library")
    folders = {"../schema/article.json": "articles", "../schema/topics.json": "topics"}
    for example in examples:
        schema = example.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        (copy / folders.pop(schema) / "example.yaml").write_text(example, encoding="utf-8")
    assert folders == {}
    assert len(load_library(copy).articles) == len(load_library(LIBRARY).articles) + 1
