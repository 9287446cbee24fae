"""Quality of coding on public data sets, beside the figures of its peers.

    python benchmarks/quality.py --relations PAIRS.jsonl [--events SENTENCES.jsonl --codebook FOLDER --actors FILE.csv]
                                 [--limit N] [--json]

The data sets are not part of dragoman; take them from their authors and bring them into JSON Lines:

- relations (Zero-Shot-PLOVER, PLV): `{id, text, source: {start, end}|null, target: {start, end}|null, root}`, `root`
  being the PLOVER type. The set has one class YIELD for CONCEDE and RETREAT, so answers of these two count as YIELD.
- events (the unit tests of PETRARCH): `{id, text, date, events: [{actors, recipients, type}]}` with country codes,
  coded with the dictionaries that belong to them: `dragoman codebook import-petrarch` makes the codebook and the actors
  file. An event counts for every pair of actor and recipient; a record is exact when all its pairs of countries with
  their types are. `ignored_events` (a pair of countries each) are not counted.

Prints accuracy and macro-F1 over the classes of the set, precision, recall and F1 of each, the ten commonest
confusions, the expected calibration error, and the processor time of a pair on one core.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.running.threads import hold_to_one_thread

hold_to_one_thread()  # before anything imports numpy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BATCH = 24
# The time is that of the fastest pass: in the first, words are seen for the first time.
PASSES = 3
# Figures of others on the same sets: name, accuracy, macro-F1, where they come from.
PEERS_RELATIONS = (
    ("majority class", 0.134, 0.016, "measured"),
    ("UniversalPetrarch, full dictionaries, spaCy parse", None, 0.50, "measured"),
    ("ZSP, RoBERTa-large-MNLI on a GPU, zero-shot", 0.760, 0.743, "measured"),
)
PEERS_EVENTS = (
    ("no event at all", 0.083, "measured"),
    ("UniversalPetrarch with the supplied parses, whole suite", 0.743, "measured"),
)
TOGETHER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
NO_COUNTRY = "---"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--relations", type=Path)
    parser.add_argument("--events", type=Path)
    parser.add_argument("--codebook", type=Path)
    parser.add_argument("--actors", type=Path, action="append", default=[])
    parser.add_argument("--limit", type=int, default=None, help="take only the first N records")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    if options.relations is None and options.events is None:
        parser.error("name a data set: --relations or --events")
    figures: dict[str, Any] = {}
    if options.relations is not None:
        figures["relations"] = relations(records(options.relations, options.limit), options.codebook)
    if options.events is not None:
        figures["events"] = events(records(options.events, options.limit), options.codebook, options.actors)
    print(
        json.dumps(figures, indent=2)
        if options.json
        else "\n\n".join(table(n, f) for n, f in figures.items())
    )


def records(path: Path, limit: int | None) -> list[dict[str, Any]]:
    """Read a data set. Exits with file and line where a line is no record."""
    found: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError as error:
                sys.exit(f"{path}:{number}: not valid JSON: {error}")
    return found[:limit]


# --- relations --------------------------------------------------------------------------------------------------
def relations(rows: list[dict[str, Any]], codebook: Path | None) -> dict[str, Any]:
    from dragoman.asking import answerer

    asked = answerer("relate", codebook=str(codebook) if codebook else None)
    together = getattr(asked, "answer_all")  # noqa: B009 (not every answerer has it)
    asking = [{"text": row["text"], "source": row["source"], "target": row["target"]} for row in rows]
    times: list[float] = []
    for _ in range(PASSES):
        begun = time.process_time()
        answers = [a for at in range(0, len(asking), BATCH) for a in together(asking[at : at + BATCH])]
        times.append(time.process_time() - begun)
    pairs = [(row["root"], class_of(answer["type"])) for row, answer in zip(rows, answers, strict=True)]
    sure = [
        sum(t["confidence"] for t in a["ranking"] if class_of(t["type"]) == class_of(a["type"]))
        for a in answers
    ]
    return {
        **classified(pairs),
        "calibration_error": round(calibration_error(sure, [g == p for g, p in pairs]), 3),
        "milliseconds_a_pair": round(1000 * min(times) / len(rows), 2),
    }


def class_of(name: str | None) -> str:
    return TOGETHER.get(name, name) if name else "(none)"


def classified(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Return accuracy, macro-F1 over the classes of the gold, figures by class, commonest confusions."""
    hit = Counter(gold for gold, got in pairs if gold == got)
    gold, got = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    by_class = {
        name: {
            "precision": round(hit[name] / got[name], 3) if got[name] else 0.0,
            "recall": round(hit[name] / gold[name], 3),
            "f1": round(2 * hit[name] / (gold[name] + got[name]), 3),
            "records": gold[name],
        }
        for name in sorted(gold)
    }
    confused = Counter(pair for pair in pairs if pair[0] != pair[1])
    return {
        "records": len(pairs),
        "accuracy": round(sum(hit.values()) / len(pairs), 3),
        "macro_f1": round(sum(c["f1"] for c in by_class.values()) / len(by_class), 3),
        "by_class": by_class,
        "confusions": [
            {"gold": g, "answer": p, "records": n}
            for (g, p), n in sorted(confused.items(), key=lambda c: (-c[1], c[0]))[:10]
        ],
    }


