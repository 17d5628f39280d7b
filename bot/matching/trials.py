"""Questions that a library is put to, to learn how sure it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

import numpy as np

from bot.matching.corpus import Corpus
from bot.matching.counterfactuals import Counterfactuals
from bot.matching.spelling import slipped


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


PHRASING = Make("phrasing", 2400, True, 1.0, 1.0)
OUTSIDE = Make("outside", 1800, True, 3.0, 0.5)
SLIPS = Make("slip", 600, True, 1.0, 1.0)
OTHER_SUBJECT = Make("other subject", 1500, False, 4.0, 0.1)
OTHER_KEY = Make("other key", 750, False, 4.0, 0.05)
OTHER_DOER = Make("other doer", 750, False, 4.0, 0.05)
OTHER_NAME = Make("other name", 750, False, 4.0, 0.05)
OTHER_MATTER = Make("other matter", 300, False, 1.0, 0.05)
OTHER_QUANTITY = Make("other quantity", 750, False, 4.0, 0.05)


def trials(corpus: Corpus) -> list[Trial]:
    """Phrasings and outside questions as they are, phrasings with slips, and counterfactuals of all kinds.

    The same corpus always gives the same trials, and one with a phrasing more gives hardly any others: each text
    decides by its hash whether and how it is changed, so that most encodings in the cache are of use again.
    """
    inside = corpus.is_topic[corpus.labels]
    topics, outside = np.flatnonzero(inside).tolist(), np.flatnonzero(~inside).tolist()
    words, texts, labels = corpus.words, corpus.texts, corpus.labels
    changed = Counterfactuals([words[row] for row in topics], labels[topics].tolist())

    def made(kind: Make, rows: Sequence[int], make: Callable[[int, np.random.Generator], str]) -> Iterator[Trial]:
        seed = {row: crc32(f"{kind.name}: {texts[row]}".encode("utf-8", "surrogatepass")) for row in rows}
        made = ((make(row, np.random.default_rng(seed[row])), row) for row in sorted(rows, key=seed.__getitem__))
        return islice((Trial(text, row, kind) for text, row in made if text), kind.most)

    def other(change: Callable[..., Sequence[str] | None]) -> Callable[[int, np.random.Generator], str]:
        return lambda row, random: _other(change(words[row], random), words[row])

    def other_key(row: int, random: np.random.Generator) -> str:
        return _other(changed.other_key(words[row], labels[row].item(), random), words[row])

    return [
        *made(PHRASING, topics, lambda row, _: texts[row]),
        *made(OUTSIDE, outside, lambda row, _: texts[row]),
        *made(SLIPS, topics, lambda row, random: corpus.speller(slipped(texts[row], random))),
        *made(OTHER_SUBJECT, topics, other(changed.other_subject)),
        *made(OTHER_KEY, topics, other_key),
        *made(OTHER_DOER, topics, other(changed.other_doer)),
        *made(OTHER_NAME, topics, other(changed.other_name)),
        *made(OTHER_MATTER, topics, other(changed.other_matter)),
        *made(OTHER_QUANTITY, topics, other(changed.other_quantity)),
    ]


def _other(words: Sequence[str] | None, source: Sequence[str]) -> str:
    """The text of these words; nothing if there are none, or the same as in the source."""
    return "" if words is None or [*words] == [*source] else " ".join(words)
