"""All that the benchmarks use of the product: nothing else here imports ``bot``.

Most imports are inside functions, so that a method's memory is its own and not that of the whole product.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.matching import Category, Encoder, Encoding, Kind, Matcher, Ranking, Speller, Vector, Vectors
from bot.text import normalise, words

if TYPE_CHECKING:
    from bot.knowledge import KnowledgeBase

__all__ = ["Category", "Kind", "Ranking", "Vector", "Vectors", "normalise", "words"]

PROJECT = Path(__file__).parents[1]

ENOUGH_OUTSIDE = 600
"""The product adds everyday questions to a library with fewer outside questions than this."""


def with_everyday_questions(categories: Sequence[Category]) -> list[Category]:
    """The classes, with the everyday questions that the product adds to a library with few outside questions."""
    from bot.matching import everyday_questions

    outside = sum(len(category.texts) for category in categories if category.kind is Kind.OUTSIDE)
    on_topics = (text for category in categories if category.kind is Kind.TOPIC for text in category.texts)
    everyday = everyday_questions(on_topics, max(0, ENOUGH_OUTSIDE - outside))
    return [*categories, *(Category(Kind.EVERYDAY, subject, texts) for subject, texts in everyday.items())]


def trained_matcher(
    categories: Sequence[Category], *, encoder: bool, repairs_typos: bool, counterfactuals: bool
) -> Matcher:
    """The product's matcher, trained on these classes."""
    from bot.matching import Corpus, Encodings, Lesson, train, trials

    corpus = Corpus(categories)
    if not repairs_typos:
        corpus.speller = _AsTyped()
    lesson = Lesson(corpus, [test for test in trials(corpus) if counterfactuals or test.make.is_real])
    if not encoder:
        return Matcher(corpus, train(lesson, None, str.split))
    encodings = Encodings.of(_encoded(lesson.texts))
    return Matcher(corpus, train(lesson, encodings, sentence_encoder().tokens), sentence_encoder())


class _AsTyped(Speller):
    """Repairs nothing."""

    def __init__(self) -> None:
        super().__init__(Counter())

    def repair(self, text: str) -> dict[str, str]:
        """Nothing."""
        return {}


def _encoded(texts: Sequence[str]) -> Iterator[Encoding]:
    from bot.matching import meaning

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(partial(meaning, sentence_encoder()), texts)


def sentence_vectors(texts: Sequence[str]) -> Vectors:
    """The encoder's vectors of normalised texts (texts x dimensions)."""
    return np.array([encoding.sentence for encoding in _encoded(texts)], np.float32)


def sentence_vector(text: str) -> Vector:
    """The encoder's vector (dimensions,) of a normalised text."""
    from bot.matching import meaning

    return meaning(sentence_encoder(), text).sentence


@cache
def sentence_encoder() -> Encoder:
    """The sentence encoder, loaded once.

    Raises:
        RuntimeError: if it cannot be loaded; the log says why.
    """
    from bot.matching import load_encoder

    if (encoder := load_encoder()) is None:
        raise RuntimeError("The benchmarks need the sentence encoder")
    return encoder


def answer_threshold() -> float:
    """The confidence from which the product answers."""
    from bot.assistant.thresholds import ANSWER_FROM

    return ANSWER_FROM


def refuses(ranking: Ranking) -> bool:
    """Whether the product does not answer, however confident: it knows no word, or the message is small talk."""
    if ranking.known == 0:
        return True
    if ranking.kind is not Kind.SMALLTALK:
        return False
    from bot.assistant.thresholds import SMALLTALK_FROM

    return ranking.probability >= SMALLTALK_FROM


@dataclass(frozen=True)
class Question:
    """A question whose right answers are known.

    kind: what sort of question it is, for the tables.
    right: the ids of the topics that answer it; empty if none does.
    """

    text: str
    kind: str
    right: frozenset[str] = frozenset()


def shipped_categories() -> list[Category]:
    """The classes of the shipped library, without everyday questions."""
    from bot.assistant import categories

    return [category for category in categories(_shipped()) if category.kind is not Kind.EVERYDAY]


def shipped_questions(file: Path) -> list[Question]:
    """The questions of a JSON Lines file for the shipped library; if it answers them, their kind is the file's name."""
    from bot.cli.evaluation import InScope, OutOfScope, read_cases

    def right(accepted: Iterable[str]) -> frozenset[str]:
        return frozenset(t.id for t in _shipped().topics.values() if not set(accepted).isdisjoint(t.claims))

    questions = []
    for case in read_cases(file):
        if isinstance(case, InScope):
            questions.append(Question(case.q, file.stem, right(case.accept)))
        elif isinstance(case, OutOfScope):
            questions.append(Question(case.q, case.kind))
    return questions


@cache
def _shipped() -> KnowledgeBase:
    from bot.knowledge import load_library

    return load_library(PROJECT / "knowledge")


def opened(folder: Path, cache_folder: Path) -> Callable[[str], str | None]:
    """Open a library as the bot does; what comes back answers a question with a topic's id or, if it abstains, None."""
    from bot.assistant import Answer
    from bot.service import Opener

    library = Opener(folder, "on", cache_folder).open()

    def answer(question: str) -> str | None:
        reply = library.assistant.reply(question)
        return reply.topic.id if isinstance(reply, Answer) else None

    return answer
