"""Entries refuse what may not be kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.store.store import Store
from tests.store.bench import KEY, asked, feedback


def test_nothing_is_kept_of_people_in_distress(sqlite: str) -> None:
    store = Store.at(sqlite, KEY)
    assert replace(asked(store), group="cars").group == "cars"
    with pytest.raises(ValueError, match="crisis"):
        replace(asked(store), group="crisis")
    with pytest.raises(ValueError, match="crisis"):
        feedback(store, group="crisis")
