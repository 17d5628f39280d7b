"""Answers a question that needs no context: which topic it is about, and whether to answer at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.assistant.care import GROUP, is_distress
from bot.assistant.forms import Form, form
from bot.assistant.reply import Abstain, Answer, Evidence, Reason, Reply, Smalltalk, Suggest
from bot.assistant.sides import side_of
from bot.assistant.thresholds import (
    ANSWER_FROM,
    OVERVIEW_LEAD,
    REASON_FROM,
    SMALLTALK_FROM,
    SPECIFIC_FROM,
    SUGGEST_FROM,
    TALK_FROM,
)
from bot.knowledge import KnowledgeBase, SmalltalkKind, Topic
from bot.matching import Explanation, Kind, Match, Matcher, Ranking
from bot.text import foreign_language

_DECIDABLE = (Form.YES_NO, Form.STATEMENT, Form.WHY)
"""What is asked for by questions that may assert something."""

SUGGESTED = 3
"""How many topics are offered."""

_CLAUSES = re.compile(r"(?<=[.!?;])\s+|\n+|,? (?:anyway|but|and) ")
_FEWEST_WORDS, _MOST_CLAUSES = 3, 8


class Librarian:
    """Answers from one library. Immutable; may be used from any thread.

    Args:
        knowledge: what it answers from.
        matcher: trained on the same knowledge.
    """

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self.knowledge = knowledge
        self._matcher = matcher
        pairs = knowledge.about.opposites
        self.opposites = {**dict(pairs), **{second: first for first, second in pairs}}

    def explain(self, question: str) -> Explanation:
        """Why a question is answered as it is."""
        return self._matcher.explain(question)

    def rank(self, question: str, without: str | None = None, *, moves: bool = False) -> Ranking:
        """The matcher's ranking, in which a specific topic that may well be meant takes the place of an overview."""
        ranking = self._matcher.rank(question, without, moves=moves)
        names, confidences = [m.topic for m in ranking.topics], [m.confidence for m in ranking.topics]
        place = next((place for place, name in enumerate(names) if not self.knowledge.topics[name].overview), 0)
        if place == 0 or confidences[place] < max(SPECIFIC_FROM, confidences[0] - OVERVIEW_LEAD):
            return ranking
        names.insert(0, names.pop(place))
        return replace(ranking, topics=tuple(map(Match, names, confidences)))

    def care(self, question: str, ranking: Ranking) -> Abstain | None:
        """The caring reply if a message, or one of its sentences, may come from somebody in distress."""
        if (group := self.knowledge.outside.get(GROUP)) is None:
            return None
        words = len(question.split())
        parts = [part for part in _CLAUSES.split(question) if _FEWEST_WORDS <= len(part.split()) < words]
        said = [(question, ranking), *((part, self._matcher.rank(part)) for part in parts[:_MOST_CLAUSES])]
        in_distress = any(
            is_distress(text, found, is_smalltalk=self.smalltalk(found) is not None) for text, found in said
        )
        return Abstain(question=question, group=group) if in_distress else None

    def decide(self, question: str, ranking: Ranking, *, is_whole: bool = True) -> Reply:
        """The reply to a question, given its ranking; the text that was ranked may be more than a whole question."""
        text = ranking.text if is_whole else question
        text = f"{text}?" if question.rstrip().endswith("?") else text
        if (asked := form(text, self.opposites)).about:
            ranking = max(ranking, self.rank(asked.about), key=lambda found: found.topics[0].confidence)
        best, ranked = ranking.topics[0], ranking.topics
        if (language := foreign_language(question)) is not None and best.confidence < ANSWER_FROM:
            return Abstain(question=question, ranking=ranked, reason=Reason.NOT_ENGLISH, language=language)
        if ranking.known == 0:
            return Abstain(question=question, ranking=ranked, reason=Reason.NO_QUESTION)
        if (talk := self.smalltalk(ranking)) is not None:
            return Smalltalk(question=question, ranking=ranked, kind=talk)
        if best.confidence >= ANSWER_FROM:
            asserted = ranking.text if is_whole else ""
            return self.answer(question, self.knowledge.topics[best.topic], ranking, asked.form, asserted)
        if ranking.kind is Kind.OUTSIDE and ranking.probability >= REASON_FROM:
            group = self.knowledge.outside[ranking.category]
            return Abstain(question=question, ranking=ranked, group=group, closest=self.topics(group.closest))
        nearest = self.topics(match.topic for match in ranked[:SUGGESTED])
        if best.confidence >= SUGGEST_FROM:
            return Suggest(question=question, ranking=ranked, topics=nearest)
        return Abstain(question=question, ranking=ranked, closest=nearest)

    def smalltalk(self, ranking: Ranking) -> SmalltalkKind | None:
        """The kind of small talk that a message is, if it is any."""
        talk = ranking.classes[Kind.SMALLTALK]
        likeliest = max(talk, key=talk.__getitem__, default=None)
        is_kind = ranking.kind is Kind.SMALLTALK and ranking.probability >= SMALLTALK_FROM
        is_talk = is_kind or sum(talk.values()) >= TALK_FROM
        return self.knowledge.smalltalk[likeliest] if likeliest is not None and is_talk else None

    def answer(
        self, question: str, topic: Topic, ranking: Ranking | None = None, asked: Form = Form.OPEN, text: str = ""
    ) -> Answer:
        """The answer that ``topic`` gives.

        Args:
            question: as it was asked.
            topic: what it is about.
            ranking: how the topic was found.
            asked: what is asked for.
            text: what may be confirmed or denied; empty if nothing.
        """
        return Answer(
            question=question,
            ranking=ranking.topics if ranking else (),
            topic=topic,
            evidence=self.evidence(topic),
            related=self.topics(topic.related),
            form=asked,
            stance=self._matcher.stance(text, topic.id) if text and asked in _DECIDABLE else None,
            side=side_of(text or question, topic, self.knowledge.about.opposites) if asked is Form.WHICH else None,
        )

    def evidence(self, topic: Topic) -> tuple[Evidence, ...]:
        """The claims that a topic rests on, the main one first."""
        return tuple(Evidence(self.knowledge.claims[c], self.knowledge.sources[c]) for c in topic.claims)

    def topics(self, ids: Iterable[str]) -> tuple[Topic, ...]:
        """The topics of these ids that there are."""
        return tuple(self.knowledge.topics[topic] for topic in ids if topic in self.knowledge.topics)

    def topics_by(self, speaker: str | None) -> Iterator[str]:
        """The ids of the topics whose main claim is by ``speaker``, without the overviews."""
        for topic in self.knowledge.topics.values():
            if not topic.overview and self.evidence(topic)[0].speaker == speaker:
                yield topic.id
