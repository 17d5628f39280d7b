"""How a library is opened: read, then learnt or found in the cache, then ready to answer."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from bot.assistant import Assistant, categories
from bot.knowledge import KnowledgeBase, load_library
from bot.matching import Completer, Corpus, Encoder, EncoderError, Lesson, Matcher, Model, load_encoder, tokens, train
from bot.service.cache import Cache
from bot.service.encodings import Report, encodings_of
from bot.service.memory import release_memory
from bot.service.models import read_model, write_model
from bot.text import forget_normalised

SHIPPED = "learnt"
"""The folder of a library with what was learnt of it, so that it need not be learnt again.

It is used only if it was learnt of exactly this library, with this encoder."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Library:
    """An open library: what it contains, what answers from it, and the fingerprint of what it learnt."""

    knowledge: KnowledgeBase
    assistant: Assistant
    completer: Completer
    fingerprint: str


@dataclass(frozen=True)
class Learnt:
    """What a library teaches, and the fingerprint of the texts and of the encoder that taught it."""

    fingerprint: str
    model: Model


@dataclass(frozen=True)
class Opener:
    """Opens the library in ``folder``, as often as needed. Picklable, for use in a separate process.

    encoder: the encoder's name, as in the settings; "off": words alone.
    cache: the folder for what took long to compute; None: compute it every time.
    """

    folder: Path
    encoder: str
    cache: Path | None

    def open(self, report: Report = lambda done, total: None, learnt: Learnt | None = None) -> Library:
        """Read the library and get ready to answer from it.

        Args:
            report: called with (done, total) as phrasings are encoded, if any have to be.
            learnt: what ``learn`` returned; used only if the library is still the same.

        Raises:
            LibraryError: with every error of the library.
        """
        knowledge, corpus = self._read()
        encoder = self._encoder()
        if learnt is None or learnt.fingerprint != fingerprint(corpus, encoder):
            learnt = self._learn(corpus, encoder, report)
        matcher = Matcher(corpus, learnt.model, encoder)
        library = Library(knowledge, Assistant(knowledge, matcher), _completer(knowledge), learnt.fingerprint)
        forget_normalised()
        release_memory()
        return library

    def learn(self) -> Learnt:
        """Learn the library, at low priority: for a separate process, while another one answers.

        Raises:
            LibraryError: with every error of the library.
        """
        if hasattr(os, "nice"):
            os.nice(10)
        _, corpus = self._read()
        return self._learn(corpus, self._encoder(), lambda done, total: None)

    def _read(self) -> tuple[KnowledgeBase, Corpus]:
        knowledge = load_library(self.folder)
        return knowledge, Corpus(categories(knowledge), knowledge.about.opposites)

    def _learn(self, corpus: Corpus, encoder: Encoder | None, report: Report) -> Learnt:
        source, cache = fingerprint(corpus, encoder), Cache(self.cache, self.folder / SHIPPED)
        if (model := read_model(cache, source, corpus, encoder)) is not None:
            return Learnt(source, model)
        lesson = Lesson(corpus)
        try:
            encodings = encodings_of(encoder, lesson.texts, cache, report) if encoder else None
            release_memory()
            model = train(lesson, encodings, partial(tokens, encoder) if encoder else str.split)
        except EncoderError as error:
            log.warning("The sentence encoder failed (%s): answers rely on words alone and are less accurate", error)
            return self._learn(corpus, None, report)
        write_model(cache, source, model)
        return Learnt(source, model)

    def _encoder(self) -> Encoder | None:
        return _shared_encoder() if self.encoder == "on" else None


def fingerprint(corpus: Corpus, encoder: Encoder | None) -> str:
    """Of a library's texts and of the encoder (None: words alone) that teaches them."""
    return f"{corpus.fingerprint[:32]}-{encoder.fingerprint[:16] if encoder else 'words'}"


@cache
def _shared_encoder() -> Encoder | None:
    """One encoder for every library of this process."""
    return load_encoder()


def _completer(knowledge: KnowledgeBase) -> Completer:
    topics = knowledge.topics.values()
    titles, phrasings = [(t.title, t.id) for t in topics], [(q, t.id) for t in topics for q in t.questions]
    return Completer([*titles, *phrasings])
