"""The table of sentences and the processes that they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from acceptance.checking import is_party
from support import draft_of, table

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftProcess

ROWS = table("processes")


def problems(draft: Draft, process: DraftProcess, wanted: dict[str, Any]) -> list[str]:
    """Return what a process does not have that it should."""
    text = draft.text
    found: list[str] = []
    for key, value in wanted.items():
        match key:
            case "kind" | "status":
                right = getattr(process, key) == value
            case "name":
                right = value in process.name
            case "place":
                right = process.place is not None and value in process.place.name
            case "time":
                value_told = process.time.value if process.time else None
                right = value_told == value
            case "mentions":
                right = len(process.evidence) == value
            case "unknowns":
                right = [u.field for u in process.unknowns] == value
            case "purpose":
                claim = process.purpose
                right = claim is not None and value in text[claim.start : claim.end]
            case "topics":
                right = all(any(t in text[x.start : x.end] for x in process.topics) for t in value)
            case "participants":
                right = all(_takes_part(process, label, part) for label, part in value.items())
            case _:
                raise AssertionError(f"unknown key {key}")
        if not right:
            found.append(f"{key}: {value}")
    return found


def _takes_part(process: DraftProcess, label: str, wanted: list[str | None] | None) -> bool:
    role, commitment = wanted or [None, None]
    return any(
        is_party(p.entity, label) and role in (None, p.role) and commitment in (None, p.commitment)  # type: ignore[arg-type]
        for p in process.participants
    )


def told(process: DraftProcess) -> str:
    parties = [(p.entity.name, p.role, p.commitment) for p in process.participants]
    place = process.place.name if process.place else None
    unknown = [u.field for u in process.unknowns]
    return f"{process.kind} {process.name!r} {process.status} {parties} {place} {process.time} {unknown}"


@pytest.mark.parametrize("row", ROWS, ids=[r["text"][:50] for r in ROWS])
def test_sentence_tells_its_processes(row: dict[str, Any]) -> None:
    draft = draft_of(row["text"], row.get("date"), parse_all=True)
    got = "\n".join(told(p) for p in draft.processes)
    assert len(draft.processes) == len(row["processes"]), got
    for process, wanted in zip(draft.processes, row["processes"], strict=True):
        assert not problems(draft, process, wanted), got
