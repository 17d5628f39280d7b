"""A question (and the conversation before it) to a Reply: the one place where it is decided to answer."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.assistant import wording
from bot.assistant.followup import Conversation, Wish, is_elliptic, is_reversal, stand_alone, wish
from bot.assistant.reply import Abstain, Answer, Evidence, Reply, Smalltalk, Suggest
from bot.knowledge import KnowledgeBase, Topic, load_library
from bot.matching import (
    Cache,
    Category,
    Completer,
    Encoder,
    Kind,
    Matcher,
    Progress,
    Ranking,
    common_words,
    load_encoder,
)

# Calibration asks harder questions than people do (whole topics are missing from it), so a confidence
# is a cautious one: of the questions answered from here on, some 97 in a hundred were answered rightly.
ANSWER_FROM = 0.22
"""From this confidence on, the best topic's answer is given."""

SUGGEST_FROM = 0.08
"""From this confidence on, the likeliest topics are offered; below, the articles don't cover the question."""

SMALLTALK_FROM = 0.25
"""From this probability on, small talk is taken for what it is."""

REASON_FROM = 0.4
"""From this probability of an outside group on, its reply is given; below, there is no reason to be sure of it."""

CLEAR_FROM = 0.5
"""From this confidence on, a message is clear by itself, even if it begins like a follow-up."""

_SUGGESTED = 3


