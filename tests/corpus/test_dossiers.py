"""Dossiers in a corpus: joined at each addition, found by name, shown on a terminal, as JSON and as a page."""

from __future__ import annotations

import html.parser
import io
import json
from typing import TYPE_CHECKING

import msgspec
import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from corpus.chain import chain
from dragoman.cli import dossier as command
from dragoman.cli.dossier_view import DossierView
from dragoman.corpus import Corpus, claim_matrix, dossiers
from dragoman.corpus.building import build
from dragoman.corpus.dossier_pages import page
from dragoman.errors import CorpusError
from dragoman.model import Article
from support import coder, table

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.corpus.dossier_record import Dossier

app = typer.Typer()
app.command("dossier")(command.dossier)
app.command("nothing")(lambda: None)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dossiers") / "news.corpus"
    with Corpus(made, create=True) as corpus:
        corpus.add(chain())
    return made


@pytest.fixture
def corpus(path: Path):
    with Corpus(path, read_only=True) as opened:
        yield opened


def tables(corpus: Corpus) -> list[object]:
    return [
        corpus.query("SELECT * FROM dossiers ORDER BY ALL").rows,
        corpus.query("SELECT * FROM dossier_reports ORDER BY ALL").rows,
    ]


def test_added_in_pieces_and_backwards_the_tables_are_the_same(corpus: Corpus, tmp_path: Path) -> None:
    with Corpus(tmp_path / "other.corpus", create=True) as other:
        for document in reversed(chain()):
            other.add([document])
        assert tables(other) == tables(corpus)


def test_every_process_is_in_exactly_one_dossier(corpus: Corpus) -> None:
    found = corpus.query(
        "SELECT count(*), count(DISTINCT (article, process)), (SELECT count(*) FROM processes) FROM dossier_reports"
    ).rows
    assert len(set(found[0])) == 1
    scores = corpus.query("SELECT min(score), max(score), min(length(reason)) FROM dossier_reports").rows[0]
    assert 0 < scores[0] <= scores[1] <= 1
    assert scores[2] > 0


def test_the_table_says_what_the_dossier_says(corpus: Corpus) -> None:
    for listed in dossiers.listed(corpus):
        dossier = dossiers.find(corpus, listed.id)
        assert (dossier.id, dossier.kind, dossier.name) == (listed.id, listed.kind, listed.name)
        assert (dossier.status, dossier.first, dossier.last) == (listed.status, listed.first, listed.last)
        assert len({r.article for r in dossier.reports}) == listed.articles


@pytest.mark.parametrize(
    "name", ["Mekong summit", "mekong  SUMMIT", "virtual summit of the Mekong states", "mekong"]
)
def test_found_by_any_name_that_an_article_uses(corpus: Corpus, name: str) -> None:
    assert dossiers.find(corpus, name).name == "Mekong summit"


def test_a_name_of_several_is_refused_with_their_ids(corpus: Corpus) -> None:
    with pytest.raises(CorpusError, match=r"dossiers are called 'summit'.*ASEAN summit \(") as raised:
        dossiers.find(corpus, "summit")
    assert "id" in (raised.value.advice or "")


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("Andean summit", None, "no dossier is called"),
        ("Mekong summit", "2021-01-01", "no article of 'Mekong summit'"),
        ("Mekong summit", "July 2022", "is no date"),
    ],
)
def test_what_cannot_be_found_is_said(corpus: Corpus, name: str, day: str | None, words: str) -> None:
    with pytest.raises(CorpusError, match=words):
        dossiers.find(corpus, name, day)


def test_copies_of_a_text_count_as_one_source() -> None:
    parts = next(g for g in dossiers.parts_of_documents(chain()) if len(g) > 9)
    original = parts[0]
    copied = msgspec.structs.replace(original.document, id="copy", source="Other Paper")
    joined = type(original.joined)(original.joined.telling, 1.0, "a copy")
    copy = type(original)(copied, original.process, joined, original.wire, original.document.id)
    dossier = build([original, copy, *parts[1:]])
    assert (len(dossier.reports), dossier.sources) == (17, 16)
    assert all(c.quote.article != "copy" for c in dossier.matrix.claims)


