"""``python -m benchmarks``: measure, then write the results, the tables and the plots."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.growth import QUESTIONS, TOPICS, grow
from benchmarks.measuring import measure
from benchmarks.methods import METHODS
from benchmarks.process import in_own_process
from benchmarks.results import Results, load_results, machine, save_results, versions
from benchmarks.sets import QuestionSet, own_set, public_sets

FOLDER = Path(__file__).parent

log = logging.getLogger("benchmarks")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what the command line asks for."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    options = _parser().parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    if not options.report:
        _measure_all(options)
    from benchmarks.report import write_report  # after measuring: it loads matplotlib

    write_report(options.output)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure our matcher and others.")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="the public question sets; see README.md")
    names = [method.name for method in METHODS]
    parser.add_argument("--methods", nargs="*", choices=names, metavar="NAME", help=f"only these of {', '.join(names)}")
    parser.add_argument("--sets", nargs="*", metavar="NAME", help="only these sets (own, clinc150, ...)")
    parser.add_argument(
        "--growth", nargs="*", type=int, choices=TOPICS, metavar="SIZE", help=f"only these of {[*TOPICS]}"
    )
    parser.add_argument("--questions", type=int, metavar="N", help="at most N questions of each set, for a quick try")
    parser.add_argument("--output", type=Path, default=FOLDER, metavar="FOLDER", help="where to write (benchmarks/)")
    parser.add_argument("--report", action="store_true", help="measure nothing; write tables and plots again")
    return parser


def _measure_all(options: argparse.Namespace) -> None:
    """Measure; every figure is saved at once, so that a run that is stopped loses nothing."""
    path = options.output / "results.json"
    results = _comparable(load_results(path))
    for questions in _chosen_sets(options):
        for method in METHODS:
            if options.methods is None or method.name in options.methods:
                log.info("%s on %s", method.name, questions.name)
                results.add(in_own_process(partial(measure, method.name, questions)))
                save_results(results, path)
    for size in TOPICS if options.growth is None else options.growth:
        log.info("growth: %d phrasings", size)
        results.add(grow(size, TOPICS[size], min(QUESTIONS, options.questions or QUESTIONS)))
        save_results(results, path)


def _comparable(earlier: Results) -> Results:
    """The earlier results if they are from this machine and these versions; otherwise none."""
    new = Results(machine(), versions())
    if (earlier.machine, earlier.versions) == (new.machine, new.versions):
        return earlier
    if earlier.machine:
        log.warning("The earlier results are from another machine or other versions: starting over")
    return new


def _chosen_sets(options: argparse.Namespace) -> list[QuestionSet]:
    available = [own_set(), *(public_sets(options.data) if options.data else ())]
    if unknown := {*(options.sets or ())} - {one.name for one in available}:
        raise SystemExit(f"No such set: {', '.join(sorted(unknown))}")
    chosen = [one for one in available if options.sets is None or one.name in options.sets]
    return [one.sample(options.questions) for one in chosen] if options.questions else chosen


if __name__ == "__main__":
    main()
