"""What the classifier learns from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus
from bot.matching.features import DIMENSIONS, MEANING_WEIGHT, Vectors


class Examples:
    """The features of a corpus's texts, one row each (texts x features), made dense only as they are used.

    A text has a few dozen of two thousand word features; all rows of a large library at once would take 80 MB.

    Args:
        corpus: whose texts to use.
        vectors: the encoder's vectors of the texts (texts x dimensions); None: words alone.
    """

    def __init__(self, corpus: Corpus, vectors: Vectors | None) -> None:
        self.shape = len(corpus.words), DIMENSIONS + (0 if vectors is None else vectors.shape[1])
        dense = (corpus.tfidf.transform([spoken])[0] for spoken in corpus.words)
        self._sparse = [(places := np.flatnonzero(row), row[places]) for row in dense]
        self._meanings = None if vectors is None else MEANING_WEIGHT * vectors

    def __getitem__(self, rows: NDArray[np.intp]) -> Vectors:
        """These rows (rows x features), as ``with_meanings`` gives them."""
        examples = np.zeros((len(rows), self.shape[1]), np.float32)
        for example, row in zip(examples, rows.tolist(), strict=True):
            places, values = self._sparse[row]
            example[places] = values
        if self._meanings is not None:
            examples[:, DIMENSIONS:] = self._meanings[rows]
        return examples
