"""Pages of long lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    from starlette.datastructures import QueryParams

SIZE = 40
# Nobody turns that many pages; the filters get there sooner, and the queries stay quick.
LAST = 5_000
# From so many rows on, the days of a page are found before its rows.
FAR = 2_000


class Paging(msgspec.Struct, frozen=True):
    """Where in a long list a page stands, and the addresses of its neighbours."""

    page: int
    pages: int
    total: int
    first: int
    last: int
    before: str | None
    after: str | None


def wanted(params: QueryParams) -> int:
    """Return the page that an address asks for; 1 where it asks for none that can be."""
    written = params.get("page", "1")
    return (
        min(max(int(written), 1), LAST) if written.isascii() and written.isdigit() and len(written) < 8 else 1
    )


def last_page(total: int) -> int:
    """Return the number of the last page of a list."""
    return max(min(-(-total // SIZE), LAST), 1)


def paging(total: int, page: int, href: Callable[[int], str]) -> Paging:
    """Return where a page stands; one after the last is taken for the last."""
    pages = last_page(total)
    page = min(page, pages)
    return Paging(
        page=page,
        pages=pages,
        total=total,
        first=(page - 1) * SIZE + 1 if total else 0,
        last=min(page * SIZE, total),
        before=href(page - 1) if page > 1 else None,
        after=href(page + 1) if page < pages else None,
    )


class Stretch(NamedTuple):
    """The days in which a page lies, as SQL over a column of days, and how many rows of them come before the page."""

    sql: str
    values: list[datetime.date]
    offset: int


def stretch(column: str, days: Iterable[tuple[datetime.date | None, int]], offset: int) -> Stretch:
    """Return the days in which a page lies, out of how many rows each day has, in the order of the pages.

    To sort all rows before a page far behind takes long; to count them by day and sort those of a few days does not.
    Behind the last row no day is left, and nothing is found.
    """
    chosen: list[datetime.date | None] = []
    before = found = 0
    for day, count in days:
        if not chosen and before + count <= offset:
            before += count
            continue
        chosen.append(day)
        found += count
        if before + found >= offset + SIZE:
            break
    known = [day for day in chosen if day is not None]
    parts = [f"{column} BETWEEN ? AND ?"] if known else []
    parts += [f"{column} IS NULL"] if None in chosen else []
    values = [min(known), max(known)] if known else []
    return Stretch(f"({' OR '.join(parts)})" if parts else "FALSE", values, offset - before)
