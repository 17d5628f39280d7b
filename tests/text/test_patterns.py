"""Patterns of many phrases."""

from __future__ import annotations

import re

from bot.text import any_of


def test_any_one_of_the_lines_is_matched_and_nothing_else() -> None:
    pattern = re.compile(
        "one "
        + any_of(
            r"""
            cup|mug
            gla[sz]s(?:es)?
            """
        )
    )
    found = [
        bool(pattern.fullmatch(text)) for text in ("one cup", "one mug", "one glasses", "one ", "one cup|mug", "mug")
    ]
    assert found == [True, True, True, False, False, False]
