"""Coded articles in one DuckDB file: stored once, linked, corrected, and asked in SQL.

`Corpus` opens the file. `tables.sql` and `views.sql` say what is in it; docs/corpus.md explains it.
"""

from __future__ import annotations

from dragoman.corpus.adding import AddReport, Coded
from dragoman.corpus.querying import QueryResult
from dragoman.corpus.store import Corpus

__all__ = ["AddReport", "Coded", "Corpus", "QueryResult"]
