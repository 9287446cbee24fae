"""Another ontology is another folder: one of relief and access, with nothing of PLOVER, does all that PLOVER does."""

from __future__ import annotations

import ast
import csv
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

import dragoman
from dragoman import Coder
from dragoman.cli.view import View
from dragoman.events import load_codebook
from dragoman.events.checking import Sample, check
from dragoman.events.examples import mistakes
from dragoman.exporting import formats
from dragoman.model import Article, Document

FOLDER = Path(__file__).parents[2] / "examples" / "codebooks" / "humanitarian-access"
SOURCE = Path(dragoman.__file__).parent
TYPES = [
    "ATTACK-ON-AID",
    "BLOCK",
    "DELIVER",
    "DEMAND-ACCESS",
    "GRANT",
    "LOOT",
    "NEGOTIATE-ACCESS",
    "PLEDGE",
    "SUSPEND",
]
TEXT = """\
PORT SUDAN, May 2, 2024 - Sudan reopened the Adre crossing to Chad on Thursday after three weeks without food.

Kenya urged Sudan to let doctors enter El Fasher. Norway will send medicine and tents to Chad, its foreign ministry
said.

Sudanese fighters had looted flour from Chad in April and killed two Kenyan aid workers. Chad did not block food convoys
to Sudan, according to the United Nations.
"""

CHECKED = check(FOLDER)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(codebook=FOLDER)


@pytest.fixture(scope="module")
def document(coder: Coder) -> Document:
    return coder.code(TEXT, date="2024-05-02")


def test_it_has_no_fault_and_nothing_of_plover() -> None:
    assert not CHECKED.faults
    assert not CHECKED.warnings
    plover, ours = load_codebook(), CHECKED.codebook
    assert sorted(ours.types) == TYPES
    assert plover.types.keys().isdisjoint(ours.types)
    assert not ours.quads
    assert not ours.sectors
    frames = [frame for _, frame in ours.frames()]
    assert len(frames) >= 50
    assert len(CHECKED.samples) >= 150
    assert not any(frame.cameo for frame in frames)
    assert not any(t.cameo for t in ours.types.values())
    theirs = {e.text for _, frame in plover.frames() for e in frame.examples}
    assert len(theirs & {s.example.text for s in CHECKED.samples}) < 5


def by_type(name: str) -> list[Sample]:
    return [s for s in CHECKED.samples if s.entry.partition("/")[0] == name]


@pytest.mark.parametrize("name", TYPES)
def test_its_examples_are_coded_as_they_say(coder: Coder, name: str) -> None:
    failing = []
    for sample in by_type(name):
        article = Article(id="x", text=sample.example.text, date="2024-05-01", language="en")
        mistake = mistakes(sample.example, coder.draft(article).events)
        if mistake is not None:
            failing.append(f"{sample.where}: {sample.example.text}\n    {mistake}")
    assert not failing, "\n".join(failing)


def test_an_article_becomes_a_whole_record(document: Document) -> None:
    got = [
        (e.type, e.mode, e.status, [a.country for a in e.actors], [r.country for r in e.recipients])
        for e in document.events
    ]
    assert got == [
        ("GRANT", "crossing", "occurred", ["SDN"], ["TCD"]),
        ("DEMAND-ACCESS", None, "occurred", ["KEN"], ["SDN"]),
        ("PLEDGE", None, "planned", ["NOR"], ["TCD"]),
        ("LOOT", "take", "occurred", ["SDN"], ["TCD"]),
        ("ATTACK-ON-AID", "kill", "occurred", ["SDN"], ["KEN"]),
        ("BLOCK", "convoy", "denied", ["TCD"], ["SDN"]),
    ]
    assert document.coder.codebook.startswith("humanitarian-access-1+")
    first, last = document.events[0], document.events[-1]
    assert first.time is not None
    assert first.time.value == "2024-05-02"
    assert first.contexts == ("food",)
    assert first.intensity == 2
    assert first.cameo is None
    assert first.why.entry == "GRANT/open-crossing"
    assert last.attribution is not None
    assert document.events[1].content_status == "proposed"
    assert Document.from_json(document.to_json()) == document


def test_the_record_is_exported_and_shown(document: Document) -> None:
    table = formats.named("csv")
    rows = list(csv.DictReader(io.StringIO((table.head + table.lines(document)).decode())))
    assert [row["type"] for row in rows] == [event.type for event in document.events]
    assert rows[0]["why"] == "GRANT/open-crossing"
    assert rows[0]["cameo"] == ""
    out = io.StringIO()
    View(Console(file=out, width=90, highlight=False, emoji=False, markup=False)).document(document)
    shown = out.getvalue()
    assert "Sudan (SDN) → GRANT-crossing → Chad (TCD)" in shown
    assert "[reopened the Adre crossing]" in shown


def test_relate_ranks_its_types() -> None:
    from dragoman.asking import answerer

    relater = answerer("relate", codebook=str(FOLDER))
    text = "Eritrea turned back two convoys from Ethiopia."
    answer = relater.answer(
        {"text": text, "source": {"start": 0, "end": 7}, "target": {"start": 37, "end": 45}}
    )
    assert (answer["type"], answer["mode"], answer["status"]) == ("BLOCK", "convoy", "occurred")
    assert sorted(item["type"] for item in answer["ranking"]) == TYPES
    assert sum(item["confidence"] for item in answer["ranking"]) == pytest.approx(1, abs=0.01)
    assert json.dumps(answer)


# --- nothing of PLOVER stands in the Python

# Words of English that are also names of modes: kinds of processes and of places, a command.
ORDINARY = {("processes", "visit"), ("context", "territory"), ("cli", "demo")}
# The codes of actors in the dictionaries that are imported are CAMEO's, whatever the codebook.
FOREIGN_CODES = "petrarch"


def literals(file: Path) -> list[tuple[int, str]]:
    """Return line and value of the string literals of a module, documentation left out."""
    tree = ast.parse(file.read_text("utf-8"))
    said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    return [
        (n.lineno, n.value)
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in said
    ]


def test_no_type_mode_or_sector_of_plover_stands_in_the_python() -> None:
    plover = load_codebook()
    modes = {mode for t in plover.types.values() for mode in t.modes}
    sectors = plover.sectors.keys() | plover.international.keys()
    found = []
    for file in sorted(SOURCE.rglob("*.py")):
        layer = file.relative_to(SOURCE).parts[0]
        forbidden = plover.types.keys() | modes
        if layer != FOREIGN_CODES:
            forbidden |= sectors
        found += [
            f"{file.relative_to(SOURCE)}:{line}: {value!r}"
            for line, value in literals(file)
            if value in forbidden and (layer, value) not in ORDINARY
        ]
    assert not found, "this is for the codebook to say:\n" + "\n".join(found)
