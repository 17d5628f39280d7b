"""How a conversation goes on from an answer: "shorter", "who says that?", "the second one".

What people say for each move is data (``moves.yaml``); here is what each of them does. A move that makes no sense where
it is made is none.
"""

from __future__ import annotations

from bot.assistant.asking import Form

FORMS = {
    "shorter": Form.ONE_LINE,
    "one-line": Form.ONE_LINE,
    "plainer": Form.ONE_LINE,
    "longer": Form.FULL,
    "repeat": Form.OPEN,
    "quote": Form.QUOTE,
    "why": Form.WHY,
    "source": Form.SOURCE,
    "who": Form.WHO,
    "is-author": Form.AUTHOR,
    "when": Form.WHEN,
    "number": Form.NUMBER,
    "example": Form.EXAMPLE,
    "opinion": Form.OPINION,
    "restate": Form.ONE_LINE,
    "verdict": Form.YES_NO,
}
"""Moves that show the last answer in another form."""

PICKS = {"pick-first": 0, "pick-yes": 0, "pick-second": 1, "pick-third": 2}
"""Moves that pick a topic from those that were offered, by its place."""
