"""What the classifier learns from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus
from bot.matching.features import DIMENSIONS, Vectors, with_meanings


class Examples:
    """The features of a corpus' texts, a row each (texts x features), made dense only as they are used.

    A text has a few dozen of two thousand features of words; all rows at once would take a large library 80 MB.

    Args:
        corpus: whose texts.
        vectors: the encoder's vectors of the texts (texts x dimensions); None: words alone.
    """

    def __init__(self, corpus: Corpus, vectors: Vectors | None) -> None:
        self.shape = len(corpus.words), DIMENSIONS + (0 if vectors is None else vectors.shape[1])
        self._vectors = vectors
        dense = (corpus.tfidf.transform([spoken])[0] for spoken in corpus.words)
        self._sparse = [(places := np.flatnonzero(row).astype(np.uint16), row[places]) for row in dense]

    def __getitem__(self, rows: NDArray[np.intp]) -> Vectors:
        """These rows (rows x features)."""
        dense = np.zeros((len(rows), DIMENSIONS), np.float32)
        for line, row in zip(dense, rows.tolist(), strict=True):
            places, values = self._sparse[row]
            line[places] = values
        return with_meanings(dense, None if self._vectors is None else self._vectors[rows])
