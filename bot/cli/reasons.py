"""``ask --why``: why a question was answered as it was, for people or programs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assistant import Candidate, Explanation

_VOTES = {
    "covered": "how likely the topic is, by all that the library has learnt",
    "shared": "how many of the question's words the topic uses",
    "aligned": "how well the question fits the topic's phrasings, word by word",
    "least": "the word that fits worst",
    "second_least": "the word that fits second worst",
    "closer_outside": "questions outside the topics come closer or not",
    "aligned_outside": "questions outside the topics fit better or not",
    "novel": "the word that is newest to the topic",
    "other_person": "people whom the topic never mentions",
    "other_name": "names that the topic never mentions",
    "length": "how much the question says",
}
"""What each signal means to a reader."""

_SLIGHT = 0.5
"""Votes below this many logits are not worth a line."""


def explained(why: Explanation) -> Iterator[str]:
    """The lines that explain a reply."""
    yield f"Understood as: {why.text}"
    for typed, meant in why.repaired.items():
        yield f"Repaired: {typed} -> {meant}"
    for place, candidate in enumerate(why.candidates):
        yield from _described(candidate, "Closest topic" if place == 0 else "Runner-up")
        if place == 0:
            yield from _votes(candidate)


def reasons_as_data(why: Explanation) -> dict[str, object]:
    """An explanation as part of the command line's JSON object."""
    return {
        "understood": why.text,
        "repaired": dict(why.repaired),
        "candidates": [
            {
                "topic": candidate.topic,
                "confidence": round(candidate.confidence, 4),
                "phrasing": candidate.phrasing,
                "used": list(candidate.used),
                "unused": list(candidate.unused),
                "votes": {name: round(vote, 2) for name, vote in candidate.votes.items()},
            }
            for candidate in why.candidates
        ],
    }


def _described(candidate: Candidate, role: str) -> Iterator[str]:
    yield f"{role}: {candidate.topic} (confidence {candidate.confidence:.2f})"
    yield f"  closest phrasing: {candidate.phrasing}"
    if candidate.used:
        yield f"  words that count: {', '.join(candidate.used)}"
    if candidate.unused:
        yield f"  words that the topic does not use: {', '.join(candidate.unused)}"


def _votes(candidate: Candidate) -> Iterator[str]:
    """What speaks for and against a candidate, the strongest first."""
    strongest = sorted(candidate.votes.items(), key=lambda vote: -abs(vote[1]))
    for name, vote in strongest:
        if abs(vote) >= _SLIGHT:
            yield f"  {'for' if vote > 0 else 'against'} it ({vote:+.1f}): {_VOTES[name]}"
