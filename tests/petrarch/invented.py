"""The invented dictionaries that the tests import."""

from __future__ import annotations

from pathlib import Path

from dragoman.petrarch.importing import Dictionaries

HERE = Path(__file__).parent / "dictionaries"
ALL = Dictionaries(
    [HERE / "verbs.txt", HERE / "newer_verbs.txt"],
    [HERE / "actors.txt"],
    [HERE / "agents.txt"],
    [HERE / "discards.txt"],
)
