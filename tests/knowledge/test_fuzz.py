"""Some of the fuzzer's broken libraries; ``python -m tests.knowledge.fuzz 10000`` tries as many as you like."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.fuzz import tried


@pytest.mark.parametrize("hundred", [0, 1])
def test_broken_library_is_read_whole_or_refused_with_a_reason(tmp_path: Path, hundred: int) -> None:
    outcomes = {
        seed: tried(seed, tmp_path / str(seed) / "library") for seed in range(100 * hundred, 100 * hundred + 100)
    }
    assert {seed: outcome.mistakes for seed, outcome in outcomes.items() if outcome.mistakes} == {}
    assert {outcome.is_accepted for outcome in outcomes.values()} == {True, False}
