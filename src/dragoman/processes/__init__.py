"""Processes: summits, negotiations, visits, votes, exercises that an article tells of.

`ProcessStep` finds them in one article. The rest of the package is how: `finding` and `linking` say where
a process is spoken of, `governing` and `status` how far it has come, `participants`, `timing`, `placing`,
`telling` and `unknowns` what is said of it.
"""

from __future__ import annotations

from dragoman.processes.step import ProcessStep

__all__ = ["ProcessStep"]
