"""From a message and the conversation before it to a Reply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.assistant.conversation import Conversation, Turn
from bot.assistant.followup import leans, may_lean, readings, refers, reversed_question
from bot.assistant.forms import Form
from bot.assistant.librarian import SUGGESTED, Librarian
from bot.assistant.moves import FORMS, PICKS
from bot.assistant.reply import Abstain, Answer, Reason, Reply, Suggest
from bot.assistant.thresholds import ANSWER_FROM, REASON_FROM
from bot.knowledge import KnowledgeBase, Topic
from bot.matching import Explanation, Kind, Matcher, Ranking
from bot.text import foreign_language, normalise

CLEAR_FROM = 0.8
"""From this confidence up, a message is clear on its own, even if it begins like a follow-up."""

MOVE_FROM = 0.4
"""From this probability of all moves together up, a message is one."""

_SHORT = 12
"""A message of more words picks nothing."""


class Assistant:
    """Answers from one library, in the light of what was said before. Immutable; may be used from any thread.

    Args:
        knowledge: what it answers from.
        matcher: trained on the same knowledge.
    """

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self.knowledge = knowledge
        self._librarian = Librarian(knowledge, matcher)
        self._said = {normalise(text): move.id for move in knowledge.moves.values() for text in move.questions}

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008  # immutable
        """Answer ``question``, which may be any text, in the light of what was said before."""
        literal = self._librarian.rank(question, moves=bool(conversation.turns))
        if (care := self._librarian.care(question, literal)) is not None:
            return care
        if conversation.turns and (reply := self._go_on(question, literal, conversation)) is not None:
            return reply
        if normalise(question) in self._said:  # and there is nothing that it could go on from
            return Abstain(question=question, ranking=literal.topics, reason=Reason.NO_QUESTION)
        return self._librarian.decide(question, self._librarian.rank(question) if conversation.turns else literal)

    def answer(self, question: str, topic: Topic) -> Answer:
        """The answer that ``topic`` gives, whatever the question was."""
        return self._librarian.answer(question, topic)

    def explain(self, question: str) -> Explanation:
        """Why ``question``, asked on its own, is answered as it is."""
        return self._librarian.explain(question)

    def _go_on(self, question: str, literal: Ranking, conversation: Conversation) -> Reply | None:
        """The reply to a message that goes on from what was said before; None if it begins something new."""
        move = self._move(question, literal)
        is_talk = self._librarian.smalltalk(literal) is not None or foreign_language(question) is not None
        if move is None and is_talk:
            return None
        if (picked := self._picked(question, literal, move, conversation.turns[-1])) is not None:
            return replace(self.answer(question, picked), understood=picked.title)
        answered = [turn for turn in conversation.turns if turn.topic in self.knowledge.topics]
        if not answered:
            return None
        if move is not None:
            return self._moved(question, move, answered)
        opposites = self._librarian.opposites
        if literal.known == 0:
            return None
        is_leaning = leans(question, opposites) or (may_lean(question, opposites) and _is_unclear(literal))
        is_off = literal.kind in (Kind.OUTSIDE, Kind.EVERYDAY)
        return self._read(question, answered[-1], is_off=is_off) if is_leaning and not _is_clear(literal) else None

    def _move(self, question: str, literal: Ranking) -> str | None:
        """The move that a message makes, if it makes one."""
        if (said := self._said.get(normalise(question))) is not None:
            return said
        moves = literal.classes[Kind.MOVE]
        is_new = _is_clear(literal) and not refers(question, self._librarian.opposites)
        if literal.known == 0 or literal.kind is not Kind.MOVE or is_new or sum(moves.values()) < MOVE_FROM:
            return None
        return max(moves, key=moves.__getitem__)

    def _picked(self, question: str, literal: Ranking, move: str | None, last: Turn) -> Topic | None:
        """The topic that a message picks from those that were offered: by its place, or in other words."""
        offered = self._librarian.topics(last.offered)
        if (place := PICKS.get(move or "")) is not None:
            return offered[place] if place < len(offered) else None
        if move is not None or len(question.split()) > _SHORT or literal.kind is not Kind.TOPIC:
            return None
        return next((topic for topic in offered if topic.id == literal.topics[0].topic), None)

    def _moved(self, question: str, move: str, answered: list[Turn]) -> Reply | None:
        """The reply to a move; None if it makes no sense here."""
        turn = answered[-1]
        last, told = self.knowledge.topics[str(turn.topic)], {str(turn.topic) for turn in answered}
        if move in FORMS:
            return self._again(question, turn, FORMS[move])
        match move:
            case "another":
                return self._more(question, last.related, told)
            case "more-by-speaker":
                speaker = self._librarian.evidence(last)[0].speaker
                return self._more(question, self._librarian.topics_by(speaker), told)
            case "other-side" | "reverse":
                return self._reversed(question, turn, last)
            case "first":
                return self._again(question, answered[0], Form.OPEN)
            case "disagree":
                alone = self._librarian.decide(question, self._librarian.rank(question))
                return self._read(question, turn, is_new=True) or alone
            case "example":
                return Abstain(question=question, understood=turn.question, reason=Reason.NO_EXAMPLE)
            case "wrong":
                ranking = self._librarian.rank(turn.question, without=last.id)
                others = self._librarian.topics(match.topic for match in ranking.topics[:SUGGESTED])
                return Suggest(question=question, ranking=ranking.topics, topics=others) if others else None
        return None

    def _again(self, question: str, turn: Turn, asked: Form) -> Answer:
        """The answer of a turn, in another form."""
        topic = self.knowledge.topics[str(turn.topic)]
        answer = self._librarian.answer(question, topic, self._librarian.rank(turn.question), asked)
        return replace(answer, understood=turn.question)

    def _reversed(self, question: str, turn: Turn, last: Topic) -> Answer | None:
        """The other side of the same aspect."""
        text = reversed_question(turn.question, self._librarian.opposites)
        ranking = self._librarian.rank(text, without=last.id)
        if ranking.topics and ranking.topics[0].confidence >= ANSWER_FROM:
            topic = self.knowledge.topics[ranking.topics[0].topic]
            return replace(self._librarian.answer(question, topic, ranking), understood=text)
        topics = self.knowledge.topics.values()
        same = (topic for topic in topics if last.aspect and topic.aspect == last.aspect and topic.id != last.id)
        other = next(same, None)
        return replace(self.answer(question, other), understood=text) if other else None

    def _read(self, question: str, turn: Turn, *, is_new: bool = False, is_off: bool = False) -> Reply | None:
        """The reply to a message that leans on a turn, read as a question that needs no context.

        Args:
            question: the message.
            turn: what it leans on.
            is_new: whether the last answer can't be meant.
            is_off: whether the message alone is likely about something else; then the last question does not count.
        """
        last = self.knowledge.topics[str(turn.topic)]
        speaker = self._librarian.evidence(last)[0].speaker
        texts = [*readings(question, turn.question, speaker, self._librarian.opposites)]
        # A follow-up rather asks for something new than for the last answer again.
        for without in (last.id,) if is_new else (last.id, None):
            for text, is_whole in (found for found in texts if found[1] or not is_off):
                ranking = self._librarian.rank(text, without)
                if ranking.topics and ranking.kind is Kind.TOPIC and ranking.topics[0].confidence >= ANSWER_FROM:
                    return replace(self._librarian.decide(question, ranking, is_whole=is_whole), understood=text)
        return None

    def _more(self, question: str, topics: Iterable[str], told: set[str]) -> Reply:
        """The first of ``topics`` that has not come up yet."""
        for topic in self._librarian.topics(topics):
            if topic.id not in told:
                return replace(self.answer(question, topic), understood=topic.title)
        return Abstain(question=question, reason=Reason.NOTHING_MORE)


def _is_unclear(literal: Ranking) -> bool:
    """Whether a message makes little sense alone."""
    is_said = literal.kind is Kind.OUTSIDE and literal.probability >= REASON_FROM
    return not is_said and literal.topics[0].confidence < ANSWER_FROM


def _is_clear(literal: Ranking) -> bool:
    return literal.kind is Kind.TOPIC and literal.topics[0].confidence >= CLEAR_FROM
