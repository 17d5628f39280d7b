"""The plots: SVG, the same for the same results, readable on white and on black."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.results import Grown, Measured, Results
from benchmarks.sets import OWN

CURVES, GROWTH = "right-against-wrong.svg", "growth.svg"

_GREY = "#808890"
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "benchmarks",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _GREY,
    "axes.edgecolor": _GREY,
    "axes.labelcolor": _GREY,
    "axes.titlecolor": _GREY,
    "xtick.color": _GREY,
    "ytick.color": _GREY,
    "grid.color": _GREY,
    "grid.alpha": 0.25,
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}
_COLOURS = ("#e5484d", "#3b82f6", "#2f9e63", "#c77d0a", "#a855f7", "#0e9cb0")
_DASHES = ("-", "--", ":", "-.")

_MOST_WRONG = 40
"""Where the curves end: with more wrong answers per 100 questions, nobody would want a method."""


def draw(results: Results, folder: Path) -> None:
    """Write the plots of what has been measured into ``folder``."""
    with mpl.rc_context(_STYLE):
        if own := results.of_set(OWN):
            _save(_curves(own), folder / CURVES)
        if results.growth:
            _save(_growth(results.growth), folder / GROWTH)


def _curves(measured: Sequence[Measured]) -> Figure:
    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    for number, one in enumerate(measured):
        colour, dashes = _COLOURS[number % len(_COLOURS)], _DASHES[number // len(_COLOURS) % len(_DASHES)]
        wrong, right = ([100 * point[side] for point in one.curve] for side in (0, 1))
        axes.plot(wrong, right, dashes, color=colour, label=one.method, linewidth=1.5)
        axes.plot(*_at_threshold(one), "o", color=colour, markersize=5)
    axes.set_xlabel("wrong answers, per 100 questions of all kinds")
    axes.set_ylabel("right answers, per 100 questions that have one")
    axes.set_xlim(0, _MOST_WRONG)
    axes.set_ylim(0, 100)
    figure.legend(loc="outside right upper")
    return figure


def _at_threshold(measured: Measured) -> tuple[list[float], list[float]]:
    """The point of a curve that the method's threshold chooses."""
    kinds = measured.kinds.values()
    wrong = sum(kind.wrong for kind in kinds) / max(1, sum(kind.asked for kind in kinds))
    right = sum(kind.right for kind in kinds) / max(1, sum(kind.asked for kind in kinds if kind.in_scope))
    return [100 * wrong], [100 * right]


def _growth(growth: Sequence[Grown]) -> Figure:
    figure = Figure(figsize=(9, 3), layout="constrained")
    time, memory, answer = figure.subplots(1, 3)
    _line(time, growth, "first start", lambda one: one.first.seconds if one.first else None)
    _line(time, growth, "with a cache", lambda one: one.cached.seconds if one.cached else None)
    _line(memory, growth, "peak of a first start", lambda one: one.first.peak_mb if one.first else None)
    _line(memory, growth, "after a cached start", lambda one: one.cached.memory_mb if one.cached else None)
    _line(answer, growth, "99th percentile", lambda one: one.p99_ms)
    _line(answer, growth, "median", lambda one: one.median_ms)
    for axes, title in ((time, "seconds until ready"), (memory, "memory, MB"), (answer, "one question, ms")):
        axes.set_title(title, fontsize=10)
        axes.set_xlabel("phrasings")
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:,g}")
        axes.set_ylim(bottom=0)
        axes.legend(fontsize=8)
    time.set_yscale("log")
    time.yaxis.set_major_formatter("{x:,g}")
    return figure


def _line(axes: Axes, growth: Sequence[Grown], label: str, value: Callable[[Grown], float | None]) -> None:
    points = [(one.phrasings, found) for one in growth if (found := value(one)) is not None]
    colour = _COLOURS[len(axes.lines)]
    axes.plot([x for x, _ in points], [y for _, y in points], "o-", color=colour, label=label, markersize=3)


def _save(figure: Figure, path: Path) -> None:
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(path, transparent=True, metadata=nothing)
    # matplotlib ends lines with spaces, which Git complains about.
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
