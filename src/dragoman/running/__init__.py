"""Running the coder over many articles: one process or several, resumable, in input order."""

from __future__ import annotations

from dragoman.running.records import ErrorDetail, ErrorRecord
from dragoman.running.streaming import encoded, stream

__all__ = ["ErrorDetail", "ErrorRecord", "encoded", "stream"]
