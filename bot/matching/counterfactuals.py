"""Questions that sound like a library's and are about something else, made from the library itself.

"what did drucker say workers need" becomes "what did chopin say operas need": the same sentence with another subject.
What learns to tell the two apart looks at the words that matter, not at how a question is put (counterfactual
augmentation after Kaushik, Hovy and Lipton 2020, https://arxiv.org/abs/1909.12434).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from itertools import dropwhile
from pathlib import Path

import numpy as np

from bot.matching.function_words import FUNCTION_WORDS
from bot.matching.people import doer, given_names, is_name, people, person, surnames
from bot.matching.spelling import everyday_words, is_strange

_FOREIGN = Path(__file__).parent / "foreign.txt"
_FEWEST_TEXTS = 3
_TELLING = 1.0
"""A word is about the subject if the library uses it e times as often as English does, or more."""

_SCATTERED, _KEEPS_LEAST, _SWAPS_OTHERS, _KEY_MASS = 0.2, 0.5, 0.3, 0.6
_MATTERS = (
    "how old is {}",
    "what does {} earn",
    "how much does {} cost",
    "another word for {}",
    "how do you say {} in spanish",
    "how many {} are there in the world",
    "phone number of {}",
    "how do you spell {}",
    "what rhymes with {}",
    "who is the most famous {}",
    "where can i buy {}",
    "is {} married",
)
"""What people may want to know of anything; a library that answers it has phrasings that say so."""

_LEADS = (
    *("how much does it cost", "how much money", "how many hours", "how many people", "how many times", "how often"),
    *("how old", "how tall", "how long ago", "how expensive", "in which year", "in which country", "on which page"),
    *("at what age", "at what time", "is it legal", "is it safe", "who invented", "who paid", "which law says"),
    *("where can i buy", "which software", "which app", "what is the {} when", "what {}", "which {}", "the {} of"),
    *("what is the average {} if", "how does the {} change when", "does the {} matter when", "give me the {} of"),
)
"""How a question begins that asks for something else; where there is a gap, for one of the ``_QUANTITIES``."""

_QUANTITIES = tuple(
    """price|cost|salary|age|height|weight|population|percentage|share|number|telephone number|address|email address
    birthday|gender|nationality|religion|legal status|penalty|tax rate|insurance|colour|size|length|spelling
    pronunciation|translation|etymology|abbreviation|synonym|opposite|law|exam|certificate|university course|job advert
    job title|dress code|notice period|holiday entitlement|pension|pay rise|budget|average|statistics|word count
    page number|publication year|publisher|isbn|photo|logo|map|recipe|temperature|speed|distance|stock price
    market value|invention|country|city|birthplace|wife|hobby""".replace("\n", "|").split("|")
)
_OPENINGS = frozenset(
    "what who how why when where which whose whom is are do does did can could should would will".split()
)

_SAYINGS = (
    "according to {name} {text}",
    "{name} says {text}",
    "does {name} say {text}",
    "what does {name} think {text}",
    "why does {name} say {text}",
    "{text} in the words of {name}",
    "{text} asked {name}",
    "how does {name} answer this {text}",
)
"""How a text is put into somebody's mouth."""


