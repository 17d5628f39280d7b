"""What a reload says has changed, if it is not an entry of a list."""

from __future__ import annotations

from bot.knowledge import About, KnowledgeBase, Move
from bot.service.live import _changes


def test_what_a_library_says_about_itself_may_change() -> None:
    before, after = (KnowledgeBase({}, {}, {}, {}, about=About(subject=subject)) for subject in ("tea", "bread"))
    assert _changes(before, after, 0.0).changed == ("library.yaml",)
    assert _changes(before, before, 0.0).changed == ()


def test_moves_may_change() -> None:
    moves = [{"shorter": Move(id="shorter", questions=(text,))} for text in ("shorter", "too long")]
    before, after = (KnowledgeBase({}, {}, {}, {}, moves) for moves in moves)
    assert _changes(before, after, 0.0).changed == ("move shorter",)
