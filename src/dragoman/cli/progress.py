"""A progress bar with rate and time left, on standard error, only where a person sees it."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dragoman.reading.sources import format_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLE = 1_000_000


class Progress(Protocol):
    """What is told about each article that is done."""

    def advance(self) -> None:
        """Say that one more article is done."""
        ...


class _Silent:
    def advance(self) -> None:
        return


@contextlib.contextmanager
def progress(inputs: Sequence[str], *, quiet: bool = False, done: int = 0) -> Iterator[Progress]:
    """Show a progress bar while the block runs; silent when asked, or when no terminal shows it."""
    if quiet or not sys.stderr.isatty():
        yield _Silent()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} articles/s" if task.speed else "")

    columns = (
        TextColumn("coding"), BarColumn(bar_width=None), MofNCompleteColumn(), Rate(),
        TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=60) as bar:
        total = estimated(inputs)
        task = bar.add_task("", total=None if total is None else max(total, done), completed=done)

        class Shown:
            def advance(self) -> None:
                bar.advance(task)
                if total is not None and bar.tasks[0].completed > (bar.tasks[0].total or 0):
                    bar.update(task, total=bar.tasks[0].completed)

        yield Shown()


def estimated(inputs: Sequence[str]) -> int | None:
    """Return about how many articles the inputs hold, without reading them; None when it can't be told."""
    total = 0
    for name in inputs:
        path = Path(name)
        below = (p for p in path.rglob("*") if p.is_file() and format_of(p)) if path.is_dir() else [path]
        for file in sorted(below):
            number = _articles_of(file)
            if number is None:
                return None
            total += number
    return total


def _articles_of(file: Path) -> int | None:
    ending = [suffix.lower() for suffix in file.suffixes if suffix.lower() != ".gz"][-1:]
    try:
        if ending in ([".jsonl"], [".ndjson"], [".csv"], [".tsv"]):
            return _from_sample(file, is_csv=ending[0] in (".csv", ".tsv"))
        if ending in ([".parquet"], [".pq"]):
            import pyarrow.parquet as pq

            return int(pq.ParquetFile(file).metadata.num_rows)
    except Exception:
        return None  # reading will say what is wrong with it
    return 1 if file.is_file() else None


def _from_sample(file: Path, *, is_csv: bool) -> int:
    """Count the records of the first megabyte and scale up to the size of the file."""
    with file.open("rb") as raw:
        zipped = raw.peek(2)[:2] == b"\x1f\x8b"
        source = gzip.GzipFile(fileobj=raw) if zipped else raw
        sample = source.read(SAMPLE)
        consumed = raw.tell()
    size = file.stat().st_size
    whole = len(sample) < SAMPLE
    if is_csv:
        rows = sum(1 for _ in csv.reader(io.StringIO(sample.decode("utf-8", "replace")))) - 1
    else:
        rows = sum(1 for line in sample.splitlines() if line.strip())
    share = 1.0 if whole else (consumed if zipped else len(sample)) / size
    return max(1, round(rows / max(share, 1e-9)))
