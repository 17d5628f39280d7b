"""From a question (and the conversation before it) to a Reply: the one place that decides whether to answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.assistant.conversation import Conversation
from bot.assistant.followup import Wish, is_elliptic, is_reversal, stand_alone, wish
from bot.assistant.reply import Abstain, Answer, Evidence, Reason, Reply, Smalltalk, Sources, Suggest
from bot.knowledge import KnowledgeBase, Topic
from bot.matching import Explanation, Kind, Match, Matcher, Ranking

ANSWER_FROM = 0.6
"""From this confidence up, the best topic's answer is given. If a right answer is worth 1, a wrong one -1 and a list of
topics to choose from 0.2, to answer is the better choice from there on."""

SPECIFIC_FROM = 0.5
"""From this confidence up, a specific topic goes before an overview: a summary is no answer to a pointed question."""

OVERVIEW_LEAD = 0.05
"""An overview that is more than this much likelier than any specific topic is what was asked for, though."""

SUGGEST_FROM = 0.2
"""From this confidence up, the likeliest topics are offered; below, the articles don't cover the question."""

SMALLTALK_FROM = 0.25
"""From this probability up, a message counts as small talk."""

REASON_FROM = 0.4
"""From this probability up, an outside group's reply is given; below, the reason is too uncertain to name."""

CLEAR_FROM = 0.8
"""From this confidence up, a message is clear on its own, even if it begins like a follow-up."""

_SUGGESTED = 3


class Assistant:
    """Answers from one library. Immutable; may be used from any thread.

    Args:
        knowledge: what it answers from.
        matcher: trained on the same knowledge.
    """

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self.knowledge = knowledge
        self._matcher = matcher
        pairs = knowledge.about.opposites
        self._opposites = {**dict(pairs), **{second: first for first, second in pairs}}

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008  # immutable
        """Answer ``question``, which may be any text, in the light of what was said before."""
        answered = [turn for turn in conversation.turns if turn.topic in self.knowledge.topics]
        literal = self._rank(question)
        if not answered:
            return self._decide(question, literal)
        before = answered[-1].question
        last, told = self.knowledge.topics[str(answered[-1].topic)], {str(turn.topic) for turn in answered}
        speaker = self._evidence(last)[0].speaker
        match wish(question):
            case Wish.SOURCE:
                return self._sources(question, last, before)
            case Wish.MORE:
                return self._more(question, last.related, told)
            case Wish.MORE_BY_SPEAKER:
                return self._more(question, self._topics_by(speaker), told)
        if self._leans(question, literal):
            for text in stand_alone(question, before, speaker, self._opposites):
                # A follow-up must not repeat the last answer.
                ranking = self._rank(text, without=last.id)
                if ranking.topics and ranking.kind is Kind.TOPIC and ranking.topics[0].confidence >= ANSWER_FROM:
                    return replace(self._decide(question, ranking), understood=text)
        return self._decide(question, literal)

    def answer(self, question: str, topic: Topic, ranking: Ranking | None = None) -> Answer:
        """The answer that ``topic`` gives, whatever the question was."""
        return Answer(
            question=question,
            ranking=ranking.topics if ranking else (),
            topic=topic,
            evidence=self._evidence(topic),
            related=self._topics(topic.related),
        )

    def explain(self, question: str) -> Explanation:
        """Why ``question``, asked on its own, is answered as it is."""
        return self._matcher.explain(question)

    def _decide(self, question: str, ranking: Ranking) -> Reply:
        best, ranked = ranking.topics[0], ranking.topics
        if ranking.known == 0:
            return Abstain(question=question, ranking=ranked, reason=Reason.NO_QUESTION)
        if ranking.kind is Kind.SMALLTALK and ranking.probability >= SMALLTALK_FROM:
            return Smalltalk(question=question, ranking=ranked, kind=self.knowledge.smalltalk[ranking.category])
        if best.confidence >= ANSWER_FROM:
            return self.answer(question, self.knowledge.topics[best.topic], ranking)
        if ranking.kind is Kind.OUTSIDE and ranking.probability >= REASON_FROM:
            group = self.knowledge.outside[ranking.category]
            return Abstain(question=question, ranking=ranked, group=group, closest=self._topics(group.closest))
        nearest = self._topics(match.topic for match in ranked[:_SUGGESTED])
        if best.confidence >= SUGGEST_FROM:
            return Suggest(question=question, ranking=ranked, topics=nearest)
        return Abstain(question=question, ranking=ranked, closest=nearest)

    def _rank(self, question: str, without: str | None = None) -> Ranking:
        """The matcher's ranking, in which a specific topic that may well be meant takes the place of an overview."""
        ranking = self._matcher.rank(question, without)
        names, confidences = [m.topic for m in ranking.topics], [m.confidence for m in ranking.topics]
        place = next((place for place, name in enumerate(names) if not self.knowledge.topics[name].overview), 0)
        if place == 0 or confidences[place] < max(SPECIFIC_FROM, confidences[0] - OVERVIEW_LEAD):
            return ranking
        names.insert(0, names.pop(place))
        return replace(ranking, topics=tuple(map(Match, names, confidences)))

    def _sources(self, question: str, last: Topic, before: str) -> Sources:
        return Sources(
            question=question,
            understood=before,
            ranking=self._rank(before).topics,
            topic=last,
            evidence=self._evidence(last),
            related=self._topics(last.related),
        )

    def _more(self, question: str, topics: Iterable[str], told: set[str]) -> Reply:
        """The first of ``topics`` that has not come up yet."""
        for topic in self._topics(topics):
            if topic.id not in told:
                return self.answer(question, topic)
        return Abstain(question=question, reason=Reason.NOTHING_MORE)

    def _topics_by(self, speaker: str | None) -> Iterator[str]:
        """The topics whose main claim is by ``speaker``, without the overviews."""
        for topic in self.knowledge.topics.values():
            if not topic.overview and self._evidence(topic)[0].speaker == speaker:
                yield topic.id

    def _evidence(self, topic: Topic) -> tuple[Evidence, ...]:
        return tuple(Evidence(self.knowledge.claims[c], self.knowledge.sources[c]) for c in topic.claims)

    def _topics(self, ids: Iterable[str]) -> tuple[Topic, ...]:
        return tuple(self.knowledge.topics[topic] for topic in ids if topic in self.knowledge.topics)

    def _leans(self, question: str, literal: Ranking) -> bool:
        """Whether to read a message together with what was said before, given what it would mean alone."""
        is_clear = literal.kind is Kind.TOPIC and literal.topics[0].confidence >= CLEAR_FROM
        return is_reversal(question) or (is_elliptic(question, self._opposites) and not is_clear)
