"""A question side by side with the topics that may answer it: what speaks for each, and what against.

The classifier says which topic is the likeliest. Whether it is the right one depends on the words that matter: "who
coined the term gig economy" is close to a question about another term, but nothing in that topic's phrasings matches
"gig". So each token of the question is compared with those of the nearest phrasings (late interaction, Khattab and
Zaharia 2020, https://arxiv.org/abs/2004.12832), and each word, taken alone, with all that the topic says: in the
company of the right words a wrong one looks right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus, content_words
from bot.matching.encoder import Encoding
from bot.matching.encodings import Encodings
from bot.matching.features import Vector, Vectors
from bot.matching.function_words import FUNCTION_WORDS
from bot.matching.people import is_name, person
from bot.matching.senses import Senses

SIGNALS = (
    "covered",  # logit of the probability of all topics that the answer serves
    "shared",  # share of the question's content words that the topic's phrasings use, weighted by idf
    "aligned",  # how well the question's tokens are matched in the nearest phrasings, weighted by idf
    "least",  # the worst match of a content token
    "second_least",  # the second worst
    "closer_outside",  # how much closer the closest question outside the topics is than the closest phrasing
    "aligned_outside",  # how much better the question is matched outside the topics
    "novel",  # how little the most novel content word resembles any word of the topic, weighted by idf
    "other_person",  # 1 if somebody is named, or a kind of people, whom the topic's phrasings never name
    "other_name",  # 1 if somebody is named by a proper name that the topic's phrasings hardly ever use
    "length",  # logarithm of the number of words, up to a bound
)
"""What is found out about each candidate, in this order. Without an encoder, or without words that say what a question
is about, those in the middle are not a number."""

_NEAREST = 6
"""Phrasings of a topic that a question is compared with."""

_LONGEST = 30
"""Words of a question beyond which it counts as no longer: hardly any phrasing teaches what so many words say."""

_MOST_SENSES = 20
"""Content words of a question that are encoded, each of which takes a millisecond."""

_HARDLY_EVER = 50
"""One in so many of a topic's phrasings may drop a name that has nothing to do with it."""

_BOUND = 0.005

Labels = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Question:
    """A question, ready to be compared.

    words: as ``bot.text.words`` gives them.
    encoding, tokens: what it means, and the tokens that this is about; None without an encoder.
    senses: what each of its ``sensed`` words means, taken alone (words x dimensions); None without an encoder.
    source: the text of the corpus that it was made of, which must not be compared with it; None for a real question.
    """

    words: Sequence[str]
    encoding: Encoding | None = None
    tokens: Sequence[str] = ()
    senses: Vectors | None = None
    source: int | None = None

    @cached_property
    def content(self) -> list[str]:
        """The words that say what it is about, each once."""
        return content_words(self.words)


def sensed(words: Sequence[str]) -> list[str]:
    """The words of a question that are encoded one by one."""
    return content_words(words)[:_MOST_SENSES]


