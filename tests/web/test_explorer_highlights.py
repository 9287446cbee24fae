"""The text of an article: nothing is lost, and each field stands on its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.web import highlighting
from support import coder
from web.asking import article_page, rows, tree


def document(text, **values):
    from dragoman.model import Article

    return coder().code(Article(id="x", text=text, date="2021-03-03", **values))


def test_every_field_lies_on_its_words_and_says_why():
    record = document("Kenya expelled two Ugandan diplomats in Nairobi on Monday, the police said.")
    event = record.events[0]
    found = {field.name: field for field in highlighting.fields(record, event)}
    words = {name: {record.text[s:e] for s, e in field.spans} for name, field in found.items()}
    assert words["type"] == {"expelled"}
    assert words["actors"] == {"Kenya"}
    assert any("diplomats" in one for one in words["recipients"])
    assert words["place"] & {"Nairobi", "in Nairobi"}
    assert words["time"] & {"Monday", "on Monday"}
    assert {"the police", "said"} <= words["attribution"] or {"police", "said"} <= words["attribution"]
    assert found["status"].value == "occurred"
    assert found["status"].spans
    assert found["type"].rule
    assert all(field.basis or field.rule or field.value for field in found.values())


def test_the_page_marks_all_words_of_all_fields(shared):
    for article, event in rows(
        shared, "SELECT article, event FROM events_now WHERE article <> ? LIMIT 12", "x"
    ):
        page = tree(shared, article_page(article, event))
        listed = {
            field.get("data-field")
            for field in page.xpath("//dl[@data-list]/div")
            if field.get("tabindex") == "0"
        }
        marked = {name for mark in page.xpath("//mark/@data-fields") for name in mark.split()}
        assert listed == marked
        for name in listed:
            assert page.xpath(f"//*[@id='words-{name}']")
            assert page.xpath(f"//a[@href='#words-{name}']")


def test_the_text_of_the_page_is_the_text_of_the_article(shared):
    for article, text in rows(shared, "SELECT article, text FROM articles WHERE len(text) < 5000"):
        page = tree(shared, article_page(article))
        shown = page.xpath("//div[@data-text]")[0].text_content()
        assert shown.strip() == text.strip()


@given(st.data())
def test_pieces_give_back_the_text_whatever_is_marked(data):
    record = document("Kenya expelled two Ugandan diplomats on Monday. Uganda said that Kenya had lied.")
    size = len(record.text)
    spans = st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda pair: tuple(sorted(pair)))
    kinds = st.sampled_from(highlighting.ORDER)
    fields = data.draw(
        st.lists(
            st.builds(
                highlighting.Field, name=st.sampled_from("abcdef"), value=st.just("v"), kind=kinds, basis=st.just(""),
                rule=st.just(""), spans=st.lists(spans.filter(lambda pair: pair[0] < pair[1]), max_size=4).map(tuple),
            ),
            max_size=5,
        )
    )  # fmt: skip
    found = highlighting.pieces(record, fields, record.events)
    assert "".join(piece.text for piece in found) == record.text
    at = 0
    for piece in found:
        over = {field.name for field in fields for s, e in field.spans if s < at + len(piece.text) and at < e}
        assert set(piece.fields) == over
        assert bool(piece.kind) == bool(over)
        at += len(piece.text)
    firsts = [name for piece in found for name in piece.first_of]
    assert len(firsts) == len(set(firsts))


def test_long_texts_are_cut_and_said_to_be():
    record = document("Kenya expelled two Ugandan diplomats. " + "\n\n" + "word " * 50_000)
    found = highlighting.pieces(record, (), record.events)
    assert sum(len(piece.text) for piece in found) == highlighting.SHOWN
