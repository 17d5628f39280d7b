"""How patterns of many phrases are written down."""

from __future__ import annotations


def any_of(phrases: str) -> str:
    """A pattern for any of the phrases, which are patterns, one per line."""
    return f"(?:{'|'.join(line.strip() for line in phrases.strip().splitlines())})"
