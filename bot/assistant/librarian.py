"""Answers a question that needs no context: which topic it is about, and whether to answer at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.assistant.asking import Form
from bot.assistant.care import GROUP, is_distress, may_be_distress
from bot.assistant.forms import form
from bot.assistant.reply import Abstain, Answer, Evidence, Reason, Reply, Smalltalk, Suggest
from bot.assistant.sides import missing_side, side_of
from bot.assistant.thresholds import (
    ANSWER_FROM,
    OVERVIEW_LEAD,
    REASON_FROM,
    REASON_LEAD,
    SMALLTALK_FROM,
    SPECIFIC_FROM,
    SUGGEST_FROM,
    TALK_FROM,
    UNASKED_FROM,
)
from bot.knowledge import KnowledgeBase, SmalltalkKind, Topic
from bot.matching import Explanation, Kind, Match, Matcher, Ranking, Stance
from bot.text import foreign_language, normalise, words

_DECIDABLE = (Form.YES_NO, Form.STATEMENT, Form.WHY)
"""What is asked for by questions that may assert something."""

_MIRRORS = 5
"""So many phrasings at least must say that a side is missing."""

SUGGESTED = 3
"""How many topics are offered."""

_CLAUSES = re.compile(r"(?<=[.!?;])\s+|\n+|,? (?:anyway|but|and) ")
_LEANS = re.compile(
    r"(?:no|he|she|it|they|his|her|its|their|this|that|these|those|there|still|also|for that|in that)\b", re.I
)
"""How a sentence begins that needs the one before it."""

_ADVISES = re.compile(r"\bwhy (?:bother|should|would|not|shouldn't|wouldn't|can't|cant)\b")
"""Asks what is in it for somebody; that asserts nothing."""

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
        self._missing = {topic.id: _missing(topic, pairs) for topic in knowledge.topics.values() if topic.aspect}

    def explain(self, question: str) -> Explanation:
        """Why a question is answered as it is."""
        return self._matcher.explain(question)

    def rank(self, question: str, without: str | None = None, *, moves: bool = False) -> Ranking:
        """The matcher's ranking, in which a specific topic that may well be meant takes the place of an overview."""
        ranking = self._unmirrored(self._matcher.rank(question, without, moves=moves))
        names, confidences = [m.topic for m in ranking.topics], [m.confidence for m in ranking.topics]
        place = next((place for place, name in enumerate(names) if not self.knowledge.topics[name].overview), 0)
        if place == 0 or confidences[place] < max(SPECIFIC_FROM, confidences[0] - OVERVIEW_LEAD):
            return ranking
        names.insert(0, names.pop(place))
        return replace(ranking, topics=tuple(map(Match, names, confidences)))

    def _unmirrored(self, ranking: Ranking) -> Ranking:
        """The ranking in which of two topics that mirror each other the one comes first whose side is missing."""
        best = ranking.topics[0] if ranking.topics else None
        if best is None or (usual := self._missing.get(best.topic)) is None:
            return ranking
        missing = missing_side(ranking.text, self.knowledge.about.opposites)
        aspect = self.knowledge.topics[best.topic].aspect
        mirrors = (
            match
            for match in ranking.topics
            if self._missing.get(match.topic) == missing and self.knowledge.topics[match.topic].aspect == aspect
        )
        if missing in (None, usual) or (mirror := next(mirrors, None)) is None:
            return ranking
        others = (match for match in ranking.topics[1:] if match is not mirror)
        first, second = Match(mirror.topic, best.confidence), Match(best.topic, mirror.confidence)
        return replace(ranking, topics=(first, second, *others))

    def care(self, question: str, ranking: Ranking) -> Abstain | None:
        """The caring reply if a message, or one of its sentences, may come from somebody in distress."""
        if (group := self.knowledge.outside.get(GROUP)) is None:
            return None
        words = len(question.split())
        parts = [part for part in _CLAUSES.split(question) if _FEWEST_WORDS <= len(part.split()) < words]
        if self._is_distress(question, ranking) or any(map(self._is_part_distress, parts[:_MOST_CLAUSES])):
            return Abstain(question=question, group=group)
        return None

    def _is_distress(self, text: str, ranking: Ranking) -> bool:
        return is_distress(text, ranking, is_smalltalk=self.smalltalk(ranking) is not None)

    def _is_part_distress(self, part: str) -> bool:
        # To rank it takes three times as long, and hardly any part needs that.
        may_be = may_be_distress(part, self._matcher.probability(part, GROUP))
        return may_be and self._is_distress(part, self._matcher.rank(part))

    def decide(self, question: str, ranking: Ranking, *, is_whole: bool = True) -> Reply:
        """The reply to a question, given its ranking; the text that was ranked may be more than a whole question."""
        text = ranking.text if is_whole else question
        text = f"{text}?" if question.rstrip().endswith("?") else text
        if (asked := form(text, self.opposites)).about:
            about = self.rank(asked.about)
            ranking = about if about.topics[0].confidence >= min(ANSWER_FROM, ranking.topics[0].confidence) else ranking
        best, ranked = ranking.topics[0], ranking.topics
        if (language := foreign_language(question)) is not None and best.confidence < ANSWER_FROM:
            return Abstain(question=question, ranking=ranked, reason=Reason.NOT_ENGLISH, language=language)
        if ranking.known == 0 or (ranking.text and not any(map(str.isalpha, ranking.text))):
            return Abstain(question=question, ranking=ranked, reason=Reason.NO_QUESTION)
        if (talk := self.smalltalk(ranking)) is not None:
            return Smalltalk(question=question, ranking=ranked, kind=talk)
        if best.confidence >= ANSWER_FROM:
            if asked.form is Form.WHY:
                best = next((match for match in ranked if self._explains(match, best)), best)
            asserted = ranking.text if is_whole else ""
            return self.answer(question, self.knowledge.topics[best.topic], ranking, asked.form, asserted)
        if ranking.kind is Kind.OUTSIDE and ranking.probability >= REASON_FROM:
            group = self.knowledge.outside[ranking.category]
            return Abstain(question=question, ranking=ranked, group=group, closest=self.topics(group.closest))
        nearest = self.topics(match.topic for match in ranked[:SUGGESTED])
        if best.confidence >= SUGGEST_FROM:
            return Suggest(question=question, ranking=ranked, topics=nearest)
        return Abstain(question=question, ranking=ranked, closest=nearest)

    def _explains(self, match: Match, best: Match) -> bool:
        """Whether a topic is about as likely to be meant as the best one, and gives a reason."""
        is_likely = match.confidence >= max(ANSWER_FROM, best.confidence - REASON_LEAD)
        return is_likely and self.knowledge.topics[match.topic].because is not None

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
            stance=self._stance(text, topic, asked),
            lead=self._lead(ranking.text if ranking else text, topic),
            side=side_of(text or question, topic, self.knowledge.about.opposites) if asked is Form.WHICH else None,
        )

    def _stance(self, text: str, topic: Topic, asked: Form) -> Stance | None:
        if not text or asked not in _DECIDABLE or (asked is Form.WHY and _ADVISES.search(text)):
            return None
        # Who asks why rarely errs, and what looks like a statement may be none.
        return self._matcher.stance(text, topic.id, 0.0 if asked is Form.YES_NO else UNASKED_FROM)

    def _lead(self, text: str, topic: Topic) -> int:
        """The sentence of a topic's answer that a question asks for, among those that can stand at the beginning."""
        side = self._only_side(text)
        able = [number for number, sentence in enumerate(topic.sentences) if self._can_lead(sentence, side)]
        if not text or len(topic.sentences) < 2 or not able:
            return 0
        return able[self._matcher.nearest(text, [topic.sentences[number] for number in able])]

    def _only_side(self, text: str) -> int | None:
        """The side (0 or 1) that a text names if it names one alone."""
        spoken = words(normalise(text))
        named = {number for pair in self.knowledge.about.opposites for number in (0, 1) if pair[number] in spoken}
        return named.pop() if len(named) == 1 else None

    def _can_lead(self, sentence: str, side: int | None) -> bool:
        """Whether a sentence makes sense at the beginning, and is not about the side that was not asked for."""
        return not _LEANS.match(sentence) and (side is None or self._only_side(sentence) in (None, side))

    def evidence(self, topic: Topic) -> tuple[Evidence, ...]:
        """The claims that a topic rests on, the main one first."""
        return tuple(Evidence(self.knowledge.claims[c], self.knowledge.sources[c]) for c in topic.claims)

    def speaker(self, topic: Topic) -> str | None:
        """Who makes the main claim of a topic; None if nobody is named."""
        return self.evidence(topic)[0].speaker

    def topics(self, ids: Iterable[str]) -> tuple[Topic, ...]:
        """The topics of these ids that there are."""
        return tuple(self.knowledge.topics[topic] for topic in ids if topic in self.knowledge.topics)

    def topics_by(self, speaker: str | None) -> Iterator[str]:
        """The ids of the topics whose main claim is by ``speaker``, without the overviews."""
        for topic in self.knowledge.topics.values():
            if not topic.overview and self.speaker(topic) == speaker:
                yield topic.id


def _missing(topic: Topic, opposites: Sequence[tuple[str, str]]) -> int | None:
    """The side that a topic's askers say is missing, if most of those who say so say the same."""
    found = [missing_side(text, opposites) for text in topic.questions]
    counts = [found.count(side) for side in (0, 1)]
    likelier = int(counts[1] > counts[0])
    return likelier if counts[likelier] >= _MIRRORS and counts[likelier] > 2 * counts[1 - likelier] else None
