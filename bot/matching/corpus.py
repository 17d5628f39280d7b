"""What a library teaches: its texts, each with the class that it belongs to."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

import numpy as np

from bot.matching.features import HashedTfidf, Vectors
from bot.matching.function_words import FUNCTION_WORDS
from bot.matching.spelling import Speller, everyday_words
from bot.text import normalise, words

_VERSION = 23
"""Part of every fingerprint: raise it when the same texts would give a different model."""


class Stance(Enum):
    """What the articles say to a question: yes, no, or neither."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class Kind(Enum):
    """What a class of questions is."""

    TOPIC = "topic"
    OUTSIDE = "outside"
    EVERYDAY = "everyday"
    SMALLTALK = "smalltalk"
    MOVE = "move"


@dataclass(frozen=True)
class Category:
    """One class of questions to tell apart.

    texts: how people phrase them.
    serves: for a topic, the ids of the topics whose askers its answer also satisfies, its own among them.
    statements: yes/no questions on a topic, and what the articles say to each.
    speakers: the names of those who say what a topic is about.
    """

    kind: Kind
    id: str
    texts: tuple[str, ...]
    serves: frozenset[str] = frozenset()
    statements: tuple[tuple[str, Stance], ...] = ()
    speakers: frozenset[str] = frozenset()


class Corpus:
    """The texts of one library, prepared for training and ranking. Immutable.

    Args:
        categories: at least one of them a topic; each has at least one text.
        opposites: words of the one of the library's two sides, each with its opposite of the other.

    Attributes:
        categories: the classes, topics first; a label is an index into this tuple.
        texts: all texts, normalised, class by class.
        words: the words of each text.
        labels: the class of each text.
        statements: the normalised statements of all topics, topic by topic.
        vocabulary: the content words of the topics' texts, in alphabetical order.
        is_topic, is_everyday: for each class, whether it is a topic, or consists of everyday questions.
        serves: 1 if the column's answer also serves someone asking for the row's topic (classes x classes).
        tfidf: the features of the texts' words.
        speller: repairs what is misspelt, by the texts' words.
        fingerprint: a hash (hexadecimal SHA-256) of all that training depends on.
    """

    def __init__(self, categories: Sequence[Category], opposites: Sequence[tuple[str, str]] = ()) -> None:
        self.opposites = opposites
        self.categories = tuple(sorted(categories, key=lambda category: category.kind is not Kind.TOPIC))
        self.texts = tuple(normalise(text) for category in self.categories for text in category.texts)
        # Interned: most words occur many times, and a corpus lives as long as its library is in use.
        self.words = tuple([*map(sys.intern, words(text))] for text in self.texts)
        self.labels = np.array([label for label, category in enumerate(self.categories) for _ in category.texts])
        self.is_topic = np.array([category.kind is Kind.TOPIC for category in self.categories])
        self.is_everyday = np.array([category.kind is Kind.EVERYDAY for category in self.categories])
        topics = chain.from_iterable(self.words[: self.is_topic[self.labels].sum()])
        self.statements = tuple(normalise(text) for category in self.categories for text, _ in category.statements)
        self.vocabulary = tuple(sorted(content_words(topics)))
        self.serves = _serves(self.categories)
        self.tfidf = HashedTfidf(self.words)
        self.speller = Speller(Counter(chain.from_iterable(self.words)), everyday_words())
        classes = [(c.kind.value, c.id, sorted(c.serves), sorted(c.speakers)) for c in self.categories]
        stances = [stance.value for category in self.categories for _, stance in category.statements]
        told = [self.statements, stances, [*map(list, opposites)]]
        content = json.dumps([_VERSION, classes, self.labels.tolist(), self.texts, told])
        self.fingerprint = hashlib.sha256(content.encode()).hexdigest()

    @property
    def said(self) -> tuple[str, ...]:
        """All of it that is encoded: the texts, the words of the vocabulary, the statements."""
        return self.texts + self.vocabulary + self.statements


def content_words(words: Iterable[str]) -> list[str]:
    """The words that say what a text is about, not how it is put; each once."""
    return [word for word in dict.fromkeys(words) if word not in FUNCTION_WORDS]


def _serves(categories: Sequence[Category]) -> Vectors:
    # An outside group may have the id of a topic: no answer serves it.
    asked = [category.id if category.kind is Kind.TOPIC else None for category in categories]
    return np.array([[float(topic in answer.serves) for answer in categories] for topic in asked], np.float32)
