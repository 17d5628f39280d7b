"""From a message and the conversation before it to a Reply."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.asking import Form
from bot.assistant.continuation import Continuation
from bot.assistant.conversation import Conversation, Turn
from bot.assistant.followup import (
    agrees,
    clauses,
    correction,
    is_bare_side,
    leans,
    may_lean,
    names_nobody,
    points_at_articles,
    refers,
    says_so,
    without_aside,
)
from bot.assistant.librarian import Librarian
from bot.assistant.moves import PICKS
from bot.assistant.reply import Abstain, Answer, Reason, Reply
from bot.assistant.thresholds import ANSWER_FROM, CLEAR_FROM, REASON_FROM
from bot.knowledge import KnowledgeBase, Topic
from bot.matching import Explanation, Kind, Matcher, Ranking
from bot.text import foreign_language, normalise

MOVE_FROM = 0.4
"""From this probability of all moves together up, a message is one."""

_ASIDE = 4
"""Words that may follow a move and add nothing ("who said that, the baker?")."""

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
        self._continuation = Continuation(self._librarian)
        self._said = {normalise(text): move.id for move in knowledge.moves.values() for text in move.questions}

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008  # immutable
        """Answer ``question``, which may be any text, in the light of what was said before."""
        literal = self._librarian.rank(question, moves=bool(conversation.turns))
        if (care := self._librarian.care(question, literal)) is not None:
            return care
        if conversation.turns and (asked := without_aside(question)) != question:
            return replace(self.reply(asked, conversation), question=question)
        if conversation.turns and (reply := self._go_on(question, literal, conversation)) is not None:
            return _asked_for_more(reply, conversation.turns[-1])
        if normalise(question) in self._said:  # and there is nothing that it could go on from
            return Abstain(question=question, ranking=literal.topics, reason=Reason.NO_QUESTION)
        if not conversation.turns:
            return self._librarian.decide(question, literal)
        return _asked_for_more(self._librarian.decide(question, self._librarian.rank(question)), conversation.turns[-1])

    def refers(self, question: str) -> bool:
        """Whether ``question`` points at somebody or something that it does not name ("is that true?")."""
        return refers(question, self._librarian.opposites)

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
            return self._continuation.about(question, picked)
        answered = [turn for turn in conversation.turns if turn.topic in self.knowledge.topics]
        if not answered:
            return None
        move = move or self._move_within(question, literal)
        if move is not None:
            return self._continuation.moved(question, move, answered)
        if points_at_articles(question):
            return self._continuation.again(question, answered[-1], Form.SOURCE)
        if (speaker := agrees(question, self._continuation.speakers)) is not None:
            return self._continuation.voice(question, answered[-1], {speaker})
        if (speaker := says_so(question, self._continuation.speakers)) is not None:
            return self._continuation.said_by(question, speaker, answered[-1])
        if is_bare_side(question, self._librarian.opposites):
            turn = answered[-1]
            return self._continuation.sided(question, turn) or self._continuation.read(question, turn)
        if literal.known == 0 or _is_clear(literal):
            return None
        if (meant := correction(question)) is not None:
            return self._continuation.corrected(question, meant, answered[-1])
        return self._leaning(question, literal, answered[-1])

    def _leaning(self, question: str, literal: Ranking, turn: Turn) -> Reply | None:
        """The reply to a message that makes sense only, or more, after a turn."""
        opposites, is_likely = self._librarian.opposites, literal.topics[0].confidence >= ANSWER_FROM
        if not leans(question, opposites) and not (may_lean(question, opposites) and _is_unclear(literal)):
            return None
        if is_likely and names_nobody(question, opposites):
            return None
        return self._continuation.read(question, turn, is_off=literal.kind in (Kind.OUTSIDE, Kind.EVERYDAY))

    def _move(self, question: str, literal: Ranking) -> str | None:
        """The move that a message makes, if it makes one."""
        if (said := self._said.get(normalise(question))) is not None:
            return said
        moves = literal.classes[Kind.MOVE]
        is_new = _is_clear(literal) and not refers(question, self._librarian.opposites)
        if literal.known == 0 or literal.kind is not Kind.MOVE or is_new or sum(moves.values()) < MOVE_FROM:
            return None
        best = max(moves, key=moves.__getitem__)
        return None if literal.topics[0].confidence >= ANSWER_FROM and moves[best] < MOVE_FROM else best

    def _move_within(self, question: str, literal: Ranking) -> str | None:
        """The move that a part of a message makes all by itself: "bit harsh! who says so?"."""
        parts = clauses(question)
        if len(question.split()) > _SHORT or not parts or _is_outside(literal):
            return None
        if len(question.split()) - len(parts[0].split()) <= _ASIDE and normalise(parts[0]) in self._said:
            return self._said[normalise(parts[0])]
        if literal.topics[0].confidence >= ANSWER_FROM:
            return None
        ranked = ((part, self._librarian.rank(part, moves=True)) for part in parts)
        moves = (
            self._move(part, found) for part, found in ranked if sum(found.classes[Kind.MOVE].values()) >= CLEAR_FROM
        )
        return next(filter(None, moves), None)

    def _picked(self, question: str, literal: Ranking, move: str | None, last: Turn) -> Topic | None:
        """The topic that a message picks from those that were offered: by its place, or in other words."""
        offered = self._librarian.topics(last.offered)
        if (place := PICKS.get(move or "")) is not None:
            return offered[place] if place < len(offered) else None
        if move is not None or len(question.split()) > _SHORT or literal.kind is not Kind.TOPIC:
            return None
        return next((topic for topic in offered if topic.id == literal.topics[0].topic), None)


def _asked_for_more(reply: Reply, last: Turn) -> Reply:
    """A reply that, if it says again what was just told, admits that this is all."""
    if not isinstance(reply, Answer) or reply.form is not Form.OPEN or reply.topic.id != last.topic:
        return reply
    is_same_question = normalise(last.question) in (normalise(reply.question), normalise(reply.understood))
    return reply if is_same_question else replace(reply, form=Form.MORE)


def _is_unclear(literal: Ranking) -> bool:
    """Whether a message makes little sense alone."""
    return not _is_outside(literal) and literal.topics[0].confidence < ANSWER_FROM


def _is_outside(literal: Ranking) -> bool:
    return literal.kind is Kind.OUTSIDE and literal.probability >= REASON_FROM


def _is_clear(literal: Ranking) -> bool:
    return literal.kind is Kind.TOPIC and literal.topics[0].confidence >= CLEAR_FROM
