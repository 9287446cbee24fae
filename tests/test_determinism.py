"""The same articles give the same bytes: with any number of workers, in any order, again and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model import Article, Document
from dragoman.reading import read
from dragoman.running import encoded
from support import coder

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found = [item for item in read([str(EXAMPLES)]) if isinstance(item, Article)]
    assert len(found) >= 8
    return found


@pytest.fixture(scope="module")
def alone(articles: list[Article]) -> list[bytes]:
    return [coder().code(article).to_json() for article in articles]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_examples_give_the_same_bytes_for_any_number_of_workers(articles, alone, workers):
    results = encoded(coder().plan, iter(articles), Document.to_json, workers)
    assert [data for _, data in results] == alone


def test_what_was_coded_before_does_not_change_a_record(articles, alone):
    backwards = [coder().code(article).to_json() for article in reversed(articles)]
    assert backwards[::-1] == alone
