"""Speed of coding, as ratios to bare spaCy on the same articles in the same run.

    python benchmarks/speed.py [CORPUS.jsonl] [--articles N] [--repeats N] [--json]

Without a corpus the articles of `examples/` are coded (few: take a corpus of your own for figures to quote).

What is measured, each in turn and in several rounds, of which the medians are taken:

- `nlp.pipe`: the spaCy pipeline as a user would load it, entity recognition included, one process;
- `dragoman`: `Coder.code` on the same articles, one process, everything from text to checked record;
- `1 worker` and `2 workers`: `dragoman.running` writing records as JSON, without the time that workers need
  to start (each codes one article before the clock runs).

Then the greatest memory of a worker process, and the least time of five for `import dragoman`.
On a machine that others use as well, the ratio by processor time is the one to trust. Numeric libraries
are held to one thread a process. Prints a table, or one JSON object.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.running.threads import hold_to_one_thread

hold_to_one_thread()  # before anything imports numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language

    from dragoman.coder import Coder
    from dragoman.model import Article

EXAMPLES = Path(__file__).parent.parent / "examples"
WARM_UP = 4
BATCH = 16


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    articles = corpus(options.corpus, options.articles)
    figures = measure(articles, options.repeats, options.pipeline)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        print(table(figures))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", nargs="?", type=Path, default=EXAMPLES, help="articles; default: examples/")
    parser.add_argument("--articles", type=int, default=None, help="take only the first N")
    parser.add_argument("--repeats", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--pipeline", default=None, help="spaCy pipeline")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args(arguments)


def corpus(path: Path, number: int | None) -> list[Article]:
    """Return the articles of a corpus; a small one is repeated, so that a round takes a while."""
    from dragoman.model import Article
    from dragoman.reading import read

    found = [item for item in read([path]) if isinstance(item, Article)]
    if not found:
        sys.exit(f"{path}: no article was found")
    if number is None:
        return found
    return list(itertools.islice(itertools.cycle(found), number))


def measure(articles: list[Article], repeats: int, pipeline: str | None) -> dict[str, Any]:
    """Return all figures."""
    import spacy

    from dragoman.coder import Coder
    from dragoman.language.pipeline import pipeline_name

    nlp = spacy.load(pipeline_name(pipeline))
    coder = Coder(pipeline)
    words = sum(len(article.text.split()) for article in articles)
    peaks: list[int] = []
    runs: dict[str, Callable[[], Taken]] = {
        "nlp.pipe": lambda: bare(nlp, articles),
        "dragoman": lambda: coded(coder, articles),
        "1 worker": lambda: pooled(coder, articles, 1, peaks),
        "2 workers": lambda: pooled(coder, articles, 2, peaks),
    }
    bare(nlp, articles[:WARM_UP])
    coded(coder, articles[:WARM_UP])
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    processor: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeats):
        for name, run in runs.items():
            taken = run()
            seconds[name].append(taken.seconds)
            processor[name].append(taken.processor)
    medians = {name: statistics.median(every) for name, every in seconds.items()}
    return {
        "articles": len(articles),
        "words": words,
        "repeats": repeats,
        "pipeline": pipeline_name(pipeline),
        "speeds": {
            name: {
                "articles_per_second": round(len(articles) / median, 2),
                "words_per_second": round(words / median),
            }
            for name, median in medians.items()
        },
        "ratio_to_spacy": ratio(seconds["nlp.pipe"], seconds["dragoman"]),
        "ratio_to_spacy_processor_time": ratio(processor["nlp.pipe"], processor["dragoman"]),
        "ratio_two_workers": ratio(seconds["1 worker"], seconds["2 workers"]),
        "worker_peak_mb": max(peaks),
        "import_seconds": round(min(import_time() for _ in range(5)), 3),
    }


def ratio(of: list[float], to: list[float]) -> float:
    """Return how many times faster the second is, as the median over rounds: neighbours share the noise."""
    return round(statistics.median(a / b for a, b in zip(of, to, strict=True)), 2)


class Taken(NamedTuple):
    """What a run took: time on the clock, and of this process's processor."""

    seconds: float
    processor: float


class Clock:
    """Both times since it was made."""

    def __init__(self) -> None:
        self._start = Taken(time.perf_counter(), time.process_time())

    def taken(self) -> Taken:
        return Taken(time.perf_counter() - self._start.seconds, time.process_time() - self._start.processor)


def bare(nlp: Language, articles: list[Article]) -> Taken:
    clock = Clock()
    for _ in nlp.pipe((article.text for article in articles), batch_size=BATCH):
        pass
    return clock.taken()


def coded(coder: Coder, articles: list[Article]) -> Taken:
    clock = Clock()
    for article in articles:
        coder.code(article)
    return clock.taken()


def pooled(coder: Coder, articles: list[Article], workers: int, peaks: list[int]) -> Taken:
    """Return the time of worker processes, from when all of them are ready to the last record.

    The peak memory of one of them is added to `peaks`.
    """
    from dragoman.model import Document
    from dragoman.running.pool import Pool
    from dragoman.running.streaming import work_of

    with Pool(work_of(coder.plan, Document.to_json), workers) as pool:
        for _ in pool.run([articles[0]] * workers):  # one for each, while it starts
            pass
        clock = Clock()
        for _ in pool.run(articles):
            pass
        taken = clock.taken()
        peaks.append(peak_of_children())
        return taken


def peak_of_children() -> int:
    """Return the greatest memory that a child of this process has held so far, in MB.

    Linux counts the pages of the parent, from before the child became a program of its own, into the
    child's `ru_maxrss`; the high-water mark in /proc is the child's alone. Elsewhere `ru_maxrss` has to do.
    """
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    children = {pid for task in tasks.iterdir() for pid in (task / "children").read_text().split()}
    marks = []
    for pid in children:
        status = Path(f"/proc/{pid}/status").read_text()
        marks += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")]
    return round(max(marks, default=0) / 1024)


def import_time() -> float:
    code = "import time; s = time.perf_counter(); import dragoman; print(time.perf_counter() - s)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)


def table(figures: dict[str, Any]) -> str:
    lines = [
        f"{figures['articles']} articles, {figures['words']:,} words, {figures['pipeline']}, "
        f"median of {figures['repeats']} rounds",
        "",
        f"{'':<12}{'articles/s':>12}{'words/s':>12}",
    ]
    for name, speed in figures["speeds"].items():
        lines.append(f"{name:<12}{speed['articles_per_second']:>12.2f}{speed['words_per_second']:>12,}")
    lines += [
        "",
        f"dragoman to bare spaCy, one process:  {figures['ratio_to_spacy']:.2f}x"
        f" ({figures['ratio_to_spacy_processor_time']:.2f}x by processor time)",
        f"two workers to one:                   {figures['ratio_two_workers']:.2f}x",
        f"peak memory of a worker:              {figures['worker_peak_mb']} MB",
        f"import dragoman:                      {figures['import_seconds']:.3f} s",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
