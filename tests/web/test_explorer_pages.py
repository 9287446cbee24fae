"""Every page answers, says what the corpus holds, and can be used by everybody."""

from __future__ import annotations

import itertools
import re

import pytest

from web.asking import Tags, article_page, every_page, rows, tree

PAGES = ["/", "/search", "/timeline", "/actors", "/map", "/map?view=africa", "/dossiers", "/corrections"]


def text_of(page) -> str:
    return " ".join(" ".join(page.itertext()).split())


def test_every_page_of_every_thing_answers(shared):
    for name, address in every_page(shared).items():
        answer = shared.get(address)
        assert answer.status_code == 200, (name, answer.text[-400:])
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_every_link_leads_somewhere(shared):
    seen: set[str] = set()
    waiting = [*PAGES, *every_page(shared).values()]
    while waiting and len(seen) < 260:
        address = waiting.pop(0)
        path = address.partition("#")[0]
        if path in seen:
            continue
        seen.add(path)
        answer = shared.get(path)
        assert answer.status_code == 200, path
        if "text/html" not in answer.headers["content-type"]:
            continue
        for tag, values in Tags(answer.text).tags:
            target = values.get("href" if tag in ("a", "link") else "src")
            if target and not target.startswith("#"):
                assert re.match(r"/(?!/)", target), target
                waiting.append(target)


@pytest.mark.parametrize("address", [*PAGES, article_page("grain-dispute"), "/nowhere"])
def test_pages_are_accessible(shared, address):
    page = tree(shared, address, 404 if address == "/nowhere" else 200)
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='skip' and @href='#content']")
    assert page.xpath("//main[@id='content']")
    assert page.xpath("//title/text()")
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        name = field.get("id")
        labelled = field.xpath("ancestor::label") or (name and page.xpath(f"//label[@for='{name}']"))
        assert labelled or field.get("aria-label"), field.attrib
    for table in page.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath(".//th[@scope='col']")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for drawing in page.xpath("//*[local-name()='svg']"):
        assert drawing.get("aria-label") or drawing.get("aria-hidden") == "true"


@pytest.mark.parametrize("address", [*PAGES, article_page("grain-dispute")])
def test_pages_hold_no_inline_script_or_style(shared, address):
    for tag, values in Tags(shared.get(address).text).tags:
        assert not [name for name in values if name == "style" or name.startswith("on")], tag
        assert tag != "style"
        assert tag != "script" or values.get("src", "").startswith("/static/")


def test_the_overview_counts_the_corpus(shared):
    page = text_of(tree(shared, "/"))
    (articles,) = rows(shared, "SELECT count(*) FROM articles")[0]
    (codings,) = rows(shared, "SELECT count(*) FROM events_now WHERE duplicate_of IS NULL")[0]
    assert f"Articles {articles} " in page
    assert f"Codings {codings} " in page
    assert "Hill Gazette" in page or "Lake Post" in page
    assert "1 wire copy" in page


def test_cells_of_the_overview_lead_to_as_many_codings(shared):
    page = tree(shared, "/")
    cells = page.xpath("//table[contains(@class, 'heat')]//td/a")
    assert cells
    for cell in cells[:12]:
        found = tree(shared, cell.get("href"))
        assert text_of(found.xpath("//h2")[0]).split()[0] == cell.text


def test_a_happening_shows_reports_independent_sources_and_claims(shared):
    (name,) = rows(shared, "SELECT happening FROM happenings_now WHERE reports > 2 AND type = 'SANCTION'")[0]
    page = tree(shared, f"/happening?id={name}")
    words = text_of(page)
    assert "Independent sources 3" in words
    assert "one story in 2 papers" in words  # the copy does not count
    assert len(page.xpath("//div[@class='voice']")) == 3
    assert "Who claims what" in words
    assert "Linked because:" in words


def test_a_dossier_can_be_seen_as_of_a_day(shared):
    (name,) = rows(shared, "SELECT dossier FROM dossiers ORDER BY articles DESC, last DESC")[0]
    (first,) = rows(shared, "SELECT first FROM dossiers WHERE dossier = ?", name)[0]
    later, earlier = tree(shared, f"/dossier?id={name}"), tree(shared, f"/dossier?id={name}&as_of={first}")
    assert "postponed" in text_of(later.xpath("//ol[@class='ladder']")[0])
    assert "postponed" not in text_of(earlier.xpath("//ol[@class='ladder']")[0])
    assert "Tanzania" in text_of(later)
    assert earlier.xpath("//input[@name='as_of']/@value") == [str(first)]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/article?id=none", "there is no article"),
        ("/article?id=grain-dispute&coding=e99", "no coding"),
        ("/happening?id=none", "there is no happening"),
        ("/dossier?id=nosuchthing", "dossier"),
        ("/nowhere", "no page"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(shared, address, words):
    page = text_of(tree(shared, address, 404))
    assert words in page.lower()
    assert "overview" in page.lower()


def test_a_date_that_is_none_is_named_on_the_page(shared):
    (name,) = rows(shared, "SELECT dossier FROM dossiers ORDER BY articles DESC")[0]
    assert "is no date" in text_of(tree(shared, f"/dossier?id={name}&as_of=soon"))
    assert "is no date" in text_of(tree(shared, "/search?since=soon"))


def test_pages_turn(shared):
    first = tree(shared, "/search?again=1")
    following = first.xpath("//a[@rel='next']/@href")
    assert following
    second = tree(shared, following[0])
    shown = {
        link.get("href") for link in first.xpath("//li[contains(@class,'coding')]//div[@class='act']//a")
    }
    assert shown
    assert second.xpath("//a[@rel='prev']")
    assert tree(shared, "/search?page=99999999").xpath("//li[contains(@class,'coding')]")
    assert tree(shared, "/search?page=²").xpath("//li[contains(@class,'coding')]")


def test_a_country_has_no_point_on_the_map(shared):
    exact = rows(
        shared, "SELECT DISTINCT place FROM events_now WHERE lat IS NOT NULL AND duplicate_of IS NULL"
    )
    page = tree(shared, "/map")
    points = page.xpath("//*[local-name()='circle' and contains(@class, 'spot')]")
    assert len(points) == len(exact)
    for (code,) in rows(
        shared,
        "SELECT DISTINCT place_country FROM events_now WHERE place IS NOT NULL AND lat IS NULL "
        "AND duplicate_of IS NULL",
    ):
        assert page.xpath(f"//*[local-name()='a' and contains(@href, 'place={code}')]"), code


def test_suggestions_are_the_actors_whose_name_holds_the_words(shared):
    found = shared.get("/suggest?words=KEN").json()
    assert {"key": "state:KEN", "name": "Kenya", "country": "KEN"}.items() <= found[0].items()
    assert shared.get("/suggest").json() == []


def test_an_empty_corpus_can_be_looked_at(tmp_path):
    from dragoman.corpus import Corpus
    from web.conftest import serve

    path = tmp_path / "empty.duckdb"
    Corpus(path, create=True).close()
    for client in serve(path):
        for address in PAGES:
            assert client.get(address).status_code == 200, address
        assert "empty" in client.get("/").text
