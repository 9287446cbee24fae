from __future__ import annotations

from html.parser import HTMLParser

import msgspec
from hypothesis import given, settings

from dragoman import model
from dragoman.exporting import notebook
from exporting.records import documents, full
from running.fake import code

ALLOWED = {
    "div",
    "p",
    "strong",
    "br",
    "span",
    "em",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "ul",
    "li",
    "code",
}


class Reader(HTMLParser):
    """Collects tags, attributes and text, and checks that tags are closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def hostile(text: str) -> model.Document:
    return code(model.Article(id="<b>x</b>", text=text, title='"><img src=x onerror=alert(1)>', source="<i>"))


def test_markup_in_an_article_stays_text():
    words = (
        "<script>alert(1)</script> <a href=\"javascript:x\" onclick='y'>Chad</a> met Niger. </div></table>"
    )
    read = Reader(notebook.page(hostile(words)))
    assert read.tags <= ALLOWED
    assert read.attributes <= {"class", "style", "title"}
    assert words in "".join(read.words)


def test_markup_in_names_does_not_leave_a_tooltip():
    document = full()
    party = msgspec.structs.replace(document.events[0].actors[0], name='" onmouseover="alert(1)')
    event = msgspec.structs.replace(document.events[0], actors=(party,))
    read = Reader(notebook.page(msgspec.structs.replace(document, events=(event, document.events[1]))))
    assert read.attributes <= {"class", "style", "title"}


def test_characters_that_reorder_the_line_are_shown_by_number():
    page = notebook.page(hostile("Chad\u202e met Niger\u2066."))
    assert "\u202e" not in page
    assert "\u2066" not in page
    assert "U+202E" in page


@settings(max_examples=60, deadline=None)
@given(documents())
def test_page_of_any_record_is_well_formed_and_holds_no_foreign_tags(document):
    read = Reader(notebook.page(document))
    assert read.tags <= ALLOWED


def test_marks_cover_what_the_record_says():
    page = notebook.page(full())
    for kind in ("trigger", "actor", "time", "place", "source"):
        assert f"dragoman-{kind}" in page
    assert "e1: CONSULT-phone, occurred" in page
    assert "Mali asserts (indirect)" in page


def test_happening_told_again_is_shown_once():
    page = notebook.page(full())
    assert "told 2 times" in page
    assert page.count("<tr>") == 2
    assert "1 events" not in page


def test_very_long_text_is_cut_in_the_view():
    page = notebook.page(hostile("Chad met Niger. " + "x" * 300_000))
    assert len(page) < 230_000
    assert "more characters are not shown" in page


def test_processes_are_told_with_what_is_not_known():
    words = "".join(Reader(notebook.page(full())).words)
    assert "negotiation: talks of Chad and Niger (proposed)" in words
    assert "who: Chad (proposer, agreed); Niger (invitee, open)" in words
    assert "not known: place: “Mali said" in words
