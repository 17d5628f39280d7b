"""The knowledge room: YAML (and JSON Lines) in, one immutable KnowledgeBase out, or every error at once."""

from bot.knowledge.faults import Fault, LibraryError, Position, shown
from bot.knowledge.loader import load_library
from bot.knowledge.model import (
    About,
    Article,
    Claim,
    GoldenQuestion,
    KnowledgeBase,
    Move,
    OutsideGroup,
    SmalltalkKind,
    Topic,
)
from bot.knowledge.quotes import check_quotes, without_text
from bot.knowledge.texts import LONGEST_LABEL

__all__ = [
    "LONGEST_LABEL",
    "About",
    "Article",
    "Claim",
    "Fault",
    "GoldenQuestion",
    "KnowledgeBase",
    "LibraryError",
    "Move",
    "OutsideGroup",
    "Position",
    "SmalltalkKind",
    "Topic",
    "check_quotes",
    "load_library",
    "shown",
    "without_text",
]
