"""The network of actors: who has to do with whom, and whether by cooperation or conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.web import choices, dyads, network
from dragoman.web.pages.search import exports

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.web.choices import Form
    from dragoman.web.dyads import Dyad
    from dragoman.web.filters import Filters
    from dragoman.web.site import Link, Site

NODES, EDGES, LISTED = 32, 70, 40
SMALLEST, LARGEST = 4.0, 15.0


class Node(msgspec.Struct, frozen=True):
    """An actor in the drawing; `left` when its name stands to the left of it."""

    key: str
    name: str
    events: int
    x: float
    y: float
    radius: float
    left: bool
    href: str


class Edge(msgspec.Struct, frozen=True):
    """What two actors have to do with each other; `quad` is the class that is most frequent."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    quad: int
    words: str
    href: str
    ends: tuple[str, str]


class Context(msgspec.Struct, frozen=True):
    """What actors.html shows."""

    title: str
    form: Form
    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    dyads: tuple[Dyad, ...]
    exports: tuple[Link, ...]


def build(site: Site, request: Request) -> Context:
    """Build the network of what the filters find."""
    asked = choices.read_filters(site, request.query_params)
    filters = asked.filters
    nodes, edges = _drawn(site, filters, dyads.counted(site, filters))
    return Context(
        title="Actors",
        form=choices.form(site, asked, "/actors"),
        width=network.WIDTH,
        height=network.HEIGHT,
        nodes=nodes,
        edges=edges,
        dyads=tuple(dyads.strongest(site, filters, LISTED, "/search")),
        exports=exports(filters, "dyads"),
    )


def _drawn(
    site: Site, filters: Filters, counted: list[tuple[str, str, str, int]]
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    ties: dict[tuple[str, str], dict[int, int]] = {}
    for actor, recipient, type_name, count in counted:
        pair = (actor, recipient) if actor < recipient else (recipient, actor)
        by_quad = ties.setdefault(pair, {})
        number = site.ontology.quad(type_name).number
        by_quad[number] = by_quad.get(number, 0) + count
    strongest = sorted(ties.items(), key=lambda tie: (-sum(tie[1].values()), tie[0]))
    sums: dict[str, int] = {}
    for pair, by_quad in strongest:
        for key in pair:
            sums[key] = sums.get(key, 0) + sum(by_quad.values())
    shown = sorted(sums, key=lambda key: (-sums[key], key))[:NODES]
    kept = [(pair, by_quad) for pair, by_quad in strongest if pair[0] in shown and pair[1] in shown][:EDGES]
    tied = {key for pair, _ in kept for key in pair}
    shown = [key for key in shown if key in tied]
    spots = network.layout(shown, {pair: sum(by_quad.values()) for pair, by_quad in kept})
    names = dyads.names_of(site, shown)
    most, thickest = max(sums.values(), default=1), max((sum(q.values()) for _, q in kept), default=1)
    nodes = tuple(
        Node(
            key, names[key][0], sums[key], *spots[key],
            round(SMALLEST + (LARGEST - SMALLEST) * (sums[key] / most) ** 0.5, 1),
            spots[key][0] > network.WIDTH * 0.75,
            filters.href("/search", actor=key, recipient=None, both=True),
        )
        for key in shown
    )  # fmt: skip
    edges = tuple(
        Edge(
            *spots[pair[0]], *spots[pair[1]],
            round(1 + 6 * (sum(by_quad.values()) / thickest) ** 0.5, 1),
            max(by_quad, key=lambda quad: (by_quad[quad], quad)),
            f"{names[pair[0]][0]} and {names[pair[1]][0]}: {sum(by_quad.values())}",
            filters.href("/search", actor=pair[0], recipient=pair[1], both=True),
            pair,
        )
        for pair, by_quad in reversed(kept)
    )  # fmt: skip
    return nodes, edges
