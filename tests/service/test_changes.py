"""What a reload says has changed, if it is not an entry of a list."""

from __future__ import annotations

from bot.knowledge import About, KnowledgeBase
from bot.service.live import _changes


def test_what_a_library_says_about_itself_may_change() -> None:
    before, after = (KnowledgeBase({}, {}, {}, {}, about=About(subject=subject)) for subject in ("tea", "bread"))
    assert _changes(before, after, 0.0).changed == ("library.yaml",)
    assert _changes(before, before, 0.0).changed == ()
