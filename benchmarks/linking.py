"""How well and how fast reports are linked to happenings.

    python benchmarks/linking.py                    # quality on tests/corpus/happenings, both halves
    python benchmarks/linking.py --misses           # and what is merged wrongly or missed
    python benchmarks/linking.py --scale 1000000    # seconds and memory for so many synthetic codings

The gold mapping says which sentence of which article tells which happening. A coding belongs to the happening of
its sentence when its type is one of those given there. Precision, recall and F1 are B-cubed over the codings that
the mapping knows; codings that it does not know count as wrong where they are merged with known ones. Beside
them stands how many pairs of codings are linked rightly: happenings with one report do not flatter these.
"""

from __future__ import annotations

import argparse
import datetime
import random
import resource
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dragoman.corpus import Corpus, happenings, inserting
from dragoman.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.model import Document

HALVES = ("development", "test")
FOLDER = Path(__file__).parent.parent / "tests" / "corpus" / "happenings"
Coding = tuple[str, str]


class Told(msgspec.Struct, frozen=True):
    """A line of the gold mapping: a sentence, by words that it holds, and the happening that it tells."""

    happening: str
    article: str
    words: str
    types: tuple[str, ...]


class Contradiction(msgspec.Struct, frozen=True):
    """A line of the gold disputes: two happenings that contradict each other, and in what."""

    happening: str
    other: str
    field: str


class Result(NamedTuple):
    """What was measured on one half."""

    precision: float
    recall: float
    f1: float
    pair_precision: float
    pair_recall: float
    codings: int
    happenings: int
    linked: int
    disputes: str


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def articles(half: str) -> list[Article]:
    return [msgspec.json.decode(line, type=Article) for line in lines(FOLDER / f"{half}.jsonl")]


def gold(half: str) -> list[Told]:
    return [msgspec.json.decode(line, type=Told) for line in lines(FOLDER / f"{half}_gold.jsonl")]


def mapping(corpus: Corpus, told: Iterable[Told]) -> dict[Coding, str]:
    """Return the gold happening of each coding that the mapping knows."""
    by_article: dict[str, list[Told]] = defaultdict(list)
    for line in told:
        by_article[line.article].append(line)
    found: dict[Coding, str] = {}
    rows = corpus.connection.execute(
        "SELECT e.article, e.event, e.type, e.sentence FROM events AS e JOIN reports USING (run, article, event) "
        "WHERE run = ? ORDER BY e.article, e.start",
        [corpus.latest_run()],
    ).fetchall()
    for article, event, type_, sentence in rows:
        for line in by_article[article]:
            if line.words in sentence and type_ in line.types:
                found[article, event] = line.happening
                break
    return found


def disputes(corpus: Corpus, half: str, known: dict[Coding, str], linked: dict[Coding, str]) -> str:
    """Say how many of the gold disputes are found, and how many are found beside them."""
    there = {
        (frozenset((line.happening, line.other)), line.field)
        for line in (
            msgspec.json.decode(text, type=Contradiction) for text in lines(FOLDER / f"{half}_disputes.jsonl")
        )
    }
    names: dict[str, set[str]] = defaultdict(set)
    for coding, happening in linked.items():
        names[happening].add(known.get(coding, "?"))
    found = corpus.connection.execute(
        "SELECT happening, other, field FROM disputes WHERE run = ?", [corpus.latest_run()]
    ).fetchall()
    right, other = set(), 0
    for one, two, field in found:
        pairs = {(frozenset((a, b)), field) for a in names[one] for b in names[two]}
        right |= pairs & there
        other += not pairs & there
    return f"{len(right)} of {len(there)} disputes found, {other} others"


def linked_groups(corpus: Corpus) -> dict[Coding, str]:
    rows = corpus.connection.execute(
        "SELECT article, event, happening FROM reports WHERE run = ?", [corpus.latest_run()]
    ).fetchall()
    return {(article, event): happening for article, event, happening in rows}


def measure(known: dict[Coding, str], linked: dict[Coding, str], said: str = "") -> Result:
    """Return B-cubed precision and recall, and the same of pairs, over the known codings."""
    groups: dict[str, set[Coding]] = defaultdict(set)
    for coding, happening in linked.items():
        groups[happening].add(coding)
    truth: dict[str, set[Coding]] = defaultdict(set)
    for coding, happening in known.items():
        truth[happening].add(coding)
    precision = recall = 0.0
    right = ours = true = 0
    for coding, happening in known.items():
        group, others = groups[linked[coding]], truth[happening]
        common = len(group & others)
        precision += common / len(group)
        recall += common / len(others)
        right += common - 1
        ours += len(group) - 1
        true += len(others) - 1
    precision, recall = precision / len(known), recall / len(known)
    return Result(
        precision,
        recall,
        2 * precision * recall / (precision + recall),
        right / ours if ours else 1.0,
        right / true if true else 1.0,
        len(known),
        len(truth),
        sum(1 for group in groups.values() if len(group) > 1),
        said,
    )


def evaluate(half: str, documents: Iterable[Document], folder: Path, misses: bool = False) -> Result:
    """Link the coded articles of a half, in a corpus in that folder."""
    with Corpus(folder / f"{half}.dragoman", create=True) as corpus:
        corpus.add(documents)
        known, linked = mapping(corpus, gold(half)), linked_groups(corpus)
        if misses:
            show_misses(corpus, known, linked)
        return measure(known, linked, disputes(corpus, half, known, linked))


