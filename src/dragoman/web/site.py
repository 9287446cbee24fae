"""What all pages share, and the frame around each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.web.filters import Filters

if TYPE_CHECKING:
    import jinja2

    from dragoman.web.database import Database
    from dragoman.web.ontology import Ontology, Quad

# Pages in the order of the navigation: path, name, whether it takes the filters along.
PAGES = (
    ("/", "Overview", False),
    ("/search", "Search", True),
    ("/timeline", "Timeline", True),
    ("/actors", "Actors", True),
    ("/map", "Map", True),
    ("/dossiers", "Dossiers", False),
    ("/corrections", "Corrections", False),
)


class Site(NamedTuple):
    """What a page needs to be made."""

    database: Database
    ontology: Ontology
    templates: jinja2.Environment
    token: str


class Link(msgspec.Struct, frozen=True):
    """A link with its words; `here` when it leads to the page itself."""

    href: str
    words: str
    here: bool = False


class Frame(msgspec.Struct, frozen=True):
    """The frame of a page: title, navigation, the corpus' name, legend, and the token for forms."""

    title: str
    corpus: str
    navigation: tuple[Link, ...]
    quads: tuple[Quad, ...]
    token: str
    address: str
    said: str


def navigation(path: str, filters: Filters | None) -> tuple[Link, ...]:
    """Return the links of the navigation; pages that filter keep the filters that are set."""
    kept = filters or Filters()
    return tuple(
        Link(
            kept.href(to) if filtered else to, name, to == path or (to == "/dossiers" and path == "/dossier")
        )
        for to, name, filtered in PAGES
    )
