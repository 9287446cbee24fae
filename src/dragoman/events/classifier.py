"""The sentence encoder: what a marked source does to a marked target, as probabilities of categories.

A small transformer (MiniLM-L6, Wang et al. 2020) with marked source and target (Baldini Soares et al. 2019), trained on
sentences written for it (`training/`), run by ONNX Runtime in 8-bit integers. Sentences are run one by one: with
dynamic quantisation a sentence would else be read a little differently beside other ones.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dragoman.errors import ConfigError
from dragoman.events.marking import mark, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.events.marking import Marked, Span

STATUSES = ("occurred", "ongoing", "planned", "proposed", "possible", "conditional", "denied", "hypothetical")
_CATEGORIES_KEPT = 3


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the encoder: its name, its type (None: no event), the CAMEO code and mode that say the same."""

    name: str
    type: str | None
    cameo: str | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the encoder reads one marked sentence.

    Attributes:
        types: natural logarithm of the probability of each type; the empty name stands for "no event".
        categories: the likeliest categories with their probabilities, likeliest first.
        status: the likeliest status.
    """

    types: dict[str, float]
    categories: tuple[tuple[Category, float], ...]
    status: str

    def category(self, name: str) -> Category | None:
        """Return the likeliest category of a type among the kept ones."""
        return next((c for c, _ in self.categories if c.type == name), None)


class Classifier:
    """The encoder of a codebook.

    Args:
        name: folder below `dragoman/data/models`.
        types: CAMEO codes whose categories count for another type than their own.

    Raises:
        ConfigError: when the folder lacks a file.
    """

    def __init__(self, name: str, types: Mapping[str, str] = MappingProxyType({})) -> None:
        import numpy
        import onnxruntime
        from tokenizers import Tokenizer
        from tokenizers.models import WordPiece
        from tokenizers.normalizers import BertNormalizer
        from tokenizers.pre_tokenizers import BertPreTokenizer

        self._numpy = numpy
        folder = resources.files("dragoman") / "data" / "models" / name
        try:
            words = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
            self.categories = _categories((folder / "categories.csv").read_text(encoding="utf-8"))
            model = (folder / "encoder.onnx").read_bytes()
        except OSError as error:
            raise ConfigError(
                f"the classifier {name!r} lacks {error.filename}", advice="install dragoman again"
            ) from error
        tokenizer = Tokenizer(WordPiece({w: i for i, w in enumerate(words) if w}, unk_token="[UNK]"))
        tokenizer.normalizer = BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = BertPreTokenizer()
        self._tokenizer = tokenizer
        options = onnxruntime.SessionOptions()
        # One thread: articles are what is spread over cores.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.categories = tuple(
            replace(c, type=types.get(c.cameo, c.type) if c.type and c.cameo else c.type)
            for c in self.categories
        )
        self.types = tuple(dict.fromkeys(c.type or "" for c in self.categories))
        self._members = [
            numpy.array([i for i, c in enumerate(self.categories) if (c.type or "") == name])
            for name in self.types
        ]

    def read(self, text: str, source: Sequence[Span], target: Sequence[Span]) -> Reading:
        """Read one sentence.

        Args:
            text: the sentence.
            source: character spans of who does it (may be empty).
            target: character spans of whom it is done to (may be empty).
        """
        return self.read_all([(text, source, target)])[0]

    def read_all(self, sentences: Sequence[tuple[str, Sequence[Span], Sequence[Span]]]) -> list[Reading]:
        """Read sentences, each as `read` does; several at once cost a little less each."""
        return [self._reading(shortened(marked)) for marked in mark(self._tokenizer, sentences)]

    def _reading(self, marked: Marked) -> Reading:
        numpy = self._numpy
        scores, statuses = self._session.run(
            None,
            {
                "tokens": numpy.array([marked.tokens], dtype=numpy.int64),
                "source": numpy.array([marked.source], dtype=numpy.int64),
                "target": numpy.array([marked.target], dtype=numpy.int64),
            },
        )
        raw: Any = scores[0].astype(numpy.float64)
        raw = raw - raw.max()
        logs = raw - math.log(numpy.exp(raw).sum())
        types = {
            name: float(numpy.logaddexp.reduce(logs[members]))
            for name, members in zip(self.types, self._members, strict=True)
        }
        best = numpy.argsort(-logs, kind="stable")[:_CATEGORIES_KEPT]
        kept = tuple((self.categories[i], round(math.exp(logs[i]), 4)) for i in best)
        return Reading(types, kept, STATUSES[int(statuses[0].argmax())])


@cache
def load_classifier(name: str, types: tuple[tuple[str, str], ...] = ()) -> Classifier:
    """Return the classifier of a name; loaded once for each mapping of CAMEO codes to types."""
    return Classifier(name, dict(types))


def _categories(table: str) -> tuple[Category, ...]:
    return tuple(
        Category(row["category"], row["type"] or None, row["cameo"] or None, row["mode"] or None)
        for row in csv.DictReader(table.splitlines())
    )
