"""What the assistant says: plain data, no markup; renderers decide how it looks.

Reply
├── Answer      a topic's answer with the evidence that it rests on
├── Suggest     not sure: up to three topics to choose from
├── Abstain     the articles don't cover it, and what comes nearest
└── Smalltalk   a greeting, thanks, "what can you do"
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge import Article, Claim, Topic
from bot.matching import Match


@dataclass(frozen=True)
class Evidence:
    """A claim and the article that it stands in."""

    claim: Claim
    article: Article

    @property
    def speaker(self) -> str | None:
        """Who says it; None where an unsigned article itself speaks."""
        return self.claim.speaker or self.article.author


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What every reply has.

    question: as it was asked.
    text: what to say, without the evidence.
    understood: the question as it stands alone, where it leant on the conversation.
    ranking: the best topics, most confident first.
    """

    question: str
    text: str
    understood: str = ""
    ranking: tuple[Match, ...] = ()

    @property
    def confidence(self) -> float:
        """The probability (0 to 1) that answering with the best topic is right."""
        return self.ranking[0].confidence if self.ranking else 0.0


@dataclass(frozen=True, kw_only=True)
class Answer(Reply):
    """An answer from the library.

    about_sources: the text speaks of where the topic's answer comes from, not of the topic.
    """

    topic: Topic
    evidence: tuple[Evidence, ...]
    related: tuple[Topic, ...] = ()
    about_sources: bool = False


@dataclass(frozen=True, kw_only=True)
class Suggest(Reply):
    """Not sure enough to answer."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, kw_only=True)
class Abstain(Reply):
    """Not covered; ``closest`` are the topics that come nearest, perhaps none."""

    closest: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Smalltalk(Reply):
    """Small talk of the kind ``kind``."""

    kind: str
