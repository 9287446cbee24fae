"""Who is often named, and who does what to whom most often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.corpus import sums

if TYPE_CHECKING:
    from dragoman.corpus.sums import Sums
    from dragoman.web.filters import Filters
    from dragoman.web.site import Site

# The strongest pairs lie between actors that are often named: only between these are pairs counted.
OFTEN = 80
_NAMES = "(SELECT key, name, country, count(*) AS told FROM participants_now GROUP BY ALL)"


class Share(msgspec.Struct, frozen=True):
    """The part of a quad class in a count: `x` and `width` are percent of a bar."""

    quad: int
    count: int
    x: float
    width: float


class Often(msgspec.Struct, frozen=True):
    """An actor, and how often it takes part."""

    key: str
    name: str
    country: str | None
    events: int
    href: str = ""


class Dyad(msgspec.Struct, frozen=True):
    """What one actor does to another."""

    actor: str
    actor_name: str
    recipient: str
    recipient_name: str
    events: int
    shares: tuple[Share, ...]
    href: str


def often(site: Site, filters: Filters, size: int, path: str) -> list[Often]:
    """Return the actors that take part most often in what filters find."""
    return site.database.remembered(("often", filters, size, path), lambda: _often(site, filters, size, path))


def _often(site: Site, filters: Filters, size: int, path: str) -> list[Often]:
    kept = _kept(site)
    if filters.whole and kept:
        counts = _often_of_all(site, kept, size)
    else:
        clause, values = _parties(site, filters)
        counts = site.database.tuples(
            f"{clause} SELECT key, count(*) FROM parties GROUP BY key ORDER BY count(*) DESC, key LIMIT ?",
            [*values, size],
        )
    names = names_of(site, [key for key, _ in counts])
    return [
        Often(key, *names[key], count, filters.href(path, actor=key, recipient=None, both=True))
        for key, count in counts
    ]


def strongest(site: Site, filters: Filters, size: int, path: str) -> list[Dyad]:
    """Return the pairs of actor and recipient with the most events, by quad class."""
    pairs: dict[tuple[str, str], dict[int, int]] = {}
    for actor, recipient, type_name, count in counted(site, filters):
        by_quad = pairs.setdefault((actor, recipient), {})
        number = site.ontology.quad(type_name).number
        by_quad[number] = by_quad.get(number, 0) + count
    top = sorted(pairs.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:size]
    names = names_of(site, [key for pair, _ in top for key in pair])
    highest = max((sum(by_quad.values()) for _, by_quad in top), default=1)
    return [
        Dyad(
            actor, names[actor][0], recipient, names[recipient][0], sum(by_quad.values()),
            shares(site, by_quad, highest), filters.href(path, actor=actor, recipient=recipient),
        )
        for (actor, recipient), by_quad in top
    ]  # fmt: skip


def shares(site: Site, by_quad: dict[int, int], highest: int) -> tuple[Share, ...]:
    """Return counts by quad class as parts of a bar, which is full at `highest`."""
    found, x = [], 0.0
    for quad in site.ontology.quads:
        if count := by_quad.get(quad.number, 0):
            width = 100 * count / highest
            found.append(Share(quad.number, count, round(x, 2), round(width, 2)))
            x += width
    return tuple(found)


def _parties(site: Site, filters: Filters) -> tuple[str, list[Any]]:
    """Return SQL for `parties`: who takes part in what filters find; and the values of its parameters."""
    values: list[Any] = []
    if filters.whole:
        # Leaving out the few repeated tellings is much quicker than finding all the others.
        join, sql = "ANTI JOIN", "e.duplicate_of IS NOT NULL"
    else:
        join, (sql, values) = "SEMI JOIN", filters.condition(site.ontology)
    return (
        f"""WITH found AS (SELECT e.article, e.event FROM events_now AS e WHERE {sql}),
        parties AS (SELECT p.article, p.event, p.side, p.key FROM participants_now AS p
          {join} found ON found.article = p.article AND found.event = p.event)""",
        values,
    )


def counted(site: Site, filters: Filters) -> list[tuple[str, str, str, int]]:
    """Return actor, recipient, type and count between the `OFTEN` actors that take part most often.

    What several do together (all of them are actors then) counts between each two of them, once.
    """
    return site.database.remembered(("dyads", filters), lambda: _counted(site, filters))


def _counted(site: Site, filters: Filters) -> list[tuple[str, str, str, int]]:
    kept = _kept(site)
    if filters.whole and kept:
        keys = [key for key, _ in _often_of_all(site, kept, OFTEN)]
        return site.database.tuples(
            f"""SELECT actor, recipient, type, events FROM {kept.pairs}
            WHERE list_contains(?, actor) AND list_contains(?, recipient) ORDER BY ALL""",
            [keys, keys],
        )
    sql, values = filters.condition(site.ontology)
    return site.database.tuples(
        f"""WITH parties AS MATERIALIZED (
          SELECT p.article, p.event, p.side, p.key, found.type, found.reciprocal FROM participants_now AS p
          JOIN (SELECT e.article, e.event, e.type, e.reciprocal FROM events_now AS e WHERE {sql}) AS found
            ON found.article = p.article AND found.event = p.event),
        often AS (SELECT key FROM parties GROUP BY key ORDER BY count(*) DESC, key LIMIT ?),
        close AS MATERIALIZED (SELECT * FROM parties WHERE key IN (SELECT key FROM often)),
        told AS (
          SELECT DISTINCT a.article, a.event, a.type, a.key AS one, b.key AS other FROM close AS a
            JOIN close AS b ON a.article = b.article AND a.event = b.event
            WHERE a.side = 'actor' AND b.side = 'recipient' AND a.key <> b.key
          UNION ALL
          SELECT DISTINCT a.article, a.event, a.type, a.key, b.key FROM close AS a
            JOIN close AS b ON a.article = b.article AND a.event = b.event
            WHERE a.reciprocal AND a.side = 'actor' AND b.side = 'actor' AND a.key < b.key)
        SELECT one, other, type, count(*) FROM told GROUP BY ALL ORDER BY ALL""",
        [*values, OFTEN],
    )


def names_of(site: Site, keys: list[str]) -> dict[str, tuple[str, str | None]]:
    """Return the name and country under which each actor is most often coded."""
    kept = _kept(site)
    counted = kept.names if kept else _NAMES
    found = site.database.tuples(
        f"""SELECT key, name, country, told FROM {counted} WHERE list_contains(?::VARCHAR[], key)
        ORDER BY told DESC, name, country""",
        [keys],
    )
    names: dict[str, tuple[str, str | None]] = {key: (key, None) for key in keys}
    names.update((key, (name, country)) for key, name, country, _ in reversed(found))
    return names


def _often_of_all(site: Site, kept: Sums, size: int) -> list[tuple[str, int]]:
    return site.database.tuples(
        f"""SELECT key, CAST(sum(events) AS BIGINT) AS often FROM {kept.names}
        GROUP BY key HAVING often > 0 ORDER BY often DESC, key LIMIT ?""",
        [size],
    )


def _kept(site: Site) -> Sums | None:
    """Return the sums that the corpus keeps; None where an older version made it and nothing was written since."""

    def asked() -> Sums | None:
        ready = site.database.tuples(sums.READY)
        return sums.sums(corrected=bool(ready[0][0])) if ready else None

    return site.database.remembered("sums", asked)
