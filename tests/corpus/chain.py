"""The chain of articles on a summit, coded once for all tests of dossiers."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.model import Article
from dragoman.reading import read
from support import coder

if TYPE_CHECKING:
    from dragoman.model import Document

HERE = Path(__file__).parent / "summit_chain"


@functools.cache
def chain() -> tuple[Document, ...]:
    """Return the records of the chain, and of articles on other processes of the same countries."""
    return tuple(coder().code(a) for a in read([HERE / "articles.jsonl"]) if isinstance(a, Article))


def expected() -> list[dict[str, Any]]:
    """Return what the dossier must say, by day."""
    rows = yaml.load((HERE / "expected.yaml").read_text("utf-8"), Loader=yaml.SafeLoader)
    assert isinstance(rows, list)
    return rows
