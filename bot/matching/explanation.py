"""Why a question was ranked as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A topic that a question was compared with.

    confidence: the probability, 0 to 1, that answering with it is right.
    phrasing: its phrasing that the question comes closest to.
    used, unused: the question's content words that the topic's phrasings use, and those that they do not.
    votes: how much each of the ``SIGNALS`` speaks for it (above 0) or against it, in logits.
    """

    topic: str
    confidence: float
    phrasing: str
    used: tuple[str, ...]
    unused: tuple[str, ...]
    votes: Mapping[str, float]


@dataclass(frozen=True)
class Explanation:
    """What was made of a question.

    text: the question as it was understood: normalised, slips repaired.
    repaired: the misspelt words, each with the word that was meant.
    candidates: the topics that it was compared with, the likeliest first.
    """

    text: str
    repaired: Mapping[str, str]
    candidates: tuple[Candidate, ...]
