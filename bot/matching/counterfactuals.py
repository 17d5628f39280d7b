"""Questions that sound like a library's and are about something else, made from the library itself.

"what did drucker say workers need" becomes "what did chopin say operas need": the same sentence with another subject.
What learns to tell the two apart looks at the words that matter, not at how a question is put (counterfactual
augmentation after Kaushik, Hovy and Lipton 2020, https://arxiv.org/abs/1909.12434).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np


_FOREIGN = Path(__file__).parent / "foreign.txt"
_FEWEST_TEXTS = 3
_TELLING = 1.0
"""A word is about the subject if the library uses it e times as often as English does, or more."""

_SCATTERED, _KEEPS_LEAST, _SWAPS_OTHERS = 0.2, 0.5, 0.4

FUNCTION_WORDS = frozenset(
    """
    a about actually after again all also always am an and another any anybody anyone anything are arent as ask at away
    back be became because been before being below better between both but by can cannot cant come could couldnt did
    didnt differ difference different do does doesnt doing done dont down each either else ever every everybody everyone
    everything exactly few find first for from get gets give given go goes going good got had happen happens has hasnt
    have havent having he hed her here hers him his how i id if ill im in instead into is isnt it its itself ive just
    keep kind know last less let lets like little long look lot made main make makes many may maybe me mean means might
    mine more most much must my need needs never new next no nobody none nor not nothing now of off often ok on once one
    ones only or other others our out over own part people person please point put quite rather really right said same
    saw say saying says see seen she should shouldnt show since so some somebody someone something sort still such sure
    take takes talk tell than thanks that thats the their theirs them then there theres these they theyre thing things
    think this those though thought through to together told too toward true truth try trying two u under until up upon
    ur us use used uses using very via want wants was wasnt way ways we well went were werent what whatever whats when
    where wheres whether which while who whom whos whose why will with within without wont word words would wouldnt
    wrong yes yet you your yours youre
    """.split()
)
"""Words that say how a question is put, not what it is about."""


class Counterfactuals:
    """Swaps the subject of a library's texts for another one.

    Args:
        texts: the words of each of the library's texts.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self.subject = subject_words(texts)
        known = set().union(*texts)
        self._others = [unknown for line in _foreign() if len(unknown := [w for w in line if w not in known]) > 1]

    def swapped(
        self, words: Sequence[str], random: np.random.Generator, keys: Mapping[str, float] | None = None
    ) -> list[str] | None:
        """The words with their subject swapped, or None if they have no subject.

        Args:
            words: of one text.
            random: decides on the new subject.
            keys: the words to swap, each with how telling it is; None: the library's subject words.
        """
        telling = self.subject if keys is None else keys
        found = sorted({word for word in words if word in telling}, key=telling.__getitem__)
        if not found:
            return None
        if len(found) > 2 and random.random() < _KEEPS_LEAST:
            del found[0]
        if random.random() < _SWAPS_OTHERS:
            content = dict.fromkeys(w for w in words if w not in FUNCTION_WORDS and w not in found)
            found += [word for word in content if random.random() < 0.5]
        return self._replaced(words, found, random)

    def _replaced(self, words: Sequence[str], found: Sequence[str], random: np.random.Generator) -> list[str]:
        lines = random.permutation(len(self._others))
        if random.random() < _SCATTERED:
            nouns = [self._others[line][0] for line in lines]
        else:
            nouns = [noun for line in lines[:4] for noun in random.permutation(self._others[line]).tolist()]
        new = {word: _as_plural(noun, word) for word, noun in zip(found, nouns, strict=False)}
        return [new.get(word, word) for word in words]


def subject_words(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """The words that say what a library is about, each with how telling it is.

    That is the logarithm of how many times more of the library's texts than of English words are this word; English is
    estimated by Zipf's law from the rank in a list of frequent words.
    """
    uses = Counter(word for text in texts for word in set(text))
    total = max(1, sum(uses.values()))
    ranks = _ranks()
    telling = {
        word: math.log(count / total * (ranks.get(word, len(ranks)) + 1) * math.log(len(ranks)))
        for word, count in uses.items()
        if count >= _FEWEST_TEXTS and word not in FUNCTION_WORDS and word.isalpha()
    }
    return {word: value for word, value in telling.items() if value >= _TELLING}


@cache
def _ranks() -> Mapping[str, int]:
    words = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()
    return {word: rank for rank, word in enumerate(word for word in words if len(word) > 1)}


@cache
def _foreign() -> tuple[tuple[str, ...], ...]:
    """Subjects, each with nouns that belong to it."""
    return tuple(tuple(line.split()) for line in _FOREIGN.read_text(encoding="utf-8").splitlines())


def _as_plural(noun: str, word: str) -> str:
    return f"{noun}s" if word.endswith("s") and not word.endswith("ss") else noun
