"""What a message brings that goes on from what was said before: the same in another form, or something else."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from bot.assistant.asking import Form
from bot.assistant.conversation import Turn
from bot.assistant.followup import readings, reversed_question
from bot.assistant.forms import form
from bot.assistant.librarian import SUGGESTED, Librarian
from bot.assistant.moves import FORMS
from bot.assistant.reply import Abstain, Answer, Reason, Reply, Suggest
from bot.assistant.thresholds import ANSWER_FROM, CLEAR_FROM
from bot.knowledge import Topic
from bot.matching import Kind, Stance
from bot.text import normalise

VOICE_FROM = 0.15
"""From this confidence up, what somebody else says is said on the same."""


class Continuation:
    """Goes on from a turn, whose topic must be in the library. Immutable; may be used from any thread.

    Args:
        librarian: answers from the library.
    """

    def __init__(self, librarian: Librarian) -> None:
        self.knowledge = librarian.knowledge
        self._librarian = librarian
        # In the library's order: the first whose name fits is the one who is meant.
        self.speakers = tuple(dict.fromkeys(c.speaker for c in self.knowledge.claims.values() if c.speaker is not None))

    def moved(self, question: str, move: str, answered: list[Turn]) -> Reply | None:
        """The reply to a move; None if it makes no sense here."""
        turn = answered[-1]
        last, told = self.knowledge.topics[str(turn.topic)], {str(turn.topic) for turn in answered}
        if move in FORMS:
            return self.again(question, turn, FORMS[move])
        match move:
            case "another":
                return self._more(question, last.related, told)
            case "more-by-speaker":
                speaker = self._librarian.speaker(last)
                claimed = {claim for topic in told if topic in self.knowledge.topics for claim in self._main(topic)}
                by_speaker = self._librarian.topics_by(speaker)
                new = (topic for topic in by_speaker if not claimed.issuperset(self._main(topic)))
                return self._more(question, new, told)
            case "other-side" | "reverse":
                return self._reversed(question, turn, last)
            case "first":
                return self.again(question, answered[0], Form.OPEN)
            case "disagree":
                alone = self._librarian.decide(question, self._librarian.rank(question))
                others = {*self.speakers} - {self._librarian.speaker(last)}
                return self.read(question, turn, is_new=True) or self.voice(question, turn, others) or alone
            case "wrong":
                ranking = self._librarian.rank(turn.question, without=last.id)
                nearest = self._librarian.topics(match.topic for match in ranking.topics[:SUGGESTED])
                return Suggest(question=question, ranking=ranking.topics, topics=nearest) if nearest else None
        return None

    def about(self, question: str, topic: Topic) -> Answer:
        """The answer of a topic that the question itself need not name."""
        return replace(self._librarian.answer(question, topic), understood=topic.title)

    def again(self, question: str, turn: Turn, asked: Form) -> Answer:
        """The answer of a turn, in another form."""
        topic = self.knowledge.topics[str(turn.topic)]
        ranking = self._librarian.rank(turn.question)
        answer = self._librarian.answer(question, topic, ranking, asked, ranking.text if asked is Form.YES_NO else "")
        return replace(answer, understood=turn.question)

    def sided(self, question: str, turn: Turn) -> Answer | None:
        """The other side of what a turn was about, if that is the side that is named."""
        last = self.knowledge.topics[str(turn.topic)]
        named = {*normalise(question).split()} & self._librarian.opposites.keys()
        is_other = named.isdisjoint(normalise(turn.question).split())
        return self._reversed(question, turn, last) if is_other else None

    def voice(self, question: str, turn: Turn, speakers: Set[str]) -> Reply | None:
        """What one of some speakers says on what a turn was about."""
        ranking = self._librarian.rank(f"{turn.question} {question}", without=turn.topic)
        for match in ranking.topics:
            topic = self.knowledge.topics[match.topic]
            if match.confidence >= VOICE_FROM and self._librarian.speaker(topic) in speakers:
                return self.about(question, topic)
        return None

    def said_by(self, question: str, speaker: str, turn: Turn) -> Answer:
        """Whether a speaker, too, says what the last answer says."""
        answer = self.again(question, turn, Form.YES_NO)
        is_said = any(item.speaker == speaker for item in answer.evidence)
        return replace(answer, stance=Stance.YES if is_said else Stance.NO)

    def corrected(self, question: str, meant: str, turn: Turn) -> Reply | None:
        """The reply to somebody who meant something else."""
        last, opposites = str(turn.topic), self._librarian.opposites
        before, swapped = normalise(turn.question), reversed_question(turn.question, opposites)
        sides = {*normalise(meant).split()} & opposites.keys()
        is_swapped = not sides.isdisjoint({*swapped.split()} - {*before.split()})
        texts = (*([swapped] if is_swapped else []), meant, f"{before} {meant}")
        return self._first_sure(question, [(text, False) for text in texts], last)

    def read(self, question: str, turn: Turn, *, is_new: bool = False, is_off: bool = False) -> Reply | None:
        """The reply to a message that leans on a turn, read as a question that needs no context.

        Args:
            question: the message.
            turn: what it leans on.
            is_new: whether the last answer can't be meant.
            is_off: whether the message alone is likely about something else; then the last question does not count.
        """
        last = self.knowledge.topics[str(turn.topic)]
        speaker = self._librarian.speaker(last)
        found = readings(question, turn.question, speaker, self._librarian.opposites)
        texts = [(text, is_whole) for text, is_whole in found if is_whole or not is_off]
        # A follow-up rather asks for something new than for the last answer again.
        something_new = self._first_sure(question, texts, last.id)
        return something_new if something_new or is_new else self._first_sure(question, texts, None)

    def _first_sure(self, question: str, texts: Iterable[tuple[str, bool]], without: str | None) -> Reply | None:
        """The reply to the first of some texts that surely is about a topic, other than the one ``without``.

        With each text comes whether it is a whole question.
        """
        for text, is_whole in texts:
            ranking = self._librarian.rank(text, without)
            if ranking.topics and ranking.kind is Kind.TOPIC and ranking.topics[0].confidence >= ANSWER_FROM:
                return replace(self._librarian.decide(question, ranking, is_whole=is_whole), understood=text)
        return None

    def _reversed(self, question: str, turn: Turn, last: Topic) -> Answer | None:
        """The other side of the same aspect."""
        text = reversed_question(turn.question, self._librarian.opposites)
        topics = self.knowledge.topics.values()
        same = [topic.id for topic in topics if last.aspect and topic.aspect == last.aspect and topic.id != last.id]
        ranking = self._librarian.rank(text, without=last.id)
        sure = [match.topic for match in ranking.topics if match.confidence >= ANSWER_FROM]
        others = [*(topic for topic in sure if topic in same), *sure, *same]
        is_clear = bool(sure) and ranking.topics[0].confidence >= CLEAR_FROM
        if not is_clear and (decided := self._decided(question, text, last)) is not None:
            return decided
        if not others:
            return None
        other = others[0]
        return replace(self._librarian.answer(question, self.knowledge.topics[other], ranking), understood=text)

    def _decided(self, question: str, text: str, topic: Topic) -> Answer | None:
        """The verdict of a topic on a yes/no question that is about it more than about any other."""
        ranking = self._librarian.rank(text)
        best = ranking.topics[0]
        if best.topic != topic.id or best.confidence < ANSWER_FROM or form(text).form is not Form.YES_NO:
            return None
        answer = self._librarian.answer(question, topic, ranking, Form.YES_NO, ranking.text)
        return replace(answer, understood=text) if answer.stance in (Stance.YES, Stance.NO) else None

    def _more(self, question: str, topics: Iterable[str], told: set[str]) -> Reply:
        """The first of ``topics`` that has not come up yet."""
        for topic in self._librarian.topics(topics):
            if topic.id not in told:
                return self.about(question, topic)
        return Abstain(question=question, reason=Reason.NOTHING_MORE)

    def _main(self, topic: str) -> tuple[str, ...]:
        """The claim that a topic mainly rests on."""
        return self.knowledge.topics[topic].claims[:1]
