"""The page and the plots, from results."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.figures import Counts
from benchmarks.plots import CURVES, GROWTH, draw
from benchmarks.report import NOT_MEASURED, readme
from benchmarks.results import (
    Fresh,
    Grown,
    Measured,
    Results,
    Start,
    load_fresh,
    load_results,
    machine,
    save_results,
    versions,
)

OWN = Measured(
    method="BM25",
    set="own",
    kinds={"casual": Counts(True, 30, 5, 5, 35), "near the subject": Counts(False, 0, 1, 9, 0)},
    threshold=7.5,
    learn_seconds=0.25,
    median_ms=0.123,
    p99_ms=1.5,
    memory_mb=61.4,
    before_mb=52.0,
    matthews=None,
    best_matthews=None,
    curve=[(0.0, 0.25), (0.1, 0.75)],
)
PUBLIC = replace(OWN, set="hint3.curekart", threshold=None, memory_mb=None, matthews=0.5, best_matthews=0.6125)
GROWN = Grown(1_000, 20, Start(7.25, 150.0, 164.2), Start(0.5, 147.4, 150.0), 3.0, 8.8, 0.99, 0.005)
RESULTS = Results(
    machine={"CPU": "Some CPU", "cores": "2"},
    versions={"bm25s": "0.3"},
    measured=[OWN, PUBLIC, replace(OWN, method="Right Things"), replace(OWN, method="forgotten")],
    growth=[GROWN, Grown(100_000, 1_000, None, None)],
)
FRESH = Fresh("casual", 50, 46, 2, "2025-01-31", "by two people, from the articles alone")


def row_of(text: str, start: str) -> str:
    (row,) = (line for line in text.splitlines() if line.startswith(f"| {start} |"))
    return row


def test_a_table_has_a_row_for_each_method_in_their_order() -> None:
    own = readme(RESULTS, []).split("## Our own questions")[1].split("## Public")[0]
    assert "| method | casual (40): right / wrong | near the subject (10): refused | likeliest | learn, s |" in own
    assert row_of(own, "BM25") == "| BM25 | 75.0 % / 12.5 % | 90.0 % | 87.5 % | 0.2 | 0.1 / 1.5 | 61 |"
    assert own.index("| Right Things |") < own.index("| BM25 |")
    assert "forgotten" not in own
    assert CURVES in own


def test_public_sets_have_matthews_correlations() -> None:
    public = readme(RESULTS, []).split("### hint3.curekart")[1].split("Published figures")[0]
    assert "| MCC | best MCC |" in public
    assert (
        row_of(public, "BM25") == "| BM25 | 75.0 % / 12.5 % | 90.0 % | 87.5 % | 0.500 | 0.613 | 0.2 | 0.1 / 1.5 | – |"
    )


def test_growth_has_a_row_for_each_size() -> None:
    text = readme(RESULTS, [])
    assert row_of(text, "1,000").endswith("| 20 | 7.2 | 0.5 | 164 | 147 | 3.0 / 8.8 | 99.0 % / 0.5 % |")
    assert row_of(text, "100,000").endswith("| 1,000 | took too long | took too long | – | – | – | – |")
    assert GROWTH in text


def test_fresh_questions_come_first() -> None:
    text = readme(Results(), [FRESH])
    assert row_of(text, "casual") == f"| casual | 50 | 92.0 % | 4.0 % | 2025-01-31 | {FRESH.how} |"
    assert text.index("| casual |") < text.index("## Our own questions")


def test_what_is_not_measured_says_so() -> None:
    text = readme(Results(), [])
    assert text.count(NOT_MEASURED) == 5
    assert ".svg" not in text


def test_the_page_names_machine_versions_and_methods() -> None:
    text = readme(RESULTS, [])
    assert "| CPU | Some CPU |" in text
    assert "| bm25s | 0.3 |" in text
    assert "| BM25 | bm25s with its defaults |" in text


def test_nothing_identifies_the_machine_but_cpu_and_versions() -> None:
    assert machine().keys() == {"CPU", "cores", "system", "Python"}
    assert all(versions().values())


def test_results_are_kept(tmp_path: Path) -> None:
    assert load_results(tmp_path / "results.json") == Results()
    save_results(RESULTS, tmp_path / "results.json")
    assert load_results(tmp_path / "results.json") == RESULTS


def test_a_new_measurement_replaces_the_earlier_one() -> None:
    results = Results(measured=[OWN, PUBLIC], growth=[GROWN])
    results.add(newer := replace(OWN, threshold=8.0))
    results.add(larger := replace(GROWN, phrasings=3_000))
    results.add(smaller := replace(GROWN, right=1.0))
    assert results.measured == [PUBLIC, newer]
    assert results.growth == [smaller, larger]


def test_fresh_questions_are_read(tmp_path: Path) -> None:
    assert load_fresh(tmp_path / "fresh.json") == []
    (tmp_path / "fresh.json").write_text(json.dumps([vars(FRESH)]), encoding="utf-8")
    assert load_fresh(tmp_path / "fresh.json") == [FRESH]


def test_plots_are_the_same_each_time_and_small(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        draw(RESULTS, tmp_path / name)
    for plot in (CURVES, GROWTH):
        first, second = ((tmp_path / name / plot).read_bytes() for name in ("a", "b"))
        assert first == second
        assert len(first) < 100_000
    curves = (tmp_path / "a" / CURVES).read_text(encoding="utf-8")
    assert ">BM25<" in curves
    assert "forgotten" not in curves
    assert "dc:date" not in curves


def test_the_committed_page_is_up_to_date() -> None:
    committed = (command.FOLDER / "README.md").read_text(encoding="utf-8")
    assert committed == readme(
        load_results(command.FOLDER / "results.json"), load_fresh(command.FOLDER / "fresh.json")
    ), "run python -m benchmarks --report"


# The command


def test_the_report_alone_measures_nothing(tmp_path: Path) -> None:
    save_results(RESULTS, tmp_path / "results.json")
    command.main(["--report", "--output", str(tmp_path)])
    assert load_results(tmp_path / "results.json") == RESULTS
    assert {path.name for path in tmp_path.iterdir()} == {"results.json", "README.md", CURVES, GROWTH}


@pytest.fixture
def tiny_set(tmp_path: Path) -> list[str]:
    """Options that measure one method on a tiny public set of four questions, and no growth."""
    lines = [
        json.dumps({"q": text, "intent": intent}) for text, intent in (("brew tea", "tea"), ("bake bread", "bread"))
    ]
    for part in ("train", "test"):
        path = tmp_path / "data" / f"tiny.{part}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines * 2), encoding="utf-8")
    return ["--data", str(path.parent), "--sets", "tiny", "--methods", "FTS5", "--growth", "--output", str(tmp_path)]


def test_what_is_asked_for_is_measured_and_the_rest_kept(tmp_path: Path, tiny_set: list[str]) -> None:
    save_results(Results(machine(), versions(), [PUBLIC], [GROWN]), tmp_path / "results.json")
    command.main([*tiny_set, "--questions", "3"])
    results = load_results(tmp_path / "results.json")
    assert [(one.method, one.set) for one in results.measured] == [("BM25", "hint3.curekart"), ("FTS5", "tiny")]
    assert results.measured[1].kinds["in scope"].asked == 3
    assert results.growth == [GROWN]
    assert "### tiny" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_results_of_another_machine_are_dropped(tmp_path: Path, tiny_set: list[str]) -> None:
    save_results(RESULTS, tmp_path / "results.json")
    command.main(tiny_set)
    results = load_results(tmp_path / "results.json")
    assert results.machine == machine()
    assert [(one.method, one.set) for one in results.measured] == [("FTS5", "tiny")]
    assert results.growth == []


@pytest.mark.parametrize("wrong", ["--sets nowhere", "--methods nothing", "--growth 7"])
def test_unknown_names_are_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        command.main([*wrong.split(), "--output", str(tmp_path)])
    assert [*tmp_path.iterdir()] == []
