"""Corrections by the pages: what is sent is what holds, and it can be undone."""

from __future__ import annotations

import pytest

from web.asking import article_page, rows, send, tree


def coding(client, article="call-a", type_="SANCTION"):
    return rows(client, "SELECT anchor, event FROM events WHERE article = ? AND type = ?", article, type_)[0]


def now(client, anchor, columns):
    return rows(client, f"SELECT {columns} FROM events_now WHERE anchor = ?", anchor)


def form_of(page, action):
    form = next(one for one in page.xpath("//form[@method='post']") if one.xpath(f".//*[@value='{action}']"))
    fields = form.xpath(".//input[@name and not(@type='checkbox')]")
    return {field.get("name"): field.get("value") or "" for field in fields} | {"action": action}


def test_a_coding_is_accepted_rejected_and_brought_back(own):
    anchor, event = coding(own)
    address = article_page("call-a", event)
    fields = form_of(tree(own, address), "accept")
    answer = own.post("/corrections", data=fields, headers={"origin": "http://127.0.0.1"})
    assert "Accepted" in answer.text
    assert answer.url.path == "/article"
    assert now(own, anchor, "judgement") == [("accepted",)]

    assert send(own, action="reject", target=anchor, author="Ada", note="a joke").status_code == 303
    assert now(own, anchor, "judgement") == []
    page = own.get(address).text
    assert "This coding was rejected" in page
    assert "a joke" in page
    assert "Ada" in page

    for form in tree(own, "/corrections").xpath("//form[.//input[@value='undo']]"):
        fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
        own.post("/corrections", data=fields, headers={"origin": "http://127.0.0.1"})
    assert now(own, anchor, "judgement") == [(None,)]
    assert "undone" in own.get("/corrections").text


@pytest.mark.parametrize(
    ("field", "value", "columns", "found"),
    [
        ("type", "COERCE", "type", ("COERCE",)),
        ("mode", "", "mode", (None,)),
        ("status", "planned", "status", ("planned",)),
        ("content_status", "none", "content_status", (None,)),
        ("historical", "yes", "historical", (True,)),
        ("time", "by 2021-03-02", "earliest, CAST(latest AS VARCHAR)", (None, "2021-03-02")),
        ("time", "2021-03-01 to 2021-03-02", "CAST(latest - earliest AS VARCHAR)", ("1",)),
        ("time", "-", "earliest, latest", (None, None)),
        ("place", "Kisumu (KEN)", "place, place_country, lat", ("Kisumu", "KEN", None)),
        ("place", "", "place", (None,)),
        ("claimant", "the article itself", "claimant", (None,)),
        ("intensity", "-7.5", "intensity", (-7.5,)),
        ("contexts", "diplomatic, military", "contexts", (["diplomatic", "military"],)),
        ("status", "{", None, "brackets"),
        ("status", "perhaps", None, "Invalid enum value"),
        ("time", "some day", None, "can&#39;t be read"),
        ("type", "NONSENSE", None, "no event type"),
        ("anchor", "x", None, "can be edited"),
    ],
)  # fmt: skip
def test_fields_are_corrected_as_they_are_written(own, field, value, columns, found):
    anchor, _ = coding(own)
    answer = send(own, action="edit", target=anchor, field=field, value=value)
    if columns is None:
        assert answer.status_code >= 400
        assert found.lower() in answer.text.lower()
        assert rows(own, "SELECT count(*) FROM corrections") == [(0,)]
    else:
        assert answer.status_code == 303, answer.text
        assert now(own, anchor, columns) == [found]


def test_parties_are_written_as_they_are_shown(own):
    anchor, event = coding(own)
    send(own, action="edit", target=anchor, field="recipients", value="Uganda (UGA); Ana Diaz (PER:GOV)")
    parties = rows(
        own,
        "SELECT p.key, p.name, p.country, p.sectors FROM participants_now p JOIN events_now e USING (article, event) "
        "WHERE e.anchor = ? AND side = 'recipient' ORDER BY position",
        anchor,
    )
    assert parties == [
        ("state:UGA", "Uganda", "UGA", []),
        ("other:ana-diaz:PER", "Ana Diaz", "PER", ["GOV"]),
    ] or (
        parties[1] == ("other:ana-diaz:PER", "Ana Diaz", "PER", ["GOV"])
        and parties[0][1:3] == ("Uganda", "UGA")
    )
    option = tree(own, article_page("call-a", event)).xpath("//option[@value='actors']/@data-now")
    assert option == ["Kenya (KEN)"]
    assert send(own, action="edit", target=anchor, field="actors", value=option[0]).status_code == 303
    actors = rows(
        own,
        "SELECT p.key FROM participants_now p JOIN events_now e USING (article, event) "
        "WHERE e.anchor = ? AND side = 'actor'",
        anchor,
    )
    assert actors == [("state:KEN",)]


def test_a_happening_is_split_and_merged_again(own):
    (name,) = rows(own, "SELECT happening FROM happenings_now WHERE reports > 2 AND type = 'SANCTION'")[0]
    page = tree(own, f"/happening?id={name}")
    anchors = page.xpath("//input[@name='anchor']/@value")
    assert len(anchors) >= 3
    before = rows(own, "SELECT count(*) FROM happenings_now")[0][0]
    assert send(own, action="split", target=name, anchor=anchors[-1]).status_code == 303
    assert rows(own, "SELECT count(*) FROM happenings_now")[0][0] == before + 1
    (other,) = rows(
        own,
        "SELECT happening FROM reports_now JOIN events_now USING (article, event) WHERE anchor = ?",
        anchors[-1],
    )[0]
    assert other != name
    assert own.get(f"/happening?id={other}").status_code == 200
    assert send(own, action="merge", target=other, other=name).status_code == 303
    assert rows(own, "SELECT count(*) FROM happenings_now")[0][0] == before
    assert own.get(f"/happening?id={other}").status_code == 404
    assert own.get("/corrections").text.count("happening") >= 2


def test_two_names_become_one_actor(own):
    assert send(own, action="merge-actors", target="state:UGA", other="state:KEN").status_code == 303
    assert rows(own, "SELECT count(*) FROM participants_now WHERE key = 'state:UGA'") == [(0,)]


def test_one_actor_becomes_two_in_the_articles_named(own):
    told = "SELECT DISTINCT article FROM participants_now WHERE key = ? ORDER BY article"
    articles = [article for (article,) in rows(own, told, "state:KEN")]
    first = next(article for article in articles if article.isalnum() or "-" in article)
    others = [article for article in articles if article != first]
    made = {"action": "split-actor", "target": "state:KEN", "other": "org:kenya-airways:KEN"}
    assert send(own, **made, articles=f"{first}\n").status_code == 303
    assert rows(own, told, "org:kenya-airways:KEN") == [(first,)]
    assert rows(own, told, "state:KEN") == [(article,) for article in others]
    assert "One name, two actors" in own.get("/corrections").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"action": "explode"}, "no action"),
        ({}, "no action"),
        ({"action": "accept"}, "no target"),
        ({"action": "accept", "target": "nothing"}, "nothing"),
        ({"action": "undo", "target": "nothing"}, "nothing"),
        ({"action": "merge", "target": "h", "other": "i"}, "no happening"),
        ({"action": "accept", "target": "x", "note": "y" * 30_000}, "too long"),
    ],
)
def test_what_cannot_be_corrected_is_said(own, fields, words):
    answer = send(own, **fields)
    assert answer.status_code in (400, 500)
    assert words in answer.text.lower()
    assert own.get("/").status_code == 200