def calibration_error(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error (Guo et al. 2017): bins of equal width."""
    inside: list[list[int]] = [[] for _ in range(bins)]
    for at, value in enumerate(confidence):
        inside[min(int(value * bins), bins - 1)].append(at)
    return sum(
        abs(sum(confidence[i] for i in group) - sum(right[i] for i in group)) for group in inside if group
    ) / len(confidence)


# --- events -----------------------------------------------------------------------------------------------------
def events(rows: list[dict[str, Any]], codebook: Path | None, actors: list[Path]) -> dict[str, Any]:
    from dragoman import Coder

    coder = Coder(codebook=codebook, actors=actors)
    exact = counted = hit = made = wanted = 0
    for row in rows:
        document = coder.code(row["text"], row.get("date"))
        got = expanded(
            ([p.country for p in e.actors], e.type, [p.country for p in e.recipients])
            for e in document.events
        )
        gold = expanded((e["actors"], e["type"], e["recipients"]) for e in row["events"])
        free = {
            (country(a), country(b))
            for e in row.get("ignored_events", ())
            for a in e["actors"]
            for b in e["recipients"]
        }
        got = {t for t in got if t in gold or (t[0], t[2]) not in free}
        if gold or not row.get("ignored_events"):
            counted += 1
            exact += got == gold
        hit, made, wanted = hit + len(got & gold), made + len(got), wanted + len(gold)
    precision, recall = hit / max(made, 1), hit / max(wanted, 1)
    return {
        "records": counted,
        "exact": round(exact / max(counted, 1), 3),
        "triple_precision": round(precision, 3),
        "triple_recall": round(recall, 3),
        "triple_f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
    }


def country(code: str | None) -> str:
    return (code or "").strip().upper()[:3] or NO_COUNTRY


def expanded(
    told: Iterable[tuple[Sequence[str | None], str, Sequence[str | None]]],
) -> set[tuple[str, str, str]]:
    """Return (actor country, type, recipient country) of events; without recipients two actors do it to each other."""
    found: set[tuple[str, str, str]] = set()
    for actors, name, recipients in told:
        doers, targets = [country(c) for c in actors], [country(c) for c in recipients]
        if len(doers) > 1 and not targets:
            found |= {(a, name, b) for i, a in enumerate(doers) for j, b in enumerate(doers) if i != j}
        else:
            found |= {(a, name, b) for a in doers or [NO_COUNTRY] for b in targets or [NO_COUNTRY]}
    return found


# --- printing ---------------------------------------------------------------------------------------------------
def table(name: str, figures: dict[str, Any]) -> str:
    lines = [f"{name}: {figures['records']} records", ""]
    if name == "events":
        lines.append(f"{'':58}{'exact':>8}")
        lines += [f"{peer:58}{value:8.3f}" for peer, value, _ in PEERS_EVENTS]
        lines.append(f"{'dragoman':58}{figures['exact']:8.3f}")
        lines.append("")
        p, r, f = (figures[f"triple_{k}"] for k in ("precision", "recall", "f1"))
        return "\n".join([*lines, f"triples: precision {p:.3f}, recall {r:.3f}, F1 {f:.3f}"])
    lines.append(f"{'':52}{'accuracy':>10}{'macro-F1':>10}")
    for peer, accuracy, f1, _ in PEERS_RELATIONS:
        lines.append(f"{peer:52}{'-' if accuracy is None else f'{accuracy:.3f}':>10}{f1:10.3f}")
    lines += [f"{'dragoman':52}{figures['accuracy']:10.3f}{figures['macro_f1']:10.3f}", ""]
    lines.append(f"{'':12}{'precision':>10}{'recall':>8}{'F1':>8}{'records':>9}")
    for kind, c in figures["by_class"].items():
        lines.append(f"{kind:12}{c['precision']:10.2f}{c['recall']:8.2f}{c['f1']:8.2f}{c['records']:9}")
    lines.append("")
    lines += [f"{c['records']:4} {c['gold']} answered as {c['answer']}" for c in figures["confusions"]]
    lines.append("")
    lines.append(f"expected calibration error {figures['calibration_error']:.3f}")
    lines.append(
        f"processor time {figures['milliseconds_a_pair']} ms a pair, one core, {BATCH} at a time, "
        f"least of {PASSES} passes"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
