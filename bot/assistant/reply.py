"""What the assistant decides to say: plain data, no wording of its own, no markup.

Reply
├── Answer      a topic's answer in the form that was asked for, with the evidence that it rests on
├── Suggest     not sure: up to three topics to choose from
├── Abstain     nothing to say on it, why, and which topics come closest
└── Smalltalk   a greeting, thanks, "what can you do"
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.assistant.asking import Form
from bot.assistant.care import GROUP
from bot.knowledge import Article, Claim, OutsideGroup, SmalltalkKind, Topic
from bot.matching import Match, Stance


@dataclass(frozen=True)
class Evidence:
    """A claim and the article that makes or reports it."""

    claim: Claim
    article: Article

    @property
    def speaker(self) -> str | None:
        """Who says it; None if an unsigned article itself speaks."""
        return self.claim.speaker or self.article.author

    @property
    def date(self) -> str | None:
        """When it was said, if that is known."""
        return self.claim.date or self.article.published


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

    @property
    def is_care(self) -> bool:
        """Whether it is what somebody in distress is told."""
        return False


@dataclass(frozen=True, kw_only=True)
class Answer(Reply):
    """An answer from the library.

    form: what was asked for.
    stance: what the articles say to it, if it can be confirmed or denied and that is clear.
    side: which of the topic's two sides was asked for (0 or 1), if that is clear.
    lead: which sentence of the topic's answer is the one that was asked for.
    """

    topic: Topic
    evidence: tuple[Evidence, ...]
    related: tuple[Topic, ...] = ()
    form: Form = Form.OPEN
    stance: Stance | None = None
    side: int | None = None
    lead: int = 0

    @property
    def is_verdict(self) -> bool:
        """Whether it says yes or no to the question, or that there is no telling."""
        if self.form is Form.WHY:
            return self.stance is Stance.NO
        is_told = self.stance in (Stance.YES, Stance.NO) or (self.stance is Stance.OPEN and bool(self.topic.depends))
        return is_told and self.form in (Form.YES_NO, Form.STATEMENT)


@dataclass(frozen=True, kw_only=True)
class Suggest(Reply):
    """Not sure enough to answer."""

    topics: tuple[Topic, ...]


class Reason(Enum):
    """Why there is no answer."""

    NOT_COVERED = auto()
    NO_QUESTION = auto()
    NOTHING_MORE = auto()
    NOT_ENGLISH = auto()


@dataclass(frozen=True, kw_only=True)
class Abstain(Reply):
    """No answer.

    group: the outside group that the question belongs to, if that is clear.
    closest: the topics that come closest, perhaps none.
    language: of the question (ISO 639-1), if it is clearly not English.
    """

    reason: Reason = Reason.NOT_COVERED
    group: OutsideGroup | None = None
    closest: tuple[Topic, ...] = ()
    language: str | None = None

    @property
    def is_care(self) -> bool:
        """Whether it is the reply of the group for people in distress."""
        return self.group is not None and self.group.id == GROUP


@dataclass(frozen=True, kw_only=True)
class Smalltalk(Reply):
    """Small talk."""

    kind: SmalltalkKind
