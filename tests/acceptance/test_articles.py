"""Whole articles: what their records must hold and what must not appear in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from acceptance.checking import HERE, REPOSITORY, answers, article_of, load

if TYPE_CHECKING:
    from dragoman.model import Document

NAMES = sorted(path.stem for path in HERE.glob("*.yaml"))


def record_of(name: str) -> Document:
    from support import coder

    expected = load(name)
    path = expected.article
    if path.startswith("$"):
        given = os.environ.get(path[1:])
        if not given:
            pytest.skip(f"set {path[1:]} to the path of the article: its text is not in the repository")
        path = given
    return coder().code(article_of(REPOSITORY / path, expected), date=expected.date)


@pytest.mark.parametrize("name", NAMES)
def test_record_holds_what_the_article_says(name: str) -> None:
    document = record_of(name)
    failed = [a for a in answers(document, load(name)) if a.holds is False]
    assert not failed, "\n" + "\n".join(f"{a.row}: {a.says}: {a.field}" for a in failed)
