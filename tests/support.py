"""What tests of several layers share: one coder a session, and drafts taken up to a named step."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.draft import Draft
from dragoman.model import Article

if TYPE_CHECKING:
    from dragoman.coder import Coder

TABLES = Path(__file__).parent / "language_tables"


@functools.cache
def coder() -> Coder:
    """Return the one coder that all tests of a process share."""
    from dragoman.coder import Coder

    return Coder()


def draft_of(text: str, date: str | None = None, upto: str | None = None, parse_all: bool = False) -> Draft:
    """Take a text through the steps.

    Args:
        text: the article.
        date: publication date.
        upto: class name of the last step to run ("ActorStep"); None runs them all.
        parse_all: parse every sentence, also those that the pre-filter would leave out.
    """
    from dragoman.language.parsing import parse_all as parse

    draft = Draft(Article(id="test", text=text, date=date, language="en"))
    for step in coder().steps:
        step(draft)
        if parse_all and type(step).__name__ == "ParseStep":
            parse(draft.sentences, coder().nlp)
        if type(step).__name__ == upto:
            break
    return draft


def table(name: str) -> list[dict[str, Any]]:
    """Return the rows of a table of sentences in tests/language_tables."""
    rows = yaml.load((TABLES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(rows, list)
    return rows