def test_matrix_of_a_dossier_and_its_cells(corpus: Corpus) -> None:
    matrix = claim_matrix.matrix_of_dossier(corpus, "Mekong summit", "2022-10-10")
    speakers = {name: key for key, name in matrix.speakers}
    cell = matrix.cell(speakers["Shen Yue"], "date")
    assert [(c.value, c.unknown) for c in cell] == [("not settled", True), ("2022-12", False)]
    assert all(matrix.is_contradicted(c) for c in cell)
    assert ("attends:state:THA", "Thailand attends") in matrix.propositions


def test_matrix_of_a_happening(corpus: Corpus) -> None:
    (found,) = corpus.query(
        "SELECT happening FROM reports JOIN events USING (run, article, event) "
        "WHERE article = 'mekong-06' AND type = 'AGREE' ORDER BY start LIMIT 1"
    ).rows
    matrix = claim_matrix.matrix_of_happening(corpus, found[0])
    assert ("happened", "happened") in matrix.propositions
    assert any(c.quote.article == "mekong-06" for c in matrix.claims)
    with pytest.raises(CorpusError, match="no happening 'nothing'"):
        claim_matrix.matrix_of_happening(corpus, "nothing")


def test_who_denies_a_happening_contradicts_who_tells_it(tmp_path: Path) -> None:
    told = "Chad shelled the Sudanese town of Tine on Wednesday, Sudan said."
    denied = "Chad denied on Thursday that it had shelled the Sudanese town of Tine on Wednesday."
    articles = [
        Article(id="1", text=told, date="2012-04-12"),
        Article(id="2", text=denied, date="2012-04-13"),
    ]
    with Corpus(tmp_path / "shelling.corpus", create=True) as corpus:
        corpus.add([coder().code(a) for a in articles])
        ((found,),) = corpus.query("SELECT DISTINCT happening FROM reports WHERE article = '1'").rows
        matrix = claim_matrix.matrix_of_happening(corpus, found)
    assert [(c.label, c.reason) for c in matrix.contradictions] == [("happened", "occurred against denied")]
    speakers = {name: key for key, name in matrix.speakers}
    assert [c.value for c in matrix.cell(speakers["Chad"], "happened")] == ["denied"]
    assert [c.value for c in matrix.cell(speakers["Sudan"], "date")] == ["2012-04-11"]
    assert ("party:state:TCD", "Chad takes part") in matrix.propositions


def shown(dossier: Dossier, *, matrix: bool = False) -> str:
    out = io.StringIO()
    DossierView(Console(file=out, width=90, highlight=False, emoji=False, markup=False)).dossier(
        dossier, matrix=matrix
    )
    return " ".join(out.getvalue().split())


def test_view_shows_every_section_with_its_sentences(corpus: Corpus) -> None:
    text = shown(dossiers.find(corpus, "Mekong summit", "2023-03-31"), matrix=True)
    for words in (
        "Mekong summit summit postponed",
        "as of 2023-03-31 · 12 articles, 12 independent sources",
        "status ladder",
        "has been postponed, Laos announced on Monday. [Laos, in Mainland Press Agency, 2022-10-31]",
        "Thailand participant, agreed",
        "2023-H2 not firm",
        "not known",
        "Thailand attends: declined against agreed",
        "! 2023-03-28 Prawit Wongsuwan: declined",
        "mekong-12",
    ):
        assert words in text


def test_view_has_no_sections_that_say_nothing(corpus: Corpus) -> None:
    text = shown(dossiers.find(corpus, "Mekong summit", "2022-03-10"))
    assert "contradictions" not in text
    assert "places" not in text


SENTENCES = [row["text"] for row in table("processes")]
DATES = st.sampled_from([None, "2024-03-04", "2024-03-20", "2024-06-01", "2025-02-01"])
NEWS = st.lists(st.tuples(DATES, st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)), max_size=4)


