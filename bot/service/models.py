"""What was learnt of a library, kept between starts."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from bot.matching import DIMENSIONS, PRIOR, Corpus, Encoder, Model, Verdicts, verdict_shapes
from bot.service.cache import Array, Cache, Shapes
from bot.service.encodings import as_arrays, from_arrays, shapes


def read_model(cache: Cache, fingerprint: str, corpus: Corpus, encoder: Encoder | None) -> Model | None:
    """The model that was learnt of ``corpus`` with ``encoder`` (None: of words alone), if it is in the cache."""
    features = DIMENSIONS + (encoder.dimensions if encoder else 0)
    arrays = {"weights": (features, len(corpus.categories)), "confidence": PRIOR.shape}
    verdicts = verdict_shapes(corpus)
    alone = len(corpus.said) - len(corpus.texts)
    meanings: Shapes = {"meanings": (alone, encoder.dimensions)} if encoder else {}
    encoded = shapes(encoder, len(corpus.texts)) if encoder else {}
    if (stored := cache.read(f"model-{fingerprint}", {**arrays, **verdicts, **encoded, **meanings})) is None:
        return None
    encodings = from_arrays(stored) if encoder else None
    if encoder and encodings is None:
        return None
    alone_meant = stored["meanings"].astype(np.float16) if encoder else None
    learnt = Verdicts(**{name: stored[name].astype(np.float32) for name in verdicts})
    confidence = stored["confidence"].astype(np.float64)
    return Model(stored["weights"].astype(np.float32), confidence, learnt, encodings, alone_meant)


def write_model(cache: Cache, fingerprint: str, model: Model) -> None:
    """Keep a model in the cache."""
    arrays: dict[str, Array] = {"weights": model.weights, "confidence": model.confidence, **asdict(model.verdicts)}
    if model.encodings is not None and model.meanings is not None:
        arrays |= {**as_arrays(model.encodings), "meanings": model.meanings}
    cache.write(f"model-{fingerprint}", arrays)
