"""Questions that a library is put to, to learn how sure it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus
from bot.matching.counterfactuals import Counterfactuals
from bot.matching.spelling import slipped


@dataclass(frozen=True)
class Trial:
    """A question whose right answer is known.

    text: normalised.
    source: the text of the corpus that it is, or was made of.
    make: how it was made.
    """

    text: str
    source: int
    make: Make


@dataclass(frozen=True)
class Make:
    """A way to make trials.

    name: of the way.
    most: how many to make.
    is_real: whether the answer to the source is right for the trial, too; otherwise no topic answers it.
    drill: how many examples a trial counts as when learning what tells right from wrong.
    usual: how many examples it counts as when learning how often which is right.
    """

    name: str
    most: int
    is_real: bool
    drill: float
    usual: float


PHRASING = Make("phrasing", 2400, True, 1.0, 1.0)
OUTSIDE = Make("outside", 1800, True, 3.0, 0.5)
SLIPS = Make("slip", 600, True, 1.0, 1.0)
OTHER_SUBJECT = Make("other subject", 1500, False, 4.0, 0.1)
OTHER_KEY = Make("other key", 750, False, 4.0, 0.05)
OTHER_DOER = Make("other doer", 750, False, 4.0, 0.05)
OTHER_NAME = Make("other name", 750, False, 4.0, 0.05)
OTHER_MATTER = Make("other matter", 300, False, 1.0, 0.05)


def trials(corpus: Corpus) -> list[Trial]:
    """Phrasings and outside questions as they are, phrasings with slips, and counterfactuals of all kinds.

    The same corpus always gives the same trials.
    """
    random = np.random.default_rng(0)
    inside = corpus.is_topic[corpus.labels]
    topics, outside = np.flatnonzero(inside), np.flatnonzero(~inside)
    changed = Counterfactuals([corpus.words[row] for row in topics], corpus.labels[topics].tolist())
    words, texts, labels = corpus.words, corpus.texts, corpus.labels

    def made(kind: Make, rows: NDArray[np.intp], make: Callable[[int], str]) -> Iterator[Trial]:
        made = ((make(row), row) for row in random.permutation(rows).tolist())
        return islice((Trial(text, row, kind) for text, row in made if text), kind.most)

    def other(make: Callable[[int], Sequence[str] | None]) -> Callable[[int], str]:
        return lambda row: _other(make(row), words[row])

    return [
        *made(PHRASING, topics, texts.__getitem__),
        *made(OUTSIDE, outside, texts.__getitem__),
        *made(SLIPS, topics, lambda row: corpus.speller(slipped(texts[row], random))),
        *made(OTHER_SUBJECT, topics, other(lambda row: changed.other_subject(words[row], random))),
        *made(OTHER_KEY, topics, other(lambda row: changed.other_key(words[row], int(labels[row]), random))),
        *made(OTHER_DOER, topics, other(lambda row: changed.other_doer(words[row], random))),
        *made(OTHER_NAME, topics, other(lambda row: changed.other_name(words[row], random))),
        *made(OTHER_MATTER, topics, other(lambda row: changed.other_matter(words[row], random))),
    ]


def _other(words: Sequence[str] | None, source: Sequence[str]) -> str:
    """The text of these words; nothing if there are none, or the same as in the source."""
    return "" if words is None or [*words] == [*source] else " ".join(words)
