"""What the filter form offers: types, statuses, actors that are often named."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec

from dragoman import model
from dragoman.web.filters import Filters, Read, read

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from dragoman.web.site import Site

STATUSES: tuple[str, ...] = get_args(model.Status)


class Form(msgspec.Struct, frozen=True):
    """The filter form: where it leads, what is set, what was wrong, and what may be chosen."""

    action: str
    filters: Filters
    problems: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...] = ()


def read_filters(site: Site, params: QueryParams) -> Read:
    """Read the filters of an address."""
    return read(params, site.ontology, STATUSES)


def form(site: Site, asked: Read, action: str, extra: tuple[tuple[str, str], ...] = ()) -> Form:
    """Return the filter form of a page; `extra` are fields that go along unseen."""
    types = dict.fromkeys([*site.ontology.ordered(site.ontology.types), *asked.filters.type])
    return Form(
        action,
        asked.filters,
        asked.problems,
        tuple(types),
        STATUSES,
        said(site, asked.filters, action),
        extra,
    )


_WORDS = {
    "actor": "actor", "recipient": "recipient", "both": "either direction", "claimant": "claimed by", "place": "at",
    "source": "in", "since": "from", "until": "to", "text": "with the words", "sure": "confidence from",
    "news": "no background", "again": "also repeated tellings", "type": "", "status": "", "quad": "",
}  # fmt: skip


def said(site: Site, filters: Filters, path: str) -> tuple[tuple[str, str], ...]:
    """Return each filter that is set as words, with the address that takes it away."""
    names = {quad.number: quad.name for quad in site.ontology.quads}
    found: list[tuple[str, str]] = []
    for name, value in filters.pairs():
        present = getattr(filters, name)
        if isinstance(present, tuple):
            rest = tuple(one for one in present if str(one) != value)
            words = names.get(int(value), value) if name == "quad" else value
            found.append((words, filters.href(path, **{name: rest})))
        else:
            words = _WORDS[name] if present is True else f"{_WORDS[name]} {value}".strip()
            found.append((words, filters.href(path, **{name: None})))
    return tuple(found)
