"""What tests of the pages ask a corpus for, and how they read a page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from lxml import html

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def database(client: TestClient) -> Any:
    return client.app.state.site.database  # type: ignore[attr-defined]


def token(client: TestClient) -> str:
    return str(client.app.state.site.token)  # type: ignore[attr-defined]


def rows(client: TestClient, sql: str, *values: object) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = database(client).tuples(sql, values)
    return found


def article_page(article: str, coding: str | None = None) -> str:
    return "/article?" + urlencode({"id": article} | ({"coding": coding} if coding else {}))


def every_page(client: TestClient) -> dict[str, str]:
    """Return an address of every page, and of every article and happening."""
    found = {
        name: f"/{name}" for name in ("", "search", "timeline", "actors", "map", "dossiers", "corrections")
    }
    found |= {
        f"article {name}": article_page(name) for (name,) in rows(client, "SELECT article FROM articles")
    }
    happenings = rows(client, "SELECT happening FROM happenings_now")
    found |= {f"happening {name}": f"/happening?id={quote(name)}" for (name,) in happenings}
    dossiers = rows(client, "SELECT dossier FROM dossiers")
    return found | {f"dossier {name}": f"/dossier?id={quote(name)}" for (name,) in dossiers}


def tree(client: TestClient, address: str, code: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == code, answer.text[-600:]
    return html.fromstring(answer.text)


class Tags(HTMLParser):
    """Collects the tags of a page as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def send(client: TestClient, **fields: str) -> Any:
    """Send the form of a correction as the pages do."""
    data = {"token": token(client)} | fields
    return client.post(
        "/corrections", data=data, headers={"origin": "http://127.0.0.1"}, follow_redirects=False
    )