class Assistant:
    """Answers from one library. Immutable; may be used from any thread."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self.knowledge = knowledge
        self._matcher = matcher
        topics = knowledge.topics.values()
        titles, phrasings = [(t.title, t.id) for t in topics], [(q, t.id) for t in topics for q in t.questions]
        self._completer = Completer([*titles, *phrasings])

    @classmethod
    def open(
        cls,
        folder: Path,
        encoder: Encoder | None = None,
        cache: Cache | None = None,
        progress: Progress = lambda done, total: None,
    ) -> Assistant:
        """Load the library in ``folder`` and learn its phrasings.

        Raises:
            LibraryError: with every fault of the library.
        """
        knowledge = load_library(folder)
        return cls(knowledge, Matcher(_categories(knowledge), encoder, common_words(), cache, progress))

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008  # immutable
        """Answer ``question``, which may be any text, in the light of what was said before."""
        if not conversation.answers:
            return self._decide(question, self._matcher.rank(question))
        last = conversation.answers[-1]
        match wish(question):
            case Wish.SOURCE:
                return self._sources(question, last)
            case Wish.MORE:
                return self._more(question, conversation, last.topic.related)
            case Wish.MORE_BY_SPEAKER:
                return self._more(question, conversation, self._topics_by(last.evidence[0].speaker))
        literal = self._matcher.rank(question)
        if not _leans(question, literal):
            return self._decide(question, literal)
        for text in stand_alone(question, conversation):
            # What was just said is no answer to a question that goes on from there.
            ranking = self._matcher.rank(text, without=last.topic.id)
            if ranking.topics and ranking.kind is Kind.TOPIC and ranking.topics[0].confidence >= ANSWER_FROM:
                return replace(self._decide(question, ranking), understood=text)
        return self._decide(question, literal)

    def answer(self, question: str, topic: Topic, ranking: Ranking | None = None) -> Answer:
        """The answer that ``topic`` gives, whatever the question was."""
        return Answer(
            question=question,
            text=topic.answer,
            ranking=ranking.topics if ranking else (),
            topic=topic,
            evidence=self._evidence(topic),
            related=self._topics(topic.related),
        )

    def complete(self, typed: str, most: int, longest: int) -> list[str]:
        """What ``typed`` may become: at most ``most`` questions or titles, none over ``longest`` characters."""
        return self._completer.complete(typed, most, longest)

    def _decide(self, question: str, ranking: Ranking) -> Reply:
        best, ranked = ranking.topics[0], ranking.topics
        if ranking.known == 0:
            return Abstain(question=question, text=wording.NO_QUESTION, ranking=ranked)
        if ranking.kind is Kind.SMALLTALK and ranking.probability >= SMALLTALK_FROM:
            kind = self.knowledge.smalltalk[ranking.category]
            return Smalltalk(question=question, text=kind.reply, ranking=ranked, kind=kind.id)
        if best.confidence >= ANSWER_FROM:
            return self.answer(question, self.knowledge.topics[best.topic], ranking)
        if ranking.kind is Kind.OUTSIDE and ranking.probability >= REASON_FROM:
            group = self.knowledge.outside[ranking.category]
            return Abstain(question=question, text=group.reply, ranking=ranked, closest=self._topics(group.closest))
        nearest = self._topics(match.topic for match in ranked[:_SUGGESTED])
        if best.confidence >= SUGGEST_FROM:
            return Suggest(question=question, text=wording.SUGGEST, ranking=ranked, topics=nearest)
        return Abstain(question=question, text=wording.ABSTAIN, ranking=ranked, closest=nearest)

    def _sources(self, question: str, last: Answer) -> Answer:
        return Answer(
            question=question,
            text="\n".join(wording.about_sources(last.evidence)),
            understood=last.understood or last.question,
            ranking=last.ranking,
            topic=last.topic,
            evidence=last.evidence,
            related=last.related,
            about_sources=True,
        )

    def _more(self, question: str, conversation: Conversation, topics: Iterable[str]) -> Reply:
        """The first of ``topics`` that was not spoken of yet; the conversation may be older than the library."""
        told = {answer.topic.id for answer in conversation.answers}
        for topic in self._topics(topics):
            if topic.id not in told:
                return self.answer(question, topic)
        return Abstain(question=question, text=wording.NOTHING_MORE, ranking=conversation.answers[-1].ranking)

    def _topics_by(self, speaker: str | None) -> Iterator[str]:
        """The topics whose main claim is by ``speaker``, without the overviews."""
        for topic in self.knowledge.topics.values():
            if not topic.overview and self._evidence(topic)[0].speaker == speaker:
                yield topic.id

    def _evidence(self, topic: Topic) -> tuple[Evidence, ...]:
        return tuple(Evidence(self.knowledge.claims[c], self.knowledge.sources[c]) for c in topic.claims)

    def _topics(self, ids: Iterable[str]) -> tuple[Topic, ...]:
        return tuple(self.knowledge.topics[topic] for topic in ids if topic in self.knowledge.topics)


def _leans(question: str, literal: Ranking) -> bool:
    """Whether a message is to be read with what was said before, given what it would mean alone."""
    is_clear = literal.kind is Kind.TOPIC and literal.topics[0].confidence >= CLEAR_FROM
    return is_reversal(question) or (is_elliptic(question) and not is_clear)


def _categories(knowledge: KnowledgeBase) -> list[Category]:
    """The library as classes of questions. A topic's title and its main claim are phrasings of it, too."""
    topics = knowledge.topics.values()
    plain = [topic for topic in topics if not topic.overview]
    categories = []
    for topic in topics:
        texts, serves = [*topic.questions, topic.title], {topic.id}
        if not topic.overview:
            main = knowledge.claims[topic.claims[0]]
            texts += [main.says, *([main.quote] if main.quote else [])]
            serves |= {asked.id for asked in plain if asked.claims[0] in topic.claims}
        categories.append(Category(Kind.TOPIC, topic.id, tuple(texts), frozenset(serves)))
    for kind, entries in ((Kind.OUTSIDE, knowledge.outside), (Kind.SMALLTALK, knowledge.smalltalk)):
        categories += [Category(kind, entry.id, entry.questions) for entry in entries.values()]
    return categories


def prepare(folder: Path, use_encoder: bool, cache: Path) -> None:
    """Compute all that opening the library in ``folder`` needs and leave it in ``cache``.

    For a process of its own, at low priority, so that answering goes on undisturbed meanwhile.

    Raises:
        LibraryError: with every fault of the library.
    """
    if hasattr(os, "nice"):
        os.nice(10)
    Assistant.open(folder, load_encoder() if use_encoder else None, Cache(cache))
