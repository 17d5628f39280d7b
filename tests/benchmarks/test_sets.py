"""The question sets: our own, public ones, and how the published files become those that are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.conversion import convert
from benchmarks.product import PROJECT, Category, Kind, Question
from benchmarks.sets import IN_SCOPE, OUT_OF_SCOPE, own_set, public_sets
from bot.knowledge import load_library
from tests.benchmarks.conftest import TINY, topic


def test_our_own_set_is_the_shipped_library_and_all_questions_without_conversations() -> None:
    own = own_set()
    knowledge = load_library(PROJECT / "knowledge")
    assert [c.id for c in own.categories if c.kind is Kind.TOPIC] == [*knowledge.topics]
    assert Kind.EVERYDAY not in {category.kind for category in own.categories}
    kinds = [question.kind for question in own.questions]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "casual": 140,
        "professional": 140,
        "near the subject": 80,
        "unrelated": 75,
        "small talk": 25,
    }


def test_the_right_topics_are_those_with_an_accepted_claim() -> None:
    knowledge = load_library(PROJECT / "knowledge")
    line = (PROJECT / "tests" / "questions" / "casual.jsonl").read_text(encoding="utf-8").splitlines()[0]
    accepted = set(json.loads(line)["accept"])
    expected = {topic.id for topic in knowledge.topics.values() if accepted & set(topic.claims)}
    assert expected
    assert own_set().questions[0].right == expected


def write_part(folder: Path, name: str, *rows: tuple[str, str | None]) -> None:
    lines = (json.dumps({"q": text, "intent": intent}) for text, intent in rows)
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_a_public_set_has_a_topic_for_each_intent_and_one_outside_group(tmp_path: Path) -> None:
    write_part(tmp_path, "x.train", ("brew", "tea"), ("bake", "bread"), ("drive", None), ("pour", "tea"), ("fly", None))
    write_part(tmp_path, "x.test", ("knead", "bread"), ("swim", None))
    write_part(tmp_path, "y.train", ("without", "test"))
    write_part(tmp_path, "z.test", ("without", "train"))
    (found,) = public_sets(tmp_path)
    assert found.name == "x"
    assert found.categories == (
        topic("tea", "brew", "pour"),
        topic("bread", "bake"),
        Category(Kind.OUTSIDE, OUT_OF_SCOPE, ("drive", "fly")),
    )
    assert found.questions == (Question("knead", IN_SCOPE, frozenset({"bread"})), Question("swim", OUT_OF_SCOPE))


@pytest.mark.parametrize(("most", "chosen"), [(1, [0]), (2, [0, 1]), (3, [0, 1, 2]), (9, [0, 1, 2])])
def test_a_sample_is_spread_evenly(most: int, chosen: list[int]) -> None:
    assert TINY.sample(most).questions == tuple(TINY.questions[number] for number in chosen)


def test_published_files_are_converted(tmp_path: Path) -> None:
    published = {
        "oos-eval/data/data_full.json": json.dumps(
            {"train": [["brew\n tea", "tea"]], "oos_train": [["fly", "oos"]], "test": [["pour", "tea"]], "oos_test": []}
        ),
        "task-specific-datasets/banking_data/train.csv": 'text,category\n"a card, lost",lost\n',
        "task-specific-datasets/banking_data/test.csv": "text,category\n“my”  card,lost\n",
    }
    for name, text in published.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    convert(tmp_path, tmp_path / "data")
    converted = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "data").iterdir()}
    assert converted == {
        "clinc150.train.jsonl": '{"q": "brew tea", "intent": "tea"}\n{"q": "fly", "intent": null}\n',
        "clinc150.test.jsonl": '{"q": "pour", "intent": "tea"}\n',
        "banking77.train.jsonl": '{"q": "a card, lost", "intent": "lost"}\n',
        "banking77.test.jsonl": '{"q": "“my” card", "intent": "lost"}\n',
    }


def test_what_hint3_calls_no_nodes_detected_is_out_of_scope(tmp_path: Path) -> None:
    for bot in ("curekart", "powerplay11", "sofmattress"):
        for part in ("train", "test"):
            path = tmp_path / "HINT3" / "dataset" / "v1" / part / f"{bot}_{part}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("sentence,label\nHy,NO_NODES_DETECTED\nCod?,COD\n", encoding="utf-8")
    convert(tmp_path, tmp_path / "data")
    assert len([*(tmp_path / "data").iterdir()]) == 6
    converted = (tmp_path / "data" / "hint3.curekart.test.jsonl").read_text(encoding="utf-8")
    assert converted == '{"q": "Hy", "intent": null}\n{"q": "Cod?", "intent": "COD"}\n'
