"""The shipped library is valid, complete, and contains none of the questions that test it."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from operator import lt
from pathlib import Path

import pytest

from bot.assistant import categories
from bot.knowledge import KnowledgeBase, check_quotes, load_library, without_text
from bot.knowledge.schema import schemas
from bot.matching import Corpus, Encoder
from bot.service.cache import Cache
from bot.service.models import read_model
from bot.service.opening import SHIPPED, fingerprint
from bot.settings import PROJECT

LIBRARY = PROJECT / "knowledge"
SCHEMAS = {
    "library.yaml": "schema/library.json",
    "articles/*.yaml": "../schema/article.json",
    "topics/*.yaml": "../schema/topics.json",
    "outside.yaml": "schema/outside.json",
    "smalltalk.yaml": "schema/smalltalk.json",
    "moves.yaml": "schema/moves.json",
}
# Questions, figures and links elsewhere name claims by these ids: they stay.
CLAIMS = {
    "crowdspring": """
        drucker-right-things often-confused need-both both-matter-more-with-growth
        leadership-without-management management-without-leadership further-reading-suster
        leader-asks-not-answers few-have-both-skills know-your-strength means-vs-ends upside-downside
        balance-healthy-organisation roles-overlap misconception-interchangeable systems-and-books
    """.split(),
    "two-approaches": """
        related-not-same leader-motivates manager-organizes must-work-together line-blurring
        leader-tone-strategy-trust leader-long-term leader-right-questions leader-challenges-status-quo
        manager-copies-style manager-short-term-control manager-when-over-why manager-bottom-line
        manager-keeps-status-quo history-foreman employees-want-purpose managers-build-talent
        knowledge-worker workers-need-leadership individual-strengths two-approaches-same-goal
        future-more-leaders
    """.split(),
}
QUESTIONS = [PROJECT / "tests" / "questions" / f"{name}.jsonl" for name in ("casual", "professional", "outside")]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    """The shipped library; if it has errors, every test reports all of them."""
    return load_library(LIBRARY)


def words(text: str) -> str:
    """The words of a question alone, so that neither case nor punctuation hides a copy."""
    return " ".join(re.findall(r"\w+", re.sub("['’]", "", text.casefold())))


def test_each_claim_is_the_main_evidence_of_a_topic(knowledge: KnowledgeBase) -> None:
    main = {topic.claims[0] for topic in knowledge.topics.values()}
    assert [claim for claim in knowledge.claims if claim not in main] == []


def test_library_is_broad(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.topics) >= 35
    assert {topic.id: len(topic.questions) for topic in knowledge.topics.values() if len(topic.questions) < 25} == {}
    assert min(len(knowledge.outside), len(knowledge.smalltalk)) >= 12
    assert sum(len(group.questions) for group in knowledge.outside.values()) >= 500


def test_each_topic_says_what_is_true_what_is_false_and_what_is_open(knowledge: KnowledgeBase) -> None:
    fewest = (20, 24, 8)
    told = {t.id: (len(t.affirm), len(t.deny), len(t.undecided)) for t in knowledge.topics.values() if t.depends}
    assert [*told] == [*knowledge.topics]
    assert {name: counts for name, counts in told.items() if any(map(lt, counts, fewest))} == {}


def test_what_is_too_long_for_a_button_has_a_label(knowledge: KnowledgeBase) -> None:
    """Discord cuts longer ones on a phone."""
    assert [topic.title for topic in knowledge.topics.values() if len(topic.label or topic.title) > 38] == []


def test_claims_keep_their_ids(knowledge: KnowledgeBase) -> None:
    assert {name: {claim.id for claim in article.claims} for name, article in knowledge.articles.items()} == {
        name: set(ids) for name, ids in CLAIMS.items()
    }


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.name)
def test_library_contains_no_test_question(knowledge: KnowledgeBase, file: Path) -> None:
    """Small talk and very short questions may coincide."""
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    asked = {words(entry["q"]) for entry in entries if entry["kind"] != "smalltalk" and len(entry["q"].split()) > 4}
    assert asked
    kinds = (knowledge.topics, knowledge.outside, knowledge.smalltalk)
    phrasings = [phrasing for kind in kinds for entry in kind.values() for phrasing in entry.questions]
    assert [phrasing for phrasing in phrasings if words(phrasing) in asked] == []


def test_every_yaml_file_is_read_and_names_its_schema_for_editors() -> None:
    """A file in the wrong place, or with another ending, would be ignored silently."""
    schemas = {path: schema for pattern, schema in SCHEMAS.items() for path in LIBRARY.glob(pattern)}
    assert sorted(schemas) == sorted(LIBRARY.rglob("*.y*ml"))
    first = {path: path.read_text(encoding="utf-8").splitlines()[0] for path in schemas}
    assert first == {path: f"# yaml-language-server: $schema={schema}" for path, schema in schemas.items()}


def test_schemas_are_up_to_date() -> None:
    """If not, run ``python -m bot.knowledge.schema``."""
    assert {path.name: path.read_text(encoding="utf-8") for path in (LIBRARY / "schema").iterdir()} == schemas()


def test_recipe_for_curators_works_to_the_letter(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    readme = (LIBRARY / "README.md").read_text(encoding="utf-8")
    text, article, topics = re.findall(r"^ *```(?:yaml|text)\n(.*?)^ *```", readme, re.DOTALL | re.MULTILINE)
    for example, kind in ((article, "article"), (topics, "topics")):
        assert example.lstrip().startswith(f"# yaml-language-server: $schema=../schema/{kind}.json\n")
    copy, texts = shutil.copytree(LIBRARY, tmp_path / "library"), tmp_path / "texts"
    texts.mkdir()
    files = {texts / "new-article.txt": text, copy / "articles" / "new-article.yaml": article}
    for path, example in {**files, copy / "topics" / "meetings.yaml": topics}.items():
        path.write_text(textwrap.dedent(example), encoding="utf-8")
    new = load_library(copy)
    assert set(new.articles) - set(knowledge.articles) == {"new-article"}
    assert list(check_quotes(new, texts)) == []
    assert without_text(new, texts) == list(knowledge.articles)
    (added,) = set(new.topics) - set(knowledge.topics)
    assert len(new.topics[added].questions) >= 10


def test_what_ships_with_the_library_was_learnt_of_it(encoder: Encoder) -> None:
    """If this fails, run tools/ship_learnt.py."""
    knowledge = load_library(LIBRARY)
    corpus = Corpus(categories(knowledge), knowledge.about.opposites)
    [shipped] = (LIBRARY / SHIPPED).iterdir()
    assert shipped.name == f"model-{fingerprint(corpus, encoder)}.npz"
    assert read_model(Cache(None, shipped.parent), fingerprint(corpus, encoder), corpus, encoder) is not None