class Counterfactuals:
    """Turns a library's texts into texts about something else; each method gives None if it finds nothing to change.

    Args:
        texts: the words of each text by which a topic is recognised.
        topics: the topic of each text.
    """

    def __init__(self, texts: Sequence[Sequence[str]], topics: Sequence[Hashable]) -> None:
        self.subject = subject_words(texts)
        self._uses = Counter(word for text in texts for word in set(text))
        self._uses_of_topic: defaultdict[Hashable, Counter[str]] = defaultdict(Counter)
        for text, topic in zip(texts, topics, strict=True):
            self._uses_of_topic[topic].update(set(text))
        others = [[word for word in line if self._uses[word] < _FEWEST_TEXTS] for line in _foreign()]
        self._others = [line for line in others if len(line) > 1]
        named = Counter(filter(None, map(person, self._uses.elements())))
        self._strangers = [somebody for somebody in people() if named[somebody] < _FEWEST_TEXTS]
        self._given_names = [name for name in given_names() if not named[name]]
        self._surnames = [name for name in surnames() if not named[name]]

    def other_subject(self, words: Sequence[str], random: np.random.Generator) -> list[str] | None:
        """The words that say what the library is about become others."""
        return self._swapped(words, self.subject, random)

    def other_key(self, words: Sequence[str], topic: Hashable, random: np.random.Generator) -> list[str] | None:
        """Only the words that tell the text's topic from the others become others."""
        own = self._uses_of_topic[topic]
        telling = {word: own[word] / self._uses[word] for word in words if own[word] > 1 and word not in FUNCTION_WORDS}
        keys: dict[str, float] = {}
        for word in sorted(telling, key=telling.__getitem__, reverse=True):
            if sum(keys.values()) <= _KEY_MASS * sum(telling.values()):
                keys[word] = telling[word]
        return self._swapped(words, keys, random)

    def other_doer(self, words: Sequence[str], random: np.random.Generator) -> list[str] | None:
        """Somebody whom the library hardly ever names does it."""
        somebody = doer(words)
        if somebody is None or not self._strangers:
            return None
        stranger = self._strangers[random.integers(len(self._strangers))]
        return [_as_plural(stranger, word) if person(word) == somebody else word for word in words]

    def other_name(self, words: Sequence[str], random: np.random.Generator) -> list[str] | None:
        """Somebody whom the library never names said it, instead of those who did or of nobody."""
        if not (self._given_names and self._surnames):
            return None
        first, last = (names[random.integers(len(names))] for names in (self._given_names, self._surnames))
        if any(map(_is_name, words)):
            new = {word: first if word in given_names() else last for word in words if _is_name(word)}
            return [new.get(word, word) for word in words]
        name = (f"{first} {last}", first, last)[random.integers(3)]
        return _SAYINGS[random.integers(len(_SAYINGS))].format(name=name, text=" ".join(words)).split()

    def other_matter(self, words: Sequence[str], random: np.random.Generator) -> list[str] | None:
        """Something else is asked of the same subject."""
        subject = [word for word in words if word in self.subject]
        if not subject:
            return None
        first = random.integers(len(subject))
        matter = _MATTERS[random.integers(len(_MATTERS))]
        return matter.format(" ".join(subject[first : first + 1 + random.integers(2)])).split()

    def other_quantity(self, words: Sequence[str], random: np.random.Generator) -> list[str] | None:
        """The same is said, but something else is asked about it."""
        lead = _LEADS[random.integers(len(_LEADS))].format(_QUANTITIES[random.integers(len(_QUANTITIES))].strip())
        if any(self._uses[word] >= _FEWEST_TEXTS for word in lead.split() if word not in FUNCTION_WORDS):
            return None
        return [*lead.split(), *dropwhile(_OPENINGS.__contains__, words)]

    def _swapped(
        self, words: Sequence[str], telling: Mapping[str, float], random: np.random.Generator
    ) -> list[str] | None:
        found = sorted(dict.fromkeys(word for word in words if word in telling), key=telling.__getitem__)
        if not found or not self._others:
            return None
        if len(found) > 2 and random.random() < _KEEPS_LEAST:
            del found[0]
        if random.random() < _SWAPS_OTHERS:
            content = dict.fromkeys(word for word in words if word not in FUNCTION_WORDS and word not in found)
            found += [word for word in content if random.random() < 0.5]
        lines = [self._others[line] for line in random.permutation(len(self._others))]
        if random.random() < _SCATTERED:
            nouns = [line[0] for line in lines]
        else:
            nouns = [noun for line in lines[: 1 + len(found)] for noun in random.permutation(line).tolist()]
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
    rarest = max(2, len(ranks))
    telling = {
        word: math.log(count / total * (ranks.get(word, rarest) + 1) * math.log(rarest))
        for word, count in uses.items()
        if count >= _FEWEST_TEXTS and word not in FUNCTION_WORDS and word.isalpha()
    }
    return {word: value for word, value in telling.items() if value >= _TELLING}


@cache
def _ranks() -> Mapping[str, int]:
    words = [word for word in everyday_words() if len(word) > 1]  # single characters come first, however rare
    return {word: rank for rank, word in enumerate(words)}


@cache
def _foreign() -> tuple[tuple[str, ...], ...]:
    """Subjects, each with nouns that belong to it."""
    return tuple(tuple(line.split()) for line in _FOREIGN.read_text(encoding="utf-8").splitlines())


def _is_name(word: str) -> bool:
    """Whether a word of the library is a name: a known one, or no English word."""
    return is_name(word) or is_strange(word)


def _as_plural(noun: str, word: str) -> str:
    """The noun, in the plural if the word that it replaces seems to be."""
    if not word.endswith("s") or word.endswith("ss"):
        return noun
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
