"""Autocompletion for questions, from the first letters on."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.spelling import slips_in
from bot.text import normalise, words

_WORDS, _REPAIRS = 10, 1
"""How many words count, from the last one back, and how many of them are looked up as typos: each takes time."""

_LIKELY = 200
_LENGTH_COST = 100


class Completer:
    """Completes what somebody types to known texts, by the words that they share.

    Args:
        texts: each with its topic; among equals those given first win.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._texts = list(texts)
        self._normalised = [normalise(text) for text, _ in self._texts]
        self._lengths = np.array([len(text) for text in self._normalised], np.float32)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self._normalised):
            for word in dict.fromkeys(words(text)):
                places[word].append(index)
        self._places = {word: np.array(indices) for word, indices in places.items()}
        self._words = sorted(self._places)

    def complete(self, typed: str, most: int, longest: int) -> list[str]:
        """The best completions, at most ``most``, none longer than ``longest`` characters.

        The best of each topic comes first, then the topics' further texts. With nothing typed, the first text
        of each topic.
        """
        first: dict[str, str] = {}
        further: list[str] = []
        for index in self._ranked(normalise(typed)):
            text, topic = self._texts[index]
            if len(text) <= longest and first.setdefault(topic, text) != text:
                further.append(text)
        return list(dict.fromkeys([*first.values(), *further]))[:most]

    def _ranked(self, typed: str) -> Iterator[int]:
        """The texts that share a word with what is typed, the likeliest first."""
        spoken = words(typed)
        if not spoken:
            yield from range(len(self._texts))
            return
        score = np.zeros(len(self._texts), np.float32)
        repairs = _REPAIRS
        for position, word in enumerate(reversed(spoken[-_WORDS:])):
            meant = self._meant(word, is_last=position == 0)
            if not meant and repairs:
                repairs -= 1
                meant = self._mistyped(word, is_last=position == 0)
            score += self._weights(meant)
        # A long text shares words by chance; among equals the shorter one is likelier meant.
        likely = np.flatnonzero(score)
        likely = likely[np.argsort(self._lengths[likely] / _LENGTH_COST - score[likely], kind="stable")[:_LIKELY]]
        yield from sorted(map(int, likely), key=lambda index: not self._normalised[index].startswith(typed))

    def _weights(self, meant: Iterable[str]) -> NDArray[np.float32]:
        """How strongly these words point to each text."""
        weights = np.zeros(len(self._texts), np.float32)
        for known in meant:
            places = self._places[known]
            weights[places] = np.maximum(weights[places], np.log(1 + len(self._texts) / len(places)))
        return weights

    def _meant(self, word: str, *, is_last: bool) -> list[str]:
        """The known words that a typed one may be; the last one may be unfinished."""
        if not is_last:
            return [word] if word in self._places else []
        start = bisect_left(self._words, word)
        return self._words[start : bisect_left(self._words, word + chr(0x10FFFF), start)]

    def _mistyped(self, word: str, *, is_last: bool) -> list[str]:
        """The known words that a mistyped one may be."""
        if not slips_in(word):
            return []
        # An unfinished word is compared with the beginning of each known word, as long as it and one letter longer.
        ends = (len(word), len(word) + 1) if is_last else (None,)
        candidates = [known for known in self._places if known[0] == word[0]]
        return [
            known
            for end in ends
            for _, _, known in process.extract(
                word,
                {known: known[:end] for known in candidates},
                scorer=OSA.distance,
                score_cutoff=slips_in(word),
                limit=10,
            )
        ]