def show_misses(corpus: Corpus, known: dict[Coding, str], linked: dict[Coding, str]) -> None:
    """Print each pair of codings that is linked wrongly, or not."""
    sentences = {
        (article, event): f"{type_} {sentence[:100]}"
        for article, event, type_, sentence in corpus.connection.execute(
            "SELECT article, event, type, sentence FROM events WHERE run = ?", [corpus.latest_run()]
        ).fetchall()
    }
    every = sorted(linked)
    for i, one in enumerate(every):
        for other in every[i + 1 :]:
            together = linked[one] == linked[other]
            same = known.get(one, one) == known.get(other, other)
            if together != same and (one in known or other in known):
                print(f"  {'WRONG' if together else 'missed'}  {one} {sentences[one]}")
                print(f"          {other} {sentences[other]}  [{known.get(one)} | {known.get(other)}]")


# ------------------------------------------------------------------ scale

DAY = datetime.date(2015, 1, 1)
TYPES = ("ACCUSE", "AGREE", "ASSAULT", "CONSULT", "COERCE", "REQUEST", "REJECT", "SANCTION", "SUPPORT", "AID")


def synthetic(count: int, seed: int = 7) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield codings and their parties: about three reports a happening over eight years, as news has them."""
    draw = random.Random(seed)
    states = [f"{chr(65 + i // 26)}{chr(65 + i % 26)}X" for i in range(180)]
    shares = [1 / (rank + 3) for rank in range(len(states))]
    words = [f"word{i}" for i in range(20_000)]
    made = 0
    while made < count:
        # Few states do most of what is reported.
        a, b = draw.choices(states, shares, k=2)
        if a == b:
            continue
        day = DAY + datetime.timedelta(days=draw.randrange(2920))
        type_ = draw.choice(TYPES)
        said = [words[min(19_999, int(draw.paretovariate(0.5)))] for _ in range(14)]
        for _ in range(min(int(draw.paretovariate(1.2)), 40)):
            kept = [w for w in said if draw.random() < 0.7]
            stated = draw.random() < 0.5
            name = {"run": 1, "article": f"a{made:08d}", "event": "e1"}
            sentence = " ".join((*kept, f"word{draw.randrange(20_000)}"))
            event = {
                **name,
                "date": day + datetime.timedelta(days=draw.randrange(2)),
                "type": type_,
                "status": "occurred",
                "historical": False,
                "reciprocal": False,
                "words": kept[0] if kept else "did",
                "start": 0,
                "end": 5,
                "sentence": sentence,
                "sentence_start": 0,
                "sentence_end": len(sentence),
                "earliest": day if stated else None,
                "latest": day if stated else day + datetime.timedelta(days=1),
                "time_stated": stated,
                "confidence": 0.9,
                "anchor": name["article"],
            }
            sides = [("actor", a), ("recipient", b)]
            yield (
                event,
                [
                    {**name, "side": side, "position": 0, "entity": f"n-{c}", "key": f"state:{c}", "name": c,
                     "country": c, "sectors": [], "start": None, "end": None}
                    for side, c in sides
                ],
            )  # fmt: skip
            made += 1
            if made == count:
                return


def scale(count: int, folder: Path) -> None:
    """Print seconds and memory for linking so many synthetic codings."""
    with Corpus(folder / "scale.dragoman", create=True) as corpus:
        connection = corpus.connection
        columns = {
            table: [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
            for table in ("articles", "events", "participants")
        }
        events, parties = [], []

        def flush() -> None:
            rows = {
                "articles": [
                    {"article": e["article"], "date": e["date"], "text": "", "content": e["article"]}
                    for e in events
                ],
                "events": events,
                "participants": parties,
            }
            for table, given in rows.items():
                inserting.insert(
                    connection, table, [{name: row.get(name) for name in columns[table]} for row in given]
                )
            events.clear()
            parties.clear()

        for event, sides in synthetic(count):
            events.append(event)
            parties.extend(sides)
            if len(events) == 50_000:
                flush()
        flush()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun, worked = time.perf_counter(), time.process_time()
        connection.execute("BEGIN")
        happenings.link(connection, 1)
        connection.execute("COMMIT")
        seconds, work = time.perf_counter() - begun, time.process_time() - worked
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        (found,) = connection.execute("SELECT count(*) FROM happenings").fetchone() or (0,)
    print(f"{count} codings -> {found} happenings in {seconds:.1f} s ({work:.1f} s of processor)")
    print(f"peak memory {after / 1024:.0f} MB ({before / 1024:.0f} MB before)")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=HALVES, action="append", help="only this half")
    parser.add_argument("--misses", action="store_true", help="print what is merged wrongly or missed")
    parser.add_argument("--scale", type=int, metavar="N", help="time N synthetic codings instead")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.scale:
            scale(given.scale, Path(folder))
            return
        from dragoman import Coder

        coder = Coder()
        for half in given.half or HALVES:
            coded = (coder.code(article) for article in articles(half))
            result = evaluate(half, coded, Path(folder), given.misses)
            print(
                f"{half}: precision {result.precision:.3f}, recall {result.recall:.3f}, F1 {result.f1:.3f}; pairs "
                f"{result.pair_precision:.3f} / {result.pair_recall:.3f}; {result.codings} codings of "
                f"{result.happenings} happenings, {result.linked} happenings with several reports; {result.disputes}"
            )


if __name__ == "__main__":
    main()
