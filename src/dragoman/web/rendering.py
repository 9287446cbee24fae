"""Templates: everything that is put into a page is escaped, and what could reorder a line is made visible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import jinja2
from markupsafe import Markup, escape

if TYPE_CHECKING:
    import datetime

    from dragoman.web.ontology import Ontology

# Articles can hold characters that reorder a line or are not to be seen; a reader must not be deceived by them.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
LONGEST_SHOWN = 100


def visible(value: object) -> object:
    """Return what a template shows for a value: words with invisible and reordering characters replaced."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _UNSAFE.sub("\ufffd", value)


def exact(value: str) -> Markup:
    """Return words for a form's value, escaped, and otherwise just as they are: they come back as an id."""
    return Markup(escape(value))


def address(path: str, **values: Any) -> str:
    """Return the address of a page; values that are None are left out."""
    pairs = [(name, str(value)) for name, value in values.items() if value is not None]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def grouped(number: float) -> str:
    """Return a count with thin spaces between the thousands."""
    return f"{number:,}".replace(",", "\u2009")


def day(value: datetime.date | datetime.datetime | None) -> str:
    """Return a date with hyphens that do not break; a dash for none."""
    if value is None:
        return "–"
    return str(value)[:10].replace("-", "\u2011")


def span_of_days(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    """Return bounds as words."""
    if earliest and latest:
        return day(earliest) if earliest == latest else f"{day(earliest)} to {day(latest)}"
    if latest:
        return f"by {day(latest)}"
    return f"from {day(earliest)} on" if earliest else "no day known"


def shortened(words: str, size: int = LONGEST_SHOWN) -> str:
    """Return the beginning of long words."""
    return words if len(words) <= size else words[: size - 1].rstrip() + "…"


def environment(ontology: Ontology) -> jinja2.Environment:
    """Return the environment of the pages' templates."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("dragoman.web"),
        autoescape=True,
        finalize=visible,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(grouped=grouped, day=day, exact=exact, shortened=shortened)
    made.globals.update(address=address, span_of_days=span_of_days, ontology=ontology)
    return made
