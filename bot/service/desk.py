"""The desk: what every surface asks, and all it needs to know."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.assistant import SURE_FROM, Answer, Conversation, Explanation, Reply
from bot.knowledge import About, KnowledgeBase, Topic
from bot.service import wording
from bot.service.conversations import Conversations, Place
from bot.service.live import Changes, LiveLibrary
from bot.service.notes import Notes
from bot.service.overviews import introduction
from bot.service.pace import Pace
from bot.service.page import Page, page
from bot.service.reasons import reasons
from bot.service.refusals import Refusal, TooFast

if TYPE_CHECKING:  # SQLAlchemy is loaded only if it is needed
    from bot.store.store import Store


P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """Takes questions from any surface, keeps the conversations and the pace, and answers from the library in use.

    Args:
        library: the library in use.
        per_minute: how many requests a person may make in a minute; None: as many as they like.
        store: for what must outlive a restart; None: nothing is kept.
    """

    def __init__(self, library: LiveLibrary, per_minute: int | None = None, store: Store | None = None) -> None:
        self._library = library
        self._pace = Pace(per_minute)
        self._conversations = Conversations()
        # More threads than processors would only keep each other waiting.
        self._threads = ThreadPoolExecutor(os.cpu_count() or 1, "answer")
        self.notes = Notes(store, lambda: self._library.current.fingerprint)

    @property
    def knowledge(self) -> KnowledgeBase:
        """The library in use."""
        return self._library.current.knowledge

    @property
    def about(self) -> About:
        """What the library in use says about itself."""
        return self.knowledge.about

    async def ask(
        self,
        question: str,
        place: Place,
        *,
        follow_up: bool = True,
        about: Conversation | None = None,
        begun: Conversation | None = None,
        is_own: bool = True,
    ) -> Reply:
        """Answer a question, off the event loop.

        Args:
            question: any text.
            place: where and by whom it is asked.
            follow_up: whether to use the earlier conversation as context.
            about: the answer that it refers to, from ``recall``; None: the latest one.
            begun: what it goes on from where nothing has been said yet.
            is_own: whether it is in the words of the person who asks; others' words are never noted.

        Raises:
            TooFast: if the person asks too fast, unless they may be in distress.
        """
        try:
            self._pace.count(place.person)
        except TooFast:
            reply = await self._aside(self._library.current.assistant.reply, question)
            if reply.is_care:
                return reply
            raise
        since = self._conversations.forgotten(place.person)
        async with self._conversations.turn(place):
            before = self.conversation(place, about, begun)
            context, library = before if follow_up else Conversation(), self._library.current
            reply = await self._aside(library.assistant.reply, question, context)
            # Whoever has been forgotten meanwhile stays so.
            if self._conversations.keep(place, before.then(reply), since) and is_own:
                await self.notes.replied(reply, place, library.fingerprint)
        return reply

    async def heard(self, question: str, said: str) -> Conversation | None:
        """What a question goes on from that answers somebody's words; None if it points at them, and they are empty."""
        assistant = self._library.current.assistant
        if not assistant.refers(question):
            return Conversation()
        return Conversation().then(await self._aside(assistant.reply, said)) if said else None

    async def answer_if_sure(self, question: str, place: Place) -> Answer | None:
        """Answer a question that nobody put to the bot, if it is very likely right; None if not, which is not noted."""
        reply = await self._aside(self._library.current.assistant.reply, question)
        if not isinstance(reply, Answer) or reply.confidence < SURE_FROM:
            return None
        async with self._conversations.turn(place):
            self._conversations.keep(place, Conversation().then(reply))
        return reply

    async def find(self, text: str) -> Topic | None:
        """The topic that a text is about: its title, or words that would be answered with it.

        Raises:
            Refusal: with the caring reply, if it may come from somebody in distress.
        """
        library = self._library.current
        titled = (topic for topic in library.knowledge.topics.values() if text in (topic.title, topic.label))
        if (topic := next(titled, None)) is not None:
            return topic
        reply = await self._aside(library.assistant.reply, text)
        if reply.is_care:
            raise Refusal(page(reply, library.knowledge.about).text)
        return reply.topic if isinstance(reply, Answer) else None

    async def nearest(self, question: str, topic: str) -> list[Topic]:
        """What may have been meant by a question that got another topic's answer, the likeliest first."""
        library = self._library.current
        topics = library.knowledge.topics
        if question:
            ranking = (await self._aside(library.assistant.reply, question)).ranking
            names = [match.topic for match in ranking]
        else:
            names = list(topics[topic].related) if topic in topics else []
        return [topics[name] for name in names if name != topic and name in topics]

    async def reasons(self, question: str, topic: str, person: int) -> Page:
        """Why a question was answered with a topic (empty: with none), in words for members; raises as ``why``."""
        knowledge = self.knowledge
        return reasons(await self.why(question, person), knowledge, topic)

    def introduction(self) -> Page:
        """What the bot is, how good it is, and what it keeps."""
        return introduction(self.about, self._library.current.fingerprint)

    async def why(self, question: str, person: int) -> Explanation:
        """Why a question is answered as it is, off the event loop.

        Raises:
            TooFast: if the person asks too fast.
        """
        self._pace.count(person)
        return await self._aside(self._library.current.assistant.explain, question)

    async def _aside(self, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Do something that takes a while, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *arguments, **options))

    def count(self, person: int) -> None:
        """Count a request that needs no answer from the library.

        Raises:
            TooFast: if the person asks too fast.
        """
        self._pace.count(person)

    def note(self, message: int | None, reply: Reply, person: int, *, is_new: bool = True) -> None:
        """Remember that a message shows ``reply`` to a person, or asked for it, so that a question can refer to it.

        ``is_new``: it has shown nothing else before.
        """
        if message is not None:
            self._conversations.note(message, reply, person, is_new=is_new)

    def note_again(self, message: int, other: int | None) -> None:
        """Remember that another message shows what a message shows."""
        if other is not None:
            self._conversations.note_again(message, other)

    def question(self, message: int) -> str:
        """The question that a message answers, worded so that it needs no context; empty if nothing is known of it."""
        noted = self._conversations.at(message)
        return noted.turns[-1].question if noted and noted.turns else ""

    def recall(self, message: int, title: str = "") -> Conversation | None:
        """The conversation as of the answer that a message shows; None if there is no telling.

        Args:
            message: the message's id.
            title: of the topic that it shows, which is enough for answers from before a restart.
        """
        if (noted := self._conversations.at(message)) is not None:
            return noted
        library = self._library.current
        topic = next((topic for topic in library.knowledge.topics.values() if topic.title == title), None)
        return Conversation().then(library.assistant.answer(topic.title, topic)) if topic else None

    def conversation(
        self, place: Place, about: Conversation | None = None, begun: Conversation | None = None
    ) -> Conversation:
        """The conversation that a question at a place goes on from; ``about`` and ``begun`` are as for ``ask``."""
        before = self._conversations.get(place) if about is None else about
        return before if before.turns or begun is None else begun

    async def topic(self, topic_id: str, place: Place) -> Answer:
        """Answer with a topic that was chosen by its id.

        Raises:
            TooFast: if the person asks too fast.
            Refusal: if the topic is no longer in the library.
        """
        self._pace.count(place.person)
        library = self._library.current
        topic = library.knowledge.topics.get(topic_id)
        if topic is None:
            raise Refusal(wording.TOPIC_GONE)
        async with self._conversations.turn(place):
            reply = library.assistant.answer(topic.title, topic)
            self._conversations.keep(place, self._conversations.get(place).then(reply))
        return reply

    def complete(self, typed: str, most: int, longest: int) -> list[str]:
        """What ``typed`` may become: at most ``most`` questions or titles, none over ``longest`` characters."""
        return self._library.current.completer.complete(typed, most, longest)

    def forget(self, place: Place) -> None:
        """Start a new conversation at a place."""
        self._conversations.forget(place)

    async def forget_person(self, person: int) -> int:
        """Forget a person's conversations, and delete all that is kept about them; returns how many rows that was.

        Raises:
            Refusal: if the store can't be used right now.
        """
        self._conversations.forget_person(person)
        return await self.notes.forget(person)

    async def reload(self) -> Changes:
        """Replace the library by what is in its folder now; if that fails, the old one stays.

        Raises:
            LibraryError: with what is wrong with the new one.
        """
        return await self._library.reload()