@settings(max_examples=15, deadline=None)
@given(NEWS)
def test_any_articles_make_whole_dossiers(news: list[tuple[str | None, list[str]]]) -> None:
    articles = [Article(id=f"a{n}", text="\n\n".join(t), date=d) for n, (d, t) in enumerate(news)]
    documents = [coder().code(a) for a in articles]
    groups = dossiers.parts_of_documents(documents)
    assert sum(map(len, groups)) == sum(len(d.processes) for d in documents)
    for group in groups:
        dossier = build(group)
        assert dossier.ladder
        assert dossier.ladder[-1].status == dossier.status
        assert len({p.key for p in dossier.parties}) == len(dossier.parties)
        claims = dossier.matrix.claims
        assert [c.date for c in claims] == sorted(c.date for c in claims)
        assert all(c.first in claims and c.second in claims for c in dossier.contradictions)
        assert all(q.closed is None or q.closed > q.opened for q in dossier.unknowns)
        parsed(page(dossier))
        assert shown(dossier, matrix=True)
        assert msgspec.json.decode(dossier.to_json(), type=type(dossier)) == dossier


class Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(text: str) -> Page:
    found = Page()
    found.feed(text)
    assert found.open == []
    return found


def test_page_is_whole_and_loads_nothing(corpus: Corpus) -> None:
    found = parsed(page(dossiers.find(corpus, "Mekong summit")))
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "base"}
    links = [a["href"] for tag, a in found.tags if tag == "a"]
    ids = {a["id"] for _, a in found.tags if "id" in a}
    assert links
    assert all(link is not None and link.startswith("#") and link[1:] in ids for link in links)
    words = " ".join(" ".join(found.text).split())
    for expected in ("Status ladder", "Claim matrix", "Shen Yue", "the date had not been agreed", "Timeline"):
        assert expected in words


def test_hostile_words_are_shown_as_text(corpus: Corpus) -> None:
    dossier = dossiers.find(corpus, "Mekong summit", "2022-03-10")
    evil = "<script>alert(1)</script> {{ 7*7 }} \u202ereversed\x07 \"'onclick=x"
    quote = msgspec.structs.replace(dossier.ladder[0].quote, sentence=evil, speaker=evil, source=evil)
    rung = msgspec.structs.replace(dossier.ladder[0], quote=quote)
    reports = tuple(msgspec.structs.replace(r, title=evil, source=evil) for r in dossier.reports)
    made = msgspec.structs.replace(dossier, name=evil, ladder=(rung,), reports=reports)
    text = page(made)
    found = parsed(text)
    assert "script" not in {tag for tag, _ in found.tags}
    assert "49" not in "".join(found.text)
    assert not {"\u202e", "\x07"} & set(text)
    assert "<script>alert(1)</script>" in "".join(found.text)
    assert not {"\u202e", "\x07"} & set(shown(made))


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["dossier", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_command_lists_shows_and_writes(path: Path, tmp_path: Path) -> None:
    code, out, _ = run(str(path))
    assert code == 0
    assert "Mekong summit" in out
    code, out, _ = run(str(path), "Mekong summit", "--as-of", "2022-10-10", "--json")
    assert (code, json.loads(out)["status"]) == (0, "scheduled")
    code, out, error = run(str(path), "summit")
    assert code == 2
    assert "ASEAN summit" in out
    assert "by its id" in error
    target = tmp_path / "mekong.html"
    code, out, error = run(str(path), "Mekong summit", "--html", str(target))
    assert (code, out) == (0, "")
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    code, out, error = run(str(path), "--json")
    assert (code, json.loads(out)[0]["name"]) == (0, "Mekong summit")
    code, _, error = run(str(path), "--html", str(target))
    assert code == 2
    assert "NAME" in error
    code, _, error = run(str(path), "Andean summit")
    assert code == 2
    assert "no dossier is called" in error
