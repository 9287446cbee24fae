"""Words for peoples and faiths, which say whose a group is though it has no state: "Kurdish forces"."""

from __future__ import annotations

import csv
import functools
import importlib.resources


@functools.cache
def people_words() -> frozenset[str]:
    """Return the names and adjectives of peoples and faiths that are one word ("Kurdish", "Sunni")."""
    file = importlib.resources.files("dragoman") / "data" / "actors" / "peoples.csv"
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    names = {name for row in rows for name in (row["name"], *row["aliases"].split("|"))}
    return frozenset(name for name in names if name and " " not in name)
