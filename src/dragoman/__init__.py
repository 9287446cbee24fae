"""dragoman: news articles in, a sourced record of diplomacy and conflict out.

The whole public API: `Coder` codes articles, `Article` is what goes in, `Document` is what comes out, and a
`Corpus` keeps and links what was coded. Heavy imports (spaCy, the data, DuckDB) happen when one of them is
asked for, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dragoman.coder import Coder
    from dragoman.corpus import Corpus
    from dragoman.model import Article, Document

__all__ = ["Article", "Coder", "Corpus", "Document", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Coder":
        from dragoman.coder import Coder

        return Coder
    if name == "Corpus":
        from dragoman.corpus import Corpus

        return Corpus
    if name in {"Article", "Document"}:
        from dragoman import model

        return getattr(model, name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}; it has {', '.join(__all__)}")
