"""What the assistant decides to say: plain data, no wording of its own, no markup.

Reply
├── Answer      a topic's answer with the evidence that it rests on
├── Sources     where the last answer comes from
├── Suggest     not sure: up to three topics to choose from
├── Abstain     nothing to say on it, why, and which topics come closest
└── Smalltalk   a greeting, thanks, "what can you do"
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.knowledge import Article, Claim, OutsideGroup, SmalltalkKind, Topic
from bot.matching import Match


@dataclass(frozen=True)
class Evidence:
    """A claim and the article that makes or reports it."""

    claim: Claim
    article: Article

    @property
    def speaker(self) -> str | None:
        """Who says it; None if an unsigned article itself speaks."""
        return self.claim.speaker or self.article.author


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What every reply has.

    question: as it was asked.
    understood: the question worded so that it needs no context, if the reply relied on the conversation.
    ranking: the best topics, most confident first.
    """

    question: str
    understood: str = ""
    ranking: tuple[Match, ...] = ()

    @property
    def confidence(self) -> float:
        """The probability (0 to 1) that answering with the best topic is right."""
        return self.ranking[0].confidence if self.ranking else 0.0


@dataclass(frozen=True, kw_only=True)
class Answer(Reply):
    """An answer from the library."""

    topic: Topic
    evidence: tuple[Evidence, ...]
    related: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sources(Reply):
    """Who says what was last answered with ``topic``, and where."""

    topic: Topic
    evidence: tuple[Evidence, ...]
    related: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Suggest(Reply):
    """Not sure enough to answer."""

    topics: tuple[Topic, ...]


class Reason(Enum):
    """Why there is no answer."""

    NOT_COVERED = auto()
    NO_QUESTION = auto()
    NOTHING_MORE = auto()


@dataclass(frozen=True, kw_only=True)
class Abstain(Reply):
    """No answer.

    group: the outside group that the question belongs to, if that is clear.
    closest: the topics that come closest, perhaps none.
    """

    reason: Reason = Reason.NOT_COVERED
    group: OutsideGroup | None = None
    closest: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Smalltalk(Reply):
    """Small talk."""

    kind: SmalltalkKind
