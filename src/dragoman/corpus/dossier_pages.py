"""A dossier as one page of HTML that opens offline.

Articles are data, never markup: every word is escaped, nothing is loaded from anywhere and there is no script.
Characters that would reorder what one sees are replaced.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING, Any

from dragoman.corpus.claiming import ATTENDS, COURSE, DATE, EVENT, FORMAT, PLACE
from dragoman.exporting.wording import safe

if TYPE_CHECKING:
    from jinja2 import Template

    from dragoman.corpus.dossier_record import Dossier, Matrix

TEMPLATE = "dossier.html"


def page(dossier: Dossier) -> str:
    """Return the page of a dossier."""
    matrix = dossier.matrix
    return _template().render(
        dossier=dossier,
        matrix=matrix,
        columns=columns_of(matrix),
        open_questions=[q for q in dossier.unknowns if q.closed is None],
        closed_questions=[q for q in dossier.unknowns if q.closed is not None],
        anchors={r.article: f"article-{number}" for number, r in enumerate(dossier.reports, 1)},
        events=[c for c in matrix.claims if c.proposition.startswith(EVENT)],
    )


def columns_of(matrix: Matrix) -> list[tuple[str, str]]:
    """Return the propositions that a table of speakers has columns for: course, date, place, format, parties."""
    first = [p for p in matrix.propositions if p[0] in (COURSE, DATE, PLACE, FORMAT)]
    return [*first, *(p for p in matrix.propositions if p[0].startswith(ATTENDS))]


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE)


def _source(name: str) -> str:
    return (resources.files("dragoman.corpus") / "templates" / name).read_text("utf-8")


def _shown(value: Any) -> Any:
    # What a macro gives back is markup of our own; everything else are words of articles or values.
    return safe(value) if type(value) is str else value
