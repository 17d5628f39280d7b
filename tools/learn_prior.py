"""Learn what a small library starts from: how signals are scaled, and what each of them is worth.

    python tools/learn_prior.py FOLDER

Makes small libraries of the public question sets in FOLDER (see ``build_encoder.py``), from questions that the encoder
has not been tuned on; puts each of them to its trials and prints the constants of ``bot/matching/confidence.py``.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script, it finds the bot beside its folder

from bot.matching import Category, Corpus, Encoder, Encodings, Kind, Lesson, everyday_questions, load_encoder, meaning
from bot.matching.calibration import Outcomes
from bot.matching.comparison import SIGNALS
from bot.matching.confidence import Numbers, fit_weights
from bot.text import normalise

_SETS = ("clinc150.train", "banking77.train", "hwu64.train")
_LIBRARIES, _FEWEST, _MOST_TOPICS, _MOST_PHRASINGS, _EVERYDAY = 60, 4, 16, 30, 600


def small_libraries(folder: Path) -> Iterator[Corpus]:
    random = np.random.default_rng(0)
    for number in range(_LIBRARIES):
        lines = (folder / f"{_SETS[number % len(_SETS)]}.jsonl").read_text(encoding="utf-8").splitlines()[1::2]
        phrasings: defaultdict[str, list[str]] = defaultdict(list)
        for row in map(json.loads, lines):
            if row["intent"]:
                phrasings[row["intent"]].append(normalise(row["q"]))
        chosen = random.choice(sorted(phrasings), random.integers(_FEWEST, _MOST_TOPICS), replace=False)
        most = random.integers(2 * _FEWEST, _MOST_PHRASINGS)
        topics = [
            Category(Kind.TOPIC, name, tuple(phrasings[name][:most]), frozenset({name})) for name in chosen.tolist()
        ]
        everyday = everyday_questions((text for topic in topics for text in topic.texts), _EVERYDAY)
        yield Corpus([*topics, *(Category(Kind.EVERYDAY, name, texts) for name, texts in everyday.items())])


def outcomes(corpus: Corpus, encoder: Encoder | None) -> Outcomes:
    """What becomes of a library's trials; without an encoder, by words alone."""
    lesson = Lesson(corpus)
    with ThreadPoolExecutor(2) as pool:
        encodings = None if encoder is None else Encodings.of(pool.map(partial(meaning, encoder), lesson.texts))
        examples = lesson.examples(lesson.own(encodings)[0])
        return lesson.outcomes(examples, encodings, encoder.tokens if encoder else str.split, pool)


def joined(results: Sequence[Outcomes]) -> list[Numbers]:
    """The signals of all candidates, whether each was right, and how many examples it counts as in the drill."""
    return [np.concatenate([getattr(result, name) for result in results]) for name in ("signals", "right", "drill")]


def main() -> None:
    libraries = [*small_libraries(Path(sys.argv[1]))]
    encoder = load_encoder()
    assert encoder is not None
    signals, right, drill = joined([outcomes(corpus, encoder) for corpus in libraries])
    known = ~np.isnan(signals).any(axis=1)
    means, scales = signals[known].mean(axis=0), signals[known].std(axis=0)

    def worth(signals: Numbers, right: Numbers, drill: Numbers) -> Numbers:
        scaled = np.hstack([np.ones((len(signals), 1)), np.nan_to_num((signals - means) / scales)])
        return fit_weights(scaled, right, drill, np.zeros(1 + len(SIGNALS)))

    weights = worth(signals[known], right[known], drill[known])
    by_words = worth(*joined([outcomes(corpus, None) for corpus in libraries]))
    print(f"    # {'':18s}mean, scale, worth, worth by words; intercepts {weights[0]:.2f} and {by_words[0]:.2f}")
    for row in zip(SIGNALS, means, scales, weights[1:], by_words[1:], strict=True):
        print('    "{}": ({:.3f}, {:.3f}, {:.2f}, {:.2f}),'.format(*row))


if __name__ == "__main__":
    main()
