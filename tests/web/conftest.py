"""One corpus for all tests of the pages: the examples, a chain of reports, and an article that means harm."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dragoman.corpus import Corpus
from dragoman.model import Article
from dragoman.web.app import build
from support import coder

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
BASE = "http://127.0.0.1"
HARM = "<script>alert(1)</script>"
HOSTILE = Article(
    id="../../etc/<b>'\"\u202e\n?x=1&y=2#z",
    date="2020-07-14",
    source="<img src=x onerror=alert(2)>",
    title=f"{HARM} {{{{ 7*7 }}}} {{% include 'x' %}} \u202egnp.exe",
    url="javascript:alert(3)",
    text="Kenya expelled two Ugandan diplomats on Monday, the <script>alert(4)</script> ministry said.\n\n"
    "Uganda accused \"><svg onload=alert(5)> Kenya'); DROP TABLE events; -- of lying in Nairobi. "
    "\u202eKenya denied \u2066that\u2069 {{ 7*7 }} ${7*7} &lt;b&gt;.\n\n" + "x" * 30_000,
)
EXPELLED = "Kenya expelled two Ugandan diplomats on Tuesday"
LONG = (
    f"{EXPELLED}, the foreign ministry in Nairobi said. The envoys had been accused of spying by the police for "
    "many months, and they must leave within two days."
)
STORIES = [
    ("call-a", "Hill Gazette", "2021-03-03", LONG),
    ("call-b", "Lake Post", "2021-03-03", f"{EXPELLED}. Uganda called the step unjust."),
    ("call-c", "Coast Radio", "2021-03-04", f"{EXPELLED}, a spokesman for Uganda said on Wednesday."),
    ("call-d", "Valley Sun", "2021-03-03", f"{LONG} Copy."),
    (
        "summit-1",
        "Lake Post",
        "2022-01-10",
        "Kenya on Monday proposed a summit of the East African states on grain in Nairobi in May. Uganda said it "
        "would attend the summit. Tanzania has not said whether it will take part.",
    ),
    (
        "summit-2",
        "Hill Gazette",
        "2022-04-20",
        "The summit of the East African states on grain in Nairobi has been postponed, Kenya said on Wednesday. "
        "Tanzania said that it would not attend the summit.",
    ),
]


def articles() -> list[Article]:
    lines = (ROOT / "examples" / "articles.jsonl").read_text("utf-8").splitlines()
    found = [Article(**json.loads(line)) for line in lines]
    found += [Article(id=name, source=source, date=date, text=text) for name, source, date, text in STORIES]
    return [*found, HOSTILE]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus; tests that change it work on a copy."""
    path = tmp_path_factory.mktemp("explorer") / "news.duckdb"
    with Corpus(path, create=True) as corpus:
        report = corpus.add([coder().code(article) for article in articles()])
        assert not report.problems
    return path


def serve(path: Path, **settings: float) -> Iterator[TestClient]:
    app = build(path, **settings)
    with TestClient(app, base_url=BASE) as client:
        yield client
    app.state.site.database.close()


@pytest.fixture(scope="session")
def shared(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client for tests that only read."""
    path = tmp_path_factory.mktemp("read") / "news.duckdb"
    shutil.copy(made, path)
    yield from serve(path)


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client over a corpus of the test's own, which it may change."""
    path = tmp_path / "news.duckdb"
    shutil.copy(made, path)
    yield from serve(path)
