"""Nobody but the pages' own reader: other sites, other hosts, hostile articles, files outside."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest
from lxml import html

from dragoman.web import correcting, security
from web.asking import Tags, article_page, every_page, rows, send, token, tree
from web.conftest import HOSTILE, serve

PAGES = [
    "/",
    "/search",
    "/static/explore.js",
    "/static/none",
    "/nowhere",
    "/export?what=codings&format=csv",
    "/export",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_safety_headers(shared, address):
    headers = shared.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8470", "localhost:9", "[::1]:8470", "LOCALHOST"])
def test_loopback_names_are_served(shared, host):
    assert shared.get("/static/icon.svg", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8470", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example",
     "evil.example#127.0.0.1", "127.0.0.2", "0.0.0.0", "", "127.0.0.1:x", "127.0.0.1/x", "[::1"],
)  # fmt: skip
def test_other_names_are_refused(shared, host):
    answer = shared.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Kenya" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9"}, {"origin": "https://127.0.0.1"},
     {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1"}],
)  # fmt: skip
def test_forms_of_other_sites_are_refused_even_with_the_token(own, headers):
    (anchor,) = rows(own, "SELECT anchor FROM events_now LIMIT 1")[0]
    data = {"token": token(own), "action": "reject", "target": anchor}
    assert own.post("/corrections", data=data, headers=headers).status_code == 403
    assert rows(own, "SELECT count(*) FROM corrections") == [(0,)]


@pytest.mark.parametrize("sent", [{}, {"token": ""}, {"token": "guess"}, {"token": "é"}])
def test_forms_without_the_token_are_refused(own, sent):
    (anchor,) = rows(own, "SELECT anchor FROM events_now LIMIT 1")[0]
    answer = own.post("/corrections", data=sent | {"action": "reject", "target": anchor})
    assert answer.status_code == 403
    assert rows(own, "SELECT count(*) FROM corrections") == [(0,)]


def test_every_form_that_changes_something_carries_the_token_and_every_other_is_a_search(shared):
    for address in every_page(shared).values():
        for form in tree(shared, address).xpath("//form"):
            if form.get("method") == "post":
                assert form.xpath(".//input[@name='token']/@value") == [token(shared)]
                assert form.get("action") == "/corrections"
            else:
                assert form.get("method") == "get"
                assert form.get("action").startswith("/")
                assert not form.xpath(".//input[@name='token']")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(shared, method):
    assert shared.request(method, "/corrections").status_code == 405


@pytest.mark.parametrize("path", ["/", "/search", "/export", "/static/explore.js"])
def test_only_corrections_take_forms(shared, path):
    assert shared.post(path, data={"token": token(shared)}).status_code == 405


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"{}", "application/json"), (b"x" * 300_000, "application/x-www-form-urlencoded"),
     (b"\xff=%ff", "application/x-www-form-urlencoded"), (b"", "multipart/form-data; boundary=x")],
)  # fmt: skip
def test_what_is_no_form_is_refused(shared, content, kind):
    answer = shared.post("/corrections", content=content, headers={"content-type": kind})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2f%2e%2e%2fcoder.py",
     "/static//etc/passwd",
     "/static/....//app.py", "/static/..%5capp.py", "/static/fonts/../../app.py", "/static/", "/static",
     "/static/fonts",
     "/../../etc/passwd", "/templates/base.html"],
)  # fmt: skip
def test_no_file_outside_the_static_ones_is_read(shared, path):
    answer = shared.get(path)
    assert answer.status_code in (404, 405)
    assert "import" not in answer.text
    assert "root:" not in answer.text
    assert "{%" not in answer.text


@pytest.mark.parametrize(
    ("back", "leads"),
    [("/article?id=a%2Fb&coding=e1", True), ("/search#x", True), ("//evil.example", False), ("/\\evil.example", False),
     ("https://evil.example", False), ("javascript:alert(1)", False), ("/x\r\nSet-Cookie: a=b", False), ("/ x", False),
     ("", False)],
)  # fmt: skip
def test_a_form_leads_back_to_pages_of_the_explorer_only(back, leads):
    assert correcting.local(back) == (back if leads else "/corrections")


def test_the_redirect_after_a_correction_stays_here(own):
    (anchor,) = rows(own, "SELECT anchor FROM events_now LIMIT 1")[0]
    answer = send(own, action="accept", target=anchor, back="//evil.example/")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/corrections?said=accept"


def test_what_the_address_says_was_done_is_one_of_our_sentences(shared):
    assert "Your computer" not in shared.get("/?said=Your+computer+is+broken").text
    assert correcting.SAID["accept"] in shared.get("/?said=accept").text


def hostile_pages(client):
    found = [article_page(HOSTILE.id)]
    found += [
        article_page(HOSTILE.id, event)
        for (event,) in rows(client, "SELECT event FROM events WHERE article = ?", HOSTILE.id)
    ]
    found += [
        "/happening?" + urlencode({"id": name})
        for (name,) in rows(client, "SELECT happening FROM reports_now WHERE article = ?", HOSTILE.id)
    ]
    harm = urlencode(
        {
            "text": "<script>alert(9)</script>\u202e{{7*7}}",
            "actor": "'); DROP TABLE events; --",
            "source": HOSTILE.source,
        }
    )
    return [
        *found,
        "/",
        "/search",
        "/search?" + harm,
        "/timeline",
        "/actors?" + harm,
        "/map",
        "/dossiers?" + harm,
    ]


def test_hostile_articles_are_shown_as_text(shared):
    plain = {
        tag
        for address in ("/", "/search", "/map", article_page("grain-dispute"))
        for tag, _ in Tags(shared.get(address).text).tags
    }
    for address in hostile_pages(shared):
        page = shared.get(address)
        assert page.status_code == 200, address
        for tag, values in Tags(page.text).tags:
            assert tag in plain | {
                "ul",
                "select",
                "option",
                "textarea",
                "details",
                "summary",
                "dl",
                "dt",
                "dd",
                "time",
                "strong",
                "mark",
                "h3",
                "code",
            }, tag
            assert not [name for name in values if name.startswith("on")], values
            assert not (values.get("href") or "/").startswith(("javascript:", "data:", "http")), values
        scripts = [values.get("src") for tag, values in Tags(page.text).tags if tag == "script"]
        assert scripts == ["/static/explore.js"]
        seen = html.fromstring(page.text)
        words = "".join(
            [*seen.itertext(), *seen.xpath("//@title | //@aria-label | //*[local-name()='title']/text()")]
        )
        assert not set("\u202e\u2066\u2069\u200f") & set(words), address
        assert "49" not in html.fromstring(page.text).xpath("string(//h1)")
    assert rows(shared, "SELECT count(*) > 0 FROM events_now") == [(True,)]


def test_the_hostile_text_can_be_read_in_full(shared):
    page = tree(shared, article_page(HOSTILE.id))
    shown = page.xpath("//div[@data-text]")[0].text_content()
    assert "<script>alert(4)</script>" in shown
    assert "Kenya'); DROP TABLE events; --" in shown
    assert "{{ 7*7 }} ${7*7} &lt;b&gt;" in shown
    assert "\ufffd" in shown  # where something reordered the line


def test_a_query_that_takes_too_long_is_stopped_and_said_to_be(made):
    for client in serve(made, seconds=0.2):
        database = client.app.state.site.database
        began = time.monotonic()
        with pytest.raises(Exception, match="stopped after"):
            database.tuples(
                "SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range * b.range = 7"
            )
        assert time.monotonic() - began < 3
        assert client.get("/").status_code == 200


def test_sql_can_reach_no_file(shared):
    with pytest.raises(Exception, match="disabled"):
        rows(shared, "SELECT * FROM read_text('/etc/passwd')")


@pytest.mark.parametrize("host", ["a b", "[", "127.0.0.1:99999", "user:pw@localhost"])
def test_odd_hosts_are_no_loopback_names(host):
    assert not security.is_loopback(host)


def test_a_fault_of_our_own_is_a_page_without_details_and_with_the_headers(made, monkeypatch):
    from starlette.testclient import TestClient

    from dragoman.web.app import build

    app = build(made)
    monkeypatch.setattr(app.state.site.database, "tuples", lambda *_: 1 / 0)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/")
    app.state.site.database.close()
    assert answer.status_code == 500
    assert "a fault in dragoman itself" in answer.text.lower()
    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
