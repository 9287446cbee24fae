"""Read the training sentences and say what is in them.

A file of sentences holds blocks: a line `# TYPE.category` (see categories.yaml), then one sentence a line. The source
stands in `{S:...}`, the target in `{T:...}`; a side that has several parts is marked several times, a side that is not
named is left out. A status other than `occurred` stands in brackets at the beginning of the line:

    # AGREE.aid
    {S:Norway} offered {T:Malawi} two survey ships on Friday.
    (possible) {S:The fund} may extend a loan to {T:Zambia}, a person close to it said.

Run as a script it checks files and counts their sentences by category: `python training/sentences.py FILE...`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent
STATUSES = ("occurred", "ongoing", "planned", "proposed", "possible", "conditional", "denied", "hypothetical")
_LINE = re.compile(r"(?:\((\w+)\)\s+)?(.+)")
_MARK = re.compile(r"\{([ST]):([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence: the text without marks, and the spans of each side."""

    category: str
    status: str
    text: str
    source: tuple[tuple[int, int], ...]
    target: tuple[tuple[int, int], ...]
    origin: str

    @property
    def type(self) -> str:
        """The type of the codebook, or `NONE`."""
        return self.category.partition(".")[0]


class SentenceError(ValueError):
    """A line that is no labelled sentence; the message names file and line."""


@cache
def categories() -> dict[str, dict[str, str]]:
    """Return each category with what categories.yaml says of it."""
    table = yaml.safe_load((HERE / "categories.yaml").read_text(encoding="utf-8"))
    return {f"{name}.{key}": entry for name, entries in table.items() for key, entry in entries.items()}


def read(path: Path) -> list[Sentence]:
    """Read one file.

    Raises:
        SentenceError: with file and line of the first fault.
    """
    sentences, faults = scan(path)
    if faults:
        raise SentenceError(faults[0])
    return sentences


def scan(path: Path) -> tuple[list[Sentence], list[str]]:
    """Read one file and gather its faults instead of stopping at the first."""
    known = categories()
    sentences: list[Sentence] = []
    faults: list[str] = []
    category = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        line = line.strip()
        if not line:
            continue
        if line.startswith("#"):
            category = line[1:].strip()
            if category not in known:
                faults.append(f"{where}: no category {category!r}")
            continue
        try:
            sentences.append(_sentence(line, category, where))
        except SentenceError as error:
            faults.append(str(error))
    return sentences, faults


def _sentence(line: str, category: str, where: str) -> Sentence:
    if not category:
        raise SentenceError(f"{where}: a sentence before the first category")
    found = _LINE.fullmatch(line)
    assert found is not None
    status = found.group(1) or "occurred"
    if status not in STATUSES:
        raise SentenceError(f"{where}: no status {status!r}")
    marked = found.group(2)
    parts: list[str] = []
    spans: dict[str, list[tuple[int, int]]] = {"S": [], "T": []}
    end = length = 0
    for mark in _MARK.finditer(marked):
        before = marked[end : mark.start()]
        parts += [before, mark.group(2)]
        start = length + len(before)
        length = start + len(mark.group(2))
        spans[mark.group(1)].append((start, length))
        end = mark.end()
    parts.append(marked[end:])
    text = "".join(parts)
    if "{" in text or "}" in text:
        raise SentenceError(f"{where}: a mark that is not closed or not S or T")
    if not spans["S"] and not spans["T"]:
        raise SentenceError(f"{where}: neither source nor target is marked")
    return Sentence(category, status, text, tuple(spans["S"]), tuple(spans["T"]), where)


def main(paths: list[str]) -> int:
    """Print counts and faults of the files; return 1 when there are faults."""
    everything: list[Sentence] = []
    bad = 0
    for name in paths:
        sentences, faults = scan(Path(name))
        everything += sentences
        bad += len(faults)
        print(f"{name}: {len(sentences)} sentences, {len(faults)} faults")
        for fault in faults[:20]:
            print("  " + fault)
    seen: dict[str, str] = {}
    for sentence in everything:
        key = f"{sentence.text.lower()}{sentence.source}{sentence.target}"
        if key in seen:
            print(f"  {sentence.origin}: the same sentence and marks as {seen[key]}")
        seen.setdefault(key, sentence.origin)
    counts = Counter(s.category for s in everything)
    for category in categories():
        print(f"{counts[category]:6} {category}")
    print(f"{len(everything):6} in all, {sum(s.status != 'occurred' for s in everything)} not 'occurred'")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
