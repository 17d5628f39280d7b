"""The tables: results -> README.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

from benchmarks.methods import METHODS
from benchmarks.plots import CURVES, GROWTH, draw
from benchmarks.results import Fresh, Grown, Measured, Results, Start, load_fresh, load_results
from benchmarks.sets import OWN

NOT_MEASURED = "*Not measured yet.*"

_TEMPLATE = Path(__file__).with_name("README.template.md")
_UNKNOWN = "–"


def write_report(folder: Path) -> None:
    """Write README.md and the plots into ``folder``, from the results there."""
    results = load_results(folder / "results.json")
    draw(results, folder)
    (folder / "README.md").write_text(readme(results, load_fresh(folder / "fresh.json")), encoding="utf-8")


def readme(results: Results, fresh: Sequence[Fresh]) -> str:
    """The text of README.md."""
    own = results.of_set(OWN)
    before = max((one.before_mb for one in results.measured if one.before_mb), default=None)
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        fresh=_fresh(fresh),
        own=_by_method(own),
        curves=f"![Right against wrong answers at every threshold]({CURVES})" if own else "",
        public=_public(results),
        growth=_growth(results.growth),
        methods=_table("method | what it is", ((method.name, method.about) for method in METHODS)),
        before=f"before learning it has {before:.0f} MB at most." if before else "before learning it has 50 MB or so.",
        machine=_machine(results),
    )


def _fresh(fresh: Sequence[Fresh]) -> str:
    rows = (
        (one.name, one.size, _share(one.right, one.size), _share(one.wrong, one.size), one.date, one.how)
        for one in fresh
    )
    return _table("questions | asked | right | wrong | date | how they were written", rows)


def _public(results: Results) -> str:
    names = sorted({one.set for one in results.measured} - {OWN})
    sections = (f"### {name}\n\n{_by_method(results.of_set(name))}" for name in names)
    return "\n\n".join(sections) or NOT_MEASURED


def _by_method(measured: Sequence[Measured]) -> str:
    """The table of one set."""
    if not measured:
        return NOT_MEASURED
    kinds = measured[0].kinds
    has_correlation = measured[0].matthews is not None
    head = [
        "method",
        *(f"{name} ({kind.asked}): {'right / wrong' if kind.in_scope else 'refused'}" for name, kind in kinds.items()),
        "likeliest",
        *(("MCC", "best MCC") if has_correlation else ()),
        "learn, s",
        "question, ms",
        "memory, MB",
    ]
    return _table(" | ".join(head), (_row(one, [*kinds]) for one in measured))


def _row(one: Measured, kinds: Sequence[str]) -> Iterable[object]:
    yield one.method
    for kind in map(one.kinds.__getitem__, kinds):
        refused, right, wrong = (_share(count, kind.asked) for count in (kind.refused, kind.right, kind.wrong))
        yield f"{right} / {wrong}" if kind.in_scope else refused
    in_scope = [kind for kind in one.kinds.values() if kind.in_scope]
    yield _share(sum(kind.likeliest for kind in in_scope), sum(kind.asked for kind in in_scope))
    if one.matthews is not None:
        yield f"{one.matthews:.3f}"
        yield f"{one.best_matthews:.3f}"
    yield f"{one.learn_seconds:.1f}"
    yield f"{one.median_ms:.1f} / {one.p99_ms:.1f}"
    yield _number(one.memory_mb)


def _growth(growth: Sequence[Grown]) -> str:
    if not growth:
        return NOT_MEASURED
    head = (
        "phrasings | topics | ready, first time, s | ready, cached, s | peak, first time, MB | memory, cached, MB | "
        "question, ms | right / wrong"
    )
    return f"{_table(head, map(_growth_row, growth))}\n\n![Time and memory by the number of phrasings]({GROWTH})"


def _growth_row(one: Grown) -> Iterable[object]:
    yield f"{one.phrasings:,}"
    yield f"{one.topics:,}"
    yield _seconds(one.first)
    yield _seconds(one.cached)
    yield _number(one.first.peak_mb if one.first else None)
    yield _number(one.cached.memory_mb if one.cached else None)
    yield _UNKNOWN if one.median_ms is None else f"{one.median_ms:.1f} / {one.p99_ms:.1f}"
    yield _UNKNOWN if one.right is None or one.wrong is None else f"{_percent(one.right)} / {_percent(one.wrong)}"


def _machine(results: Results) -> str:
    if not results.machine:
        return NOT_MEASURED
    return _table("what | which", {**results.machine, **results.versions}.items())


def _table(head: str, rows: Iterable[Iterable[object]]) -> str:
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join([f"| {head} |", "|---" * (head.count("|") + 1) + "|", *lines]) if lines else NOT_MEASURED


def _share(count: int, of: int) -> str:
    return _percent(count / of) if of else _UNKNOWN


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _seconds(start: Start | None) -> str:
    return f"{start.seconds:.1f}" if start else "took too long"


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.0f}"
