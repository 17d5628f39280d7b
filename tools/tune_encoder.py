"""Contrastive tuning of the sentence encoder on public question sets; see ``build_encoder.py``.

Questions of one intent are pulled together, others pushed apart (InfoNCE, van den Oord et al. 2018,
https://arxiv.org/abs/1807.03748). Each anchor brings a hard negative: itself with the subject swapped, or one of the
nearest questions of another intent. The library that the bot ships is not among the sets, so that what
the encoder does for it, it does for any.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bot.matching.counterfactuals import Counterfactuals
from bot.matching.spelling import slipped
from bot.text import normalise, words

SETS = {"clinc150.train": 0.4, "banking77.train": 0.3, "hwu64.train": 0.3}
"""The files, without ``.jsonl``, and how many of the batches are made of each."""

_STEPS, _WARM_UP, _BATCH, _RATE, _DECAY, _CLIP, _SCALE = 600, 50, 40, 3e-5, 0.01, 1.0, 20.0
_SWAPS, _SLIPS, _NEIGHBOURHOODS = 0.6, 0.15, 0.6
_HARD, _NEIGHBOURS = 8, 220
_PIECE = 256


@dataclass(frozen=True)
class Questions:
    """One public set: texts, their intents (-1: none), and for each its nearest texts, the nearest first."""

    texts: list[str]
    intents: NDArray[np.intp]
    nearest: NDArray[np.intp]
    counterfactuals: Counterfactuals


def every_second(path: Path) -> tuple[list[str], NDArray[np.intp]]:
    """Half of a set's texts and their intents: what trains the encoder can't calibrate a matcher any more."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][::2]
    names = {name: number for number, name in enumerate(sorted({row["intent"] for row in rows if row["intent"]}))}
    return [normalise(row["q"]) for row in rows], np.array([names.get(row["intent"], -1) for row in rows])


class Tuning:
    """Trains a transformer.

    Args:
        transformer: the model, changed in place; its embeddings stay as they are.
        tokenizer: the one that belongs to it.
        folder: with the files of ``SETS``.
    """

    def __init__(self, transformer: torch.nn.Module, tokenizer: object, folder: Path) -> None:
        self._transformer, self._tokenizer = transformer, tokenizer
        self._random = np.random.default_rng(0)
        self._sets = [self._questions(folder / f"{name}.jsonl") for name in SETS]

    def run(self) -> None:
        torch.manual_seed(0)
        for weights in self._transformer.embeddings.parameters():
            weights.requires_grad = False
        trained = [weights for weights in self._transformer.parameters() if weights.requires_grad]
        optimiser = torch.optim.AdamW(trained, lr=_RATE, weight_decay=_DECAY)
        pace = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min((step + 1) / _WARM_UP, (_STEPS - step) / (_STEPS - _WARM_UP))
        )
        self._transformer.train()
        total = 0.0
        for step in range(_STEPS):
            with torch.autocast("cpu", torch.bfloat16):
                loss = self._loss(self._sets[self._random.choice(len(self._sets), p=[*SETS.values()])])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, _CLIP)
            optimiser.step()
            pace.step()
            total += loss.item()
            if step % 50 == 49:
                print(f"step {step + 1} of {_STEPS}: loss {total / 50:.3f}", flush=True)
                total = 0.0
        self._transformer.eval()

    def tokens(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """The last layer (texts x tokens x features) and the mask of the tokens that are part of the text."""
        batch = self._tokenizer([*texts], padding=True, truncation=True, max_length=64, return_tensors="pt")
        layer = self._transformer(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
        ).last_hidden_state
        return layer, batch["attention_mask"]

    def public_texts(self) -> list[str]:
        return [text for questions in self._sets for text in questions.texts]

    def _questions(self, path: Path) -> Questions:
        texts, intents = every_second(path)
        with torch.no_grad():
            pieces = [self._sentences(texts[i : i + _PIECE]) for i in range(0, len(texts), _PIECE)]
        vectors = torch.cat(pieces).float()
        rows = [(vectors[i : i + _PIECE] @ vectors.T).topk(_NEIGHBOURS).indices for i in range(0, len(texts), _PIECE)]
        return Questions(
            texts, intents, torch.cat(rows).numpy(), Counterfactuals([words(text) for text in texts], intents.tolist())
        )

    def _sentences(self, texts: Sequence[str]) -> torch.Tensor:
        return sentences(*self.tokens(texts))

    def _loss(self, questions: Questions) -> torch.Tensor:
        rows, partners, negatives, labels = self._triplets(questions)
        anchors = [questions.texts[row] for row in rows]
        anchors = [slipped(text, self._random) if self._random.random() < _SLIPS else text for text in anchors]
        vectors = self._sentences([*anchors, *(questions.texts[row] for row in partners), *negatives]).float()
        scores = _SCALE * vectors[:_BATCH] @ vectors[_BATCH:].T
        own = torch.from_numpy(questions.intents[rows])
        same = own[:, None] == torch.cat([own, torch.tensor(labels)])[None, :]
        target = torch.arange(_BATCH)
        same[target, target] = False
        return torch.nn.functional.cross_entropy(scores.masked_fill(same, -1e4), target)

    def _triplets(self, questions: Questions) -> tuple[NDArray[np.intp], list[int], list[str], list[int]]:
        """Rows of the anchors, rows of the positives, texts of the negatives and their intents (-2: swapped)."""
        random, intents = self._random, questions.intents
        candidates = np.arange(len(intents))
        if random.random() < _NEIGHBOURHOODS:
            candidates = questions.nearest[random.integers(len(intents))]
        candidates = candidates[intents[candidates] >= 0]
        rows = random.choice(candidates, _BATCH, replace=len(candidates) < _BATCH)
        partners = [int(random.choice(np.flatnonzero(intents == intents[row]))) for row in rows]
        negatives, labels = [], []
        for row in rows:
            swap = questions.counterfactuals.other_subject(words(questions.texts[row]), random)
            if swap is not None and random.random() < _SWAPS:
                negatives.append(" ".join(swap))
                labels.append(-2)
                continue
            others = questions.nearest[row][intents[questions.nearest[row]] != intents[row]][:_HARD]
            other = int(random.choice(others if len(others) else candidates))
            negatives.append(questions.texts[other])
            labels.append(int(intents[other]) if intents[other] >= 0 else -2)
        return rows, partners, negatives, labels


def sentences(layer: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Unit vectors of sentences: the mean of their tokens (texts x tokens x features) in the mask (texts x tokens)."""
    weights = mask.unsqueeze(-1).to(layer.dtype)
    return torch.nn.functional.normalize((layer * weights).sum(1) / weights.sum(1).clamp(min=1e-9), dim=1)


def components(tuning: Tuning, dimensions: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean (features,) and first principal components (features x dimensions) of the tokens of the public texts."""
    texts = tuning.public_texts()[::8]
    with torch.no_grad():
        layers = [tuning.tokens(texts[i : i + _PIECE]) for i in range(0, len(texts), _PIECE)]
    tokens = torch.cat([layer[mask.bool()] for layer, mask in layers])
    mean = tokens.mean(0)
    _, vectors = torch.linalg.eigh((tokens - mean).T @ (tokens - mean))
    return mean, vectors.flip(1)[:, :dimensions]
