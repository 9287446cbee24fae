"""Write trained weights as int8 ONNX, weights quantised per channel, with the vocabulary and the categories.

    python training/classifier/export.py build/classifier/student --out src/dragoman/data/models/plover

Needs the packages of requirements.txt beside it; torch is not needed by what is written.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import tempfile
from pathlib import Path

import torch
from network import load
from onnxruntime.quantization import QuantType, quantize_dynamic
from reader import Reader

from dragoman.events.marking import mark, shortened
from reading import categories, later_sentences, student_weights, tokenizer_of, training_sentences

# How many sentences are read to see how large activations get.
SEEN = 4000


def export(weights: Path, out: Path) -> None:
    """Write `encoder.onnx`, `vocabulary.txt` and `categories.csv` into a folder, from what train.py wrote."""
    model, shape = load(weights)
    names = shape["categories"]
    reader = Reader(model).eval()
    sentences = [*training_sentences(), *later_sentences()]
    drawn = random.Random(1).sample(sentences, min(SEEN, len(sentences)))
    marked = mark(tokenizer_of(student_weights()), [(s.text, s.source, s.target) for s in drawn])
    reader.even_out(shortened(m) for m in marked)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            reader,
            (torch.randint(1000, 2000, (1, 16)), torch.tensor([1]), torch.tensor([5])),
            str(whole),
            input_names=["tokens", "source", "target"],
            output_names=["scores", "statuses"],
            dynamic_axes={"tokens": {1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            out / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven bits of weights: older processors add products of eight bits in sixteen, which overflows, and an
            # answer must not depend on the processor.
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
    shutil.copyfile(student_weights() / "vocab.txt", out / "vocabulary.txt")
    known = categories()
    with (out / "categories.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["category", "type", "cameo", "mode"])
        for name in names:
            kind = "" if name.startswith("NONE.") else known[name].get("type", name.partition(".")[0])
            table.writerow([name, kind, known[name]["cameo"], known[name].get("mode", "")])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    export(options.weights, options.out)
