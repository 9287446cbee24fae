"""Pages of long lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.datastructures import QueryParams

SIZE = 40
# Nobody turns that many pages; the filters get there sooner, and the queries stay quick.
LAST = 5_000


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