class Comparison:
    """Compares questions with the topics of a corpus. Immutable.

    Args:
        corpus: whose topics to compare with.
        encodings: of the corpus's texts; None: words alone.
        meanings: of the words of its vocabulary, each taken alone, and maybe of more (words x dimensions).
    """

    def __init__(
        self, corpus: Corpus, encodings: Encodings | None, meanings: NDArray[np.float16] | None = None
    ) -> None:
        self._corpus = corpus
        ends = np.searchsorted(corpus.labels, np.arange(len(corpus.categories) + 1)).tolist()
        self._rows = [slice(int(start), int(stop)) for start, stop in pairwise(ends)]
        self._outside = slice(int(corpus.is_topic[corpus.labels].sum()), len(corpus.labels))
        spoken = [[set(text) for text in corpus.words[rows]] for rows in self._rows]
        self._uses = [Counter(word for text in texts for word in text) for texts in spoken]
        self._people = [Counter(p for text in texts for p in set(map(person, text)) if p) for texts in spoken]
        self._encodings = encodings
        if encodings is not None and meanings is not None:
            self._sentences = encodings.sentences.astype(np.float32)
            vocabulary = {word: place for place, word in enumerate(corpus.vocabulary)}
            self._senses = Senses(meanings[: len(vocabulary)].astype(np.float32), vocabulary, self._uses)
            self._starts = encodings.starts

    def signals(self, question: Question, probabilities: Vectors, candidates: Labels) -> NDArray[np.float64]:
        """What speaks for and against each candidate (candidates x ``SIGNALS``).

        Args:
            question: what was asked.
            probabilities: of each class, by the classifier (classes,).
            candidates: labels of topics.
        """
        signals = np.full((len(candidates), len(SIGNALS)), np.nan)
        weights = np.array([self._corpus.tfidf.idf(word) for word in question.content])
        signals[:, 0] = logit(probabilities @ self._corpus.serves[:, candidates])
        signals[:, 1] = [self._shared(question, weights, label) for label in candidates]
        if question.encoding is not None and len(question.tokens):
            signals[:, 2:7] = self._matched(question, question.encoding, candidates)
        if question.senses is not None and len(question.senses):
            signals[:, 7] = self._novel(question, question.senses, weights, candidates)
        signals[:, 8:10] = np.reshape([self._others(question, label) for label in candidates], (-1, 2))
        signals[:, 10] = math.log(1 + min(len(question.words), _LONGEST))
        return signals

    def sense(self, word: str) -> Vector | None:
        """What a word of the vocabulary means, taken alone; None if it is no such word, or without an encoder."""
        return None if self._encodings is None else self._senses.of(word)

    def closest(self, question: Question, label: int) -> int:
        """The text of a class that a question comes closest to; without an encoder the one that shares most words."""
        rows = self._rows[label]
        if question.encoding is not None:
            return int(self._nearest(question, question.encoding, rows)[0][0])
        spoken = set(question.words)
        shared = [len(spoken & set(text)) / len(spoken | set(text) | {""}) for text in self._corpus.words[rows]]
        return int(rows.start + np.argmax(shared))

    def content_words(self, question: Question, label: int) -> tuple[list[str], list[str]]:
        """The content words of a question that the texts of a class use, and those that they do not."""
        used = [word for word in question.content if self._uses[label][word]]
        return used, [word for word in question.content if not self._uses[label][word]]

    def _shared(self, question: Question, weights: NDArray[np.float64], label: int) -> float:
        uses, own = self._uses[label], self._own_words(question, label)
        held = np.array([uses[word] > (word in own) for word in question.content])
        return float(weights @ held / weights.sum()) if question.content else 0.0

    def _novel(
        self, question: Question, senses: Vectors, weights: NDArray[np.float64], candidates: Labels
    ) -> NDArray[np.float64]:
        """For each candidate, how little the most novel word resembles those that its phrasings use."""
        told = zip(question.content, senses, strict=False)
        closest = np.array([self._senses.closeness(word, sense) for word, sense in told])[:, candidates]
        for place, label in enumerate(candidates):
            own = [word for word in content_words(self._own_words(question, label)) if self._uses[label][word] == 1]
            if own:
                closest[:, place] = self._senses.closeness_without(own, label, senses)
        novel: NDArray[np.float64] = ((1 - closest) * weights[: len(senses), None]).max(axis=0)
        return np.maximum(0, novel)

    def _others(self, question: Question, label: int) -> tuple[bool, bool]:
        """Whether others are named than in a topic's phrasings: people of any kind, and by their names."""
        own = {*map(person, self._own_words(question, label))}
        met, rows = self._people[label], self._rows[label]
        by_chance = (rows.stop - rows.start) // _HARDLY_EVER
        named = {somebody: met[somebody] - (somebody in own) for somebody in map(person, question.words) if somebody}
        other_name = any(times <= by_chance for somebody, times in named.items() if is_name(somebody))
        return other_name or not all(named.values()), other_name

    def _own_words(self, question: Question, label: int) -> frozenset[str]:
        """The words of the text that the question was made of, if it belongs to this class."""
        if question.source is None or self._corpus.labels[question.source] != label:
            return frozenset()
        return frozenset(self._corpus.words[question.source])

    def _matched(self, question: Question, encoding: Encoding, candidates: Labels) -> Vectors:
        is_content = np.array([token not in FUNCTION_WORDS and token[-1].isalnum() for token in question.tokens])
        idf = np.array([self._corpus.tfidf.idf(token) for token in question.tokens], np.float32)
        weights = np.where(is_content, idf, 1.0)
        weights /= weights.sum()
        outside, cosine_outside = self._nearest(question, encoding, self._outside)
        aligned_outside = weights @ self._best_matches(encoding, outside)
        matched = np.empty((len(candidates), 5), np.float32)
        for row, label in zip(matched, candidates, strict=True):
            nearest, cosine = self._nearest(question, encoding, self._rows[label])
            matches = self._best_matches(encoding, nearest)
            aligned = weights @ matches
            content = np.sort(matches[is_content] if is_content.any() else matches)
            least, second = content[0], content[min(1, len(content) - 1)]
            row[:] = aligned, least, second, cosine_outside - cosine, aligned_outside - aligned
        return matched

    def _nearest(self, question: Question, encoding: Encoding, rows: slice) -> tuple[Labels, float]:
        """The closest of some texts, the closest first, and its cosine (0 if there is none)."""
        cosines = self._sentences[rows] @ encoding.sentence
        if question.source is not None and rows.start <= question.source < rows.stop:
            cosines[question.source - rows.start] = -np.inf
        first = np.argpartition(-cosines, _NEAREST)[:_NEAREST] if len(cosines) > _NEAREST else np.arange(len(cosines))
        first = first[np.lexsort((first, -cosines[first]))]
        first = first[np.isfinite(cosines[first])]
        return rows.start + first, float(cosines[first[0]]) if len(first) else 0.0

    def _best_matches(self, encoding: Encoding, texts: Labels) -> Vectors:
        """The cosine of each token with the most similar one in any of the texts."""
        assert self._encodings is not None
        tokens = [self._encodings.unit_tokens(self._starts[t], self._encodings.lengths[t]) for t in texts]
        others = np.concatenate([np.zeros((1, encoding.tokens.shape[1]), np.float32), *tokens])
        matches: Vectors = (encoding.tokens @ others.T).max(axis=1)
        return matches


def logit(probabilities: Vectors) -> NDArray[np.float64]:
    """The log odds, bounded so that a probability rounded to 0 or 1 cannot outweigh everything else."""
    bounded = np.clip(probabilities.astype(np.float64), _BOUND, 1 - _BOUND)
    odds: NDArray[np.float64] = np.log(bounded / (1 - bounded))
    return odds
